"""Writes the review sheet: a guide, the opinions with drop-downs, and the lists behind them."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from pipeline.outputs import whole_file
from pipeline.review.columns import (
    COLUMNS,
    GUIDE,
    GUIDE_SHEET,
    LISTS_SHEET,
    NOTHING,
    OPINIONS_SHEET,
    REVIEWER_LABEL,
    SEEN,
    Column,
)
from pipeline.review.vocabulary import Vocabulary

MACHINE, FILLED, HEADING = "#EDEDED", "#FFF8DC", "#1F4E79"
_CELL = {"valign": "top", "text_wrap": True, "border": 1, "border_color": "#BFBFBF"}
_LONGEST = 32_000
"""Excel cuts a cell at 32,767 characters and calls the file damaged."""


def review_workbook(
    rows: Sequence[Mapping[str, object]],
    vocabularies: Mapping[str, Vocabulary],
    *,
    reviewer: str = "",
) -> bytes:
    """Return the bytes of a review workbook; the same rows give the same bytes.

    Parameters
    ----------
    rows
        One mapping an opinion, by the keys of `columns.COLUMNS`.
    vocabularies
        The names of the columns `topic`, `also`, `kind` and `lead`.
    reviewer
        Stands on the first sheet; may be filled in there later.
    """
    import xlsxwriter

    file = io.BytesIO()
    book = xlsxwriter.Workbook(
        file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"created": datetime(2000, 1, 1), "title": "Bảng xem lại ý kiến"})
    _guide(book, reviewer, vocabularies["topic"])
    lists = {
        "seen": [SEEN],
        "topic": list(vocabularies["topic"].names),
        "also": [NOTHING, *vocabularies["also"].names],
        "kind": list(vocabularies["kind"].names),
        "lead": list(vocabularies["lead"].names),
    }
    _opinions(book, rows, lists)
    _lists(book, lists)
    book.close()
    return file.getvalue()


def write_review(
    path: Path,
    rows: Sequence[Mapping[str, object]],
    vocabularies: Mapping[str, Vocabulary],
    *,
    reviewer: str = "",
) -> None:
    """Write a review workbook; see `review_workbook`.

    Raises
    ------
    OutputError
        It cannot be written; what stood there is untouched.
    """
    content = review_workbook(rows, vocabularies, reviewer=reviewer)
    remedy = "Hãy đóng tệp nếu đang mở trong Excel, hoặc chọn tên khác (-o)."
    with whole_file(path, remedy=remedy) as unfinished:
        unfinished.write_bytes(content)


def _guide(book, reviewer: str, topics: Vocabulary) -> None:
    verdicts = " hoặc ".join(f"«{name}»" for name in topics.names_of(topics.whole))
    sheet = book.add_worksheet(GUIDE_SHEET)
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 16)
    sheet.set_column(1, 1, 90)
    title = book.add_format({"bold": True, "font_size": 14, "font_color": HEADING})
    plain = book.add_format({"text_wrap": True, "valign": "top"})
    for row, (text, is_title) in enumerate(GUIDE):
        if is_title:
            sheet.write_string(row, 0, text, title)
        else:
            sheet.merge_range(row, 0, row, 1, text.replace("{verdicts}", verdicts), plain)
            sheet.set_row(row, 34)
    name_row = len(GUIDE) + 1
    sheet.write_string(name_row, 0, REVIEWER_LABEL, book.add_format({"bold": True}))
    open_cell = book.add_format({"bg_color": FILLED, "border": 1, "locked": False})
    sheet.write_string(name_row, 1, reviewer, open_cell)
    sheet.protect("", {"format_columns": True, "format_rows": True})
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _opinions(book, rows: Sequence[Mapping[str, object]], lists: Mapping[str, list[str]]) -> None:
    sheet = book.add_worksheet(OPINIONS_SHEET)
    heading = book.add_format(
        {**_CELL, "bold": True, "bg_color": HEADING, "font_color": "white", "valign": "vcenter"}
    )
    formats = {
        "plain": book.add_format(_CELL),
        "machine": book.add_format({**_CELL, "bg_color": MACHINE}),
        "number": book.add_format({**_CELL, "num_format": "0.00"}),
        "fill": book.add_format({**_CELL, "bg_color": FILLED, "locked": False}),
        "id": book.add_format({**_CELL, "font_size": 8, "font_color": "#7F7F7F"}),
    }
    for at, column in enumerate(COLUMNS):
        sheet.set_column(at, at, column.width, None, {"hidden": column.hidden})
        sheet.write_string(0, at, column.heading, heading)
        chosen = formats[_format_of(column)]
        for number, row in enumerate(rows, start=1):
            _write(sheet, number, at, row.get(column.key, ""), chosen)
        if column.choices and rows and lists[column.choices]:
            _offer(sheet, at, column, len(rows), lists)
    sheet.set_row(0, 36)
    for number, row in enumerate(rows, start=1):
        sheet.set_row(number, _height(row))
    sheet.freeze_panes(1, 3)
    sheet.autofilter(0, 0, max(1, len(rows)), len(COLUMNS) - 1)
    allowed = {"autofilter": True, "format_columns": True, "format_rows": True}
    sheet.protect("", {**allowed, "select_locked_cells": True})
    sheet.set_landscape()
    sheet.set_paper(8)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.activate() if rows else None


def _height(row: Mapping[str, object]) -> float:
    """Points that the longest cell needs; LibreOffice does not fit rows by itself."""
    lines = max(
        -(-len(str(row.get(column.key) or "")) // max(1, int(column.width * 0.95)))
        for column in COLUMNS
        if not column.hidden and column.key != "opinion_id"
    )
    return float(min(400, 6 + 14 * max(2, lines)))


def _format_of(column: Column) -> str:
    if column.fill:
        return "fill"
    if column.key.endswith("_now"):
        return "machine"
    return {"confidence": "number", "opinion_id": "id"}.get(column.key, "plain")


def _write(sheet, row: int, column: int, value: object, chosen) -> None:
    if isinstance(value, float) and value == value:
        sheet.write_number(row, column, value, chosen)
    elif value is None or value != value or value == "":
        sheet.write_blank(row, column, None, chosen)
    else:
        sheet.write_string(row, column, str(value)[:_LONGEST], chosen)


def _offer(sheet, at: int, column: Column, n: int, lists: Mapping[str, list[str]]) -> None:
    where = list(lists).index(column.choices)
    letter = "ABCDEFGH"[where]
    sheet.data_validation(
        1,
        at,
        n,
        at,
        {
            "validate": "list",
            "source": f"='{LISTS_SHEET}'!${letter}$2:${letter}${len(lists[column.choices]) + 1}",
            "error_title": "Chọn trong danh sách",
            "error_message": "Hãy chọn một giá trị trong danh sách, hoặc để trống nếu máy đúng.",
        },
    )


def _lists(book, lists: Mapping[str, list[str]]) -> None:
    sheet = book.add_worksheet(LISTS_SHEET)
    for at, (key, names) in enumerate(lists.items()):
        sheet.set_column(at, at, 40)
        sheet.write_string(0, at, key)
        sheet.write_column(1, at, names)
    sheet.hide()
