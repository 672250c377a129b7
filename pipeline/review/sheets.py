"""Reads filled-in review sheets, whichever program saved them, and trusts nothing in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import ReadError
from pipeline.review.columns import COLUMNS, GUIDE_SHEET, OPINIONS_SHEET, REVIEWER_LABEL
from pipeline.topics.text import fold, normalize

MAX_ROWS = 100_000


@dataclass(frozen=True)
class Line:
    """One row of a sheet: `cells` by the keys of `columns.COLUMNS`, `row` as Excel counts."""

    row: int
    cells: Mapping[str, str]


@dataclass(frozen=True)
class FilledSheet:
    """A sheet that came back: its file, who filled it (if it says), and its rows."""

    path: Path
    reviewer: str
    lines: tuple[Line, ...]

    def place(self, line: Line, key: str) -> str:
        """Return where a cell stands, as a clerk finds it."""
        heading = next(column.heading for column in COLUMNS if column.key == key)
        return f"{self.path.name}, trang «{OPINIONS_SHEET}», hàng {line.row}, cột «{heading}»"


def read_sheet(path: Path) -> FilledSheet:
    """Return the rows of a review sheet.

    Raises
    ------
    ReadError
        No such file, no xlsx workbook, or a sheet or needed column is missing.
    """
    book = _opened(path)
    names = {fold(normalize(name)): name for name in book.sheetnames}
    wanted = names.get(fold(OPINIONS_SHEET))
    if wanted is None:
        raise ReadError(
            f"{path.name}: không có trang «{OPINIONS_SHEET}». Hãy dùng tệp do lệnh "
            "`ykien review export` làm ra, không đổi tên trang."
        )
    rows = book[wanted].iter_rows(values_only=True, max_row=MAX_ROWS)
    places = _places(path, [shown(value) for value in next(rows, ())])
    lines = []
    for number, values in enumerate(rows, start=2):
        cells = {key: shown(values[at]) if at < len(values) else "" for key, at in places.items()}
        if any(cells.values()):
            lines.append(Line(number, cells))
    reviewer = _reviewer(book, names)
    book.close()
    return FilledSheet(path, reviewer, tuple(lines))


def shown(value: object) -> str:
    """Return a cell's value as text, white space made one.

    Examples
    --------
    >>> shown(" đất  đai "), shown(None), shown(1.0)
    ('đất đai', '', '1')
    """
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return " ".join(str(value).split())


def _opened(path: Path):
    from pipeline.reading.filled import open_filled
    from pipeline.reading.options import default_options

    try:
        return open_filled(path, default_options().limits, values=True)
    except OSError as error:
        raise ReadError(
            f"{path}: không mở được ({error.strerror}). Kiểm tra lại tên tệp."
        ) from error
    except ReadError as error:
        raise ReadError(
            f"{path.name}: không phải bảng xem lại dạng .xlsx, hoặc tệp bị hỏng. "
            "Hãy mở bằng Excel hoặc LibreOffice và lưu lại dạng .xlsx."
        ) from error


def _places(path: Path, headings: list[str]) -> dict[str, int]:
    found = {fold(normalize(heading)): at for at, heading in enumerate(headings) if heading}
    places = {
        column.key: found[fold(column.heading)]
        for column in COLUMNS
        if fold(column.heading) in found
    }
    missing = [c.heading for c in COLUMNS if c.needed and c.key not in places]
    if missing:
        raise ReadError(
            f"{path.name}, trang «{OPINIONS_SHEET}»: thiếu cột {', '.join(f'«{m}»' for m in missing)}. "
            "Cột đã bị xóa hoặc đổi tên; hãy khôi phục (Ctrl+Z) hoặc xuất lại bảng và chép phần đã sửa sang."
        )
    return places


def _reviewer(book, names: Mapping[str, str]) -> str:
    guide = names.get(fold(GUIDE_SHEET))
    if guide is None:
        return ""
    for values in book[guide].iter_rows(values_only=True, max_row=60, max_col=2):
        if values and shown(values[0]) == REVIEWER_LABEL:
            return shown(values[1]) if len(values) > 1 else ""
    return ""
