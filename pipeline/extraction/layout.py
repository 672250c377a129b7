"""Sees how a document is built before it is read: a bare list, a report of answers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.extraction.lines import Line
from pipeline.extraction.sections import announced_zone
from pipeline.extraction.turns import Habits
from pipeline.extraction.vocabulary import alternation

_HEAD_LINES = 14


def habits_of(lines: Sequence[Line]) -> Habits:
    """Return the habits of a document, told by its lines before any of them is judged."""
    full = [line for line in lines if line.text]
    return Habits(answers_items=_answers_items(full), bare_list=_is_bare_list(full))


def _answers_items(lines: Sequence[Line]) -> bool:
    """A report of answers: its title says so, and plain paragraphs follow its items."""
    title = " ".join(line.text for line in lines[:_HEAD_LINES] if line.mark != "bullet")
    if not re.search(alternation("replies.answering_titles"), title, re.I):
        return False
    followed = sum(
        before.mark in ("number", "named") and not after.mark and len(after.text) > 40
        for before, after in zip(lines, lines[1:], strict=False)
    )
    return followed > 0


def _is_bare_list(lines: Sequence[Line]) -> bool:
    """Numbered items and next to nothing else, not even a heading."""
    numbered = sum(line.mark == "number" for line in lines)
    zones = any(announced_zone(line, seen_opinions=False) for line in lines)
    return numbered >= 2 and numbered >= 0.6 * len(lines) and not zones
