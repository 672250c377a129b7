"""A run on the desk: its table with all corrections in force, its log, and the names in use."""

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
    from pipeline.run import RunResult


@dataclass(frozen=True)
class Desk:
    """A run with its log, its table with all corrections in force, and the names in use."""

    result: RunResult
    log: dict[str, list[Event]]
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
    agencies = agency_names(routing, _days(result), first=_leads(result.opinions))
    names = {**label_names(), "lead": agencies}
    on = result.record.get("options", {}).get("on")
    table = with_corrections(result.opinions, log, routing, names, on=on)
    return Desk(result, log, table, routing, names)


def _days(result: RunResult) -> list[date]:
    days = {date.fromisoformat(day) for day in result.opinions["meeting_date"] if _is_day(day)}
    return [*sorted(days), date.max]


def _is_day(text: str) -> bool:
    return re.fullmatch(r"\d{4}-\d\d-\d\d", text) is not None


def _leads(opinions: pd.DataFrame) -> list[str]:
    return [str(code) for code in opinions["lead"].value_counts().index if code]
