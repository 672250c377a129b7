"""Answers the rows of a task: topics, decision, route and evidence of each."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import date

from pipeline.resources import data_dir
from pipeline.routing import Routing, load_routing, route_opinion
from pipeline.stream.chunks import Answer, Task
from pipeline.table import CLASSIFY_COLUMNS, join_cell
from pipeline.topics.classify import Tagger, Verdict
from pipeline.topics.decision import REVIEW
from pipeline.topics.model import load_model

MOST_CHARACTERS = 20_000
"""Characters of a cell that are looked at; no opinion is longer, and memory stays bounded."""
_DATA = ("topics", "agencies", "routing", "units", "calendar", "office.toml", "decision.toml")
_DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")


@dataclass(frozen=True)
class Engine:
    """A model and the routing tables, ready to answer; it is sent to each worker once.

    `on` is the day that decides agencies where a row has no date.
    """

    tagger: Tagger
    routing: Routing
    on: date | None = None

    def answer(self, task: Task) -> list[Answer]:
        """Return the cells of `CLASSIFY_COLUMNS` for each row of the task."""
        texts = [text[:MOST_CHARACTERS] for text in task.texts]
        verdicts = self.tagger.tag(texts)
        rows = zip(task.texts, texts, verdicts, task.dates, task.places, strict=True)
        return [self._answer(*row) for row in rows]

    def _answer(self, whole: str, text: str, verdict: Verdict, day: str, place: str) -> Answer:
        met = read_day(day)
        notes = []
        if len(whole) > len(text):
            notes.append(f"văn bản quá dài: chỉ xét {MOST_CHARACTERS} ký tự đầu")
        if day.strip() and met is None:
            notes.append("ngày không đọc được")
        route = route_opinion(
            text,
            verdict.topic,
            self.routing,
            also=verdict.also,
            kind=verdict.kind,
            meeting_date=met,
            address=place,
            on=self.on,
        )
        cells = {
            "topic": verdict.topic,
            "also": join_cell(verdict.also),
            "confidence": verdict.confidence,
            "decision": REVIEW if notes else verdict.decision,
            "reason": join_cell([verdict.reason, *notes] if verdict.reason else notes),
            "lead": route.lead,
            "coordinate": join_cell(route.coordinate),
            "forward": join_cell(route.forward),
            "rule": route.rule,
            "evidence": join_cell(verdict.evidence),
        }
        return [cells[column] for column in CLASSIFY_COLUMNS]


def load_engine(
    model: str | None = None,
    *,
    risk: float | None = None,
    semantic: bool = False,
    on: date | None = None,
) -> Engine:
    """Return an engine of the model and the data folder in force.

    Parameters
    ----------
    model, risk, semantic
        As for `load_model` and `Tagger`.
    on
        The day that decides agencies where a row has no date.

    Raises
    ------
    ModelError, DataError
        The model or a table of the data folder is wrong.
    """
    return Engine(Tagger(load_model(model), risk=risk, semantic=semantic), load_routing(), on)


def read_day(cell: str) -> date | None:
    """Return the day of a cell written as 2025-07-01 or 01/07/2025, None if it is neither.

    Examples
    --------
    >>> read_day("5/7/2025")
    datetime.date(2025, 7, 5)
    """
    found = _DAY_FIRST.match(cell.strip())
    try:
        if found:
            return date(int(found[3]), int(found[2]), int(found[1]))
        return date.fromisoformat(cell.strip()[:10])
    except ValueError:
        return None


def data_fingerprint() -> str:
    """Return the sha256 of all data that answers depend on beside the model."""
    digest = hashlib.sha256()
    for name in _DATA:
        place = data_dir() / name
        for file in sorted(place.rglob("*")) if place.is_dir() else [place]:
            if file.is_file():
                digest.update(f"{file.relative_to(data_dir()).as_posix()}\0".encode())
                digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()
