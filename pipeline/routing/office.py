"""The office that uses the program: who it is, who signs, what it sets for itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from pipeline.errors import DataError
from pipeline.settings import read_toml

FILE = "office.toml"
_TEXTS = ("name", "parent", "party_name", "party_parent", "symbol", "party_symbol", "unit",
          "district", "place_of_signing")  # fmt: skip


@dataclass(frozen=True)
class Office:
    """What `data/office.toml` says; `signing` holds its own table as it stands.

    `own_limits` are its own days by step of `data/routing/deadlines.csv`.
    """

    name: str = ""
    parent: str = ""
    party_name: str = ""
    party_parent: str = ""
    symbol: str = ""
    party_symbol: str = ""
    unit: str = ""
    district: str = ""
    place_of_signing: str = ""
    signing: dict[str, str] = field(default_factory=dict)
    date_if_missing: date | None = None
    successor_on: date | None = None
    move_to_working_day: bool = True
    own_limits: dict[str, tuple[int, str]] = field(default_factory=dict)


def load_office(folder: Path, problems: list[str]) -> Office:
    """Return the office; add what is wrong with its file to `problems`."""
    try:
        content = read_toml(folder / FILE)
    except DataError as error:
        problems.append(str(error))
        return Office()
    texts = content.get("office", {})
    problems += [
        f"{FILE}, [office] {key}: {texts[key]!r} is not text. Put quotes around it."
        for key in _TEXTS
        if not isinstance(texts.get(key, ""), str)
    ]
    routing, deadlines = content.get("routing", {}), dict(content.get("deadlines", {}))
    moved = deadlines.pop("move_to_working_day", True)
    return Office(
        **{key: str(texts.get(key, "")) for key in _TEXTS},
        signing={key: str(value) for key, value in content.get("signing", {}).items()},
        date_if_missing=_day(routing, "date_if_missing", problems),
        successor_on=_day(routing, "successor_on", problems),
        move_to_working_day=bool(moved),
        own_limits=_limits(deadlines, problems),
    )


def _day(table: dict[str, Any], key: str, problems: list[str]) -> date | None:
    value = table.get(key, "")
    if value == "" or isinstance(value, date):
        return value or None
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        problems.append(f"{FILE}, [routing] {key}: {value!r} is no date. Write 2025-07-01.")
        return None


def _limits(table: dict[str, Any], problems: list[str]) -> dict[str, tuple[int, str]]:
    limits = {}
    for step, value in table.items():
        known = isinstance(value, dict) and isinstance(value.get("limit"), int)
        if known and value.get("unit") in {"ngày", "ngày làm việc"}:
            limits[step] = (value["limit"], value["unit"])
        else:
            problems.append(
                f"{FILE}, [deadlines] {step}: {value!r} is no limit. "
                'Write { limit = 30, unit = "ngày" } or "ngày làm việc".'
            )
    return limits
