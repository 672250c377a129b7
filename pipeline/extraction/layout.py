"""Sees how a document is built before it is read: a bare list, a report of answers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.extraction.lines import Line
from pipeline.extraction.sections import announced_zone
from pipeline.extraction.signs import is_kind_of_document
from pipeline.extraction.speakers import introduction
from pipeline.extraction.talk import Habits
from pipeline.extraction.vocabulary import alternation, opening

_HEAD_LINES = 14


def habits_of(lines: Sequence[Line]) -> Habits:
    """Return the habits of a document, told by its lines before any of them is judged."""
    full = [line for line in lines if line.text]
    return Habits(
        _answers_items(full),
        _is_bare_list(full),
        _names_alone(full),
        lists_requests=_lists_requests(full),
        plans=is_plan(full),
    )


def _answers_items(lines: Sequence[Line]) -> bool:
    """A report of answers: its title says so, and plain paragraphs follow its items."""
    first = next((at for at, line in enumerate(lines) if line.mark == "number"), _HEAD_LINES)
    head = lines[: min(max(first, 4), _HEAD_LINES)]
    title = " ".join(line.text for line in head if line.mark != "bullet")
    if not re.search(alternation("replies.answering_titles"), title, re.I):
        return False
    followed = sum(
        before.mark in ("number", "named") and not after.mark and len(after.text) > 40
        for before, after in zip(lines, lines[1:], strict=False)
    )
    return followed > 0


def is_plan(lines: Sequence[Line]) -> bool:
    """Tell whether the title speaks of a plan or of results and not of opinions."""
    for at, line in enumerate(lines[:_HEAD_LINES]):
        if not line.mark and is_kind_of_document(line):
            title = " ".join(one.text for one in lines[at : at + 3] if not one.mark)
            told = re.search(r"ý kiến|kiến nghị|phản ánh|biên bản|trả lời", title, re.I)
            return not told and bool(re.search(alternation("header.plan_titles"), title, re.I))
    return False


def _is_bare_list(lines: Sequence[Line]) -> bool:
    """Numbered items and next to nothing else, not even a heading."""
    numbered = sum(line.mark == "number" for line in lines)
    zones = any(announced_zone(line, seen_opinions=False) for line in lines)
    others = sum(not line.mark and not line.text[:1].islower() for line in lines)
    return numbered >= 2 and numbered >= 0.6 * (numbered + others) and not zones


def _lists_requests(lines: Sequence[Line]) -> bool:
    """Several numbered items ask for something, and no heading announces them."""
    if any(announced_zone(line, seen_opinions=False) == "opinions" for line in lines):
        return False
    asking = [
        line.number or 0
        for line in lines
        if line.mark == "number"
        and opening("splitting.requests", "splitting.plain_requests").match(line.text)
    ]
    return len(asking) >= 2 and asking == sorted(asking)


def _names_alone(lines: Sequence[Line]) -> frozenset[int]:
    """Lines that only name a person and a place, each with somebody's words after it."""
    named = [_is_name_alone(line) for line in lines]
    found = [
        line
        for at, line in enumerate(lines[:-1])
        if named[at] and not named[at + 1] and len(lines[at + 1].text) > 20
    ]
    return frozenset(line.piece.paragraph for line in found)


def _is_name_alone(line: Line) -> bool:
    text = line.text.rstrip(" :")
    if len(text) > 100 or text.endswith((".", ";", ",")) or line.mark in ("bullet", "letter"):
        return False
    if text.isupper() or not opening(
        "speakers.titles", "speakers.groups", "speakers.prefixes"
    ).match(text):
        return False
    found = introduction(f"{text}: x")
    if not found or found.verb or found.speaker.official:
        return False
    if found.speaker.collective and line.mark not in ("number", "roman", "dotted"):
        return False
    return bool(found.speaker.address or found.speaker.commune)
