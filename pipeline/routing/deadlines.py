"""Counts days to a deadline: calendar days and working days, by Vietnam's calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

from pipeline.routing.office import Office
from pipeline.routing.tables import (
    MARKS,
    Row,
    read_choice,
    read_date,
    read_rows,
    read_span,
    unique_by,
)

FILE = "routing/deadlines.csv"
SWAPS_FILE = "calendar/swaps.csv"
CALENDAR_DAYS, WORKING_DAYS = "ngày", "ngày làm việc"
PROGRAM_DEFAULT = "mặc định của chương trình"
OFFICE_OWN = "quy định của cơ quan (office.toml)"
_SATURDAY = 5


@dataclass(frozen=True)
class WorkCalendar:
    """Which days are worked: weekends, public holidays with Tết, and swapped days."""

    days_off: frozenset[date] = frozenset()
    days_worked: frozenset[date] = frozenset()

    def works(self, day: date) -> bool:
        """Tell whether offices work on `day`; the tables of swaps come first."""
        if day in self.days_worked:
            return True
        if day in self.days_off or day.weekday() >= _SATURDAY:
            return False
        return day not in _public_holidays(day.year)

    def add(self, day: date, count: int, unit: str) -> date:
        """Return the day `count` days after `day` (before it if negative), not counting `day`.

        Examples
        --------
        >>> WorkCalendar().add(date(2026, 2, 13), 1, "ngày làm việc")  # the Friday before Tết
        datetime.date(2026, 2, 23)
        """
        if unit == CALENDAR_DAYS:
            return day + timedelta(days=count)
        step = timedelta(days=1 if count > 0 else -1)
        left = abs(count)
        while left:
            day += step
            left -= self.works(day)
        return day

    def next_working(self, day: date) -> date:
        """Return `day`, or the first working day after it (Civil Code 2015, article 148)."""
        while not self.works(day):
            day += timedelta(days=1)
        return day


@lru_cache(maxsize=64)
def _public_holidays(year: int) -> frozenset[date]:
    import holidays

    return frozenset(holidays.country_holidays("VN", years=year))


@dataclass(frozen=True)
class Deadline:
    """One step of the procedure and the days it may take.

    `kinds` are the kinds of opinion whose due date it sets; empty for steps
    that concern the whole meeting.
    """

    id: str
    step: str
    kinds: tuple[str, ...]
    limit: int
    unit: str
    counted_from: str
    basis: str
    mark: str
    source: str
    program_default: bool
    first: date
    last: date
    note: str = ""

    @property
    def rule(self) -> str:
        """Return the rule in words, as a paper may print it."""
        return f"{self.basis}: {abs(self.limit)} {self.unit}"


def load_deadlines(folder: Path, office: Office, problems: list[str]) -> tuple[Deadline, ...]:
    """Return the steps with their limits, those of `office` in place of our defaults."""
    columns = ("id", "step", "kinds", "limit", "unit", "counted_from", "basis", "mark", "source",
               "program_default", "valid_from", "valid_to", "note")  # fmt: skip
    rows = unique_by(read_rows(folder, FILE, columns, problems), "id", problems)
    unknown = set(office.own_limits) - {row["id"] for row in rows if row["program_default"]}
    problems += [
        f"office.toml, [deadlines] {step}: no default of {FILE} has this id. "
        "Only limits that no law sets can be changed."
        for step in sorted(unknown)
    ]
    return tuple(_deadline(row, office, problems) for row in rows)


def _deadline(row: Row, office: Office, problems: list[str]) -> Deadline:
    first, last = read_span(row, problems)
    limit, unit, basis = _limit(row, problems), row["unit"], row["basis"]
    read_choice(row, "unit", (CALENDAR_DAYS, WORKING_DAYS), problems)
    own = row["program_default"] == "yes" and row["id"] in office.own_limits
    if own:
        (limit, unit), basis = office.own_limits[row["id"]], OFFICE_OWN
    return Deadline(
        row["id"], row["step"], row.list("kinds"), limit, unit, row["counted_from"], basis,
        read_choice(row, "mark", MARKS, problems), row["source"],
        row["program_default"] == "yes", first, last, row["note"],
    )  # fmt: skip


def _limit(row: Row, problems: list[str]) -> int:
    try:
        return int(row["limit"])
    except ValueError:
        problems.append(
            row.problem("limit", f"{row['limit']!r} is no number of days", "Write 30, or -7.")
        )
        return 0


def load_calendar(folder: Path, problems: list[str]) -> WorkCalendar:
    """Return the working calendar with the swapped days of `data/calendar/swaps.csv`."""
    rows = unique_by(
        read_rows(folder, SWAPS_FILE, ("date", "becomes", "name", "mark", "source"), problems),
        "date", problems,
    )  # fmt: skip
    off: set[date] = set()
    worked: set[date] = set()
    for row in rows:
        day = read_date(row, "date", problems, empty=date.min)
        becomes = read_choice(row, "becomes", ("nghỉ", "làm việc"), problems)
        (worked if becomes == "làm việc" else off).add(day)
    return WorkCalendar(frozenset(off), frozenset(worked))


def due_date(
    deadlines: tuple[Deadline, ...],
    calendar: WorkCalendar,
    kind: str,
    meeting_day: date,
    *,
    move: bool = True,
) -> tuple[date | None, str]:
    """Return the day by which an opinion must be answered, and the rule.

    A complaint or a denunciation has the days of its law, counted here from the
    meeting, since the day of acceptance is not in the minutes. Thanks need no
    answer: no date.
    """
    for deadline in deadlines:
        holds = deadline.first <= meeting_day <= deadline.last
        if holds and (kind or "kiến nghị") in deadline.kinds:
            day = calendar.add(meeting_day, deadline.limit, deadline.unit)
            return (calendar.next_working(day) if move else day), deadline.rule
    return None, ""


def meeting_steps(
    deadlines: tuple[Deadline, ...], calendar: WorkCalendar, meeting_day: date
) -> list[tuple[Deadline, date]]:
    """Return the steps that hold on the day of a meeting, with the day of each.

    Steps counted from the receipt of a paper are counted from the meeting: the
    earliest day on which it can be received.
    """
    return [
        (deadline, calendar.add(meeting_day, deadline.limit, deadline.unit))
        for deadline in deadlines
        if deadline.first <= meeting_day <= deadline.last
    ]
