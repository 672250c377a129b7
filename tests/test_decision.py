"""What may be sent without a look, and the reasons when not."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from pipeline.errors import DataError
from pipeline.topics.calibration import Promise, calibrate, error_upper_bound, promise
from pipeline.topics.classify import Tagger
from pipeline.topics.decision import OUTSIDE, DecisionSettings, decide, load_settings
from pipeline.topics.taxonomy import load_topics
from pipeline.training.workflow import load_evaluation

SETTINGS = DecisionSettings()
TOPICS = load_topics()


def _decide(**changes):
    case = {
        "kind": "kiến nghị",
        "topic": "land",
        "confidence": 0.97,
        "probabilities": {"land": 0.9, "planning": 0.1},
        "known_share": 1.0,
        "promise": Promise(0.05, 0.9, 0.8, frozenset({"land"})),
        "settings": SETTINGS,
        "topics": TOPICS,
    }
    return decide(**{**case, **changes})


def test_a_sure_opinion_is_sent_without_a_look() -> None:
    assert _decide() == ("auto", "")


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        pytest.param({"kind": "tố cáo"}, "có dấu hiệu tố cáo", id="accusation"),
        pytest.param({"kind": "khiếu nại"}, "có dấu hiệu khiếu nại", id="complaint"),
        pytest.param({"known_share": 0.2}, "ít từ quen", id="unknown words"),
        pytest.param({"topic": "party"}, "chưa đủ ý kiến kiểm chứng", id="scarce topic"),
        pytest.param(
            {"confidence": 0.5, "probabilities": {"land": 0.45, "planning": 0.4}},
            "gần ngang nhau: Đất đai / Quy hoạch",
            id="tie",
        ),
        pytest.param({"confidence": 0.62}, "độ tin cậy 62%, cần 80%", id="below threshold"),
        pytest.param(
            {"promise": Promise(0.05, 0.9, 2.0, frozenset({"land"}))},
            "chưa đủ số liệu",
            id="no promise",
        ),
    ],
)
def test_a_doubtful_opinion_is_reviewed_with_a_reason(changes, reason) -> None:
    decision, said = _decide(**changes)
    assert decision == "review"
    assert reason in said


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "không có nội dung"),
        ("!!! ...", "không có nội dung"),
        ("sửa đường", "quá ngắn"),
        ("please repair the bridge because children cannot cross", "không phải tiếng Việt"),
    ],
)
def test_what_cannot_be_scored_has_no_confidence(tagger, text, reason) -> None:
    verdict = tagger.tag([text])[0]
    assert verdict.decision == "review"
    assert verdict.confidence is None
    assert reason in verdict.reason


def test_the_promise_is_kept_on_new_opinions_as_often_as_it_says() -> None:
    rng = np.random.default_rng(0)
    broken = 0
    for _ in range(200):
        true = rng.beta(4, 1, size=600)
        right = rng.random(600) < true
        made = promise(
            calibrate(true.tolist(), ["land"] * 600, right.tolist(), source=""),
            risk=0.1, level=0.9, topic_minimum=1,
        )  # fmt: skip
        fitted = calibrate(true.tolist(), ["land"] * 600, right.tolist(), source="")
        passed = fitted.confidence(np.linspace(0.001, 0.999, 999), ["land"] * 999) >= made.threshold
        grid = np.linspace(0.001, 0.999, 999)[passed]
        density = grid**3
        if passed.any() and 1 - (grid * density).sum() / density.sum() > 0.1:
            broken += 1
    assert broken / 200 <= 0.1 + 0.05


def test_a_topic_with_few_calibration_opinions_is_not_trusted() -> None:
    fitted = calibrate([0.9] * 60, ["land"] * 55 + ["party"] * 5, [True] * 59 + [False], source="")
    made = promise(fitted, risk=0.1, level=0.9, topic_minimum=10)
    assert made.trusted == {"land"}


def test_error_upper_bound_is_the_exact_binomial_one() -> None:
    assert error_upper_bound(0, 45, 0.9) == pytest.approx(1 - 0.1 ** (1 / 45))


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("risc = 0.1", "unknown setting 'risc'"),
        ('risk = "a"', "is not a number"),
        ("risk =", "cannot be read"),
    ],
)
def test_broken_settings_are_named(tmp_path, line, complaint) -> None:
    (tmp_path / "decision.toml").write_text(line, encoding="utf-8")
    with pytest.raises(DataError, match=complaint):
        load_settings(tmp_path)


def test_a_text_too_short_for_a_topic_is_still_flagged_when_it_accuses(tagger) -> None:
    accusing, other = tagger.tag(["Tố cáo!!", "Cầu hỏng"])
    assert (accusing.kind, accusing.decision) == ("tố cáo", "review")
    assert "có dấu hiệu tố cáo" in accusing.reason
    assert (other.reason, other.confidence) == ("quá ngắn", None)


def test_caution_names_more_complaints_and_accusations(tagger) -> None:
    texts = list(load_evaluation()["text"])

    def outside(caution: float) -> set[str]:
        careful = Tagger(tagger.model, settings=replace(tagger.settings, caution=caution))
        return {
            v for v, said in zip(texts, careful.tag(texts), strict=True) if said.kind in OUTSIDE
        }

    assert outside(0.0) < outside(0.5)
