"""The main job as a user sees it: files, papers, summary, exit codes, errors."""

from __future__ import annotations

import csv
import json
import os
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.cli import ykien
from pipeline.errors import OutputError, YkienError
from pipeline.table import ERROR_COLUMNS, LEDGER_COLUMNS, OPINION_COLUMNS

MINUTES = Path(__file__).resolve().parents[1] / "data" / "minutes"
TEXT = """BIÊN BẢN
Hội nghị đối thoại giữa Chủ tịch UBND xã với Nhân dân
Hôm nay, ngày 12 tháng 3 năm 2024, tại nhà văn hóa thôn Hang Đá, xã Hoàng Liên.
Ông Giàng A Chu, thôn Hang Đá: đề nghị xã sửa đoạn đường từ cầu vào thôn bị sạt từ năm ngoái.
Bà Lý Thị Mẩy, thôn Séo Mý Tỷ: nhà tôi đo đất ba năm rồi chưa được cấp sổ đỏ.
"""


@pytest.fixture
def run(models_folder):
    """Call `ykien run` in this process; errors come out as the exception of the result."""
    runner = CliRunner()
    return lambda *arguments: runner.invoke(ykien, ["run", *map(str, arguments)])


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def test_run_writes_the_tables_with_the_declared_columns(run, tmp_path) -> None:
    (tmp_path / "biên bản số 1.txt").write_text(TEXT, encoding="utf-8")
    result = run(tmp_path / "biên bản số 1.txt", "-o", tmp_path / "out")
    assert result.exit_code == 0, result.exception
    rows = _rows(tmp_path / "out" / "opinions.csv")
    assert tuple(rows[0]) == OPINION_COLUMNS
    assert [row["speaker"] for row in rows] == ["Ông Giàng A Chu", "Bà Lý Thị Mẩy"]
    assert rows[0]["meeting_date"] == "2024-03-12"
    assert all(row["lead"] and row["rule"] and row["due"] for row in rows)
    assert tuple(_rows(tmp_path / "out" / "ledger.csv")[0]) == LEDGER_COLUMNS


def test_every_declared_output_is_written(run, tmp_path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    run(tmp_path / "a.txt", "-o", tmp_path / "out")
    written = {path.name for path in (tmp_path / "out").iterdir()}
    assert {
        "opinions.csv", "bang_tong_hop.xlsx", "phieu_chuyen", "thong_bao_ket_luan.docx",
        "bao_cao.html", "ledger.csv", "errors.csv", "run.json",
    } <= written  # fmt: skip


def test_summary_names_files_paragraphs_topics_and_papers(run, tmp_path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    shown = run(tmp_path / "a.txt", "-o", tmp_path / "out").stdout
    for part in ("đọc được 1, không đọc được 0", "2 ý kiến", "cần người xem lại", "Kết quả ở"):
        assert part in shown


def test_the_same_input_gives_the_same_bytes(run, tmp_path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    for out in ("one", "two"):
        run(tmp_path / "a.txt", "-o", tmp_path / out)
    files = sorted(p.relative_to(tmp_path / "one") for p in (tmp_path / "one").rglob("*.*"))
    assert files
    for name in files:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes(), (
            name
        )


def test_two_processes_give_the_same_table_as_one(run, tmp_path) -> None:
    for number in range(3):
        (tmp_path / f"{number}.txt").write_text(TEXT, encoding="utf-8")
    for jobs in (1, 2):
        run(*sorted(tmp_path.glob("*.txt")), "-o", tmp_path / str(jobs), "--jobs", jobs)
    assert (tmp_path / "1/opinions.csv").read_bytes() == (tmp_path / "2/opinions.csv").read_bytes()


BAD_FILES = {
    "unknown.xyz": b"abc",
    "empty.txt": b"",
    "corrupt.docx": b"PK\x03\x04 not a zip",
    "corrupt.pdf": b"%PDF-1.7 nothing",
    "numbers.csv": b"a,b\n1,2\n3,4\n",
    "letters.txt": bytes(range(128, 256)) * 40,
}


@pytest.mark.parametrize("name", sorted(BAD_FILES))
def test_a_bad_file_is_one_clear_line_and_the_others_go_on(run, tmp_path, name) -> None:
    (tmp_path / "good.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / name).write_bytes(BAD_FILES[name])
    result = run(tmp_path / "good.txt", tmp_path / name, "-o", tmp_path / "out")
    assert result.exit_code == 3, result.stdout
    errors = _rows(tmp_path / "out" / "errors.csv")
    assert tuple(errors[0]) == ERROR_COLUMNS
    assert [Path(row["source"]).name for row in errors] == [name]
    assert errors[0]["error"] and errors[0]["remedy"]
    assert len(_rows(tmp_path / "out" / "opinions.csv")) == 2


def test_nothing_readable_is_an_error_and_writes_nothing(run, tmp_path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    result = run(tmp_path / "empty.txt", "-o", tmp_path / "out")
    assert isinstance(result.exception, YkienError)
    assert "Không đọc được tệp nào" in str(result.exception)
    assert not (tmp_path / "out").exists()


def test_minutes_without_an_opinion_still_give_papers(run, tmp_path) -> None:
    (tmp_path / "a.txt").write_text("THÔNG BÁO\nHội nghị hoãn sang tuần sau.\n", encoding="utf-8")
    result = run(tmp_path / "a.txt", "-o", tmp_path / "out")
    assert result.exit_code == 0, result.exception
    assert _rows(tmp_path / "out" / "opinions.csv") == []
    assert "a.txt" in result.stderr


def test_an_output_place_that_is_a_file_is_refused(run, tmp_path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "out").write_text("đây là tệp", encoding="utf-8")
    result = run(tmp_path / "a.txt", "-o", tmp_path / "out")
    assert isinstance(result.exception, OutputError)
    assert "Không ghi được" in str(result.exception)
    assert (tmp_path / "out").read_text(encoding="utf-8") == "đây là tệp"


def test_run_json_holds_what_made_the_papers(run, tmp_path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    run(tmp_path / "a.txt", "-o", tmp_path / "out", "--risk", "0.1")
    record = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))
    assert record["risk"] == 0.1
    assert record["counts"]["opinions"] == 2
    assert len(record["inputs"][0]["sha256"]) == 64


def test_sample_minutes_all_give_opinions_but_the_negative_one(run, tmp_path) -> None:
    result = run(MINUTES, "-o", tmp_path / "out", "--jobs", 2)
    assert result.exit_code == 0, result.stderr
    with_opinions = {row["source"] for row in _rows(tmp_path / "out" / "opinions.csv")}
    documents = {
        path for path in MINUTES.iterdir()
        if path.suffix not in {".json", ".md"} and "chi_dem" not in path.name
    }  # fmt: skip
    assert {Path(source).name for source in with_opinions} == {path.name for path in documents}


def test_the_ledger_balances_with_the_opinions(run, tmp_path) -> None:
    run(MINUTES, "-o", tmp_path / "out")
    ledger = _rows(tmp_path / "out" / "ledger.csv")
    told = {id_ for row in ledger for id_ in row["opinion_ids"].split("; ") if id_}
    assert {row["opinion_id"] for row in _rows(tmp_path / "out" / "opinions.csv")} <= told
    assert {row["class"] for row in ledger} <= {"opinion", "reply", "formality", "unread"}


@pytest.mark.skipif(os.name == "nt" or os.getuid() == 0, reason="root may write anywhere")
def test_a_folder_without_write_permission_is_refused(run, tmp_path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "locked").mkdir(mode=0o500)
    result = run(tmp_path / "a.txt", "-o", tmp_path / "locked" / "out")
    assert isinstance(result.exception, OutputError)
    shutil.rmtree(tmp_path / "locked")


def test_papers_of_this_and_earlier_runs_are_not_read(run, tmp_path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    for out in ("out", "out", "sub/later"):
        result = run(folder, "-o", folder / out)
        assert result.exit_code == 0, result.stderr
        assert len(_rows(folder / out / "opinions.csv")) == 2
        assert "đọc được 1, không đọc được 0" in result.stdout


@pytest.mark.parametrize("record", ["{}", "[1]", "not json", '"ykien"', "[" * 100_000])
def test_a_folder_with_another_run_json_is_read(run, tmp_path, record) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "run.json").write_text(record, encoding="utf-8")
    (tmp_path / "in" / "a.txt").write_text(TEXT, encoding="utf-8")
    assert run(tmp_path / "in", "-o", tmp_path / "out").exit_code == 0
    assert len(_rows(tmp_path / "out" / "opinions.csv")) == 2


def test_a_folder_of_papers_named_by_itself_is_one_clear_line(run, tmp_path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "b.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    result = run(tmp_path / "a.txt", tmp_path / "in", "-o", tmp_path / "in")
    assert result.exit_code == 3
    [error] = _rows(tmp_path / "in" / "errors.csv")
    assert "thư mục kết quả" in error["error"] and "-o" in error["remedy"]


def test_a_walked_file_of_unknown_kind_is_one_clear_line(run, tmp_path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    for name in ("b.xyz", "c", ".d.xyz", "~$e.xyz", "f.tmp", "Thumbs.db", "a.json", "README.md"):
        (folder / name).write_bytes(b"abc")
    result = run(folder, "-o", tmp_path / "out")
    assert result.exit_code == 3
    errors = _rows(tmp_path / "out" / "errors.csv")
    assert [Path(row["source"]).name for row in errors] == ["b.xyz", "c"]
    assert all("Không đọc được loại tệp này" in row["error"] for row in errors)


@pytest.mark.parametrize("jobs", [1, 2])
def test_the_same_bytes_are_counted_once_and_told(run, tmp_path, jobs) -> None:
    for name in ("one/a.txt", "two/b.txt"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    result = run(tmp_path / "one", tmp_path / "two", "-o", tmp_path / "out", "--jobs", jobs)
    assert result.exit_code == 0
    assert len(_rows(tmp_path / "out" / "opinions.csv")) == 2
    first, second = ((tmp_path / name).as_posix() for name in ("one/a.txt", "two/b.txt"))
    record = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))
    assert [second, f"trùng với {first}"] in record["notes"]
    assert f"{second}: trùng với {first}" in result.stderr


def test_a_file_named_in_two_ways_is_counted_once(run, tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text(TEXT, encoding="utf-8")
    result = run("a.txt", tmp_path / "a.txt", "a.txt", "-o", "out")
    assert len(_rows(tmp_path / "out" / "opinions.csv")) == 2
    assert "trùng với a.txt" in result.stderr


def test_different_files_of_one_name_give_different_ids(run, tmp_path) -> None:
    for folder, end in (("one", ""), ("two", "Hội nghị kết thúc.\n")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.txt").write_text(TEXT + end, encoding="utf-8")
    run(tmp_path / "one", tmp_path / "two", "-o", tmp_path / "out")
    ids = [row["opinion_id"] for row in _rows(tmp_path / "out" / "opinions.csv")]
    assert len(ids) == len(set(ids)) == 4
