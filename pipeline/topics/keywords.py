"""The keyword baseline: the topic with most phrases of its list in the text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from pipeline.topics.phrases import MAX_SYLLABLES
from pipeline.topics.taxonomy import OTHER
from pipeline.topics.text import normalize, syllables


def keyword_topics(texts: Sequence[str], phrases: Mapping[str, str]) -> list[str]:
    """Return a topic for each text by counting phrases, `other` where none is found.

    A longer phrase counts by its syllables, and a misleading one against its
    topic. What a model must beat to be worth its trouble.

    Parameters
    ----------
    texts
        Opinions.
    phrases
        As `load_phrases` returns it.
    """
    return [_most(_counts(text, phrases)) for text in texts]


def _counts(text: str, phrases: Mapping[str, str]) -> Counter[str]:
    parts = syllables(normalize(text))
    counts: Counter[str] = Counter()
    for size in range(1, MAX_SYLLABLES + 1):
        for i in range(len(parts) - size + 1):
            for mark in phrases.get(" ".join(parts[i : i + size]), "").split():
                counts[mark.lstrip("!")] += -size if mark.startswith("!") else size
    return counts


def _most(counts: Counter[str]) -> str:
    topic, n = max(counts.items(), key=lambda pair: (pair[1], pair[0]), default=(OTHER, 0))
    return topic if n > 0 else OTHER
