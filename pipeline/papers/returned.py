"""Reads a clerk's entries back from the summary workbook, and trusts nothing in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from pipeline.errors import DataError, ReadError
from pipeline.papers.columns import (
    BEYOND_SHEET,
    COMPLAINTS_SHEET,
    ENTRY_COLUMNS,
    GONE_SHEET,
    ID_HEADING,
    MARKS_SHEET,
    STATUS,
    SUMMARY_SHEET,
    TEXT_HEADING,
    WORKBOOK_FILE,
    shortened,
)
from pipeline.papers.entries import Entries, Entry
from pipeline.papers.names import ANSWERED, FORWARDED, OPEN, load_statuses
from pipeline.reading import default_options
from pipeline.reading.filled import open_filled
from pipeline.topics.text import fold, normalize

_SHEETS = (SUMMARY_SHEET, COMPLAINTS_SHEET, BEYOND_SHEET, GONE_SHEET)
_ID, _TEXT = "id", "text"
_HEADINGS = {
    fold(ID_HEADING): _ID,
    fold(TEXT_HEADING): _TEXT,
    **{fold(column.heading): key for key, column in ENTRY_COLUMNS.items()},
}
_ROWS, _COLUMNS, _TITLES = 1_048_576, 64, 20
"""How far a sheet is read; its headings stand in the first rows."""
_DOUBTS = 20
_NOTHING = ("", "")


def read_entries(out: Path) -> Entries:
    """Return what a clerk wrote into the summary workbook of a folder.

    An entry is a cell that no longer holds what the program put there. Only the
    columns that are a clerk's are read, and formulas are never worked out.

    Parameters
    ----------
    out
        The folder of an earlier run; without a workbook in it there are no entries.

    Raises
    ------
    ReadError
        The workbook cannot be read, or has lost the sheet or the column without
        which nobody knows which opinion an entry is about.
    """
    path = out / WORKBOOK_FILE
    if not path.is_file():
        return Entries()
    try:
        book = open_filled(path, default_options().limits, values=False)
        try:
            return _Reader(book).entries()
        finally:
            book.close()
    except DataError:
        raise
    except Exception as error:  # openpyxl raises whatever a broken part makes it raise
        why = error if isinstance(error, ReadError) else "tệp bị hỏng"
        raise ReadError(
            f"{path}: không đọc lại được phần cán bộ đã ghi trong bảng này ({why}). Cần giữ thì mở "
            "bằng Excel hoặc LibreOffice, sửa rồi lưu lại dạng .xlsx; không cần giữ thì đổi tên "
            "hoặc xóa tệp; sau đó chạy lại. Chưa thay đổi gì."
        ) from error


@dataclass
class _Reader:
    """Goes through the sheets of one workbook."""

    book: Any
    written: dict[tuple[str, str], str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    doubts: list[str] = field(default_factory=list)

    def entries(self) -> Entries:
        """Return the entries of all sheets."""
        marks = _marks(self.book)
        own = frozenset() if marks is not None else _own_states()
        for title in _SHEETS:
            if title in self.book.sheetnames:
                self._read(title, marks or {}, own)
            elif title == SUMMARY_SHEET:
                raise ReadError(f"không có trang «{SUMMARY_SHEET}»")
        # What an earlier run kept stands until somebody writes another thing there.
        marks = marks or {}
        for place, (machine, shown) in marks.items():
            if shown != machine:
                self.written.setdefault(place, shown)
        found: dict[str, dict[str, Entry]] = {}
        for (identity, key), text in self.written.items():
            if text:
                machine = marks.get((identity, key), _NOTHING)[0]
                found.setdefault(identity, {})[key] = Entry(text, machine)
        texts = {identity: self.texts.get(identity, "") for identity in found}
        return Entries(found, texts, self._doubts())

    def _read(self, title: str, marks: Mapping, own: frozenset[str]) -> None:
        for number, identity, cells in _rows(self.book[title], title):
            for key, cell in cells.items():
                text = _text(cell)
                if text is None:
                    heading = ENTRY_COLUMNS[key].heading if key in ENTRY_COLUMNS else TEXT_HEADING
                    self.doubts.append(
                        f"trang «{title}», hàng {number}, cột «{heading}»: ô chứa công thức, không "
                        "đọc; hãy gõ chữ."
                    )
                elif key == _TEXT:
                    self.texts.setdefault(identity, text)
                elif key == STATUS and text in own:
                    continue
                elif not _same(text, marks.get((identity, key), _NOTHING)[1]):
                    self._write(title, number, (identity, key), text)

    def _write(self, title: str, number: int, place: tuple[str, str], text: str) -> None:
        first = self.written.setdefault(place, text)
        if not _same(first, text):
            self.doubts.append(
                f"trang «{title}», hàng {number}, cột «{ENTRY_COLUMNS[place[1]].heading}»: ý kiến "
                f"{place[0]} đã được ghi khác ở trước; giữ phần ghi trước, hãy xem lại."
            )

    def _doubts(self) -> tuple[str, ...]:
        left = len(self.doubts) - _DOUBTS
        more = (f"còn {left} chỗ khác như vậy.",) if left > 0 else ()
        return (*self.doubts[:_DOUBTS], *more)


def _marks(book: Any) -> dict[tuple[str, str], tuple[str, str]] | None:
    """What the program put into each cell by itself, and what it showed there; None in old books."""
    if MARKS_SHEET not in book.sheetnames:
        return None
    found = {}
    for row in book[MARKS_SHEET].iter_rows(min_row=2, max_row=_ROWS * 4, max_col=4):
        identity, key, machine, shown = (_text(cell) or "" for cell in row)
        if key in ENTRY_COLUMNS:
            found[identity, key] = (machine, shown)
    return found


def _own_states() -> frozenset[str]:
    """The states that the program sets: in a workbook without marks they may be its own."""
    states = load_statuses()
    return frozenset(states[code].name for code in (ANSWERED, FORWARDED, OPEN))


def _rows(sheet: Any, title: str) -> Iterator[tuple[int, str, dict[str, Any]]]:
    """Yield number, opinion id and known cells of each row below the headings."""
    places: dict[str, int] = {}
    for number, row in enumerate(sheet.iter_rows(max_row=_ROWS, max_col=_COLUMNS), start=1):
        if not places:
            places = _places(row)
            if not places and number >= _TITLES:
                break
            continue
        identity = _text(row[places[_ID]]) if places[_ID] < len(row) else ""
        if identity:
            cells = {key: row[at] for key, at in places.items() if key != _ID and at < len(row)}
            yield number, identity, cells
    if not places:
        raise ReadError(f"trang «{title}» không có cột «{ID_HEADING}»")


def _places(row: tuple) -> dict[str, int]:
    """Where the known columns stand, {} if this is not the row of the headings."""
    found: dict[str, int] = {}
    for at, cell in enumerate(row):
        key = _HEADINGS.get(fold(normalize(_text(cell) or "")))
        if key:
            found.setdefault(key, at)
    return found if _ID in found else {}


def _text(cell: Any) -> str | None:
    """A cell as a Vietnamese reader sees it; None for a formula or an error."""
    value = cell.value
    if value is None:
        return ""
    if cell.data_type in ("f", "e"):
        return None
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return shortened(str(value).replace("\r\n", "\n").strip())


def _same(one: str, other: str) -> bool:
    return " ".join(one.split()) == " ".join(other.split())
