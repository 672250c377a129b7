"""Tables of any length: the same answers in every format, after a kill, on every core."""

from __future__ import annotations

import csv
import os
import sys

import pytest

from pipeline.errors import MissingPartError, ModelError, OutputError, ReadError
from pipeline.stream import ClassifyOptions, chunks, classify_file
from pipeline.stream.engine import MOST_CHARACTERS
from pipeline.table import CLASSIFY_COLUMNS

pa = pytest.importorskip("pyarrow")
parquet = pytest.importorskip("pyarrow.parquet")


def _write(path, rows, heading=("id", "text"), encoding="utf-8"):
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file)
        writer.writerow(heading)
        writer.writerows(rows)
    return path


def _rows(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def table(labelled, tmp_path):
    """Ninety opinions as csv."""
    return _write(tmp_path / "table.csv", enumerate(labelled["text"][:90]))


@pytest.fixture(autouse=True)
def room(models_folder, monkeypatch):
    """A model, and chunks of twenty rows."""
    monkeypatch.setattr(chunks, "CHUNK_ROWS", 20)


def test_own_columns_are_kept_and_ten_are_added(table, tmp_path, tagger) -> None:
    out = tmp_path / "out.csv"
    result = classify_file(table, out)
    rows = _rows(out)
    assert list(rows[0]) == ["id", "text", *CLASSIFY_COLUMNS]
    assert result.rows == len(rows) == 90 and [row["id"] for row in rows] == list(
        map(str, range(90))
    )
    verdicts = tagger.tag([row["text"] for row in rows])
    assert [row["topic"] for row in rows] == [verdict.topic for verdict in verdicts]
    assert [row["confidence"] for row in rows] == [
        "" if verdict.confidence is None else f"{verdict.confidence:.4f}" for verdict in verdicts
    ]
    assert not list(tmp_path.glob("*.part"))


@pytest.mark.parametrize("suffix", ["xlsx", "parquet"])
def test_every_format_gives_the_same_answers(suffix, table, tmp_path) -> None:
    direct, other, back = tmp_path / "a.csv", tmp_path / f"b.{suffix}", tmp_path / "c.csv"
    classify_file(table, direct)
    classify_file(table, other)
    classify_file(other, back)
    pick = lambda path: [[row[name] for name in CLASSIFY_COLUMNS] for row in _rows(path)]  # noqa: E731
    assert pick(back) == pick(direct)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1258"])
def test_every_encoding_is_found(encoding, tmp_path) -> None:
    text = "Đê\u0300 nghi\u0323 câ\u0301p sô\u0309 cho 43 hô\u0323 thôn ta"
    path = _write(tmp_path / "t.csv", [(1, text)] * 3, encoding=encoding)
    classify_file(path, tmp_path / "out.csv")
    assert _rows(tmp_path / "out.csv")[0]["text"] == text


@pytest.mark.parametrize("after", [1, 3, 5])
def test_killed_run_goes_on_and_ends_with_the_same_bytes(after, table, tmp_path) -> None:
    whole, out = tmp_path / "whole.csv", tmp_path / "out.csv"
    classify_file(table, whole)
    calls = []

    def kill(share, rows):
        calls.append(rows)
        if len(calls) == after:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        classify_file(table, out, progress=kill)
    assert not out.exists()
    assert classify_file(table, out).resumed == after
    assert out.read_bytes() == whole.read_bytes()


def test_spool_of_another_table_is_thrown_away(table, tmp_path) -> None:
    out = tmp_path / "out.csv"
    with pytest.raises(ZeroDivisionError):
        classify_file(table, out, progress=lambda share, rows: 1 / 0)
    _write(table, [(1, "Đề nghị xã sửa đường vào bản")])
    result = classify_file(table, out)
    assert (result.resumed, result.rows) == (0, 1)


def test_two_processes_give_the_same_bytes(table, tmp_path) -> None:
    classify_file(table, tmp_path / "one.csv")
    classify_file(table, tmp_path / "two.csv", ClassifyOptions(jobs=2))
    assert (tmp_path / "two.csv").read_bytes() == (tmp_path / "one.csv").read_bytes()


@pytest.mark.parametrize(
    ("line", "error"),
    [
        (b'50,"kh\xc3\xb4ng \xc4\x91\xc3\xb3ng ngo\xe1\xba\xb7c\r\n', "ngoặc kép"),
        (b"50,a,b,c\r\n", "có 4 ô, bảng có 2 cột"),
        (b"50,\xff\xfe\xff\r\n", "bảng mã"),
        (b'50,"a"b"\r\n', "ngoặc kép"),
    ],
)
def test_broken_line_is_reported_and_the_others_go_on(line, error, table, tmp_path) -> None:
    lines = table.read_bytes().splitlines(keepends=True)
    table.write_bytes(b"".join([*lines[:51], line, *lines[51:]]))
    result = classify_file(table, tmp_path / "out.csv")
    (broken,) = _rows(tmp_path / "out.csv.errors.csv")
    assert (result.rows, result.broken) == (90, 1)
    assert broken["line"] == "52" and error in broken["error"]


def test_cell_of_megabytes_is_cut_with_a_reason(table, tmp_path) -> None:
    long = "Đề nghị xã sửa đường vào bản. " * 170_000
    _write(table, [(1, long), (2, "Đề nghị cấp sổ đỏ cho 43 hộ")])
    classify_file(table, tmp_path / "out.csv")
    csv.field_size_limit(20_000_000)
    first, second = _rows(tmp_path / "out.csv")
    assert first["text"] == long and first["decision"] == "review"
    assert f"chỉ xét {MOST_CHARACTERS}" in first["reason"] and "chỉ xét" not in second["reason"]


@pytest.mark.parametrize("cell", ["=1+1", "@SUM(A1)", "-2+3", "+cmd", "\tx"])
def test_formulas_of_the_table_become_text(cell, table, tmp_path) -> None:
    _write(table, [(cell, "Đề nghị cấp sổ đỏ cho 43 hộ"), ("-5,5", "Đề nghị sửa đường")])
    classify_file(table, tmp_path / "out.csv")
    first, second = _rows(tmp_path / "out.csv")
    assert (first["id"], second["id"]) == (f"'{cell}", "-5,5")
    classify_file(table, tmp_path / "out.xlsx")
    from openpyxl import load_workbook

    assert load_workbook(tmp_path / "out.xlsx").active["A2"].data_type == "s"


def test_missing_column_names_those_there_are(table, tmp_path) -> None:
    with pytest.raises(ReadError, match="'noi_dung'.*id, text"):
        classify_file(table, tmp_path / "out.csv", ClassifyOptions(text_column="noi_dung"))


def test_two_columns_of_the_text_name_are_refused(tmp_path) -> None:
    twice = tmp_path / "twice.csv"
    twice.write_text("text,text\nĐề nghị sửa đường,Đề nghị cấp sổ đỏ\n", encoding="utf-8")
    with pytest.raises(ReadError, match="2 cột cùng tên 'text'"):
        classify_file(twice, tmp_path / "out.csv")


def test_parquet_keeps_types_and_refuses_a_text_column_of_numbers(tmp_path) -> None:
    own = pa.table({"n": [1, None], "text": ["Đề nghị sửa đường vào bản", None]})
    parquet.write_table(own, tmp_path / "t.parquet")
    classify_file(tmp_path / "t.parquet", tmp_path / "out.parquet")
    assert parquet.read_table(tmp_path / "out.parquet").select(["n", "text"]).equals(own)
    with pytest.raises(ReadError, match="'n' có kiểu int64.*text"):
        options = ClassifyOptions(text_column="n")
        classify_file(tmp_path / "t.parquet", tmp_path / "b.csv", options)


def test_parquet_without_pyarrow_names_the_command(tmp_path, monkeypatch) -> None:
    (tmp_path / "t.parquet").write_bytes(b"PAR1")
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingPartError, match="pip install"):
        classify_file(tmp_path / "t.parquet", tmp_path / "out.csv")


@pytest.mark.parametrize("name", ["t.csv", "t.xlsx", "t.parquet", "t.pdf"])
@pytest.mark.parametrize("content", [b"", b"\x00\x01junk", b"\n\n"])
def test_file_that_is_no_table_is_one_clear_error(name, content, tmp_path) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(ReadError, match=name):
        classify_file(tmp_path / name, tmp_path / "out.csv")
    assert not (tmp_path / "out.csv").exists()


@pytest.mark.parametrize("out", ["table.csv", "out.docx", "gone/out.csv"])
def test_output_that_cannot_be_is_refused_before_the_work(out, table, tmp_path) -> None:
    if out.startswith("gone"):
        (tmp_path / "gone").write_text("a file, no folder")
    with pytest.raises(OutputError):
        classify_file(table, tmp_path / out, progress=lambda share, rows: os.abort())


def test_date_and_place_choose_the_agencies(table, tmp_path) -> None:
    text = "Đề nghị cấp sổ đỏ cho 43 hộ ở bản"
    rows = [(text, "2024-05-01", ""), (text, "05/07/2025", "xã Tả Van"), (text, "hôm qua", "")]
    _write(table, rows, ("text", "day", "place"))
    options = ClassifyOptions(date_column="day", place_column="place")
    classify_file(table, tmp_path / "out.csv", options)
    first, second, third = _rows(tmp_path / "out.csv")
    assert len({first["lead"], second["lead"]}) == 2
    assert "ngày không đọc được" in third["reason"] and third["decision"] == "review"


def test_own_columns_of_the_same_name_are_renamed(table, tmp_path) -> None:
    _write(table, [("Đề nghị cấp sổ đỏ cho 43 hộ", "x")], ("text", "topic"))
    assert classify_file(table, tmp_path / "out.csv").renamed == ("topic_given",)
    assert list(_rows(tmp_path / "out.csv")[0])[:3] == ["text", "topic_given", "topic"]


def test_second_opinion_that_the_model_lacks_is_refused_before_the_work(table, tmp_path) -> None:
    with pytest.raises(ModelError, match="ykien train --semantic"):
        classify_file(table, tmp_path / "out.csv", ClassifyOptions(semantic=True))
    assert not list(tmp_path.glob("out.csv*"))
