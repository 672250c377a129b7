"""The agencies that answer opinions, each with the days on which it exists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipeline.routing.tables import MARKS, Row, read_choice, read_rows, read_span, unique_by

FILE = "agencies/agencies.csv"
LEVELS = ("xa", "thi-xa", "tinh", "trung-uong", "doanh-nghiep", "dang", "doan-the")
COMPANY = "doanh-nghiep"
ANY_COMMUNE = "ubnd-cap-xa"
"""Stands in rules for the people's committee of the commune where the matter lies."""

_COLUMNS = (
    "code", "name", "short_name", "level", "unit", "valid_from", "valid_to", "successor",
    "in_xa", "mark", "source",
)  # fmt: skip
_EACH = " xã, phường"


@dataclass(frozen=True)
class Agency:
    """One agency under one name.

    `unit` is the commune it belongs to, empty if each commune has its own or
    there is only one; `successors` take its work after `last`; `in_xa` does the
    same work where the commune is a xã and not a phường.
    """

    code: str
    name: str
    short_name: str
    level: str
    unit: str
    first: date
    last: date
    successors: tuple[str, ...]
    in_xa: str
    mark: str
    source: str

    def valid_on(self, day: date) -> bool:
        """Tell whether the agency exists on `day`."""
        return self.first <= day <= self.last

    def name_in(self, unit_name: str) -> str:
        """Return the name with its commune, as a letter addresses it.

        Examples
        --------
        >>> police = Agency("a", "Công an xã, phường", "Công an", "xa", "", date.min, date.max,
        ...                 (), "", "V", "")
        >>> police.name_in("phường Sa Pa")
        'Công an phường Sa Pa'
        """
        if self.unit or not unit_name:
            return self.name
        if self.name.endswith(_EACH):
            return f"{self.name.removesuffix(_EACH)} {unit_name}"
        return f"{self.name} {unit_name}" if self.level == "xa" else self.name


def load_agencies(folder: Path, problems: list[str]) -> dict[str, Agency]:
    """Return the agencies by code; add what is wrong with the table to `problems`."""
    rows = unique_by(read_rows(folder, FILE, _COLUMNS, problems), "code", problems)
    agencies = {row["code"]: _agency(row, problems) for row in rows}
    for row in rows:
        for column in ("successor", "in_xa"):
            for code in row.list(column):
                if code not in agencies:
                    problems.append(
                        row.problem(
                            column, f"no agency has the code {code!r}", "Add it or mend it."
                        )
                    )
    return agencies


def _agency(row: Row, problems: list[str]) -> Agency:
    for column in ("name", "short_name"):
        if not row[column]:
            problems.append(row.problem(column, "empty", "Write the name as letters show it."))
    first, last = read_span(row, problems)
    return Agency(
        code=row["code"],
        name=row["name"],
        short_name=row["short_name"],
        level=read_choice(row, "level", LEVELS, problems),
        unit=row["unit"],
        first=first,
        last=last,
        successors=row.list("successor"),
        in_xa=row["in_xa"],
        mark=read_choice(row, "mark", MARKS, problems),
        source=row["source"],
    )


def follow_successor(agencies: Mapping[str, Agency], code: str, on: date) -> str:
    """Return the agency that does on day `on` what `code` did, "" if none is known.

    Of several successors the first that exists is taken: the table names the
    main one first.
    """
    waiting, seen = [code], set()
    while waiting:
        current = waiting.pop(0)
        if current in seen or current not in agencies:
            continue
        seen.add(current)
        if agencies[current].valid_on(on):
            return current
        waiting.extend(agencies[current].successors)
    return ""
