"""Reads all of routing at once and lists what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path

from pipeline.errors import DataError
from pipeline.resources import data_dir
from pipeline.routing.agencies import COMPANY, Agency, load_agencies
from pipeline.routing.agencies import FILE as AGENCIES_FILE
from pipeline.routing.deadlines import load_calendar, load_deadlines
from pipeline.routing.knowledge import Routing
from pipeline.routing.office import load_office
from pipeline.routing.places import Gazetteer, load_units, load_villages
from pipeline.routing.rules import (
    PERIODS_FILE,
    PLACES,
    RULES_FILE,
    MatterFinder,
    Rule,
    RuleBook,
    load_beyond,
    load_matters,
    load_periods,
    load_rules,
)
from pipeline.routing.wording import WordFinder
from pipeline.table import KINDS
from pipeline.topics.taxonomy import load_topics


def load_routing(data_dir: Path | None = None) -> Routing:
    """Return everything that routing knows.

    Looked for in the tables: cells that cannot be read, unknown agencies and
    agencies not valid on a rule's days, topics without a default on some day,
    rules equal in rank, units twice in a period, periods that overlap or leave a gap.

    Parameters
    ----------
    data_dir
        The data folder; the one in force if None.

    Raises
    ------
    DataError
        Something in the tables is wrong; `problems` lists every place with
        file, row, column and remedy.
    """
    routing, problems = _read(data_dir)
    if problems:
        raise DataError(
            f"{problems[0]} ({len(problems)} problem(s) in the routing data; "
            "`ykien check` lists them all.)",
            problems=tuple(problems),
        )
    return routing


def _read(folder: Path | None) -> tuple[Routing, list[str]]:
    folder = folder or data_dir()
    problems: list[str] = []
    office = load_office(folder, problems)
    units = load_units(folder, problems)
    villages = load_villages(folder, units, problems)
    periods = load_periods(folder, problems)
    matters = load_matters(folder, problems)
    rules = load_rules(folder, periods, problems)
    beyond = load_beyond(folder, problems)
    routing = Routing(
        office=office,
        agencies=load_agencies(folder, problems),
        periods=periods,
        matters=matters,
        rules=rules,
        beyond=beyond,
        places=Gazetteer(units, villages, office.district),
        deadlines=load_deadlines(folder, office, problems),
        calendar=load_calendar(folder, problems),
        book=RuleBook(rules),
        finder=MatterFinder(matters),
        beyond_finder=WordFinder(item.words for item in beyond),
    )
    topics = _topics(folder, problems)
    for check in (_period_problems, _agency_problems, _rule_problems, _twin_rules):
        problems += check(routing)
    if topics:
        problems += _topic_problems(routing, topics)
    return routing, problems


def _topics(folder: Path, problems: list[str]) -> tuple[str, ...]:
    try:
        return tuple(load_topics(folder))
    except DataError as error:
        problems.append(str(error))
        return ()


def _period_problems(routing: Routing) -> Iterator[str]:
    if not routing.periods:
        yield f"{PERIODS_FILE}: no period. Restore the file."
    for before, after in zip(routing.periods, routing.periods[1:], strict=False):
        if before.last >= after.first:
            yield (
                f"{PERIODS_FILE}, column valid_to: {before.code} and {after.code} overlap, "
                f"for example on {after.first}. End one before the other begins."
            )
        elif before.last + timedelta(days=1) < after.first:
            yield (
                f"{PERIODS_FILE}, column valid_from: no period holds between {before.code} and "
                f"{after.code}, for example on {before.last + timedelta(days=1)}. Close the gap."
            )
    if routing.periods and routing.office.unit not in routing.places.units:
        yield (
            f"office.toml, [office] unit: {routing.office.unit!r} is unknown. "
            "Write an id of units/units.csv."
        )


def _agency_problems(routing: Routing) -> Iterator[str]:
    for agency in routing.agencies.values():
        if agency.unit and agency.unit not in routing.places.units:
            yield (
                f"{AGENCIES_FILE}, agency {agency.code}, column unit: no unit {agency.unit!r}. "
                "Write an id of units/units.csv, or leave it empty."
            )
    for item in routing.beyond:
        for code in item.forward:
            if code not in routing.agencies:
                yield item.row.problem("forward", f"no agency {code!r}", "Mend it or add it.")


def _rule_problems(routing: Routing) -> Iterator[str]:
    known = {(matter.topic, matter.code) for matter in routing.matters}
    for rule in routing.rules:
        row = rule.row
        for code in rule.matters:
            if (rule.topic, code) not in known:
                yield row.problem(
                    "matter", f"{code!r} is no matter of {rule.topic}", "See routing/matters.csv."
                )
        for column, values, choices in (
            ("kind", rule.kinds, KINDS),
            ("place", rule.places, PLACES),
        ):
            for value in set(values) - set(choices):
                yield row.problem(column, f"{value!r} is unknown", f"Choose: {', '.join(choices)}.")
        for column, codes in (
            ("lead", (rule.lead,)),
            ("coordinate", rule.coordinate),
            ("forward", rule.forward),
        ):
            for code in codes:
                yield from _code_problems(rule, column, code, routing.agencies)


def _code_problems(
    rule: Rule, column: str, code: str, agencies: Mapping[str, Agency]
) -> Iterator[str]:
    agency = agencies.get(code)
    if agency is None:
        yield rule.row.problem(
            column, f"no agency has the code {code!r}", f"Write a code of {AGENCIES_FILE}."
        )
        return
    if column == "lead" and agency.level == COMPANY:
        yield rule.row.problem(
            column,
            f"{code} is a company and cannot lead",
            "Name the office that takes the matter up with it, and put it under coordinate.",
        )
    for first, last in rule.spans:
        if agency.first > first or agency.last < last:
            bad = first if agency.first > first else last
            yield rule.row.problem(
                column,
                f"{code} does not exist on {_shown(bad)}, when the rule holds",
                "Name its predecessor or successor, or mend the dates.",
            )


def _shown(day: date) -> str:
    return {date.min: "the first day", date.max: "the last day"}.get(day, str(day))


def _twin_rules(routing: Routing) -> Iterator[str]:
    by_topic: dict[str, list[Rule]] = {}
    for rule in routing.rules:
        by_topic.setdefault(rule.topic, []).append(rule)
    for rules in by_topic.values():
        for one, other in combinations(rules, 2):
            example = _common_day(one, other)
            if one.rank == other.rank and _meet(one, other) and example:
                yield other.row.problem(
                    "id",
                    f"{other.id} and {one.id} are equal in rank and both fit, for example "
                    f"topic {one.topic}, matter {_common(one.matters, other.matters) or 'any'} "
                    f"on {_shown(example)}",
                    "Take the matter out of one of them, or part their dates.",
                )


def _meet(one: Rule, other: Rule) -> bool:
    pairs = ((one.matters, other.matters), (one.kinds, other.kinds), (one.places, other.places))
    return all(not a or not b or _common(a, b) for a, b in pairs)


def _common(one: Iterable[str], other: Iterable[str]) -> str:
    return ", ".join(sorted(set(one) & set(other)))


def _common_day(one: Rule, other: Rule) -> date | None:
    for a, b in one.spans:
        for c, d in other.spans:
            if max(a, c) <= min(b, d):
                return max(a, c)
    return None


def _topic_problems(routing: Routing, topics: tuple[str, ...]) -> Iterator[str]:
    for rule in routing.rules:
        if rule.topic not in topics:
            yield rule.row.problem(
                "topic", f"{rule.topic!r} is unknown", f"Choose from: {', '.join(topics)}."
            )
    for topic in topics:
        defaults = [r for r in routing.rules if r.topic == topic and r.rank == (False,) * 3]
        for day in _turning_days(routing):
            if not any(rule.holds_on(day) for rule in defaults):
                yield (
                    f"{RULES_FILE}, column topic: {topic} has no default rule on {_shown(day)}. "
                    "Add a row with this topic and empty matter, kind and place."
                )


def _turning_days(routing: Routing) -> list[date]:
    """Return every day on which some rule begins, ends or has just ended."""
    days = {day for period in routing.periods for day in (period.first, period.last)}
    for rule in routing.rules:
        for first, last in rule.spans:
            days |= {first, last}
            if last < date.max:
                days.add(last + timedelta(days=1))
    return sorted(days)
