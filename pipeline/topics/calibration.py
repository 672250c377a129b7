"""What opinions that the model never saw say about its scores, and the promise drawn from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

OFFSET_STRENGTH = 1.0
"""Inverse strength of the pull of topic offsets to 0."""
LOWEST, HIGHEST = 0.02, 0.95
"""Raw scores count as this at least and at most: in speech unlike the training data, a score of
0.99 is no more often right than one of 0.95, and one loud error must not end the promise."""
FORGIVEN = 2
"""The promise is tested from so many surest opinions on that this many errors would still pass;
with fewer, one noisy label would end the search."""


@dataclass(frozen=True)
class Calibration:
    """Outcomes on calibration opinions, and the curve from raw score to probability.

    Attributes
    ----------
    slope, intercept
        Of the logistic curve that turns the log-odds of the raw score into the
        probability that the primary topic is right (Platt 1999).
    offsets
        Added to the intercept for each predicted topic: a topic that the model
        names too often is believed less. Shrunk to 0 where outcomes are few.
    confidences, topics, right
        One entry a calibration opinion: its calibrated confidence, its
        predicted topic, and whether the prediction was accepted.
    source
        Where the opinions came from, for the model card.
    """

    slope: float = 1.0
    intercept: float = 0.0
    offsets: Mapping[str, float] = field(default_factory=dict)
    confidences: tuple[float, ...] = ()
    topics: tuple[str, ...] = ()
    right: tuple[bool, ...] = ()
    source: str = ""

    def confidence(self, raw: np.ndarray, topics: Sequence[str]) -> np.ndarray:
        """Return calibrated confidences (0..1).

        Parameters
        ----------
        raw
            Top probabilities (0..1) before calibration.
        topics
            The topics that they belong to.
        """
        offsets = np.array([self.offsets.get(str(topic), 0.0) for topic in topics])
        return 1 / (1 + np.exp(-(self.slope * log_odds(raw) + self.intercept + offsets)))


@dataclass(frozen=True)
class Promise:
    """What may be decided `auto` so that at most `risk` of it is wrong.

    `threshold` is the lowest confidence that may pass, above 1 when no
    threshold keeps the promise. `trusted` are the topics with enough calibration
    opinions; no other topic passes.
    """

    risk: float
    level: float
    threshold: float
    trusted: frozenset[str] = field(default_factory=frozenset)

    @property
    def can_be_kept(self) -> bool:
        """Whether any opinion at all may be decided `auto`."""
        return self.threshold <= 1


def log_odds(raw: np.ndarray) -> np.ndarray:
    """Return log(p / (1 - p)) of scores held between `LOWEST` and `HIGHEST`."""
    clipped = np.clip(np.asarray(raw, dtype=float), LOWEST, HIGHEST)
    return np.log(clipped / (1 - clipped))


def calibrate(
    raw: Sequence[float], topics: Sequence[str], right: Sequence[bool], *, source: str
) -> Calibration:
    """Fit the curve on opinions that the model was not trained on.

    Parameters
    ----------
    raw
        Probability (0..1) of the predicted topic before calibration.
    topics
        The predicted topics.
    right
        Whether each prediction is right.
    source
        A sentence for the model card.
    """
    curve = Calibration(*fit_curve(raw, topics, right))
    return replace(
        curve,
        confidences=tuple(curve.confidence(np.asarray(raw), topics).tolist()),
        topics=tuple(topics),
        right=tuple(bool(value) for value in right),
        source=source,
    )


def fit_curve(
    raw: Sequence[float], topics: Sequence[str], right: Sequence[bool]
) -> tuple[float, float, dict[str, float]]:
    """Return slope, intercept and topic offsets of the logistic curve through outcomes.

    One kind of outcome alone says nothing about a slope: then (1, 0, {}).
    """
    from sklearn.linear_model import LogisticRegression

    outcome = np.asarray(right, dtype=bool)
    if outcome.all() or not outcome.any():
        return 1.0, 0.0, {}
    names = sorted(set(topics))
    shown = np.array([[topic == name for name in names] for topic in topics], dtype=float)
    columns = np.column_stack([log_odds(np.asarray(raw)), shown])
    fitted = LogisticRegression(C=OFFSET_STRENGTH).fit(columns, outcome)
    slope, *offsets = fitted.coef_[0].tolist()
    return slope, float(fitted.intercept_[0]), dict(zip(names, offsets, strict=True))


def promise(calibration: Calibration, *, risk: float, level: float, topic_minimum: int) -> Promise:
    """Find the loosest threshold whose error is at most `risk`, with confidence `level`.

    Fixed-sequence testing: thresholds are tried from strict to loose, each by
    the exact upper bound of its error rate (Clopper & Pearson 1934), and the
    search ends at the first that fails, so no correction for many tests is
    owed (Bauer 1991; the same device as "Learn then Test", Angelopoulos et al.
    2021). It holds if future opinions are drawn like the calibration opinions.

    Parameters
    ----------
    calibration
        Outcomes on unseen opinions.
    risk
        Accepted share of errors among what passes (0..1).
    level
        Confidence of the promise (0..1).
    topic_minimum
        Topics with fewer calibration opinions than this never pass.
    """
    counts = Counter(calibration.topics)
    trusted = frozenset(topic for topic, n in counts.items() if n >= topic_minimum)
    usable = [i for i, topic in enumerate(calibration.topics) if topic in trusted]
    confidences = np.array([calibration.confidences[i] for i in usable])
    wrong = np.array([not calibration.right[i] for i in usable], dtype=int)
    order = np.argsort(-confidences, kind="stable")
    threshold = 2.0
    errors = np.cumsum(wrong[order])
    for n in range(fewest_opinions(risk, level), len(order) + 1):
        tied = n < len(order) and confidences[order[n]] == confidences[order[n - 1]]
        if tied:
            continue
        if error_upper_bound(int(errors[n - 1]), n, level) > risk:
            break
        threshold = float(confidences[order[n - 1]])
    return Promise(risk, level, threshold, trusted)


def fewest_opinions(risk: float, level: float) -> int:
    """Return how many opinions it takes for `FORGIVEN` errors to pass at this risk.

    Examples
    --------
    >>> fewest_opinions(0.10, 0.80)
    42
    """
    n = FORGIVEN + 1
    while error_upper_bound(FORGIVEN, n, level) > risk:
        n += 1
    return n


def error_upper_bound(errors: int, n: int, level: float) -> float:
    """Return the one-sided Clopper-Pearson upper bound of an error rate."""
    from scipy.special import betaincinv

    return 1.0 if errors >= n else float(betaincinv(errors + 1, n - errors, level))
