"""Finds the words of an opinion that decided its topic."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pipeline.topics.words import cut, spelled_as_written

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

    from pipeline.topics.features import OpinionFeatures

MAX_WORDS = 5
_STRONGEST = 12


def deciding_words(
    text: str,
    row: csr_matrix,
    weights: np.ndarray,
    features: OpinionFeatures,
    *,
    written: str,
) -> list[tuple[str, float]]:
    """Return the words of `text` that spoke most for a topic, strongest first.

    In a linear model a feature's part in the score is its value times its
    weight; the part of an n-gram is shared out equally over its words.

    Parameters
    ----------
    text
        The opinion as it was scored.
    row
        Its features, shape (1, features).
    weights
        The topic's weights, shape (features,).
    features
        The fitted features that made `row`.
    written
        The opinion as it came: its spelling is shown.

    Returns
    -------
    list of (word, part)
        At most five words in their original spelling, parts above zero.
    """
    parts = row.data * weights[row.indices]
    strongest = np.argsort(parts)[::-1][:_STRONGEST]
    chopped = cut(text)
    shares = np.zeros(len(chopped.words))
    for at in strongest:
        if parts[at] <= 0:
            break
        owners = sorted(
            {
                chopped.owners[i]
                for start, end in features.spans(row.indices[at], chopped)
                for i in range(start, end)
            }
        )
        for owner in owners:
            shares[owner] += parts[at] / len(owners)
    return _strongest_words(spelled_as_written(written, chopped), shares)


def _strongest_words(words: list[str], shares: np.ndarray) -> list[tuple[str, float]]:
    found: dict[str, float] = {}
    for index in np.argsort(-shares, kind="stable"):
        word = words[index]
        if shares[index] <= 0 or len(found) == MAX_WORDS:
            break
        if word.lower() not in {known.lower() for known in found}:
            found[word] = float(shares[index])
    return list(found.items())
