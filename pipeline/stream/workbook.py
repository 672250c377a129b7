"""Reads and writes workbooks row by row; a sheet is never held whole."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path

from pipeline.errors import OutputError, ReadError
from pipeline.stream.chunks import Chunk, chunked

MAX_ROWS = 1_048_576
MAX_CELL = 32_767
_LARGEST_RATIO, _SMALL = 200, 50_000_000


class WorkbookTable:
    """The first sheet of an xlsx file.

    Raises
    ------
    ReadError
        The file is no workbook, is packed beyond reason, or its sheet has no heading.
    """

    schema = None

    def __init__(self, path: Path) -> None:
        self.path = path
        _check_package(path)
        first = next(self._rows(), None)
        if first is None or not any(cell is not None for cell in first):
            raise ReadError(
                f"{path}: dòng đầu không có tên cột. Hãy thêm một dòng tên cột ở đầu bảng."
            )
        self.columns = tuple("" if cell is None else str(cell).strip() for cell in first)

    def chunks(self) -> Iterator[Chunk]:
        """Yield the rows below the heading, chunk by chunk; blank rows are left out."""
        read, total, width = 0, self._total, len(self.columns)

        def rows() -> Iterator[tuple[object, ...]]:
            nonlocal read
            for at, row in enumerate(self._rows()):
                read = at
                if at and any(cell is not None for cell in row):
                    yield (*row[:width], *(None,) * (width - len(row)))

        yield from chunked(rows(), lambda: min(1.0, read / total))

    def check_text(self, name: str) -> None:
        """Accept any column: its cells have no declared type."""

    def _rows(self) -> Iterator[tuple[object, ...]]:
        from openpyxl import load_workbook

        try:
            book = load_workbook(self.path, read_only=True, data_only=True)
            sheet = book.worksheets[0]
            self._total = max(1, sheet.max_row or 1)
            yield from sheet.iter_rows(values_only=True)
        except (OSError, ValueError, KeyError, IndexError, SyntaxError) as error:
            raise ReadError(
                f"{self.path}: không đọc được bảng tính ({error}). Hãy mở và lưu lại bằng Excel."
            ) from error
        book.close()


class WorkbookWriter:
    """One sheet, written straight to the disk; no text becomes a formula or a link."""

    def __init__(self, file: Path, columns: Sequence[str]) -> None:
        from xlsxwriter import Workbook

        self._book = Workbook(
            str(file),
            {
                "constant_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
                "nan_inf_to_errors": True,
                "default_date_format": "yyyy-mm-dd",
                "remove_timezone": True,
                "tmpdir": str(file.parent),
            },
        )
        # A stamp of the time of day would make equal tables unequal bytes.
        self._book.set_properties({"created": datetime(2000, 1, 1)})
        self._sheet = self._book.add_worksheet("ykien")
        self._next = 0
        self._add(columns)
        self._sheet.freeze_panes(1, 0)

    def write(self, rows: Iterable[Sequence[object]]) -> None:
        """Add rows.

        Raises
        ------
        OutputError
            A sheet cannot hold more rows.
        """
        for row in rows:
            self._add(row)

    def close(self) -> None:
        """Complete the file."""
        self._book.close()

    def _add(self, row: Sequence[object]) -> None:
        if self._next >= MAX_ROWS:
            raise OutputError(
                f"Excel chỉ chứa {MAX_ROWS} dòng một trang. Hãy ghi ra .csv hoặc .parquet."
            )
        for at, cell in enumerate(row):
            self._write(at, cell)
        self._next += 1

    def _write(self, at: int, cell: object) -> None:
        if cell is None or cell == "":
            return
        if isinstance(cell, str):
            self._sheet.write_string(self._next, at, cell[:MAX_CELL])
        elif isinstance(cell, bool | int | float | date):
            self._sheet.write(self._next, at, cell)
        else:
            self._sheet.write_string(self._next, at, str(cell)[:MAX_CELL])


def _check_package(path: Path) -> None:
    """Refuse what is no zip, and a small file that unpacks to gigabytes."""
    try:
        with zipfile.ZipFile(path) as package:
            unpacked = sum(part.file_size for part in package.infolist())
    except (OSError, zipfile.BadZipFile) as error:
        raise ReadError(
            f"{path}: không phải tệp xlsx ({error}). Hãy mở và lưu lại bằng Excel."
        ) from error
    if unpacked > max(_SMALL, _LARGEST_RATIO * path.stat().st_size):
        raise ReadError(f"{path}: nén bất thường, không mở. Hãy xin lại tệp gốc.")
