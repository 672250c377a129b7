"""Reads the tables that an office keeps in Excel, and says where a cell is wrong."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

_DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")


@dataclass(frozen=True)
class Row:
    """One line of a table: its file, its number as Excel shows it, and its cells."""

    file: str
    number: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    def list(self, column: str) -> tuple[str, ...]:
        """Return the values of a cell that holds several, divided by semicolons."""
        return tuple(value.strip() for value in self[column].split(";") if value.strip())

    def problem(self, column: str, what: str, remedy: str) -> str:
        """Return one line that says where, what and what to do."""
        return f"{self.file}, row {self.number}, column {column}: {what}. {remedy}"


def read_rows(folder: Path, file: str, columns: tuple[str, ...], problems: list[str]) -> list[Row]:
    """Return the rows of `file`, blank lines left out; add what is wrong to `problems`.

    Excel saves with commas or semicolons, depending on the country set in
    Windows, and with or without a byte order mark: all of them are read.

    Parameters
    ----------
    folder
        The data folder.
    file
        Path of the table inside it, named so in every problem.
    columns
        The columns that must stand in the first line.
    problems
        Grows by one line for each fault of the file as a whole.
    """
    try:
        text = (folder / file).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        problems.append(f"{file}: cannot be read ({error}). Restore it, saved as CSV UTF-8.")
        return []
    lines = text.splitlines()
    heading = lines[0] if lines else ""
    mark = ";" if heading.count(";") > heading.count(",") else ","
    table = csv.DictReader(lines, delimiter=mark, restkey="?")
    missing = [name for name in columns if name not in (table.fieldnames or ())]
    if missing:
        problems.append(f"{file}, row 1: column(s) missing: {', '.join(missing)}. Add them.")
        return []
    return _rows(table, file, problems)


def _rows(table: csv.DictReader, file: str, problems: list[str]) -> list[Row]:
    rows = []
    for cells in table:
        extra = cells.pop("?", None)
        row = Row(file, table.line_num, {key: (cells[key] or "").strip() for key in cells})
        if extra and any(extra):
            problems.append(
                f"{file}, row {row.number}: more cells than columns. "
                "Put quotes around a cell that holds a comma."
            )
        if any(row.cells.values()):
            rows.append(row)
    return rows


def read_date(row: Row, column: str, problems: list[str], *, empty: date) -> date:
    """Return the date of a cell, `empty` if it holds none.

    Dates are read as 2025-07-01 or, as Excel in Vietnam rewrites them, 01/07/2025.
    """
    value = row[column]
    if not value:
        return empty
    try:
        found = _DAY_FIRST.fullmatch(value)
        if found:
            return date(int(found[3]), int(found[2]), int(found[1]))
        return date.fromisoformat(value)
    except ValueError:
        problems.append(row.problem(column, f"{value!r} is not a date", "Write it as 2025-07-01."))
        return empty


def read_span(row: Row, problems: list[str]) -> tuple[date, date]:
    """Return the first and last day on which a row holds; empty cells leave it open."""
    first = read_date(row, "valid_from", problems, empty=date.min)
    last = read_date(row, "valid_to", problems, empty=date.max)
    if first > last:
        problems.append(
            row.problem("valid_to", f"{last} lies before valid_from {first}", "Swap the two.")
        )
    return first, last


def read_choice(row: Row, column: str, choices: tuple[str, ...], problems: list[str]) -> str:
    """Return a cell that must hold one of `choices`."""
    if row[column] not in choices:
        problems.append(
            row.problem(
                column, f"{row[column]!r} is unknown", f"Choose one of: {', '.join(choices)}."
            )
        )
    return row[column]


MARKS = ("V", "I", "G", "")
"""How sure a row is: seen in a source, inferred, general knowledge, our own default."""


def unique_by(rows: list[Row], column: str, problems: list[str]) -> list[Row]:
    """Return the rows whose `column` is filled and not met before; report the others."""
    kept: dict[str, Row] = {}
    for row in rows:
        key = row[column]
        if not key:
            problems.append(row.problem(column, "empty", "Give it a short code."))
        elif key in kept:
            problems.append(
                row.problem(
                    column, f"{key!r} stands already in row {kept[key].number}", "Rename one."
                )
            )
        else:
            kept[key] = row
    return list(kept.values())
