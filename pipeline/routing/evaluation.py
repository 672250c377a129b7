"""Measures routing on opinions whose agencies were marked by hand."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pipeline.resources import data_dir
from pipeline.routing.agencies import ANY_COMMUNE
from pipeline.routing.checking import load_routing
from pipeline.routing.knowledge import Routing
from pipeline.routing.route import Route, route_opinion
from pipeline.routing.tables import Row, read_rows
from pipeline.table import split_cell

FILE = "evaluation/routing.csv"
_COLUMNS = ("id", "text", "meeting_date", "unit", "topic", "kind", "lead", "coordinate", "forward")


@dataclass(frozen=True)
class RoutingReport:
    """How often the route is the marked one, given the right topic.

    `lead_accuracy` is the share of opinions with the marked lead,
    `coordinate_recall` of marked coordinating agencies that were named,
    `forward_accuracy` of opinions that go to the level above, or not, as
    marked. `unreachable` are agencies that no rule leads to; `errors` holds
    id, marked lead, lead given and text of each wrong row.
    """

    opinions: int
    lead_accuracy: float
    coordinate_recall: float
    forward_accuracy: float
    by_period: dict[str, float]
    unreachable: tuple[str, ...]
    errors: tuple[tuple[str, str, str, str], ...]


def evaluate_routing(data_dir: Path | None = None, *, table: Path | None = None) -> RoutingReport:
    """Return the figures of routing on `data/evaluation/routing.csv`, or another table.

    Raises
    ------
    DataError
        The routing data is wrong.
    OSError
        The table cannot be read.
    """
    routing = load_routing(data_dir)
    rows = _marked(data_dir, table)
    routes = [_route(row, routing) for row in rows]
    right = [route.lead == row["lead"] for row, route in zip(rows, routes, strict=True)]
    wanted = [
        code in (*route.coordinate, route.lead)
        for row, route in zip(rows, routes, strict=True)
        for code in split_cell(row["coordinate"])
    ]
    forwards = [
        set(split_cell(row["forward"])) <= set(route.forward)
        and bool(row["forward"]) == bool(route.forward)
        for row, route in zip(rows, routes, strict=True)
    ]
    return RoutingReport(
        opinions=len(rows),
        lead_accuracy=_share(right),
        coordinate_recall=_share(wanted),
        forward_accuracy=_share(forwards),
        by_period=_by_period(routes, right),
        unreachable=unreachable_agencies(routing),
        errors=tuple(
            (row["id"], row["lead"], route.lead, row["text"])
            for row, route, good in zip(rows, routes, right, strict=True)
            if not good
        ),
    )


def _marked(folder: Path | None, table: Path | None) -> list[Row]:
    path = table or (folder or data_dir()) / FILE
    problems: list[str] = []
    rows = read_rows(path.parent, path.name, _COLUMNS, problems)
    if problems:
        raise OSError(problems[0])
    return rows


def _route(row: Row, routing: Routing) -> Route:
    return route_opinion(
        row["text"],
        row["topic"],
        routing,
        kind=row["kind"],
        meeting_date=row["meeting_date"],
        meeting_place=row["unit"],
    )


def _share(values: list[bool]) -> float:
    return sum(values) / len(values) if values else 0.0


def _by_period(routes: list[Route], right: list[bool]) -> dict[str, float]:
    periods: dict[str, list[bool]] = {}
    for route, good in zip(routes, right, strict=True):
        periods.setdefault(route.period, []).append(good)
    return {period: _share(values) for period, values in sorted(periods.items())}


def unreachable_agencies(routing: Routing) -> tuple[str, ...]:
    """Return the agencies that no rule names, that stand in for none and succeed none."""
    named = {ANY_COMMUNE}
    for rule in routing.rules:
        named |= {rule.lead, *rule.coordinate, *rule.forward}
    for item in routing.beyond:
        named |= set(item.forward)
    named |= {routing.agencies[code].in_xa for code in named}
    return tuple(
        agency.code
        for agency in routing.agencies.values()
        if agency.code not in named and not agency.code.startswith("ubnd-")
    )
