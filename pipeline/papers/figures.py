"""Counts what reports print; every figure keeps the lines behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from pipeline.papers.lines import Line

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Figure:
    """One figure: what it counts, its value, and the lines it counts."""

    name: str
    lines: tuple[Line, ...]

    @property
    def value(self) -> int:
        """Return the number of lines."""
        return len(self.lines)


@dataclass(frozen=True)
class Figures:
    """The figures of section "báo cáo" of one or many meetings.

    Meetings, speakers, turns and opinions are counted apart: one speaker may
    raise several matters, and one turn holds one or more. `set_aside` tells how
    many rows reviewers found to be no opinions, by the verdict; no other figure
    counts them.
    """

    meetings: int
    delegates: int
    delegates_unknown: int
    speakers: int
    turns: int
    opinions: Figure
    answered: Figure
    review: Figure
    beyond: Figure
    complaints: Figure
    overdue: Figure
    without_due: Figure
    topics: tuple[Figure, ...]
    matters: tuple[Figure, ...]
    agencies: tuple[Figure, ...]
    statuses: tuple[Figure, ...]
    levels: tuple[Figure, ...]
    kinds: tuple[Figure, ...]
    reasons: tuple[Figure, ...]
    communes: tuple[Figure, ...]
    set_aside: tuple[tuple[str, int], ...] = ()


def count_figures(
    lines: Sequence[Line],
    meetings: pd.DataFrame,
    *,
    on: date | None = None,
    set_aside: Sequence[tuple[str, int]] = (),
) -> Figures:
    """Return the figures of some lines and their meetings.

    Parameters
    ----------
    lines
        Every opinion; repeated ones count each time.
    meetings
        One row a meeting, columns as `extraction.meeting_table` gives them.
    on
        The day on which a due date counts as passed; nothing is overdue without it.
    set_aside
        Rows that reviewers found to be no opinions: name of the verdict, and how many.
    """
    stated = [int(n) for n in meetings["delegates"].dropna()]
    day = on.isoformat() if on else ""
    return Figures(
        meetings=len(meetings),
        delegates=sum(stated),
        delegates_unknown=len(meetings) - len(stated),
        speakers=len({(x.meeting, x.who) for x in lines if x.who}),
        turns=len({(x.meeting, x.turn) for x in lines}),
        opinions=Figure("Ý kiến", tuple(lines)),
        answered=_those("Đã trả lời tại hội nghị", lines, lambda x: bool(x.reply)),
        review=_those("Cần người xem lại", lines, lambda x: x.review),
        beyond=_those("Vượt thẩm quyền", lines, lambda x: bool(x.forward)),
        complaints=_those("Có dấu hiệu khiếu nại, tố cáo", lines, lambda x: x.is_complaint),
        overdue=_those(
            "Quá hạn, chưa có trả lời",
            lines,
            lambda x: bool(day and x.due and x.due < day and not x.answered),
        ),
        without_due=_those("Chưa tính được thời hạn", lines, lambda x: not x.due),
        topics=_by(lines, lambda x: x.topic),
        matters=_by([x for x in lines if x.matter], lambda x: x.matter),
        agencies=_by(lines, lambda x: x.lead or "Chưa rõ cơ quan"),
        statuses=_by(lines, lambda x: x.status),
        levels=_by(lines, lambda x: x.level),
        kinds=_by(lines, lambda x: x.kind or "chưa rõ"),
        reasons=_by([x for x in lines if x.review], lambda x: x.reason.split(":")[0] or "khác"),
        communes=_by(lines, lambda x: x.unit or x.commune or "chưa rõ"),
        set_aside=tuple(set_aside),
    )


def _those(name: str, lines: Iterable[Line], test: Callable[[Line], bool]) -> Figure:
    return Figure(name, tuple(line for line in lines if test(line)))


def _by(lines: Iterable[Line], key: Callable[[Line], str]) -> tuple[Figure, ...]:
    """Return a figure for each key, the largest first, equal ones by name."""
    groups: dict[str, list[Line]] = {}
    for line in lines:
        groups.setdefault(key(line), []).append(line)
    ordered = sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))
    return tuple(Figure(name, tuple(members)) for name, members in ordered)


def share(part: int, whole: int) -> str:
    """Return a share in Vietnamese writing, with one decimal and a comma.

    Examples
    --------
    >>> share(45, 115)
    '39,1%'
    >>> share(0, 0)
    '-'
    """
    return f"{part / whole:.1%}".replace(".", ",") if whole else "-"


def number(value: int) -> str:
    """Return a whole number in Vietnamese writing.

    Examples
    --------
    >>> number(2282)
    '2.282'
    """
    return f"{value:,}".replace(",", ".")
