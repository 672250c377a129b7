"""Writes the two sheets that carry a clerk's entries from one run to the next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pipeline.papers.columns import (
    ENTRY_COLUMNS,
    GONE_SHEET,
    ID_HEADING,
    MARKS_SHEET,
    TEXT_HEADING,
    height_of,
    shortened,
)
from pipeline.papers.entries import Entries, gone_id, masked_entry
from pipeline.papers.lines import Line

_WIDTH, _WIDE = 20, 60
_MARKS = (ID_HEADING, "Cột", "Máy ghi", "Đang hiện")


def write_gone_sheet(
    book: Any, styles: dict[str, Any], entries: Entries, gone: Sequence[str], audience: str
) -> None:
    """Write what a clerk wrote about opinions that are gone; no sheet if there are none.

    The sheet is read back like the others: an opinion that is found again has
    its entries again.
    """
    if not gone:
        return
    sheet = book.add_worksheet(GONE_SHEET)
    headings = [ID_HEADING, TEXT_HEADING, *(c.heading for c in ENTRY_COLUMNS.values())]
    widths = [_WIDE if heading == TEXT_HEADING else _WIDTH for heading in headings]
    sheet.set_row(0, 42)
    for at, heading in enumerate(headings):
        sheet.set_column(at, at, widths[at])
        sheet.write_string(0, at, heading, styles["heading"])
    for row, identity in enumerate(gone, start=1):
        written = entries.by_opinion[identity]
        cells = [entries.texts.get(identity, "")]
        cells += [written[key].text if key in written else "" for key in ENTRY_COLUMNS]
        shown = [gone_id(identity, audience), *(masked_entry(cell, audience) for cell in cells)]
        sheet.set_row(row, height_of(list(zip(shown, widths, strict=True))))
        for at, cell in enumerate(shown):
            sheet.write_string(row, at, shortened(cell), styles["text"])
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, len(gone), len(headings) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.repeat_rows(0)
    sheet.set_header('&C&"Times New Roman,Bold"&13PHẦN ĐÃ GHI CỦA CÁC Ý KIẾN KHÔNG CÒN TRONG BẢNG')
    sheet.fit_to_pages(1, 0)


def write_marks_sheet(
    book: Any,
    lines: Sequence[Line],
    machine: Sequence[Line],
    entries: Entries,
    gone: Sequence[str],
    audience: str,
) -> None:
    """Write, hidden, what the program put into the clerk's columns, so that entries are told apart.

    Parameters
    ----------
    book
        The workbook.
    lines, machine
        The lines as they are shown, and as the program alone would show them.
    entries, gone
        The entries, and the opinions among them that are gone.
    audience
        Whose workbook it is.
    """
    rows = [
        (line.id, key, str(column.value(bare)), str(column.shown(line)))
        for line, bare in zip(lines, machine, strict=True)
        for key, column in ENTRY_COLUMNS.items()
    ]
    rows += [
        (gone_id(identity, audience), key, entry.machine, masked_entry(entry.text, audience))
        for identity in gone
        for key, entry in entries.by_opinion[identity].items()
    ]
    sheet = book.add_worksheet(MARKS_SHEET)
    sheet.write_row(0, 0, _MARKS)
    told = [row for row in rows if row[2] or row[3]]
    for number, row in enumerate(told, start=1):
        for at, cell in enumerate(row):
            sheet.write_string(number, at, shortened(cell))
    sheet.very_hidden()
