"""Decides what becomes of each statement: applied, known already, or in conflict."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.review.journal import Event
from pipeline.review.label import Label, basis_of
from pipeline.review.statements import Statement


@dataclass(frozen=True)
class Conflict:
    """Two people say different things of one opinion; nothing of either was applied."""

    opinion_id: str
    first: str
    first_label: Label
    second: str
    second_label: Label

    @property
    def fields(self) -> tuple[str, ...]:
        """Names of the fields in which they differ."""
        return self.second_label.differing(self.first_label)


@dataclass(frozen=True)
class Merged:
    """What an import does: new events for the log, and conflicts for people."""

    events: tuple[Event, ...]
    conflicts: tuple[Conflict, ...]
    known: int


def merge(
    statements: Sequence[Statement],
    labels: Mapping[str, Label],
    log: Mapping[str, Sequence[Event]],
    *,
    time: str,
    rerouted: Callable[[str, Label], str],
) -> Merged:
    """Return what follows from statements, the present labels and the log.

    Parameters
    ----------
    statements
        Of one or more sheets.
    labels
        The label in force of every opinion, by id.
    log
        Earlier events of every opinion.
    time
        ISO time for new events.
    rerouted
        Gives the lead agency of an opinion under a new label by the rules.
    """
    events: list[Event] = []
    conflicts: list[Conflict] = []
    known = 0
    by_opinion: dict[str, list[Statement]] = {}
    for statement in statements:
        by_opinion.setdefault(statement.opinion_id, []).append(_with_lead(statement, rerouted))
    for identity, said in by_opinion.items():
        clash = _clash(said)
        if clash:
            conflicts.append(clash)
            continue
        for statement in said:
            past = [*log.get(identity, ()), *(e for e in events if e.opinion_id == identity)]
            outcome = _judged(statement, labels[identity], past, time)
            if isinstance(outcome, Event):
                events.append(outcome)
            elif isinstance(outcome, Conflict):
                conflicts.append(outcome)
            else:
                known += 1
    return Merged(tuple(events), tuple(conflicts), known)


def _with_lead(statement: Statement, rerouted) -> Statement:
    """A new topic, secondary topic or kind brings its own agency unless one was chosen."""
    label = statement.label
    if statement.lead_given or not set(label.differing(statement.shown)) - {"lead"}:
        return statement
    return replace(statement, label=replace(label, lead=rerouted(statement.opinion_id, label)))


def _clash(said: Sequence[Statement]) -> Conflict | None:
    first = said[0]
    for other in said[1:]:
        if other.label != first.label:
            return Conflict(
                first.opinion_id,
                f"{first.who} ({first.place})",
                first.label,
                f"{other.who} ({other.place})",
                other.label,
            )
    return None


def _judged(
    statement: Statement, now: Label, past: Sequence[Event], time: str
) -> Event | Conflict | None:
    said = (statement.who, statement.basis, statement.label, statement.remark)
    last = past[-1] if past else None
    if last and said == (last.who, last.basis, last.after, last.remark):
        return None
    in_force = last.after if last else now
    new = Event(
        statement.opinion_id,
        statement.who,
        time,
        in_force,
        statement.label,
        statement.basis,
        statement.remark,
    )
    fresh = statement.basis == basis_of(statement.opinion_id, in_force, len(past))
    amended = last is not None and (last.who, last.basis) == said[:2]
    if fresh or amended:
        return new
    if any(said == (e.who, e.basis, e.after, e.remark) for e in past):
        return None
    if statement.label == in_force:
        return new
    who = f"{last.who}, {last.time[:10]}" if last else "bảng kết quả hiện tại"
    return Conflict(
        statement.opinion_id,
        who,
        in_force,
        f"{statement.who} ({statement.place})",
        statement.label,
    )
