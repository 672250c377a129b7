"""Trims what asks nothing from both ends of a turn: greetings, praise, places in brackets."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.extraction.asking import comes_to, complains, matter_start
from pipeline.extraction.lines import Piece
from pipeline.extraction.sentences import sentences
from pipeline.extraction.vocabulary import UPPER, alternation, holding, opening

_SHORTEST_REST = 24
_LONG_REST = 60
_ADDRESSED = re.compile(r"\W*(?:kính\s+)?thưa\s[^,.;:]{2,40},\s+(?=.{40})", re.I)
_TURNING = re.compile(r"[,;.]\s+(?=(?:nhưng|tuy nhiên|song|xong|chỉ có điều)\s)", re.I)
_END = re.compile(r"(?:[\s.;,:…]|/\.)+$")


def without_courtesies(piece: Piece) -> Piece:
    """Return the piece without greetings and thanks at its ends.

    A piece that holds nothing else is returned whole: thanks alone are an
    opinion of their own kind.
    """
    spans = sentences(piece.text)
    first, last = 0, len(spans)
    while first < last and is_courtesy(piece.text[slice(*spans[first])]):
        turning = _TURNING.search(piece.text[slice(*spans[first])])
        if turning:
            return _ended(piece.cut(spans[first][0] + turning.end(), spans[last - 1][1]))
        first += 1
    while last > first and _is_closing(piece.text[slice(*spans[last - 1])]):
        last -= 1
    if first >= last or spans[last - 1][1] - spans[first][0] < _SHORTEST_REST:
        return _ended(piece)
    return _ended(_led_in(piece.cut(spans[first][0], spans[last - 1][1])))


def _led_in(piece: Piece) -> Piece:
    """Return the piece from its first sentence that does more than lead up to the matter."""
    rest = piece.cut(matter_start(piece.text))
    rest = rest.cut(comes_to(rest.text))
    return rest if len(rest.text) >= _SHORTEST_REST else piece


def is_courtesy(sentence: str) -> bool:
    """Tell whether a sentence only greets, praises or announces that one will speak."""
    if holding("splitting.plain_requests").search(sentence):
        return False
    addressed = _ADDRESSED.match(sentence)
    rest = sentence[addressed.end() :] if addressed else ""
    told = complains(rest) or len(rest) > _LONG_REST
    if told and not opening("formalities.courtesies").match(rest):
        return False
    return bool(opening("formalities.courtesies").match(sentence)) and len(sentence) < 260


def without_place(piece: Piece) -> tuple[Piece, str]:
    """Return the piece without a place in brackets at its end, and that place."""
    match = _bracket().search(piece.text)
    if not match:
        return piece, ""
    return _ended(piece.cut(0, match.start())), match.group("place").strip()


def trimmed(piece: Piece) -> Piece:
    """Return the piece without closing marks."""
    return _ended(piece)


def _is_closing(sentence: str) -> bool:
    return len(sentence) < 90 and bool(opening("formalities.closings").match(sentence))


def _ended(piece: Piece) -> Piece:
    end = _END.search(piece.text)
    return piece.cut(0, end.start()) if end else piece


@lru_cache(maxsize=1)
def _bracket() -> re.Pattern[str]:
    places = alternation(
        "speakers.villages", "speakers.communes", "speakers.above", "speakers.groups"
    )
    lead = r"(?:(?:ý kiến|kiến nghị)\s+(?:của\s+)?)?(?:cử tri\s+)?(?:các\s+)?"
    named = (
        rf"{alternation('speakers.surnames')}\s+(?-i:[{UPPER}]\w*)(?=\s+(?-i:[{UPPER}])|\s*[,)])"
    )
    person = rf"(?:{alternation('speakers.titles')}\s+(?-i:[{UPPER}])|{named})"
    return re.compile(
        rf"\s*\((?P<place>(?:{lead}{places}|{person})[^()]{{0,120}})\)[\s.;,…]*$", re.I
    )
