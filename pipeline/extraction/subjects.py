"""Tells whether two stretches are about the same thing: by words and topics, or reply and opinion."""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from pipeline.extraction.lines import Piece
from pipeline.extraction.persons import Speaker
from pipeline.extraction.vocabulary import topic_phrases, words

SHARED_WORDS = 0.34
_LONGEST_PHRASE = 5


def share_words(unit: str, current: str) -> bool:
    """Tell whether more than a third of the telling words of a stretch came before."""
    here, there = _telling(unit), _telling(current)
    return not here or len(here & there) / len(here) > SHARED_WORDS


def changes_subject(unit: str, current: str) -> bool:
    """Tell whether a stretch shares neither telling words nor topics with what came before.

    Topics are judged by the phrases that offices keep for each topic; where a
    stretch holds none of them, nothing is said to change.
    """
    if len(_telling(unit) & _telling(current)) > 1:
        return False
    here, there = topics_of(unit), topics_of(current)
    return bool(here and there) and not set(here) & set(there)


def shares_nothing(unit: str, current: str) -> bool:
    """Tell whether no telling word of a stretch came before."""
    return not _telling(unit) & _telling(current)


def keeps_subject(unit: str, current: str) -> bool:
    """Tell whether a stretch shares telling words or a topic with what came before."""
    shared = len(_telling(unit) & _telling(current)) > 1
    return shared or bool(set(topics_of(unit)) & set(topics_of(current)))


@lru_cache(maxsize=4_000)
def topics_of(text: str) -> tuple[str, ...]:
    """Return the topics that lead in a stretch, by the number of words of their phrases in it."""
    tokens = re.findall(r"\w+", text.lower())
    known = topic_phrases()
    scores: Counter[str] = Counter()
    for size in range(1, _LONGEST_PHRASE + 1):
        for at in range(len(tokens) - size + 1):
            for topic in known.get(" ".join(tokens[at : at + size]), ()):
                scores[topic] += size
    best = max(scores.values(), default=0)
    return tuple(sorted(topic for topic, score in scores.items() if score >= 0.5 * best))


@lru_cache(maxsize=4_000)
def _telling(text: str) -> frozenset[str]:
    common = set(words("splitting", "stopwords"))
    return frozenset(word for word in re.findall(r"\w+", text.lower()) if word not in common)


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
    return math.fsum(map(asked.weight, shared)) / math.fsum(map(asked.weight, here))


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
