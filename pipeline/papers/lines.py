"""The opinion table as lines with Vietnamese words, ready for any paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.papers.names import ANSWERED, FORWARDED, OPEN, Names, vietnamese_day
from pipeline.table import check_columns, split_cell

if TYPE_CHECKING:
    import pandas as pd

COMPLAINTS = ("khiếu nại", "tố cáo")
REVIEW, THANKS = "review", "cảm ơn"
_NEEDED = (
    "opinion_id", "meeting_id", "meeting_date", "meeting_place", "turn", "speaker", "role",
    "address", "commune", "text", "context", "reply", "kind", "topic", "also", "confidence",
    "decision", "reason", "lead", "coordinate", "forward", "due", "evidence", "source", "location",
)  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One opinion as papers print it; names end in `_code` where a code is meant.

    `who` holds name, role and address; `unit` the commune where the speaker lives
    or met; `today` names the agency that does the lead's work on the day of the
    papers if that is another one, `seat` the commune it belongs to, if each has
    its own; `due` is an ISO date or "". `answered` tells whether people have an
    answer; `entries` what a clerk wrote into the columns that are a clerk's.
    """

    number: int
    id: str
    meeting: str
    met: str
    place: str
    turn: int
    who: str
    text: str
    context: str
    reply: str
    kind: str
    topic: str
    topic_code: str
    matter: str
    also: str
    lead: str
    lead_code: str
    today: str
    seat: str
    coordinate: str
    coordinate_today: str
    level: str
    forward: str
    forward_codes: tuple[str, ...]
    due: str
    status: str
    status_code: str
    review: bool
    reason: str
    evidence: str
    confidence: str
    commune: str
    unit: str
    source: str
    location: str
    answered: bool = False
    entries: Mapping[str, str] = field(default_factory=dict, hash=False)

    @property
    def is_complaint(self) -> bool:
        """Tell whether the opinion leaves the dialogue for the citizen-reception procedure."""
        return self.kind in COMPLAINTS

    @property
    def note(self) -> str:
        """Return what a clerk must know about the line, "" if nothing."""
        notes = []
        if self.is_complaint:
            notes.append(
                f"Có dấu hiệu {self.kind}: xử lý theo quy trình tiếp công dân, "
                "không giải quyết trong bảng này"
            )
        if self.today:
            notes.append(f"Nay do {self.today} thực hiện")
        if self.forward:
            notes.append(f"Vượt thẩm quyền: tổng hợp, chuyển {self.forward}")
        return ". ".join(notes)


def lines_of(opinions: pd.DataFrame, names: Names) -> list[Line]:
    """Return the table's rows as lines, numbered from 1 in the order of the table."""
    check_columns(opinions, _NEEDED, step="papers")
    rows = opinions[list(_NEEDED)].to_dict("records")
    return [_line(number, row, names) for number, row in enumerate(rows, start=1)]


def _line(number: int, row: dict, names: Names) -> Line:
    unit = names.commune(row["commune"], row["meeting_date"])
    status = _status(row)
    unit_now = names.commune(unit, names.on.isoformat()) or unit
    now = names.today(row["lead"], unit_now)
    moved = now != row["lead"]
    seat = unit_now if moved else unit
    return Line(
        number=number,
        id=row["opinion_id"],
        meeting=row["meeting_id"],
        met=vietnamese_day(row["meeting_date"]),
        place=row["meeting_place"],
        turn=int(row["turn"]),
        who=who_spoke(row),
        text=row["text"],
        context=row["context"],
        reply=row["reply"],
        kind=row["kind"],
        topic=names.topic(row["topic"]),
        topic_code=row["topic"],
        matter=names.matter(row["topic"], row["text"]),
        also=names.topics_of(row["also"]),
        lead=names.agency(row["lead"], unit),
        lead_code=row["lead"],
        today=names.agency(now, seat) if moved else "",
        seat=seat if names.agency(now, seat) != names.agency(now) else "",
        coordinate=names.agencies(row["coordinate"], unit),
        coordinate_today=names.agencies_today(row["coordinate"], seat, now),
        level=names.level(row["forward"], row["lead"]),
        forward=names.agencies(row["forward"], unit),
        forward_codes=tuple(split_cell(row["forward"])),
        due=row["due"],
        status=names.statuses[status].name,
        status_code=status,
        review=row["decision"] == REVIEW,
        reason=row["reason"],
        evidence=row["evidence"],
        confidence=_percent(row["confidence"]),
        commune=row["commune"],
        unit=unit,
        source=row["source"],
        location=row["location"],
        answered=names.statuses[status].answered,
    )


def who_spoke(row: dict) -> str:
    """Return name, role and address as one text without empty places.

    Examples
    --------
    >>> who_spoke({"speaker": "Ông Lý A Pủa", "role": "", "address": "tổ 4", "commune": "xã B"})
    'Ông Lý A Pủa, tổ 4, xã B'
    """
    parts = [row["speaker"], row["role"], row["address"]]
    if row["commune"] and row["commune"].lower() not in row["address"].lower():
        parts.append(row["commune"])
    return ", ".join(part for part in parts if part)


def _status(row: dict) -> str:
    """A given answer is an answer and no more: what is solved, only the office knows."""
    if row["reply"]:
        return ANSWERED
    return FORWARDED if row["forward"] else OPEN


def _percent(value: object) -> str:
    if value is None or value == "" or value != value:
        return ""
    return f"{float(value):.0%}"
