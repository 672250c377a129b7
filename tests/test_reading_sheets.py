"""Workbooks and csv: cells with the heading of their column, as a reader would see them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
import sample_files
from test_reading_legacy import encoded

from pipeline.reading.options import default_options
from pipeline.reading.refusal import Refused
from pipeline.reading.sheets import delimiter, read_csv, read_workbook
from pipeline.reading.tables import CONTENT_HEADING

OPTIONS = default_options()
GRID = [
    (row, column, "" if row == 1 else sample_files.TABLE[0][column - 1], value)
    for row, values in enumerate(sample_files.TABLE, 1)
    for column, value in enumerate(values, 1)
    if value
]


def grid(content) -> list[tuple[int, int, str, str]]:
    return [
        (each.place.row, each.place.column, each.heading, each.text) for each in content.paragraphs
    ]


def test_read_workbook_finds_the_headings_below_a_title():
    found = grid(read_workbook(sample_files.xlsx(), OPTIONS))
    assert found[0] == (1, 1, "", "BIỂU TỔNG HỢP Ý KIẾN")
    assert found[1:] == [(row + 2, column, heading, text) for row, column, heading, text in GRID]


@pytest.mark.parametrize("mark", [";", ",", "\t", "|"])
def test_read_csv_finds_the_delimiter(mark):
    assert grid(read_csv(sample_files.csv(delimiter=mark), OPTIONS)) == GRID


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-8-sig"])
def test_read_csv_finds_the_encoding(encoding):
    data = sample_files.csv().decode("utf-8-sig").encode(encoding)
    assert grid(read_csv(data, OPTIONS)) == GRID


def test_read_csv_keeps_line_breaks_inside_a_quoted_cell_apart_when_they_open_a_list():
    data = 'STT;Nội dung\n1;"- Sửa đường\n- Cấp nước"\n'.encode()
    assert [each.text for each in read_csv(data, OPTIONS).paragraphs[3:]] == [
        "- Sửa đường", "- Cấp nước",
    ]  # fmt: skip


def test_delimiter_is_a_comma_when_there_is_one_column():
    assert delimiter("Nội dung\nĐường hỏng\n") == ","


def test_read_workbook_reads_all_sheets_or_the_chosen_one():
    book = sample_files.xlsx({"Xã A": sample_files.TABLE, "Xã B": sample_files.TABLE})
    both = read_workbook(book, OPTIONS).paragraphs
    one = read_workbook(book, replace(OPTIONS, sheet="Xã B")).paragraphs
    assert {each.place.sheet for each in both} == {"Xã A", "Xã B"}
    assert {each.place.sheet for each in one} == {"Xã B"}


@pytest.mark.parametrize("chosen", ["họ VÀ tên", "2"])
def test_read_workbook_marks_the_chosen_content_column(chosen):
    content = read_workbook(sample_files.xlsx(), replace(OPTIONS, content_column=chosen))
    marked = [each.text for each in content.paragraphs if each.heading == CONTENT_HEADING]
    assert marked == [row[1] for row in sample_files.TABLE[1:]]


@pytest.mark.parametrize(
    ("choice", "message"),
    [({"content_column": "Ghi gì đó"}, "không có cột"), ({"sheet": "Tờ 9"}, "Không có trang tính")],
)
def test_read_workbook_refuses_a_choice_that_is_not_there(choice, message):
    with pytest.raises(Refused, match=message) as refused:
        read_workbook(sample_files.xlsx(), replace(OPTIONS, **choice))
    assert "Họ và tên" in refused.value.remedy or "Biểu" in refused.value.remedy


def test_read_workbook_shows_values_as_vietnamese_readers_do():
    row = (1, 2.5, datetime(2025, 3, 5), "0012", True)
    content = read_workbook(
        sample_files.xlsx({"A": [row]}, default_date_format="dd/mm/yyyy"), OPTIONS
    )
    assert [each.text for each in content.paragraphs] == ["1", "2,5", "05/03/2025", "0012", "TRUE"]


def test_read_workbook_takes_stored_values_and_works_out_no_formula():
    import io

    import xlsxwriter

    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        book.add_worksheet().write_formula(0, 0, '=HYPERLINK("http://x")', None, "đã lưu")
    assert [each.text for each in read_workbook(stream.getvalue(), OPTIONS).paragraphs] == [
        "đã lưu"
    ]


def test_read_workbook_gives_a_merged_cell_once_and_joins_two_heading_rows():
    import io

    import xlsxwriter

    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet = book.add_worksheet()
        sheet.merge_range(0, 0, 1, 0, "STT")
        sheet.merge_range(0, 1, 0, 2, "Kết quả giải quyết")
        sheet.write_row(1, 1, ["Đã xong", "Chưa xong"])
        sheet.write_row(2, 0, ["1", "x", "y"])
    found = [
        (each.heading, each.text) for each in read_workbook(stream.getvalue(), OPTIONS).paragraphs
    ]
    assert found[-3:] == [
        ("STT", "1"), ("Kết quả giải quyết - Đã xong", "x"), ("Kết quả giải quyết - Chưa xong", "y"),
    ]  # fmt: skip


@pytest.mark.parametrize(("font", "encoding"), [(".VnTime", "tcvn3"), ("VNI-Times", "vni")])
def test_read_workbook_converts_cells_in_legacy_fonts(font, encoding):
    import io

    import xlsxwriter

    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        look = book.add_format({"font_name": font})
        book.add_worksheet().write(0, 0, encoded("đề nghị cấp đất ở", encoding), look)
        book.worksheets()[0].write(1, 0, "thôn Tả Phìn")
    content = read_workbook(stream.getvalue(), OPTIONS)
    assert [each.text for each in content.paragraphs] == ["đề nghị cấp đất ở", "thôn Tả Phìn"]
    assert content.notes
