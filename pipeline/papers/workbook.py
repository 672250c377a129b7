"""Writes `bang_tong_hop.xlsx`, the summary table that a clerk works in."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from pipeline.papers.columns import (
    BEYOND_SHEET,
    COMPLAINTS_SHEET,
    ON_SCREEN,
    PRINTED,
    PUBLIC,
    SUMMARY_SHEET,
    Column,
    beyond_columns,
    height,
    shortened,
    widened,
)
from pipeline.papers.entries import Entries
from pipeline.papers.entry_sheets import write_gone_sheet, write_marks_sheet
from pipeline.papers.figures import Figures, share
from pipeline.papers.lines import Line
from pipeline.papers.names import LEVELS, Names
from pipeline.papers.stable import stable_zip
from pipeline.table import KINDS

_CHOICES = "Danh mục"
_A4 = 9


def write_workbook(
    lines: Sequence[Line],
    public: Sequence[Line],
    figures: Figures,
    names: Names,
    path: Path,
    *,
    machine: Sequence[Line],
    entries: Entries,
    gone: Sequence[str],
    audience: str,
) -> None:
    """Write the summary table, its figures, the lists apart and the masked public rows.

    No text becomes a formula or a link, whatever it begins with, and the same
    lines give the same bytes.

    Parameters
    ----------
    lines
        The opinions, masked for the audience of the run.
    public
        The same opinions masked for the public.
    figures
        Counts of `lines`.
    names
        Names of topics, agencies and states for the drop-down lists.
    path
        The file.
    machine
        `lines` without what a clerk wrote.
    entries, gone
        What a clerk wrote into the workbook before, and the opinions of it that are gone.
    audience
        Whose workbook it is.
    """
    import xlsxwriter

    content = io.BytesIO()
    book = xlsxwriter.Workbook(
        content,
        {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
         "strings_to_numbers": False, "default_date_format": "dd/mm/yyyy"},
    )  # fmt: skip
    book.set_properties({"title": "Bảng tổng hợp ý kiến, kiến nghị", "created": date_of_making()})
    styles = _styles(book)
    choices = _lists(lines, names)
    _line_sheet(book, styles, SUMMARY_SHEET, PRINTED + ON_SCREEN, lines, choices, len(PRINTED))
    _figure_sheet(book, styles, figures)
    complaints = [x for x in lines if x.is_complaint]
    _line_sheet(book, styles, COMPLAINTS_SHEET, PRINTED + ON_SCREEN, complaints, {}, len(PRINTED))
    beyond = [x for x in lines if x.forward]
    _line_sheet(book, styles, BEYOND_SHEET, beyond_columns(), beyond, {}, 9)
    _line_sheet(book, styles, "Công khai (đã che)", PUBLIC, public, {}, len(PUBLIC))
    write_gone_sheet(book, styles, entries, gone, audience)
    _choice_sheet(book, choices)
    write_marks_sheet(book, lines, machine, entries, gone, audience)
    book.close()
    path.write_bytes(stable_zip(content.getvalue()))


def date_of_making() -> Any:
    """Return the constant that stands for the day of making: papers never ask the clock."""
    from datetime import datetime

    return datetime(2000, 1, 1)


def _styles(book: Any) -> dict[str, Any]:
    base = {"font_name": "Times New Roman", "font_size": 10, "valign": "top", "border": 1,
            "border_color": "#8A8A8A", "text_wrap": True}  # fmt: skip
    heading = {**base, "bold": True, "align": "center", "valign": "vcenter", "bg_color": "#D9E5F2"}
    return {
        "text": book.add_format({**base, "num_format": "@"}),
        "number": book.add_format({**base, "align": "center"}),
        "centre": book.add_format({**base, "align": "center"}),
        "date": book.add_format({**base, "align": "center", "num_format": "dd/mm/yyyy"}),
        "share": book.add_format({**base, "align": "center"}),
        "heading": book.add_format(heading),
        "title": book.add_format(
            {"font_name": "Times New Roman", "font_size": 13, "bold": True, "valign": "vcenter"}
        ),
        "look": book.add_format({"bg_color": "#FFF2CC"}),
        "complaint": book.add_format({"bg_color": "#F8D7DA"}),
    }


def _lists(lines: Sequence[Line], names: Names) -> dict[str, list[str]]:
    now = [a for a in names.routing.agencies.values() if a.valid_on(names.on) and not a.unit]
    agencies = {*(a.name for a in now), *(x.lead for x in lines if x.lead)}
    return {
        "topics": list(names.topics.values()),
        "statuses": list(
            dict.fromkeys(
                [
                    *(status.name for status in names.statuses.values()),
                    *sorted(x.status for x in lines),
                ]
            )
        ),
        "agencies": sorted(agencies),
        "levels": list(LEVELS.values()),
        "kinds": list(KINDS),
    }


def _line_sheet(book, styles, title, columns, lines, choices, printed) -> None:
    sheet = book.add_worksheet(title)
    columns = widened(columns, lines)
    sheet.set_row(0, 42)
    for number, column in enumerate(columns):
        sheet.set_column(number, number, column.width)
        sheet.write_string(0, number, column.heading, styles["heading"])
    for row, line in enumerate(lines, start=1):
        sheet.set_row(row, height(columns[:printed], line))
        for number, column in enumerate(columns):
            _write(sheet, row, number, column.shown(line), styles[column.form])
    last = max(len(lines), 1)
    sheet.autofilter(0, 0, last, len(columns) - 1)
    sheet.freeze_panes(1, 4 if printed == len(PRINTED) else 1)
    for number, column in enumerate(columns):
        if column.choices in choices:
            _drop_down(sheet, number, last, list(choices), column.choices, choices)
    _colours(sheet, styles, last, len(columns), columns)
    _print_setup(sheet, title, last, printed)


def _write(sheet: Any, row: int, column: int, value: Any, style: Any) -> None:
    """Write by type: text is always text, whatever it begins with."""
    if isinstance(value, date):
        sheet.write_datetime(row, column, value, style)
    elif isinstance(value, int):
        sheet.write_number(row, column, value, style)
    elif value:
        sheet.write_string(row, column, shortened(str(value)), style)
    else:
        sheet.write_blank(row, column, None, style)


def _drop_down(sheet, column: int, last: int, order: list[str], name: str, choices) -> None:
    letter = chr(ord("A") + order.index(name))
    sheet.data_validation(
        1, column, last, column,
        {"validate": "list",
         "source": f"='{_CHOICES}'!${letter}$2:${letter}${len(choices[name]) + 1}",
         "error_title": "Giá trị không có trong danh mục",
         "error_message": "Hãy chọn trong danh sách, hoặc bổ sung vào trang Danh mục.",
         "error_type": "warning"},
    )  # fmt: skip


def _colours(sheet, styles, last: int, width: int, columns: Sequence[Column]) -> None:
    """Colour by rule, so that a row looked at loses its colour when its mark is taken out."""
    headings = [column.heading for column in columns]
    if "Cần xem" not in headings:
        return
    area = (1, 0, last, width - 1)
    kind, mark = headings.index("Loại ý kiến"), headings.index("Cần xem")
    sheet.conditional_format(*area, {
        "type": "formula", "format": styles["complaint"], "stop_if_true": True,
        "criteria": f'=OR(${_letter(kind)}2="khiếu nại",${_letter(kind)}2="tố cáo")',
    })  # fmt: skip
    sheet.conditional_format(
        *area,
        {"type": "formula", "criteria": f'=${_letter(mark)}2="x"', "format": styles["look"]},
    )


def _letter(column: int) -> str:
    return chr(ord("A") + column)


def _print_setup(sheet, title: str, last: int, printed: int) -> None:
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.6, right=0.4, top=0.8, bottom=0.6)
    sheet.repeat_rows(0)
    sheet.print_area(0, 0, last, printed - 1)
    sheet.fit_to_pages(1, 0)
    sheet.set_header(f'&C&"Times New Roman,Bold"&13{_PAGE_TITLES.get(title, title)}')
    sheet.set_footer('&C&"Times New Roman,Regular"&10Trang &P/&N')


_PAGE_TITLES = {
    SUMMARY_SHEET: "BẢNG TỔNG HỢP Ý KIẾN, KIẾN NGHỊ",
    COMPLAINTS_SHEET: "Ý KIẾN CÓ DẤU HIỆU KHIẾU NẠI, TỐ CÁO (chuyển tiếp công dân)",
    BEYOND_SHEET: "Ý KIẾN VƯỢT THẨM QUYỀN, TỔNG HỢP CHUYỂN CẤP TRÊN",
    "Công khai (đã che)": "Ý KIẾN, KIẾN NGHỊ CỦA NHÂN DÂN VÀ KẾT QUẢ TRẢ LỜI",
    "Số liệu": "SỐ LIỆU TỔNG HỢP",
}


def _figure_sheet(book, styles, figures: Figures) -> None:
    sheet = book.add_worksheet("Số liệu")
    sheet.set_column(0, 0, 58)
    sheet.set_column(1, 2, 14)
    row = 0
    blocks = (
        ("Số liệu chung", _general(figures)),
        ("Theo lĩnh vực", [(f.name, f.value) for f in figures.topics]),
        ("Theo vấn đề cụ thể", [(f.name, f.value) for f in figures.matters]),
        ("Theo cơ quan chủ trì", [(f.name, f.value) for f in figures.agencies]),
        ("Theo trạng thái", [(f.name, f.value) for f in figures.statuses]),
        ("Theo thẩm quyền", [(f.name, f.value) for f in figures.levels]),
        ("Theo loại ý kiến", [(f.name, f.value) for f in figures.kinds]),
    )
    for title, counts in blocks:
        sheet.write_string(row, 0, title, styles["title"])
        for column, heading in enumerate(("Chỉ tiêu", "Số lượng", "Tỷ lệ")):
            sheet.write_string(row + 1, column, heading, styles["heading"])
        for name, value in counts:
            sheet.write_string(row + 2, 0, name, styles["text"])
            sheet.write_number(row + 2, 1, value, styles["number"])
            of = "" if title == "Số liệu chung" else share(value, figures.opinions.value)
            sheet.write_string(row + 2, 2, of, styles["share"])
            row += 1
        row += 3
    _print_setup(sheet, "Số liệu", row, 3)
    sheet.set_portrait()


def _general(figures: Figures) -> list[tuple[str, int]]:
    return [
        ("Hội nghị, văn bản", figures.meetings),
        ("Đại biểu dự (theo văn bản có ghi)", figures.delegates),
        ("Lượt ý kiến", figures.turns),
        *((f.name, f.value) for f in (
            figures.opinions, figures.answered, figures.review, figures.beyond,
            figures.complaints, figures.overdue, figures.without_due,
        )),
        *((f"Đánh dấu «{name}» (đã đưa ra khỏi bảng)", n) for name, n in figures.set_aside),
    ]  # fmt: skip


def _choice_sheet(book, choices: dict[str, list[str]]) -> None:
    sheet = book.add_worksheet(_CHOICES)
    headings = {"topics": "Lĩnh vực", "statuses": "Trạng thái", "agencies": "Cơ quan",
                "levels": "Thẩm quyền", "kinds": "Loại ý kiến"}  # fmt: skip
    bold = book.add_format({"bold": True})
    for column, (code, values) in enumerate(choices.items()):
        sheet.set_column(column, column, 40)
        sheet.write_string(0, column, headings[code], bold)
        for row, value in enumerate(values, start=1):
            sheet.write_string(row, column, value)
