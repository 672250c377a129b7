"""Reads indirect speech: who takes the word inside a sentence, where the matter itself begins."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.extraction.asking import needs_none
from pipeline.extraction.lines import Piece
from pipeline.extraction.persons import named_pattern
from pipeline.extraction.sentences import sentences
from pipeline.extraction.speakers import introduction
from pipeline.extraction.vocabulary import alternation

_LONGEST_SCENE = 120
_SHORTEST_REST = 20


def voices(text: str) -> list[tuple[int, int]]:
    """Return the stretches of a text in which one voice may speak: sentences, cut at a new voice.

    `Nghe đến đây nhiều người xôn xao, chị Piêng nói ...` is cut before "chị
    Piêng": what stands before a person who takes the word sets the scene.
    """
    found: list[tuple[int, int]] = []
    for start, end in sentences(text):
        at = _takes_word(text[start:end])
        found += [(start, start + at), (start + at, end)] if at else [(start, end)]
    return found


def _takes_word(sentence: str) -> int:
    if introduction(sentence):
        return 0
    for match in re.finditer(rf",\s+(?={named_pattern()})", sentence[:_LONGEST_SCENE]):
        found = introduction(sentence[match.end() :])
        if found and not found.colon and len(found.speaker.name.split()) > 2:
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
