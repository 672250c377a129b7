"""Stretches of running text: sentences of one voice, and quotations with who said them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from pipeline.extraction.lines import Piece
from pipeline.extraction.persons import (
    Speaker,
    is_official,
    named_pattern,
    parse_speaker,
    with_part,
)
from pipeline.extraction.speakers import introduction
from pipeline.extraction.vocabulary import alternation

OPINION, REPLY, FORMALITY = "opinion", "reply", "formality"
"""Kinds of a stretch."""

_SHORTEST_WORDS = 30
_DASHED = re.compile(r"(?P<quote>[”\"])\s*[-–—]\s*(?P<who>[^“”\"]{2,110})$")
_BRACKETED = re.compile(r"(?P<quote>[”\"])[\s.,]*\((?P<who>[^()“”\"]{2,110})\)[\s.]*$")


@dataclass(frozen=True)
class Stretch:
    """Sentences of one paragraph that belong together: one voice, or none."""

    kind: str
    piece: Piece
    speaker: Speaker = Speaker()
    lead: str = ""
    rule: str = ""


def without_attribution(stretch: Stretch) -> Stretch:
    """Cut "- bà Ánh nói" off the end, and take the speaker from it if none is known."""
    if stretch.kind != OPINION:
        return stretch
    match = _attributed(stretch.piece.text)
    if not match:
        return stretch
    speaker = stretch.speaker if stretch.speaker.name else parse_speaker(match.group("who"))
    return Stretch(
        OPINION, stretch.piece.cut(0, match.start()), speaker, stretch.lead, stretch.rule
    )


def quotation(piece: Piece) -> Stretch | None:
    """Return a quotation that comes first and names its speaker after it."""
    match = _attributed(piece.text)
    opened = re.match(r"\W*[“\"]", piece.text)
    if not match or not opened:
        return _of_one_unnamed(piece) or _dialogue(piece)
    speaker = parse_speaker(match.group("who"))
    words = piece.cut(opened.end(), match.start())
    return Stretch(OPINION, words, speaker, rule="prose.quotation-first")


def quoted_sentence(sentence: Piece) -> Stretch | None:
    """Return `“Luồng vào cảng cạn ...”, ông Bảy nói.` as the words of the one named after them."""
    match = _attributed(sentence.text)
    opened = re.match(r"\W*[“\"]", sentence.text)
    if not match or not opened or match.start() - opened.end() < _SHORTEST_WORDS:
        return None
    speaker = parse_speaker(match.group("who").strip(" ,"))
    kind = REPLY if speaker.official else OPINION
    words = sentence.cut(opened.end(), match.start())
    return Stretch(
        kind, words if kind == OPINION else sentence, speaker, rule="prose.quotation-first"
    )


def _attributed(text: str) -> re.Match[str] | None:
    match = _attribution().search(text) or _DASHED.search(text) or _BRACKETED.search(text)
    return match or re.search(
        rf"(?P<quote>[”\"])\s*[,.]?\s*(?P<who>{named_pattern()}[^.:;“”\"]{{0,60}})\.?$", text
    )


@lru_cache(maxsize=1)
def _attribution() -> re.Pattern[str]:
    return re.compile(
        r"(?P<quote>[”\"])\s*[-–—,]?\s*(?P<who>[^“”\"]{2,90}?)\s*"
        rf"{alternation('speakers.verbs', 'speakers.telling')}[^“”\"]{{0,30}}$"
    )


def _of_one_unnamed(piece: Piece) -> Stretch | None:
    """`Một chủ quán ở phường A: “Khách vừa xuống xe ...”`: a quotation of one without a name."""
    match = re.match(
        r"\W*(?P<who>(?:một|nhiều|các|những|mấy|hai|ba)\s[^:.;“”\"]{3,90}?)"
        r"(?:\s(?:nói|kể|cho biết|chia sẻ|than thở|phản ánh|bức xúc))?\s*:\s*[“\"]",
        piece.text, re.I,
    )  # fmt: skip
    if not match or is_official(match.group("who"), named=False):
        return None
    who = re.split(r"\s(?:ở|tại|của)\s", match.group("who"), maxsplit=1)
    speaker = with_part(Speaker(who[0], collective=True), who[1] if len(who) > 1 else "")
    return Stretch(OPINION, piece.cut(match.end()), speaker, rule="prose.quotation")


def _dialogue(piece: Piece) -> Stretch | None:
    """`Nước suối đỏ ngầu, phải lọc qua cát - ông Ọi, trưởng bản, kể.` without quotation marks."""
    match = re.search(rf"\s[-–—]\s(?P<who>{named_pattern()}[^.;:–—]{{0,60}})[.\s]*$", piece.text)
    if not match or match.start() < 25 or introduction(piece.text):
        return None
    said = piece.cut(0, match.start())
    speaker = parse_speaker(match.group("who").rstrip(" ."))
    if speaker.official or is_official(said.text[:60]):
        return None
    return Stretch(OPINION, said, speaker, rule="prose.dialogue")
