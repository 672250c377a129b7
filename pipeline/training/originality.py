"""Finds labelled opinions that are near-copies, leak from test data, or hold personal numbers."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from pipeline.topics.text import normalize, syllables

RUN = 5
FEWEST = 5
"""Fewer shared runs than this prove nothing: the name of an office alone holds three."""
NEAR_COPY = 0.5
"""Two opinions are near-copies when they share at least this part of the shorter one's runs."""
LEAK = 0.3
"""A training opinion leaks test data from this share of shared runs on; names of offices repeat."""
_PERSONAL = re.compile(r"(?<![\d.,])(?:0|\+84)(?:[ .-]?\d){9}(?!\d)|(?<![\d.,])\d{12}(?!\d)")


def near_copies(texts: Sequence[str], *, share: float = NEAR_COPY) -> list[tuple[int, int, float]]:
    """Return pairs of rows that share too many runs of five words.

    Parameters
    ----------
    texts
        Opinions; those shorter than two runs are not judged.
    share
        Of the runs of the shorter opinion, from which a pair is reported.

    Returns
    -------
    list of (row, row, share)
    """
    return _shared(texts, texts, share, same=True)


def leaks(
    texts: Sequence[str], test_texts: Sequence[str], *, share: float = LEAK
) -> list[tuple[int, int, float]]:
    """Return (training row, test row, share) of opinions that stand on both sides."""
    return _shared(texts, test_texts, share, same=False)


def personal_numbers(texts: Sequence[str]) -> list[tuple[int, str]]:
    """Return (row, number) of what looks like a phone or an identity number."""
    return [
        (i, match.group()) for i, text in enumerate(texts) for match in _PERSONAL.finditer(text)
    ]


def _shared(left, right, share: float, *, same: bool) -> list[tuple[int, int, float]]:
    runs_left = [_runs(text) for text in left]
    runs_right = runs_left if same else [_runs(text) for text in right]
    holders: dict[str, list[int]] = defaultdict(list)
    for row, runs in enumerate(runs_right):
        for run in runs:
            holders[run].append(row)
    found = []
    for row, runs in enumerate(runs_left):
        counts: Counter[int] = Counter()
        for run in runs:
            counts.update(other for other in holders[run] if not same or other < row)
        for other, n in counts.items():
            part = n / max(1, min(len(runs), len(runs_right[other])))
            if part >= share and n >= FEWEST:
                found.append((row, other, part))
    return found


def _runs(text: str) -> set[str]:
    parts = syllables(normalize(text))
    return {" ".join(parts[i : i + RUN]) for i in range(len(parts) - RUN + 1)}
