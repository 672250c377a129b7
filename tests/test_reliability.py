"""What confidence is worth: known gaps are found, and promises are tried on opinions left out."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.topics.decision import DecisionSettings
from pipeline.training.reliability import (
    check_promise,
    coverage_at_risk,
    crossfitted_confidence,
    expected_calibration_error,
    reliability,
)

TOPICS = np.array(["land", "planning"])


def _opinions(count: int, seed: int = 0) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Scores that are honest: each prediction is right as often as its score says."""
    draw = np.random.default_rng(seed)
    raw = draw.uniform(0.3, 0.95, count)
    return raw, TOPICS[draw.integers(0, 2, count)], draw.uniform(size=count) < raw


def test_gap_between_confidence_and_accuracy_is_the_error() -> None:
    right = np.array([True] * 6 + [False] * 4)
    assert expected_calibration_error(np.full(10, 0.85), right) == pytest.approx(0.25)
    bins = reliability(np.array([0.15, 0.95, 0.95]), np.array([False, True, False]))
    assert [bin_["accuracy"] for bin_ in bins] == [0.0, 0.5]
    assert bins[1]["share"] == pytest.approx(2 / 3)


def test_crossfitted_confidence_of_honest_scores_is_honest() -> None:
    raw, guess, right = _opinions(2_000)
    assert (
        expected_calibration_error(crossfitted_confidence(raw, guess, right, seed=0), right) < 0.05
    )


def test_crossfitted_confidence_learns_nothing_from_the_opinion_itself() -> None:
    guess = np.array(["land"] * 100)
    right = np.random.default_rng(0).uniform(size=100) < 0.5
    confidence = crossfitted_confidence(np.full(100, 0.8), guess, right, seed=0)
    assert confidence[right].mean() < confidence[~right].mean()


def test_promise_is_kept_on_opinions_left_out() -> None:
    raw, guess, right = _opinions(3_000)
    check = check_promise(raw, guess, right, DecisionSettings(), risk=0.15, seed=0)
    assert 0.1 < check.coverage < 0.4
    assert check.error < 0.15 < 0.3 < (~right).mean()
    assert check.error < check.error_high


def test_promise_that_no_data_backs_sends_nothing() -> None:
    raw, guess, right = _opinions(40)
    check = check_promise(raw, guess, right, DecisionSettings(), risk=0.01, seed=0)
    assert (check.coverage, check.error, check.n_auto) == (0.0, None, 0)


def test_coverage_if_errors_were_known() -> None:
    right = np.array([True] * 9 + [False])
    assert coverage_at_risk(np.linspace(1, 0, 10), right)["0.05"] == pytest.approx(0.9)


def test_opinions_that_are_always_looked_at_are_not_counted_as_sent() -> None:
    raw, guess, right = _opinions(3_000)
    held = np.arange(3_000) % 2 == 0
    settings = DecisionSettings()
    free = check_promise(raw, guess, right, settings, risk=0.15, seed=0)
    half = check_promise(raw, guess, right, settings, risk=0.15, seed=0, held=held)
    assert half.n_auto == pytest.approx(free.n_auto / 2, rel=0.15)
