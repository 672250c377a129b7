"""A run on the desk: all its rows with the corrections in force, its log, and the names in use."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.review.folder import load_run, with_corrections
from pipeline.review.journal import Event, read_log
from pipeline.review.label import Label
from pipeline.review.vocabulary import Vocabulary, agency_names, label_names

if TYPE_CHECKING:
    import pandas as pd

    from pipeline.routing import Routing
    from pipeline.run import Correction, RunResult


@dataclass(frozen=True)
class Desk:
    """A run with its log, its rows before and after the corrections, and the names in use.

    `written` holds all rows as the folder has them, `table` the same rows with
    every correction in force; rows found to be no opinions are in both, so that
    a reviewer can think better of it.
    """

    result: RunResult
    log: dict[str, list[Event]]
    written: pd.DataFrame
    table: pd.DataFrame
    routing: Routing
    names: Mapping[str, Vocabulary]

    @property
    def on(self) -> str | None:
        """The day for which the run was made, None if it was made for the meetings' own."""
        return self.result.record.get("options", {}).get("on")

    @property
    def labels(self) -> dict[str, Label]:
        """The labels in force by opinion."""
        return {row["opinion_id"]: Label.of_row(row) for row in self.table.to_dict("records")}


def open_desk(folder: Path) -> Desk:
    """Return the run of a folder with its corrections.

    Raises
    ------
    DataError
        `folder` holds no run, or its log is broken.
    """
    from pipeline.routing import load_routing

    result, log, routing = load_run(folder), read_log(folder), load_routing()
    rows = _in_order(result)
    names = _names(rows, routing)
    on = result.record.get("options", {}).get("on")
    table = with_corrections(rows, log, routing, names, on=on)
    return Desk(result, log, rows, table, routing, names)


def correction_of(folder: Path) -> Correction | None:
    """Return what puts the log of a folder in force on the table of a new run into it.

    Returns
    -------
    callable or None
        Takes the routed opinion table, the routing and the ISO day of the run;
        None if nothing was ever corrected in `folder`.

    Raises
    ------
    DataError
        The log is broken.
    """
    log = read_log(folder)
    if not log:
        return None
    return lambda table, routing, on: with_corrections(
        table, log, routing, _names(table, routing), on=on
    )


def _in_order(result: RunResult) -> pd.DataFrame:
    """All rows of a run, those set aside at their old places."""
    import pandas as pd

    if result.set_aside.empty:
        return result.opinions
    rows = pd.concat([result.opinions, result.set_aside], ignore_index=True)
    meetings = {identity: at for at, identity in enumerate(result.meetings["id"])}
    places = [
        (meetings.get(row.meeting_id, len(meetings)), row.turn, _part(row.opinion_id))
        for row in rows.itertuples(index=False)
    ]
    order = sorted(range(len(rows)), key=places.__getitem__)
    return rows.iloc[order].reset_index(drop=True)


def _part(opinion_id: str) -> int:
    part = opinion_id.rpartition(".")[2]
    return int(part) if part.isdigit() else 0


def _names(rows: pd.DataFrame, routing: Routing) -> dict[str, Vocabulary]:
    agencies = agency_names(routing, _days(rows), first=_leads(rows))
    return {**label_names(), "lead": agencies}


def _days(rows: pd.DataFrame) -> list[date]:
    days = {date.fromisoformat(day) for day in rows["meeting_date"] if _is_day(day)}
    return [*sorted(days), date.max]


def _is_day(text: str) -> bool:
    return re.fullmatch(r"\d{4}-\d\d-\d\d", text) is not None


def _leads(opinions: pd.DataFrame) -> list[str]:
    return [str(code) for code in opinions["lead"].value_counts().index if code]
