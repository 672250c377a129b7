"""The analyst's whole round: run, correct 50 rows, import, train, compare, promote, roll back."""

from __future__ import annotations

import shutil

import openpyxl
import pandas as pd
import pytest
from click.testing import CliRunner

from pipeline.cli import ykien
from pipeline.resources import data_dir
from pipeline.review.columns import COLUMNS, OPINIONS_SHEET
from pipeline.topics.model import current_name

HEADINGS = {column.key: column.heading for column in COLUMNS}
SAMPLES = 12
CORRECTED = 50


@pytest.fixture
def office(tmp_path, monkeypatch):
    """An office's own data with few labelled opinions, quick settings, and no model yet."""
    data = tmp_path / "data"
    shutil.copytree(data_dir(), data, ignore=shutil.ignore_patterns("briefs"))
    for path in (data / "labelled").rglob("*.csv"):
        pd.read_csv(path, dtype=str, keep_default_na=False).head(60).to_csv(path, index=False)
    settings = (data / "training.toml").read_text(encoding="utf-8")
    (data / "training.toml").write_text(settings.replace("folds = 5", "folds = 2"), "utf-8")
    monkeypatch.setenv("YKIEN_DATA", str(data))
    monkeypatch.setenv("YKIEN_MODELS", str(tmp_path / "models"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _ykien(*words: object, codes=(0,)) -> str:
    done = CliRunner().invoke(ykien, [str(word) for word in words])
    assert done.exit_code in codes, f"{words}: {done.output} {done.exception!r}"
    return done.output


def _correct(path, rows: int) -> None:
    book = openpyxl.load_workbook(path)
    sheet = book[OPINIONS_SHEET]
    at = {cell.value: cell.column for cell in sheet[1]}
    for row in range(2, rows + 2):
        sheet.cell(row, at[HEADINGS["seen"]]).value = "x"
        if row % 5 == 0:
            sheet.cell(row, at[HEADINGS["topic"]]).value = "dat dai"
    book.save(path)


def test_a_full_round(office) -> None:
    minutes = sorted((office / "data" / "minutes").glob("*.docx"))[:SAMPLES]
    _ykien("train", "--promote")
    first = current_name(office / "models")
    _ykien("run", *minutes, "-o", "out", "--on", "2026-01-05")
    _ykien("review", "export", "out", "-o", "review.xlsx", "--all")
    _correct(office / "review.xlsx", CORRECTED)
    back = ("review", "import", "review.xlsx", "--dir", "out", "--by", "Lý A")
    assert f"{CORRECTED} lượt xem" in _ykien(*back)
    assert "0 lượt xem" in _ykien(*back)
    reviewed = pd.read_csv(office / "data" / "labelled" / "reviewed" / "out.csv")
    assert len(reviewed) >= CORRECTED - 5
    _ykien("drift", "out")
    _ykien("train")
    second = max(p.name for p in (office / "models").iterdir() if p.is_dir())
    assert second != first
    assert "McNemar" in _ykien("models", "compare", "current", second)
    _ykien("models", "promote", second, "--force", "--reason", "thử")
    assert current_name(office / "models") == second
    _ykien("models", "rollback")
    assert current_name(office / "models") == first
