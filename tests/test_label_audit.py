"""Planted label errors are found early, and corrected labels come back."""

from __future__ import annotations

import shutil

import openpyxl
import pandas as pd
import pytest

from pipeline.review.columns import COLUMNS, OPINIONS_SHEET
from pipeline.review.labelling import import_labels
from pipeline.review.suggested import audit_sheet, suggest_sheet
from pipeline.topics.phrases import load_phrases
from pipeline.topics.taxonomy import load_topics
from pipeline.training.dataset import labelled_files, load_labelled
from pipeline.training.label_audit import (
    Suspect,
    audit_labels,
    far_rows,
    found_within,
    label_support,
    spoiled,
)
from pipeline.training.settings import TrainingSettings

SETTINGS = TrainingSettings(folds=2)
HEADINGS = {column.key: column.heading for column in COLUMNS}


@pytest.fixture
def data(tmp_path, monkeypatch):
    """A copy of the data folder with few labelled opinions."""
    from pipeline.resources import data_dir

    root = tmp_path / "data"
    shutil.copytree(data_dir(), root, ignore=shutil.ignore_patterns("minutes", "briefs"))
    for path in (root / "labelled").rglob("*.csv"):
        pd.read_csv(path, dtype=str, keep_default_na=False).head(30).to_csv(path, index=False)
    monkeypatch.setenv("YKIEN_DATA", str(root))
    return root


def _fill(path, row, key, value):
    book = openpyxl.load_workbook(path)
    sheet = book[OPINIONS_SHEET]
    at = {cell.value: cell.column for cell in sheet[1]}
    sheet.cell(row, at[HEADINGS[key]]).value = value
    book.save(path)


def test_most_planted_errors_are_in_the_first_tenth() -> None:
    rows = load_labelled(labelled_files(), load_topics())
    rows = rows.sample(n=3000, random_state=1).reset_index(drop=True)
    wrong, planted = spoiled(rows, 0.05, seed=0)
    support, _ = label_support(wrong, SETTINGS, load_phrases(load_topics()))
    assert found_within(support, planted, 0.10) >= 0.60


def test_near_copies_with_different_topics_are_named(labelled) -> None:
    rows = labelled.groupby("topic").head(15).reset_index(drop=True)
    copy = rows.iloc[[0]].assign(id="copy", topic="other", brief="x")
    rows = pd.concat([rows, copy], ignore_index=True)
    found = {s.row: s for s in audit_labels(rows, SETTINGS, {}, share=0.01)}
    assert any("gần trùng" in reason for reason in found[len(rows) - 1].reasons)


def test_a_row_in_strange_words_is_far_from_its_topic() -> None:
    texts = [f"cấp sổ đỏ cho hộ số {i % 7}" for i in range(200)] + ["xin chào các bạn nhé"]
    assert far_rows(texts, pd.Series(["land"] * 201).to_numpy(str)) == [200]


def test_a_corrected_label_is_written_where_it_stands(data, tmp_path) -> None:
    rows = load_labelled(labelled_files(), load_topics())
    at = int(rows.index[rows["topic"] == "land"][0])
    audit_sheet(rows, [Suspect(at, 0.1, "planning", ("thử",))], tmp_path / "a.xlsx")
    _fill(tmp_path / "a.xlsx", 2, "topic", "Quy hoạch")
    done = import_labels([tmp_path / "a.xlsx"], who="Lý A")
    again = load_labelled(labelled_files(), load_topics()).set_index("id")
    assert again.loc[rows["id"][at], "topic"] == "planning"
    assert [path.name for path in done.changed_files] == ["land.csv"]
    repeated = import_labels([tmp_path / "a.xlsx"], who="Lý A")
    assert (repeated.events, repeated.changed_files) == ((), ())


def test_suggested_opinions_become_labelled_rows(data, tmp_path, tagger) -> None:
    texts = ["Ông Giàng A Sềnh đề nghị cấp sổ đỏ cho hộ tổ 4", "Chợ đông, giá rau tăng quá"]
    suggest_sheet(pd.DataFrame({"text": texts}), tagger, tmp_path / "s.xlsx", n=2)
    _fill(tmp_path / "s.xlsx", 2, "seen", "x")
    _fill(tmp_path / "s.xlsx", 3, "topic", "Khác")
    assert import_labels([tmp_path / "s.xlsx"], who="Lý A").kept.written == 2
    rows = load_labelled(labelled_files(), load_topics())
    assert "Giàng" not in " ".join(rows.loc[rows["brief"] == "reviewed", "text"])
    before = (data / "labelled" / "reviewed" / "labelled.csv").read_bytes()
    assert import_labels([tmp_path / "s.xlsx"], who="Lý A").events == ()
    assert (data / "labelled" / "reviewed" / "labelled.csv").read_bytes() == before
