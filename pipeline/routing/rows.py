"""The opinion table gets its columns of routing."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from pipeline.routing.knowledge import Routing
from pipeline.routing.route import Route, route_opinion
from pipeline.table import ROUTED, check_columns, join_cell, split_cell
from pipeline.topics.taxonomy import OTHER

if TYPE_CHECKING:
    import pandas as pd

_PLACE_COLUMNS = ("meeting_date", "meeting_place", "address", "commune", "kind", "also")


def route_table(
    opinions: pd.DataFrame, routing: Routing, *, on: date | None = None
) -> pd.DataFrame:
    """Return a copy of `opinions` with the columns `lead, coordinate, forward, due, rule`.

    Parameters
    ----------
    opinions
        One opinion a row; needs `text` and `topic`, and reads `kind`, `also`,
        `meeting_date`, `meeting_place`, `address` and `commune` where they stand.
    routing
        What `load_routing` gives.
    on
        The day to take for rows without a meeting date, see `route_opinion`.

    Raises
    ------
    DataError
        A needed column is missing, or a topic has no rule.
    """
    check_columns(opinions, ("text", "topic"), step="routing")
    routes = [_route(row, routing, on) for row in _rows(opinions)]
    table = opinions.copy()
    cells = [_cells(route) for route in routes]
    for number, column in enumerate(ROUTED):
        table[column] = [row[number] for row in cells]
    return table


def _rows(opinions: pd.DataFrame) -> list[dict[str, str]]:
    columns = ["text", "topic", *(c for c in _PLACE_COLUMNS if c in opinions.columns)]
    cells = opinions[columns].astype(object)
    values = cells.where(cells.notna(), "").astype(str)
    return [dict(zip(columns, row, strict=True)) for row in values.itertuples(index=False)]


def _route(row: dict[str, str], routing: Routing, on: date | None) -> Route:
    return route_opinion(
        row["text"],
        row["topic"] or OTHER,
        routing,
        also=split_cell(row.get("also", "")),
        on=on,
        **{name: row.get(name, "") for name in _PLACE_COLUMNS if name != "also"},
    )


def _cells(route: Route) -> tuple[str, str, str, str, str]:
    due = route.due.isoformat() if route.due else ""
    return (route.lead, join_cell(route.coordinate), join_cell(route.forward), due, route.rule)
