"""The same content gives the same opinions in every format."""

import csv
from pathlib import Path

import docx
import pytest
import xlsxwriter

from pipeline.extraction import extract_minutes
from pipeline.reading import read_documents

ROWS = [
    ["STT", "Họ và tên, địa chỉ", "Nội dung ý kiến", "Trả lời"],
    ["1", "Ông Hà An, tổ 6", "(1) Rác đầy ngõ ba hôm nay; (2) đề nghị lắp gương", "(1) Đã dọn. (2) Ghi nhận."],
    ["2", "Bà Lý Mẩy (thôn Dền)", "Nước máy ba ngày mới có một lần", "Sẽ súc đường ống."],
]  # fmt: skip


def write_docx(path: Path) -> None:
    document = docx.Document()
    table = document.add_table(rows=0, cols=4)
    for row in ROWS:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.save(path)


def write_xlsx(path: Path) -> None:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Biểu")
        for at, row in enumerate(ROWS):
            sheet.write_row(at, 0, row)


def write_csv(path: Path) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(ROWS)


def write_html(path: Path) -> None:
    cells = ["".join(f"<td>{cell}</td>" for cell in row) for row in ROWS]
    path.write_text("<table>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>", "utf-8")


def write_txt(path: Path) -> None:
    path.write_text("\n".join(" | ".join(row) for row in ROWS), encoding="utf-8")


WRITERS = [write_docx, write_xlsx, write_csv, write_html, write_txt]


@pytest.mark.parametrize("write", WRITERS, ids=lambda one: one.__name__[6:])
def test_extract_minutes_gives_same_opinions_whatever_the_format(write, tmp_path):
    path = tmp_path / f"a.{write.__name__[6:]}"
    write(path)
    found = extract_minutes(next(iter(read_documents(path)))).opinions
    assert [one.text for one in found] == [
        "Rác đầy ngõ ba hôm nay", "đề nghị lắp gương", "Nước máy ba ngày mới có một lần",
    ]  # fmt: skip
    assert [one.address for one in found] == ["tổ 6", "tổ 6", "thôn Dền"]
    assert [one.reply for one in found] == ["(1) Đã dọn.", "(2) Ghi nhận.", "Sẽ súc đường ống."]
