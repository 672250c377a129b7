"""The parts of the review room: which rows, which names, which labels."""

from __future__ import annotations

import pandas as pd
import pytest

from pipeline.errors import DataError
from pipeline.review.journal import LOG_FILE, read_log
from pipeline.review.labelled import keep_labels
from pipeline.review.selection import rows_to_review
from pipeline.review.vocabulary import NotUnderstood, Vocabulary, topic_names

PLACES = Vocabulary({"UBND phường Sa Pa": "sa-pa", "UBND phường Sa Pả": "sa-pa-2"})


def _table(n: int = 100) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "opinion_id": [f"m-{i}.1" for i in range(n)],
            "confidence": [i / n for i in range(n)],
            "decision": ["review" if i % 10 == 0 else "auto" for i in range(n)],
            "reason": ["quá ngắn" if i % 10 == 0 else "" for i in range(n)],
        }
    )


def _row(identity: str, text: str, topic: str = "land") -> dict[str, str]:
    return {
        "opinion_id": identity, "text": text, "topic": topic, "also": "", "kind": "hỏi",
        "speaker": "", "meeting_id": "m",
    }  # fmt: skip


def test_review_decisions_come_first_then_low_confidence_then_a_lot() -> None:
    chosen = rows_to_review(_table(), audit=0.1)
    assert [row for row, _ in chosen[:10]] == list(range(0, 100, 10))
    assert [row for row, _ in chosen[10:19]] == [1, 2, 3, 4, 5, 6, 7, 8, 9]
    assert [why for _, why in chosen[19:]] == ["kiểm tra ngẫu nhiên"] * 8


def test_the_lot_is_the_same_every_time_and_depends_on_ids_only() -> None:
    table = _table()
    first = {table["opinion_id"][row] for row, _ in rows_to_review(table)}
    shuffled = table.sample(frac=1, random_state=1).reset_index(drop=True)
    assert {shuffled["opinion_id"][row] for row, _ in rows_to_review(shuffled)} == first


def test_reviewed_opinions_are_left_out() -> None:
    assert 0 not in [row for row, _ in rows_to_review(_table(), reviewed={"m-0.1"})]


@pytest.mark.parametrize("cell", ["UBND phường Sa Pa", "ubnd phường sa pa "])
def test_tone_twins_are_told_apart(cell) -> None:
    assert PLACES.code(cell) == "sa-pa"


@pytest.mark.parametrize("cell", ["UBND phuong Sa Pa", "UBND"])
def test_a_name_that_may_mean_two_is_not_guessed(cell) -> None:
    with pytest.raises(NotUnderstood) as error:
        PLACES.code(cell)
    assert len(error.value.nearest) == 2


@pytest.mark.parametrize(
    ("cell", "code"),
    [("Quy hoạch", "planning"), ("qui hoach, đô thị, hạ tầng", "planning"), ("Du lich", "tourism")],
)
def test_beginnings_and_slips_of_topics_are_understood(cell, code) -> None:
    assert topic_names().code(cell) == code


def test_a_text_labelled_otherwise_elsewhere_is_left_out_and_told(tmp_path) -> None:
    keep_labels([_row("a", "Đường hỏng", "planning")], name="one", folder=tmp_path)
    kept = keep_labels([_row("b", "đường  hỏng")], name="two", folder=tmp_path)
    assert kept.written == 0
    assert "khác lĩnh vực" in kept.left_out[0][1]


def test_one_petition_of_many_is_kept_once(tmp_path) -> None:
    kept = keep_labels([_row("a", "Xin nước"), _row("b", "Xin nước")], name="x", folder=tmp_path)
    assert (kept.written, len(kept.left_out)) == (1, 1)


def test_a_broken_line_of_the_log_is_named(tmp_path) -> None:
    (tmp_path / LOG_FILE).write_text('{"opinion_id": 1}\n', encoding="utf-8")
    with pytest.raises(DataError, match="dòng 1"):
        read_log(tmp_path)
