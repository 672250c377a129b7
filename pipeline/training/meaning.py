"""Trains the second opinion by meaning and finds how much to listen to it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from pipeline.topics.classifier import softmax
from pipeline.topics.meaning import MeaningClassifier, blend
from pipeline.training.splitting import grouped_folds
from pipeline.training.vectors import vectors_of

if TYPE_CHECKING:
    import pandas as pd

C = 3.0
DOUBT = 0.90
_SHARES = np.round(np.arange(0.0, 0.65, 0.05), 2)


def train_meaning(
    labelled: pd.DataFrame,
    probabilities: np.ndarray,
    classes: np.ndarray,
    *,
    folds: int,
    seed: int,
    progress: Callable[[str], None] = lambda message: None,
    cache: Path | None = None,
) -> MeaningClassifier:
    """Return the second opinion, its weight chosen on briefs that neither side saw.

    Parameters
    ----------
    labelled
        As `load_labelled` returns it.
    probabilities
        Out-of-fold probabilities of the words' classifier, shape (opinions, topics).
    classes
        Topic codes of the columns.
    folds, seed
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
    meaning = np.zeros_like(probabilities)
    for seen, unseen in grouped_folds(topics, groups, folds=folds, seed=seed):
        coef, intercept = _fit(vectors[seen], topics[seen], classes)
        meaning[unseen] = softmax(vectors[unseen] @ coef.T + intercept)
    right = np.searchsorted(classes, topics)
    losses = [
        -np.log(blend(probabilities, meaning, share)[np.arange(len(right)), right] + 1e-12).mean()
        for share in _SHARES
    ]
    share = float(_SHARES[int(np.argmin(losses))])
    coef, intercept = _fit(vectors, topics, classes)
    return MeaningClassifier(coef, intercept, share, DOUBT)


def _fit(
    vectors: np.ndarray, topics: np.ndarray, classes: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    from sklearn.linear_model import LogisticRegression

    fitted = LogisticRegression(C=C, class_weight="balanced", max_iter=1000).fit(vectors, topics)
    coef = np.zeros((len(classes), vectors.shape[1]), dtype="float32")
    intercept = np.full(len(classes), -20.0, dtype="float32")
    rows = np.searchsorted(classes, fitted.classes_)
    coef[rows], intercept[rows] = fitted.coef_, fitted.intercept_
    return coef, intercept
