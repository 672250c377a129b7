"""Tells whether two stretches of speech are about the same thing, by words and by topics."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

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
