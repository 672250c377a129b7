"""Writes the rows of an output: csv, xlsx or parquet, by its extension."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Protocol

from pipeline.errors import OutputError
from pipeline.table import defused

TEXT_SUFFIXES = (".csv", ".tsv", ".txt")
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?")


class Writer(Protocol):
    """Takes rows in order; `close` completes the file."""

    def write(self, rows: Iterable[Sequence[object]]) -> None:
        """Add rows."""

    def close(self) -> None:
        """Complete the file."""


def open_writer(file: Path, suffix: str, columns: Sequence[str], schema: object) -> Writer:
    """Return a writer for the format that `suffix` names.

    Parameters
    ----------
    file
        Where to write.
    suffix
        Extension of the output, with the dot.
    columns
        Names of all columns.
    schema
        The types of the table's own columns if it came as parquet, else None.

    Raises
    ------
    OutputError
        The extension names no format that can be written.
    """
    suffix = suffix.lower()
    if suffix in TEXT_SUFFIXES:
        return CsvWriter(file, columns, "\t" if suffix == ".tsv" else ",")
    if suffix == ".xlsx":
        from pipeline.stream.workbook import WorkbookWriter

        return WorkbookWriter(file, columns)
    if suffix == ".parquet":
        from pipeline.stream.parquet import ParquetWriter

        return ParquetWriter(file, columns, schema)
    raise OutputError(
        f"{suffix or 'không có đuôi'}: không ghi được định dạng này. "
        "Hãy đặt tên kết quả với đuôi .csv, .xlsx hoặc .parquet."
    )


class CsvWriter:
    """UTF-8 with a byte-order mark, as Excel wants it; formulas are made harmless."""

    def __init__(self, file: Path, columns: Sequence[str], delimiter: str) -> None:
        self._file = file.open("w", encoding="utf-8-sig", newline="", errors="replace")
        self._writer = csv.writer(self._file, delimiter=delimiter, lineterminator="\r\n")
        self._writer.writerow([safe(column) for column in columns])

    def write(self, rows: Iterable[Sequence[object]]) -> None:
        """Add rows."""
        self._writer.writerows([safe(written(cell)) for cell in row] for row in rows)

    def close(self) -> None:
        """Complete the file."""
        self._file.close()


def safe(cell: object) -> object:
    """Return `cell` so that no spreadsheet runs it; plain numbers stay as they are.

    Examples
    --------
    >>> safe("-5"), safe("-5+cmd")
    ('-5', "'-5+cmd")
    """
    if isinstance(cell, str) and cell[:1] in "+-" and _NUMBER.fullmatch(cell):
        return cell
    return defused(cell)


def written(cell: object) -> object:
    """Return `cell` as a text file holds it: dates as ISO, nothing where nothing is."""
    if cell is None or cell != cell:
        return ""
    if isinstance(cell, datetime):
        plain = cell.time().isoformat() == "00:00:00"
        return cell.date().isoformat() if plain else cell.isoformat(sep=" ")
    return cell.isoformat() if isinstance(cell, date) else cell
