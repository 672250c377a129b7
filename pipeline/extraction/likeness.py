"""Opinions that wait for replies, and how much of a reply's telling words each of them holds."""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from pipeline.extraction.lines import Piece
from pipeline.extraction.persons import Speaker
from pipeline.extraction.vocabulary import words


@dataclass
class Asked:
    """An opinion that waits for its reply: number of its turn in the list, words, speaker."""

    turn: int
    number: int | None
    speaker: Speaker
    text: str
    replies: list[Piece] = field(default_factory=list)


class Subjects(list[Asked]):
    """The opinions of a document, which know how many of them hold each telling word."""

    @cached_property
    def counts(self) -> Counter[str]:
        """Number of opinions that hold a word or a pair of words."""
        return Counter(term for one in self for term in telling_terms(one.text))

    def weight(self, term: str) -> float:
        """Return how much a word tells: the rarer, the more."""
        return math.log(1 + len(self) / max(self.counts[term], 0.5))


def likeness(text: str, opinion: str, asked: Subjects, *, loose: bool = False) -> float:
    """Return the share (0..1) of the weight of a sentence's telling words found in an opinion."""
    here, there = telling_terms(text), telling_terms(opinion)
    shared = here & there
    if not (shared and (loose or len(shared) > 1 or any(" " in term for term in shared))):
        return 0.0
    return sum(map(asked.weight, shared)) / sum(map(asked.weight, here))


@lru_cache(maxsize=20_000)
def telling_terms(text: str) -> frozenset[str]:
    """Return the words and pairs of words of a text that tell what it is about."""
    common = frozenset(words("splitting", "stopwords"))
    tokens = re.findall(r"\w+", text.lower())
    pairs = {f"{a} {b}" for a, b in zip(tokens, tokens[1:], strict=False)
             if not (a in common and b in common)}  # fmt: skip
    return frozenset(
        {token for token in tokens if token not in common and not token.isdigit()} | pairs
    )
