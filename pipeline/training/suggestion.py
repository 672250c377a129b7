"""Picks, from unlabelled opinions, those whose label would teach the model most."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from pipeline.errors import DataError
from pipeline.topics.text import fold, normalize

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

    from pipeline.topics.classify import Tagger

POOL = 8
"""Greedy choice looks at this many of the most promising opinions for each one it takes."""
RARE = 0.5
"""Weight of the rarity of an opinion's likely topics beside its uncertainty."""


@dataclass(frozen=True)
class Suggestion:
    """One opinion worth a person's time: its row, the model's first two topics and their margin."""

    row: int
    first: str
    second: str
    margin: float


def suggest(
    texts: Sequence[str], tagger: Tagger, n: int, *, labelled: Sequence[str], topics: Sequence[str]
) -> list[Suggestion]:
    """Return the `n` opinions to label next, the most useful first.

    Parameters
    ----------
    texts
        Unlabelled opinions.
    tagger
        The model in use.
    n
        How many to pick; fewer if there are fewer new texts.
    labelled, topics
        Texts and topics of what is labelled already; equal texts are skipped.

    Raises
    ------
    DataError
        No text is new.
    """
    known = {_key(text) for text in labelled}
    rows: list[int] = []
    for row, text in enumerate(texts):
        key = _key(text)
        if key and key not in known:
            known.add(key)
            rows.append(row)
    if not rows:
        raise DataError("Every opinion of the table is labelled already, or the column is empty.")
    chosen_texts = [texts[row] for row in rows]
    matrix = tagger.model.classifier.features_.transform(chosen_texts)
    probabilities = tagger.model.probabilities(chosen_texts, matrix)
    classes = [str(code) for code in tagger.model.classifier.classes_]
    picked = choose(matrix, probabilities, n, counts=Counter(topics), classes=classes)
    order = np.argsort(-probabilities, axis=1)
    return [
        Suggestion(
            rows[i],
            classes[order[i, 0]],
            classes[order[i, 1]],
            float(probabilities[i, order[i, 0]] - probabilities[i, order[i, 1]]),
        )
        for i in picked
    ]


def choose(
    matrix: csr_matrix,
    probabilities: np.ndarray,
    n: int,
    *,
    counts: Mapping[str, int],
    classes: Sequence[str],
    rare: float = RARE,
) -> list[int]:
    """Return row numbers: uncertain, typical, of rare topics, and different from each other.

    The worth of an opinion is one minus its margin (the gap between its first
    two topics; Scheffer et al. 2001) times its mean cosine to all opinions
    (Settles & Craven 2008: without it the odd ones win, whose labels teach
    nothing about the others), raised where its likely topics have few labels.
    Of the most worthy, opinions are taken one by one, each weighed by
    one minus its cosine to the nearest that was taken before.

    Parameters
    ----------
    matrix
        Features, shape (opinions, features).
    probabilities
        Shape (opinions, topics).
    n
        How many.
    counts
        Labelled opinions of each topic.
    classes
        Topic codes of the columns.
    rare
        Weight of rarity; 0 leaves it out.
    """
    from sklearn.preprocessing import normalize as unit_rows

    ranked = np.sort(probabilities, axis=1)[:, ::-1]
    worth = 1 - (ranked[:, 0] - ranked[:, 1])
    have = np.array([counts.get(code, 0) for code in classes], dtype=float)
    rarity = 1 - have / max(1.0, have.max())
    worth = worth * (1 + rare * (probabilities @ rarity))
    units = unit_rows(matrix)
    worth = worth * np.asarray(units @ np.asarray(units.mean(axis=0)).ravel()).ravel()
    best = np.argsort(-worth, kind="stable")[: POOL * n]
    rows = units[best]
    nearest = np.zeros(len(best))
    free = np.ones(len(best), dtype=bool)
    picked: list[int] = []
    for _ in range(min(n, len(best))):
        at = int(np.argmax(np.where(free, worth[best] * (1 - nearest), -1)))
        free[at] = False
        picked.append(int(best[at]))
        nearest = np.maximum(nearest, (rows @ rows[at].T).toarray().ravel())
    return picked


def _key(text: str) -> str:
    return fold(normalize(text))
