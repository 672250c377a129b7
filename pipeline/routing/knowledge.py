"""All that routing knows, read from the data folder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from pipeline.routing.agencies import Agency, follow_successor
from pipeline.routing.deadlines import Deadline, WorkCalendar
from pipeline.routing.office import Office
from pipeline.routing.places import Gazetteer
from pipeline.routing.rules import Beyond, Matter, MatterFinder, Period, Rule, RuleBook
from pipeline.routing.wording import WordFinder


@dataclass(frozen=True)
class Routing:
    """All that routing knows, read from the data folder and checked.

    Made by `load_routing`; `agencies` by code, `rules` and `matters` in the
    order of their files.
    """

    office: Office
    agencies: Mapping[str, Agency]
    periods: tuple[Period, ...]
    matters: tuple[Matter, ...]
    rules: tuple[Rule, ...]
    beyond: tuple[Beyond, ...]
    places: Gazetteer
    deadlines: tuple[Deadline, ...]
    calendar: WorkCalendar
    book: RuleBook = field(repr=False)
    finder: MatterFinder = field(repr=False)
    beyond_finder: WordFinder = field(repr=False)

    @property
    def latest_day(self) -> date:
        """Return the day that stands for today: office.toml's, else the newest period's first."""
        return self.office.successor_on or self.periods[-1].first

    def period_on(self, day: date) -> Period | None:
        """Return the period in which `day` lies."""
        return next((p for p in self.periods if p.first <= day <= p.last), None)

    def successor(self, code: str, on_date: date) -> str:
        """Return the agency that does on `on_date` what `code` did; itself if it still exists.

        Empty if no successor is known.
        """
        return follow_successor(self.agencies, code, on_date)
