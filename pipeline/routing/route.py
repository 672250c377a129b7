"""One opinion gets its agencies, its competence and its due date."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from pipeline.errors import DataError
from pipeline.routing.agencies import ANY_COMMUNE, COMPANY
from pipeline.routing.deadlines import due_date
from pipeline.routing.knowledge import Routing
from pipeline.routing.places import Gazetteer, Unit
from pipeline.routing.rules import Rule
from pipeline.routing.wording import Words

BEYOND = "vượt thẩm quyền"
_LEVELS = {"xa": 0, "thi-xa": 1, "tinh": 2, "trung-uong": 3}
_LAWFUL_KINDS = ("khiếu nại", "tố cáo")


@dataclass(frozen=True)
class Route:
    """Where one opinion goes, and why.

    `competence` is the level that can decide (xa, thi-xa, tinh, trung-uong,
    doanh-nghiep); `forward` is filled if that lies above the office.
    `successor` is who answers today for an opinion of an older meeting.
    `words` are the words that chose the finer matter, `notes` what a person
    should know, in Vietnamese.
    """

    lead: str
    coordinate: tuple[str, ...] = ()
    forward: tuple[str, ...] = ()
    due: date | None = None
    due_rule: str = ""
    rule: str = ""
    basis: str = ""
    mark: str = ""
    competence: str = ""
    successor: str = ""
    notes: tuple[str, ...] = ()
    matter: str = ""
    words: tuple[str, ...] = ()
    unit: str = ""
    period: str = ""


def route_opinion(
    text: str,
    topic: str,
    routing: Routing,
    *,
    also: Iterable[str] = (),
    kind: str = "",
    meeting_date: date | str | None = None,
    meeting_place: str = "",
    address: str = "",
    commune: str = "",
    on: date | None = None,
) -> Route:
    """Return the agencies, competence and due date of one opinion.

    Parameters
    ----------
    text
        The opinion as it was said.
    topic, also
        Code of its topic, and codes of the secondary ones, whose leads coordinate.
    kind
        One of `table.KINDS`; complaints and denunciations get the days of their law.
    meeting_date
        A date or ISO text. It decides which agencies exist.
    meeting_place, address, commune
        As in the opinion table; they tell in which commune the matter lies.
    on
        The day to take if the meeting has none; without it that of
        `data/office.toml`, else the first day of the newest period. Today's
        date is never asked, so that the same input gives the same route.

    Raises
    ------
    DataError
        The topic has no rule on that day.
    """
    met = _day(meeting_date)
    day = met or on or routing.office.date_if_missing or routing.periods[-1].first
    words = Words(text)
    home, here = _where(routing, words, day, meeting_place, address, commune)
    unit = here or home
    place = unit.kind if unit else ""
    matter, found = routing.finder.find(topic, words)
    rule = _rule(routing, topic, matter, kind, place, day)
    notes: list[str] = []
    lead, coordinate = _agencies(routing, rule, home, here, day, notes)
    for second in also:
        second_matter, _ = routing.finder.find(second, words)
        second_rule = _rule(routing, second, second_matter, kind, place, day)
        coordinate.append(_real(routing, second_rule.lead, unit, day))
    competence, forward = _competence(routing, rule, topic, words, day)
    due, due_rule = _due(routing, kind, met)
    period = routing.period_on(day)
    return Route(
        lead=lead,
        coordinate=tuple(dict.fromkeys(code for code in coordinate if code and code != lead)),
        forward=tuple(code for code in forward if code != lead),
        due=due,
        due_rule=due_rule,
        rule=rule.id,
        basis=rule.basis,
        mark=rule.mark,
        competence=competence,
        successor=_successor(routing, lead, topic, matter, kind, place, unit),
        notes=(*notes, *_warnings(kind, beyond=bool(forward), dated=met is not None)),
        matter=matter,
        words=found,
        unit=unit.id if unit else "",
        period=period.code if period else "",
    )


def _warnings(kind: str, *, beyond: bool, dated: bool) -> list[str]:
    notes = [BEYOND] if beyond else []
    if kind in _LAWFUL_KINDS:
        notes.append(
            f"{kind}: chuyển xử lý theo quy trình tiếp công dân, không giải quyết trong bảng"
        )
    if not dated:
        notes.append("thiếu ngày họp: chưa tính được thời hạn")
    return notes


def _day(value: date | str | None) -> date | None:
    if not value or isinstance(value, date):
        return value or None
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None


def _where(
    routing: Routing, words: Words, day: date, meeting_place: str, address: str, commune: str
) -> tuple[Unit | None, Unit | None]:
    """Return the unit that holds the meeting and the one where the matter lies."""
    seat = _first(routing, meeting_place, day)
    lives = _first(routing, address, day)
    given = _first(routing, commune, day)
    home = seat or (given if not lives else None) or routing.places.on_day(routing.office.unit, day)
    named = [m.unit for m in routing.places.find(words, day) if not m.direction]
    if home and any(unit.id == home.id for unit in named):
        return home, home
    if len(named) == 1:
        return home, named[0]
    return home, lives or given or (seat if seat else None)


@lru_cache(maxsize=4096)
def _mentions(places: Gazetteer, text: str, day: date) -> tuple[Unit, ...]:
    return tuple(mention.unit for mention in places.find(text, day, loose=True))


def _first(routing: Routing, text: str, day: date) -> Unit | None:
    units = _mentions(routing.places, text, day) if text else ()
    return units[0] if units else None


def _rule(routing: Routing, topic: str, matter: str, kind: str, place: str, day: date) -> Rule:
    rule = routing.book.pick(topic, matter, kind, place, day)
    if rule is None:
        raise DataError(
            f"data/routing/rules.csv: topic {topic!r} has no rule on {day}. "
            "Add a row with this topic and an empty matter."
        )
    return rule


def _agencies(
    routing: Routing,
    rule: Rule,
    home: Unit | None,
    here: Unit | None,
    day: date,
    notes: list[str],
) -> tuple[str, list[str]]:
    """Return the lead and the coordinating agencies, those of another unit included."""
    place = here or home
    lead = _real(routing, rule.lead, place, day)
    coordinate = [_real(routing, code, place, day) for code in rule.coordinate]
    if here is None or home is None or here.id == home.id:
        return lead, coordinate
    office_level = period.level if (period := routing.period_on(day)) else "xa"
    elsewhere = _elsewhere(routing, here, day)
    inside = office_level == "thi-xa" and here.district == routing.office.district
    if inside or not elsewhere:
        return lead, coordinate
    notes.append(f"việc thuộc {here.full_name}: chuyển {routing.agencies[elsewhere].name}")
    return elsewhere, [_real(routing, rule.lead, home, day), *coordinate]


def _elsewhere(routing: Routing, unit: Unit, day: date) -> str:
    """Return the committee of another unit, or of its district if it has none of its own."""
    district = next(
        (
            u.id
            for u in routing.places.units.values()
            if u.full_name.lower() == unit.district.lower()
        ),
        "",
    )
    for unit_id in (unit.id, district):
        code = f"ubnd-{unit_id}"
        if code in routing.agencies and routing.agencies[code].valid_on(day):
            return code
    return ""


def _real(routing: Routing, code: str, place: Unit | None, day: date) -> str:
    """Return the agency that a rule's code means at a place."""
    agency = routing.agencies[code]
    if code == ANY_COMMUNE and place and f"ubnd-{place.id}" in routing.agencies:
        return f"ubnd-{place.id}"
    if agency.in_xa and place and place.kind == "xã":
        return agency.in_xa
    return code if agency.valid_on(day) else ""


def _competence(
    routing: Routing, rule: Rule, topic: str, words: Words, day: date
) -> tuple[str, tuple[str, ...]]:
    """Return who can decide, and where to forward if that lies above the office."""
    competence, forward = rule.competence, rule.forward
    for number in sorted(routing.beyond_finder.find(words)):
        beyond = routing.beyond[number]
        if beyond.topics and topic not in beyond.topics:
            continue
        if _LEVELS.get(beyond.competence, -1) > _LEVELS.get(competence, -1):
            competence, forward = beyond.competence, beyond.forward or rule.forward
    period = routing.period_on(day)
    office = _LEVELS[period.level] if period else 0
    if competence == COMPANY or _LEVELS[competence] <= office:
        return competence, ()
    return competence, tuple(code for code in forward if routing.agencies[code].valid_on(day))


def _due(routing: Routing, kind: str, met: date | None) -> tuple[date | None, str]:
    if met is None:
        return None, ""
    return due_date(
        routing.deadlines, routing.calendar, kind, met, move=routing.office.move_to_working_day
    )


def _successor(
    routing: Routing,
    lead: str,
    topic: str,
    matter: str,
    kind: str,
    place: str,
    unit: Unit | None,
) -> str:
    """Return who leads the matter on the latest day, "" if the same agency still does.

    The rules of that day are asked before the table of agencies: a department
    that was split has a successor for each of its matters.
    """
    today = routing.latest_day
    if routing.agencies[lead].valid_on(today):
        return ""
    now = routing.places.on_day(unit.id, today) if unit else None
    if lead.startswith("ubnd-"):
        return routing.successor(lead, today)
    rule = routing.book.pick(topic, matter, kind, now.kind if now else place, today)
    return _real(routing, rule.lead, now, today) if rule else routing.successor(lead, today)
