"""The columns of the summary workbook's sheets, and how wide and high their cells must be."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from pipeline.papers.lines import Line

WORKBOOK_FILE = "bang_tong_hop.xlsx"
SUMMARY_SHEET, COMPLAINTS_SHEET, BEYOND_SHEET = "Tổng hợp", "Khiếu nại, tố cáo", "Vượt thẩm quyền"
GONE_SHEET, MARKS_SHEET = "Ý kiến không còn", "Dấu kiểm"
ID_HEADING, TEXT_HEADING = "Mã ý kiến", "Nội dung ý kiến, kiến nghị"
STATUS = "status"
LONGEST_CELL = 32_000
_TALLEST, _LINE, _LETTERS, _WIDEST = 400.0, 13.2, 1.3, 90.0
"""Excel's tallest row in points, one line of 10-point type, letters per unit of width."""


@dataclass(frozen=True)
class Column:
    """One column of a sheet: heading, width in characters, and what the program puts into it.

    `entry` names a column that is a clerk's to write in: what stands there is
    kept when the workbook is written anew.
    """

    heading: str
    width: float
    value: Callable[[Line], Any]
    choices: str = ""
    form: str = "text"
    entry: str = ""

    def shown(self, line: Line) -> Any:
        """Return what a line shows in the column: a clerk's entry before the program's value."""
        return line.entries.get(self.entry) or self.value(line)


PRINTED = (
    Column("STT", 4.5, lambda x: x.number, form="number"),
    Column("Cần xem", 5, lambda x: "x" if x.review or x.is_complaint else "", form="centre"),
    Column("Họ và tên, địa chỉ", 15, lambda x: x.who),
    Column(TEXT_HEADING, 42, lambda x: with_context(x)),
    Column("Lĩnh vực", 10.5, lambda x: x.topic, "topics"),
    Column("Trả lời tại hội nghị", 28, lambda x: x.reply),
    Column("Cơ quan chủ trì", 13, lambda x: x.lead, "agencies"),
    Column("Cơ quan phối hợp", 15, lambda x: x.coordinate.replace("; ", ";\n")),
    Column("Thẩm quyền", 8, lambda x: x.level, "levels"),
    Column("Thời hạn", 10.5, lambda x: as_date(x.due), form="date"),
    Column("Kết quả, trạng thái", 11, lambda x: x.status, "statuses", entry=STATUS),
    Column("Văn bản trả lời (số, ngày)", 9.5, lambda x: "", entry="answer"),
    Column("Ghi chú", 12, lambda x: x.note, entry="note"),
)
"""The columns of the printed table (DOMAIN: bảng tổng hợp), first of all what to look at."""

ON_SCREEN = (
    Column("Lý do cần xem", 30, lambda x: x.reason),
    Column("Từ ngữ quyết định", 24, lambda x: x.evidence),
    Column("Độ chắc chắn", 10, lambda x: x.confidence, form="centre"),
    Column("Loại ý kiến", 12, lambda x: x.kind, "kinds"),
    Column("Lĩnh vực khác", 16, lambda x: x.also),
    Column("Chuyển cấp trên", 18, lambda x: x.forward),
    Column("Hội nghị", 26, lambda x: ", ".join(p for p in (x.met, x.place) if p)),
    Column("Vị trí trong biên bản", 28, lambda x: f"{x.source}: {x.location}".strip(": ")),
    Column(ID_HEADING, 26, lambda x: x.id),
)
PUBLIC = (
    Column("STT", 5, lambda x: x.number, form="number"),
    Column("Ngày họp", 10, lambda x: x.met, form="centre"),
    Column("Xã, phường", 14, lambda x: x.commune),
    Column(TEXT_HEADING, 48, lambda x: with_context(x)),
    Column("Lĩnh vực", 12, lambda x: x.topic),
    Column("Trả lời tại hội nghị", 34, lambda x: x.reply),
    Column("Cơ quan chủ trì", 17, lambda x: x.lead),
    Column("Thời hạn", 10.5, lambda x: as_date(x.due), form="date"),
    Column("Kết quả, trạng thái", 13, lambda x: x.status),
)


def with_context(line: Line) -> str:
    """Return the opinion, and below it what it needs to be read alone."""
    return f"{line.text}\n(Ngữ cảnh: {line.context})" if line.context else line.text


def as_date(iso: str) -> date | str:
    """Return an ISO date as a date that Excel can sort; any other text as it is."""
    try:
        return date.fromisoformat(iso)
    except ValueError:
        return iso


def beyond_columns() -> tuple[Column, ...]:
    """Return the columns of the list that goes to the level above."""
    wanted = ("STT", "Họ và tên, địa chỉ", TEXT_HEADING, "Lĩnh vực",
              "Cơ quan chủ trì", "Thẩm quyền")  # fmt: skip
    by_heading = {column.heading: column for column in PRINTED}
    return (
        *(by_heading[heading] for heading in wanted),
        Column("Cơ quan cấp trên tiếp nhận", 24, lambda x: x.forward),
        Column("Văn bản chuyển (số, ngày)", 16, lambda x: "", entry="forwarded"),
        Column("Văn bản trả lời của cấp trên (số, ngày)", 18, lambda x: "", entry="answer_above"),
        Column(ID_HEADING, 26, lambda x: x.id),
    )


ENTRY_COLUMNS = {c.entry: c for c in (*PRINTED, *beyond_columns()) if c.entry}
"""The columns of all sheets that are a clerk's to write in, by their keys."""


def widened(columns: Sequence[Column], lines: Sequence[Line]) -> tuple[Column, ...]:
    """Return the columns, those too narrow for their longest text made wider.

    Excel draws no row taller than 409 points: text that needs more is cut in
    print, so its column grows instead.
    """
    room = _TALLEST / _LINE
    return tuple(
        replace(column, width=min(_WIDEST, max(column.width, longest / room / _LETTERS)))
        if (longest := max((len(str(column.shown(x))) for x in lines), default=0)) / room
        > column.width
        else column
        for column in columns
    )


def height(columns: Sequence[Column], line: Line) -> float:
    """Return the height in points that shows every cell of a line whole."""
    return height_of([(str(column.shown(line)), column.width) for column in columns])


def height_of(cells: Sequence[tuple[str, float]]) -> float:
    """Return the height in points that shows texts whole, each in a column of its width."""
    most = max(_n_lines(text, width) for text, width in cells)
    return min(_TALLEST, most * _LINE + 4)


def _n_lines(text: str, width: float) -> int:
    return sum(max(1, math.ceil(len(part) / (width * _LETTERS))) for part in text.split("\n"))


def shortened(text: str) -> str:
    """Return `text`, cut where Excel would refuse the cell; the whole is in opinions.csv."""
    if len(text) <= LONGEST_CELL:
        return text
    return text[:LONGEST_CELL] + " … (đã cắt; toàn văn trong opinions.csv)"
