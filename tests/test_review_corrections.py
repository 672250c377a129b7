"""Corrections travel through Excel and back: understood, applied once, never lost."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import openpyxl
import pytest

from pipeline.errors import DataError, OutputError, ReadError
from pipeline.review import export_review, import_reviews, read_log
from pipeline.review.columns import COLUMNS, OPINIONS_SHEET
from pipeline.review.folder import load_run
from pipeline.run import RunOptions, run
from pipeline.table import OPINION_COLUMNS
from pipeline.training.registry import promote, save_model

HEADINGS = {column.key: column.heading for column in COLUMNS}
SAMPLE = Path("data/minutes/bien_ban_doi_thoai_phuong_sa_pa_thang7_2025.docx")
ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def made(small_model, tmp_path_factory):
    """One run of a sample document, which each test copies."""
    root = tmp_path_factory.mktemp("review")
    name = save_model(
        small_model, settings={}, data=[], figures={}, card="# {name}\n", folder=root / "models"
    )
    promote(name, folder=root / "models")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("YKIEN_MODELS", str(root / "models"))
        run([ROOT / SAMPLE], root / "out", RunOptions(on="2025-08-01"))
    return root / "out"


@pytest.fixture
def folder(made, tmp_path):
    """A run's folder of its own."""
    return Path(shutil.copytree(made, tmp_path / "ket_qua"))


def fill(folder, *cells, name="sheet.xlsx", reviewer="", fresh=True, **every):
    """Export a sheet and write `cells`, each (row, key, value), into it."""
    path = folder.parent / name
    if fresh:
        export_review(folder, path, reviewer=reviewer, everything=True)
    book = openpyxl.load_workbook(path)
    sheet = book[OPINIONS_SHEET]
    at = {cell.value: cell.column for cell in sheet[1]}
    for row, key, value in cells:
        sheet.cell(row, at[HEADINGS[key]]).value = value
    book.save(path)
    return path


def bring(folder, *paths, who="Lý A"):
    return import_reviews(paths, folder, who=who, labelled_folder=folder.parent / "labelled")


def contents(root):
    return {p: p.read_bytes() for p in sorted(root.rglob("*")) if p.is_file()}


def opinion(folder, identity):
    table = load_run(folder).opinions
    return table[table["opinion_id"] == identity].iloc[0]


def id_at(path, row):
    return openpyxl.load_workbook(path)[OPINIONS_SHEET].cell(row, 1).value


def test_the_sheet_is_the_same_bytes_for_the_same_run(folder) -> None:
    first, second = (folder.parent / name for name in ("1.xlsx", "2.xlsx"))
    assert export_review(folder, first) == export_review(folder, second)
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize("typed", ["Đất đai", "đất đai ", "Dat dai", "ĐẤT ĐẠI", "land"])
def test_a_topic_typed_with_slips_is_understood_and_routed(folder, typed) -> None:
    path = fill(folder, (2, "topic", typed), (2, "also1", "(không có)"))
    done = bring(folder, path)
    row = opinion(folder, id_at(path, 2))
    assert (row["topic"], row["also"], row["decision"]) == ("land", "", "auto")
    assert "Lý A" in row["reason"]
    assert row["lead"] == done.events[0].after.lead
    assert (folder / "phieu_chuyen").is_dir()


def test_importing_twice_changes_no_byte(folder) -> None:
    path = fill(folder, (2, "topic", "Đất đai"), (3, "seen", "x"), (4, "kind", "Hỏi"))
    assert len(bring(folder, path).events) == 3
    before = contents(folder.parent)
    again = bring(folder, path)
    assert (again.events, again.papers_written) == ((), False)
    assert contents(folder.parent) == before


def test_a_chosen_agency_moves_the_opinion_to_its_slip(folder) -> None:
    path = fill(folder, (2, "lead", "Sở Tài chính"))
    bring(folder, path)
    assert opinion(folder, id_at(path, 2))["lead"] == "so-tai-chinh"
    assert (folder / "phieu_chuyen" / "so-tai-chinh.docx").exists()


def test_a_complaint_stays_out_of_the_table(folder) -> None:
    path = fill(folder, (2, "kind", "Khiếu nại"))
    bring(folder, path)
    row = opinion(folder, id_at(path, 2))
    assert row["decision"] == "review"
    assert "tiếp công dân" in row["reason"]


def test_human_labels_become_masked_training_rows(folder) -> None:
    path = fill(folder, (2, "topic", "Đất đai"), (3, "seen", "x"))
    kept = bring(folder, path).labels
    text = kept.path.read_text(encoding="utf-8")
    speakers = [opinion(folder, id_at(path, row))["speaker"] for row in (2, 3)]
    assert kept.written == 2
    assert not [name for name in speakers if name and name in text]
    assert text.count("reviewed") == 2


def test_two_reviewers_who_differ_are_reported_and_nothing_is_applied(folder) -> None:
    a = fill(folder, (2, "topic", "Đất đai"), (3, "seen", "x"), name="a.xlsx", reviewer="Lý A")
    b = fill(folder, (2, "topic", "Khác"), name="b.xlsx", reviewer="Má B")
    before = opinion(folder, id_at(a, 2))
    done = bring(folder, a, b)
    assert [c.fields[0] for c in done.conflicts] == ["topic"]
    assert opinion(folder, id_at(a, 2))["topic"] == before["topic"]
    report = (folder / "xung_dot.csv").read_text(encoding="utf-8-sig")
    assert "Đất đai" in report and "Khác" in report
    assert [event.who for event in done.events] == ["Lý A"]


def test_a_later_sheet_that_never_saw_the_correction_conflicts(folder) -> None:
    a = fill(folder, (2, "seen", "x"), name="a.xlsx", reviewer="Lý A")
    b = fill(folder, (2, "topic", "Khác"), name="b.xlsx", reviewer="Má B")
    bring(folder, a)
    assert len(bring(folder, b).conflicts) == 1
    c = fill(folder, (2, "topic", "Khác"), name="c.xlsx", reviewer="Chủ tọa")
    assert "hai người" in str(openpyxl.load_workbook(c)[OPINIONS_SHEET].cell(2, 2).value)
    assert not bring(folder, c).conflicts
    assert opinion(folder, id_at(c, 2))["topic"] == "other"


def test_a_reviewer_may_amend_an_own_sheet(folder) -> None:
    path = fill(folder, (2, "topic", "Đất đai"))
    bring(folder, path)
    fill(folder, (2, "topic", "Khác"), fresh=False)
    bring(folder, path)
    assert opinion(folder, id_at(path, 2))["topic"] == "other"
    assert [len(events) for events in read_log(folder).values()] == [2]


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ((2, "topic", "Thể thao"), "hàng 2, cột «Lĩnh vực đúng»: không hiểu «Thể thao»"),
        ((2, "opinion_id", "sai-1.1"), "không có ý kiến mã «sai-1.1»"),
        ((2, "opinion_id", ""), "ô mã trống"),
        ((2, "seal", "0"), "không khớp dấu kiểm"),
        ((2, "text", "Một nội dung khác hẳn"), "nội dung không phải của ý kiến"),
        ((2, "seen", "chưa"), "không rõ nghĩa"),
    ],
)
def test_a_wrong_cell_is_named_and_nothing_changes(folder, cell, told) -> None:
    path = fill(folder, (3, "topic", "Đất đai"), cell)
    before = contents(folder)
    with pytest.raises(DataError, match="chưa thay đổi gì") as error:
        bring(folder, path)
    assert told in str(error.value)
    assert contents(folder) == before


def test_an_id_swapped_with_another_row_is_noticed(folder) -> None:
    path = fill(folder, (2, "topic", "Đất đai"))
    other = id_at(path, 3)
    fill(folder, (2, "opinion_id", other), fresh=False)
    with pytest.raises(DataError, match="không khớp dấu kiểm"):
        bring(folder, path)


def test_a_deleted_column_is_named(folder) -> None:
    path = fill(folder)
    book = openpyxl.load_workbook(path)
    sheet = book[OPINIONS_SHEET]
    at = {cell.value: cell.column for cell in sheet[1]}
    sheet.delete_cols(at[HEADINGS["kind"]])
    book.save(path)
    with pytest.raises(ReadError, match="thiếu cột «Loại ý kiến đúng»"):
        bring(folder, path)


def test_rows_sorted_as_a_whole_are_fine(folder) -> None:
    path = fill(folder, (2, "topic", "Đất đai"))
    corrected = id_at(path, 2)
    book = openpyxl.load_workbook(path)
    sheet = book[OPINIONS_SHEET]
    rows = [[c.value for c in row] for row in sheet.iter_rows(min_row=2)]
    for at, row in enumerate(reversed(rows), start=2):
        for column, value in enumerate(row, start=1):
            sheet.cell(at, column).value = value
    book.save(path)
    bring(folder, path)
    assert opinion(folder, corrected)["topic"] == "land"


def test_no_workbook_is_refused_with_advice(folder, tmp_path) -> None:
    (tmp_path / "x.xlsx").write_bytes(b"PK\x03\x04 broken")
    with pytest.raises(ReadError, match="lưu lại dạng .xlsx"):
        bring(folder, tmp_path / "x.xlsx")


def test_a_cell_like_a_formula_stays_text(folder) -> None:
    path = fill(folder, (2, "topic", "Đất đai"), (2, "remark", "'=1+1"))
    done = bring(folder, path)
    assert done.events[0].remark.endswith("=1+1")


def test_an_import_cut_off_after_the_log_is_finished_by_the_next(folder, monkeypatch) -> None:
    path = fill(folder, (2, "topic", "Đất đai"))
    broken = lambda *a, **k: (_ for _ in ()).throw(OutputError("đầy đĩa"))  # noqa: E731
    with monkeypatch.context() as patch:
        patch.setattr("pipeline.review.corrections.write_again", broken)
        with pytest.raises(OutputError):
            bring(folder, path)
    done = bring(folder, path)
    assert done.papers_written and not done.events
    assert opinion(folder, id_at(path, 2))["topic"] == "land"


def test_a_folder_with_masked_people_is_no_ground_for_corrections(tmp_path):
    (tmp_path / "opinions.csv").write_text(",".join(OPINION_COLUMNS) + "\n", encoding="utf-8")
    record = {"ykien": "0", "options": {"audience": "public"}}
    (tmp_path / "run.json").write_text(json.dumps(record), encoding="utf-8")
    with pytest.raises(DataError, match="đã che thông tin cá nhân"):
        load_run(tmp_path)
