"""What confidence is worth: calibration error, reliability, and the promise put to the test."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from pipeline.topics.calibration import Calibration, calibrate, error_upper_bound, promise

if TYPE_CHECKING:
    from pipeline.topics.decision import DecisionSettings

REPEATS = 10
RISKS = (0.01, 0.02, 0.05, 0.10)
_BINS = np.linspace(0, 1, 11)


@dataclass(frozen=True)
class PromiseCheck:
    """What the promise at one risk gave on opinions left out when it was made.

    `coverage` is the share decided `auto`, `error` the share of wrong topics
    among them (None if there are none) and `error_high` its 95 % upper bound.
    """

    risk: float
    coverage: float
    error: float | None
    error_high: float
    n_auto: int


def expected_calibration_error(confidence: np.ndarray, right: np.ndarray) -> float:
    """Return the mean gap between confidence and accuracy over ten equal bins (Guo et al. 2017)."""
    return float(
        sum(
            bin_["share"] * abs(bin_["confidence"] - bin_["accuracy"])
            for bin_ in reliability(confidence, right)
        )
    )


def crossfitted_confidence(
    raw: np.ndarray, guess: np.ndarray, right: np.ndarray, *, seed: int, folds: int = 5
) -> np.ndarray:
    """Return confidences whose curve was fitted on the other opinions each time.

    The same opinions that show how good the confidence is must not have
    shaped it; so the curve is fitted on four fifths and read on the last. Mean
    of `REPEATS` divisions into fifths, so that no lucky division flatters.
    """
    total = np.zeros(len(raw))
    for seen, unseen in _repeated_folds(len(raw), folds, seed):
        curve = calibrate(raw[seen].tolist(), guess[seen].tolist(), right[seen].tolist(), source="")
        total[unseen] += curve.confidence(raw[unseen], guess[unseen])
    return total / REPEATS


def check_promise(
    raw: np.ndarray,
    guess: np.ndarray,
    right: np.ndarray,
    settings: DecisionSettings,
    *,
    risk: float,
    seed: int,
    held: np.ndarray | None = None,
    folds: int = 5,
) -> PromiseCheck:
    """Make the promise on four fifths of the opinions and see on the last fifth if it is kept.

    Mean of `REPEATS` divisions into fifths. `held` marks opinions that a person
    looks at however sure their topic is: complaints, accusations, unknown words.
    """
    sent = np.zeros(len(raw))
    for seen, unseen in _repeated_folds(len(raw), folds, seed):
        fitted: Calibration = calibrate(
            raw[seen].tolist(), guess[seen].tolist(), right[seen].tolist(), source=""
        )
        made = promise(
            fitted,
            risk=risk,
            level=settings.level,
            topic_minimum=int(settings.topic_minimum * (folds - 1) / folds),
        )
        confident = fitted.confidence(raw[unseen], guess[unseen]) >= made.threshold
        sent[unseen] += confident & np.isin(guess[unseen], list(made.trusted))
    if held is not None:
        sent[held] = 0
    n, wrong = float(sent.sum()) / REPEATS, float(sent[~right].sum()) / REPEATS
    return PromiseCheck(
        risk,
        n / len(raw),
        wrong / n if n else None,
        error_upper_bound(round(wrong), round(n), 0.95) if n else 1.0,
        round(n),
    )


def _repeated_folds(n: int, folds: int, seed: int) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    for repeat in range(REPEATS):
        yield from _folds(n, folds, seed + repeat)


def _folds(n: int, folds: int, seed: int) -> list[tuple[np.ndarray, np.ndarray]]:
    order = np.random.default_rng(seed).permutation(n)
    return [(np.setdiff1d(order, part), part) for part in np.array_split(order, folds)]


def reliability(confidence: np.ndarray, right: np.ndarray) -> list[dict[str, float]]:
    """Return share, mean confidence and accuracy of each of ten equal bins that is not empty."""
    bins = np.clip(np.digitize(confidence, _BINS) - 1, 0, len(_BINS) - 2)
    return [
        {
            "from": float(_BINS[b]),
            "share": float((bins == b).mean()),
            "confidence": float(confidence[bins == b].mean()),
            "accuracy": float(right[bins == b].mean()),
        }
        for b in range(len(_BINS) - 1)
        if (bins == b).any()
    ]


def risk_curve(confidence: np.ndarray, right: np.ndarray) -> list[tuple[float, float]]:
    """Return (coverage, risk) pairs when the surest opinions are sent first."""
    order = np.argsort(-confidence, kind="stable")
    n = np.arange(1, len(order) + 1)
    risks = np.cumsum(~right[order]) / n
    return list(zip((n / len(order)).tolist(), risks.tolist(), strict=True))


def coverage_at_risk(confidence: np.ndarray, right: np.ndarray) -> dict[str, float]:
    """Return the largest share that could be sent at each of `RISKS`, were errors known."""
    curve = risk_curve(confidence, right)
    return {
        str(limit): max((coverage for coverage, risk in curve if risk <= limit), default=0.0)
        for limit in RISKS
    }
