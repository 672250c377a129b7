"""Drift is told in plain words, and only when there are enough opinions."""

from __future__ import annotations

import pandas as pd
import pytest

from pipeline.errors import DataError
from pipeline.training.drift import (
    DriftSettings,
    load_drift_settings,
    measure_drift,
    topic_distance,
    unknown_share,
)


def _period(rows: pd.DataFrame, **changes) -> pd.DataFrame:
    table = rows[["text", "topic"]].assign(confidence=0.9, decision="auto", reason="")
    return table.assign(**changes)


def test_opinions_like_the_training_data_need_no_training(labelled) -> None:
    drift = measure_drift(_period(labelled), labelled, expected_confidence=0.9)
    assert not drift.due
    assert "chưa cần huấn luyện lại" in drift.verdict


def test_new_words_and_low_confidence_make_retraining_due(labelled) -> None:
    strange = _period(labelled.head(80), confidence=0.4)
    strange["text"] = "blockchain metaverse drone taxi robot " * 3
    drift = measure_drift(strange, labelled, expected_confidence=0.9)
    assert drift.due
    assert {"unknown words", "confidence"} <= {s.name for s in drift.signals if s.beyond}


@pytest.mark.parametrize(("wrong", "due"), [(10, True), (2, False)])
def test_many_corrections_alone_make_it_due(labelled, wrong, due) -> None:
    corrected = [True] * wrong + [False] * (30 - wrong)
    assert measure_drift(_period(labelled), labelled, corrected=corrected).due is due


def test_few_opinions_give_no_verdict(labelled) -> None:
    drift = measure_drift(_period(labelled.head(10)), labelled)
    assert (drift.due, drift.signals) == (False, ())
    assert "chưa đủ" in drift.verdict


def test_an_earlier_period_may_be_the_measure_of_the_mix(labelled) -> None:
    land = _period(labelled[labelled["topic"] == "land"])
    assert not any(
        s.name == "topic mix" and s.beyond
        for s in measure_drift(land, labelled, earlier=land, settings=DriftSettings()).signals
    )


def test_distance_and_unknown_share_are_between_zero_and_one() -> None:
    assert 0 < topic_distance(["a", "b"], ["a", "a", "c"]) < 1
    assert unknown_share("cấp sổ đỏ", {"cấp sổ": 1}) == 0.5
    assert unknown_share("đỏ", {}) is None


@pytest.mark.parametrize("line", ["unknown = 1", "opinions = 'x'", "opinions ="])
def test_a_wrong_threshold_is_refused(tmp_path, line) -> None:
    (tmp_path / "drift.toml").write_text(line, encoding="utf-8")
    with pytest.raises(DataError, match="drift.toml"):
        load_drift_settings(tmp_path)
