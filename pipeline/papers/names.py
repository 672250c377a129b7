"""The Vietnamese names that papers print for the codes of the tables."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import DataError
from pipeline.resources import data_dir
from pipeline.routing.wording import Words
from pipeline.table import split_cell
from pipeline.topics.taxonomy import load_topics

if TYPE_CHECKING:
    from pipeline.routing import Routing

STATUS_FILE = "papers/statuses.csv"
ANSWERED, FORWARDED, OPEN = "da-tra-loi-tai-hoi-nghi", "chuyen-cap-tren", "chua-giai-quyet"
LEVELS = {
    "xa": "Cấp xã",
    "thi-xa": "Thị xã",
    "tinh": "Cấp tỉnh",
    "trung-uong": "Trung ương",
    "doanh-nghiep": "Doanh nghiệp",
}
_EACH = " xã, phường"
_OF_A_COMMUNE = {"xa", "dang", "doan-the"}


@dataclass(frozen=True)
class Status:
    """One state of an opinion's handling; `answered` tells whether people have an answer."""

    code: str
    name: str
    answered: bool


def load_statuses(folder: Path | None = None) -> dict[str, Status]:
    """Return the states by code, in the order of `data/papers/statuses.csv`.

    Raises
    ------
    DataError
        The file is missing, or lacks a column or a state that the program sets.
    """
    path = (folder or data_dir()) / STATUS_FILE
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            rows = list(csv.DictReader(lines))
        found = {
            row["code"].strip(): Status(
                row["code"].strip(), row["name"].strip(), row["answered"].strip() == "yes"
            )
            for row in rows
        }
    except (OSError, UnicodeDecodeError, KeyError, AttributeError) as error:
        raise DataError(
            f"{path}: cannot be read ({error!r}). It needs the columns code, name, answered."
        ) from error
    missing = {ANSWERED, FORWARDED, OPEN} - set(found)
    if missing:
        raise DataError(f"{path}: the state(s) {', '.join(sorted(missing))} are missing. Add them.")
    return found


class Names:
    """Names of topics, agencies, communes and states on the day of the papers.

    Parameters
    ----------
    routing
        Agencies and units.
    on
        The day of the papers: it decides which agencies still exist.
    """

    def __init__(self, routing: Routing, on: date) -> None:
        self.routing, self.on = routing, on
        self.topics = {code: topic.name for code, topic in load_topics().items()}
        self.matters = {(m.topic, m.code): m.name for m in routing.matters}
        self.statuses = load_statuses()
        unit = routing.places.units.get(routing.office.unit)
        self.home = unit.full_name if unit else ""

    def topic(self, code: str) -> str:
        """Return the name of a topic; the code itself if nobody knows it."""
        return self.topics.get(code, code)

    def matter(self, topic: str, text: str) -> str:
        """Return the name of the finer matter that routing sees in a text, "" if none."""
        code, _ = self.routing.finder.find(topic, Words(text))
        return self.matters.get((topic, code), "")

    def topics_of(self, cell: str) -> str:
        """Return the names of several topics as one text."""
        return "; ".join(self.topic(code) for code in split_cell(cell))

    def agency(self, code: str, commune: str = "") -> str:
        """Return the name of an agency, with its commune where each commune has one."""
        agency = self.routing.agencies.get(code)
        if agency is None:
            return code
        return agency.name_in(commune) if agency.level in _OF_A_COMMUNE else agency.name

    def agencies(self, cell: str, commune: str = "") -> str:
        """Return the names of several agencies as one text."""
        return "; ".join(self.colleague(code, commune) for code in split_cell(cell))

    def colleague(self, code: str, commune: str) -> str:
        """Return the name of an agency, without the commune where it is the office's own."""
        agency = self.routing.agencies.get(code)
        own = commune == self.home and agency is not None and not agency.name.endswith(_EACH)
        return agency.name if own else self.agency(code, commune)

    def agencies_today(self, cell: str, commune: str, lead: str) -> str:
        """Return the names of those who do today what several agencies did, without the lead."""
        codes = dict.fromkeys(self.today(code, commune) for code in split_cell(cell))
        return "; ".join(self.colleague(code, commune) for code in codes if code != lead)

    def today(self, code: str, commune: str = "") -> str:
        """Return the code of the agency that does the work on the day of the papers."""
        now = self.routing.successor(code, self.on) or code
        agency = self.routing.agencies.get(now)
        if agency and now != code and agency.in_xa and commune.startswith("xã "):
            return agency.in_xa
        return now

    def commune(self, written: str, met: str) -> str:
        """Return the full name of the commune that a text names, "" if none is known."""
        return _commune(self.routing.places, written, _day(met) or self.on) if written else ""

    def level(self, forward: str, lead: str) -> str:
        """Return the level that is competent: that of the agency above, else of the lead."""
        for code in (*split_cell(forward), lead):
            agency = self.routing.agencies.get(code)
            if agency and agency.level in LEVELS:
                return LEVELS[agency.level]
        return LEVELS["xa"] if lead else ""


@lru_cache(maxsize=4096)
def _commune(places, written: str, day: date) -> str:
    mentions = places.find(written, day, loose=True)
    return mentions[0].unit.full_name if mentions else ""


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def vietnamese_day(iso: str) -> str:
    """Return an ISO date as Vietnamese papers print it.

    Examples
    --------
    >>> vietnamese_day("2025-03-05")
    '05/3/2025'
    """
    day = _day(iso)
    if day is None:
        return iso
    # Nghị định 30/2020: a zero before days under 10 and before January and February only.
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"{day.day:02d}/{month}/{day.year}"


def date_of_signing(place: str, on: str | None) -> str:
    """Return place and date as a letter carries them, dots where no day is given.

    Examples
    --------
    >>> date_of_signing("Sa Pa", "2025-03-05")
    'Sa Pa, ngày 05 tháng 3 năm 2025'
    """
    if not on:
        return f"{place}, ngày ….. tháng ….. năm 20….."
    day, month, year = vietnamese_day(on).split("/")
    return f"{place}, ngày {day} tháng {month} năm {year}"
