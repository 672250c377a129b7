"""Trains the second opinion by meaning and finds how much to listen to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from pipeline.topics.classifier import softmax
from pipeline.topics.meaning import (
    MeaningClassifier,
    blended_where,
    doubtful,
    packed,
    resemblance,
    unpacked,
)
from pipeline.training.splitting import grouped_folds
from pipeline.training.vectors import vectors_of

if TYPE_CHECKING:
    import pandas as pd

MOST = 36_000
"""Opinions compared with at most; the memory needed is four bytes times their square."""
WIDTH = 1.2 / 384
RIDGE = 0.3
DOUBT = 0.90
ENOUGH = 100
_FOLDS = 2
_BLOCK = 1_000
_SHARES = np.round(np.arange(0.0, 0.65, 0.05), 2)
_TEMPERATURES = np.geomspace(0.03, 1.0, 18)


def train_meaning(
    labelled: pd.DataFrame,
    probabilities: np.ndarray,
    classes: np.ndarray,
    *,
    seed: int,
    progress: Callable[[str], None] = lambda message: None,
    cache: Path | None = None,
) -> MeaningClassifier:
    """Return the second opinion, its temperature chosen on briefs that it did not see.

    Parameters
    ----------
    labelled
        As `load_labelled` returns it.
    probabilities
        Out-of-fold probabilities of the words' classifier, shape (opinions, topics).
    classes
        Topic codes of the columns.
    seed
        Of the cross-validation by brief.
    progress
        Called with a sentence before each step.
    cache
        Where embeddings are remembered; the user's cache folder if None.
    """
    progress(f"sentence embeddings of {len(labelled)} opinions (slow the first time)")
    vectors = vectors_of(list(labelled["text"]), folder=cache, progress=progress)
    topics = labelled["topic"].to_numpy(str)
    groups = labelled["brief"].where(labelled["brief"] != "", labelled["id"]).to_numpy(str)
    scores = np.zeros_like(probabilities)
    for seen, unseen in grouped_folds(topics, groups, folds=_FOLDS, seed=seed):
        machine = fit_meaning(vectors[seen], topics[seen], classes, seed=seed)
        scores[unseen] = np.log(machine.probabilities(vectors[unseen]) + 1e-12)
    temperature, share = min(
        product(_TEMPERATURES, _SHARES),
        key=lambda pair: _loss(probabilities, softmax(scores / pair[0]), pair[1], topics, classes),
    )
    machine = fit_meaning(vectors, topics, classes, seed=seed)
    return replace(machine, temperature=float(temperature), share=float(share))


def listened_to(
    machine: MeaningClassifier,
    probabilities: np.ndarray,
    classes: np.ndarray,
    rows: pd.DataFrame,
    *,
    cache: Path | None = None,
) -> MeaningClassifier:
    """Return the second opinion with the share that real opinions give it.

    Labelled opinions are worded alike, which flatters the classifier of words:
    on them the second opinion seems worth less than it is on real speech.

    Parameters
    ----------
    machine
        As `train_meaning` returns it.
    probabilities
        Of the words' classifier on `rows`, shape (rows, topics).
    classes
        Topic codes of the columns.
    rows
        Real opinions with `text` and `topic`; of fewer than `ENOUGH`, the
        share stays as cross-validation chose it.
    cache
        As for `train_meaning`.
    """
    if len(rows) < ENOUGH:
        return machine
    meaning = machine.probabilities(vectors_of(list(rows["text"]), folder=cache))
    topics = rows["topic"].to_numpy(str)
    losses = [_loss(probabilities, meaning, share, topics, classes) for share in _SHARES]
    return replace(machine, share=float(_SHARES[int(np.argmin(losses))]))


def _loss(
    words: np.ndarray, meaning: np.ndarray, share: float, topics: np.ndarray, classes: np.ndarray
) -> float:
    """Return the log loss of the words' probabilities, blended where they leave doubt."""
    unsure = doubtful(words, DOUBT)
    blended = blended_where(unsure, words, meaning[unsure], share)
    right = np.searchsorted(classes, topics)
    return float(-np.log(blended[np.arange(len(right)), right] + 1e-12).mean())


def fit_meaning(
    vectors: np.ndarray, topics: np.ndarray, classes: np.ndarray, *, seed: int
) -> MeaningClassifier:
    """Return the second opinion with temperature 1 and no share in the blend.

    Parameters
    ----------
    vectors
        Sentence embeddings, shape (opinions, 384); of more than `MOST`, some.
    topics
        Of the opinions; each topic weighs alike, however many it has.
    classes
        Topic codes of the columns; one that `topics` lacks never comes first.
    seed
        Chooses the opinions, where there are too many.
    """
    from scipy.linalg import solve

    if len(vectors) > MOST:
        some = np.random.default_rng(seed).permutation(len(vectors))[:MOST]
        vectors, topics = vectors[some], topics[some]
    centre, spread = vectors.mean(axis=0), vectors.std(axis=0) + 1e-6
    landmarks = packed((vectors - centre) / spread)
    places = unpacked(landmarks)
    marks = topics[:, None] == classes
    counts = np.maximum(marks.sum(axis=0), 1)
    weight = len(topics) / len(classes) / counts[marks.argmax(axis=1)]
    alike = np.empty((len(places), len(places)), dtype="float32")
    for start in range(0, len(places), _BLOCK):
        alike[start : start + _BLOCK] = resemblance(places[start : start + _BLOCK], places, WIDTH)
    alike[np.diag_indices(len(alike))] += RIDGE / weight
    # The transposed matrix is the same one, in the order that LAPACK overwrites without a copy.
    weights = solve(alike.T, 2.0 * marks.astype("float32") - 1.0, assume_a="pos", overwrite_a=True)
    return MeaningClassifier(
        centre.astype("float32"),
        spread.astype("float32"),
        landmarks,
        weights.astype("float16"),
        WIDTH,
        1.0,
        0.0,
        DOUBT,
    )
