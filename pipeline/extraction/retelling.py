"""Reads indirect speech: who takes the word inside a sentence, where the matter itself begins."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.extraction.asking import needs_none
from pipeline.extraction.lines import Piece
from pipeline.extraction.persons import named_pattern
from pipeline.extraction.sentences import clauses, sentences
from pipeline.extraction.speakers import introduction
from pipeline.extraction.vocabulary import alternation

_LONGEST_SCENE = 120
_SHORTEST_REST = 20
_LONGEST_QUOTATION = 900


def voices(text: str) -> list[tuple[int, int]]:
    """Return the stretches of a text in which one voice may speak: sentences, cut at a new voice.

    `Nghe đến đây nhiều người xôn xao, chị Piêng nói ...` is cut before "chị
    Piêng": what stands before a person who takes the word sets the scene.
    """
    found: list[tuple[int, int]] = []
    for start, end in _whole_quotations(text):
        at = _takes_word(text[start:end])
        parts = [(start, start + at), (start + at, end)] if at else [(start, end)]
        found += parts[:-1] + _clauses_of_others(text, *parts[-1])
    return found


def _clauses_of_others(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """`Cử tri khu 1 đề nghị ...; cử tri khu 3 kiến nghị ...`: a clause that names its own speaker."""
    cuts = [start]
    for left, right in clauses(text[start:end]):
        other = introduction(text[start + left : start + right]) if left else None
        placed = other and (
            other.speaker.address or other.speaker.commune or not other.speaker.collective
        )
        if placed and other.first and not other.colon and not other.speaker.official:
            cuts.append(start + left)
    return list(zip(cuts, [*cuts[1:], end], strict=True))


def _whole_quotations(text: str) -> list[tuple[int, int]]:
    """Sentences, those of one quotation together with the words that say whose it is."""
    found: list[tuple[int, int]] = []
    for start, end in sentences(text):
        before = text[found[-1][0] : found[-1][1]] if found else ""
        inside = before.count("“") > before.count("”") and len(before) < _LONGEST_QUOTATION
        if inside or (before.endswith("”") and text[start : start + 1] in ",-–—"):
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def _takes_word(sentence: str) -> int:
    if introduction(sentence):
        return 0
    for match in re.finditer(rf",\s+(?={named_pattern()})", sentence[:_LONGEST_SCENE]):
        found = introduction(sentence[match.end() :])
        rest = len(sentence) - match.end() - (found.start if found else 0)
        if (
            found
            and not found.colon
            and len(found.speaker.name.split()) > 2
            and rest > _SHORTEST_REST
        ):
            return match.end()
    return 0


def retold(piece: Piece) -> Piece:
    """Return a retold turn from where the speaker comes to the matter.

    `Ông ủng hộ việc làm đường, nhưng ông thắc mắc tiền ...` begins at "tiền":
    what a pronoun and a verb of saying follow is left out if it asks nothing.
    """
    best = 0
    for match in _again().finditer(piece.text):
        before = piece.text[: match.start()]
        if not needs_none(before, told=True) or len(piece.text) - match.end() < _SHORTEST_REST:
            break
        best = match.end()
    return piece.cut(best)


@lru_cache(maxsize=1)
def _again() -> re.Pattern[str]:
    verbs = alternation("speakers.verbs")
    return re.compile(
        r"(?:^|[.;,]\s+)(?:nhưng\s+|cuối cùng,?\s+|tuy nhiên,?\s+|sau đó,?\s+)?"
        r"(?:ông|bà|anh|chị|cô|chú|bác|em|cháu)\s+(?:cũng\s+|chỉ\s+|thì\s+|lại\s+|còn\s+)?"
        rf"{verbs}(?:\s+(?:rằng|là))?\s+",
        re.I,
    )


@lru_cache(maxsize=1)
def pronoun_speaks() -> re.Pattern[str]:
    """Return the pattern of a pronoun with a verb of saying at the head of a sentence."""
    verbs = alternation("speakers.verbs")
    after = alternation("speakers.after_verb")
    return re.compile(
        r"\W*(?:(?:ngoài ra|rồi|sau đó|tiếp đó|bên cạnh đó|đồng thời),?\s+)?"
        r"(?P<title>ông|bà|anh|chị|cô|chú|bác|cụ|em)\s+(?:ấy\s+|này\s+)?"
        rf"(?P<more>(?:cũng|còn|tiếp tục|lại)\s+)?(?:đã\s+|thì\s+|chỉ\s+|rất\s+)?{verbs}"
        rf"(?P<more_after>\s+(?:thêm|tiếp))?(?:\s+{after})*\s*,?\s*", re.I,
    )  # fmt: skip
