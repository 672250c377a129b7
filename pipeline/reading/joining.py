"""Decides which lines of a page make one paragraph, and what is printed on every page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from pipeline.reading.layout import Line
from pipeline.reading.letters import is_syllable
from pipeline.reading.options import settings
from pipeline.reading.plain import LIST_START, SENTENCE_END, opens_by_chance

_PAGE_NUMBER = re.compile(
    r"^\W*(?:trang\s*)?(?:\d{1,4}|[ivxlc]{1,6})(?:\s*(?:/|trên)\s*\d{1,4})?\W*$", re.IGNORECASE
)
_BULLET = re.compile(r"^[•▪‣◦●■□○➢➤✓\uf000-\uf0ff]$")
_INDENT = 8.0
_FEWEST_SIGNS = 3
# A page that holds less does not run on into the next one.
_FEWEST_LINES, _FULL_PAGE = 4, 0.7


@dataclass(frozen=True)
class _Habit:
    """How a document sets its paragraphs: the gap between two, the indent of the first line."""

    gap: float
    indented: bool
    edges: dict[int, float]
    margins: dict[int, float]
    lengths: dict[int, int]
    ends: dict[int, float]


def paragraphs(lines: Sequence[Line], *, edge: float | None = None) -> list[list[Line]]:
    """Return lines in reading order, grouped into paragraphs.

    Parameters
    ----------
    lines
        Lines in reading order, of one or more pages.
    edge
        Right edge of the text where it is known, as in a cell; None takes it
        from the lines of each column.
    """
    habit = _habit(lines, edge)
    groups: list[list[Line]] = []
    for line in lines:
        if groups and _goes_on(groups[-1], line, habit):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _habit(lines: Sequence[Line], edge: float | None) -> _Habit:
    """Learn from the lines that surely end a paragraph and those that surely do not."""
    columns = {line.column for line in lines}
    own = {column: [line for line in lines if line.column == column] for column in columns}
    edges = {column: edge or max(line.x1 for line in own[column]) for column in columns}
    margins = {column: min(line.x0 for line in own[column]) for column in columns}
    within, between, first_lines = [], [], []
    for last, line in zip(lines, lines[1:], strict=False):
        step = (line.top - last.top) / last.height
        if last.column != line.column or last.page != line.page or step <= 0:
            continue
        if not _is_full(last, line, edges[line.column]):
            between.append(step)
            first_lines.append(line.x0 - margins[line.column] > _INDENT)
        elif not SENTENCE_END.search(last.text) and line.text[:1].islower():
            within.append(step)
    lengths = {column: len(own[column]) for column in columns}
    indented = len(first_lines) >= _FEWEST_SIGNS and sum(first_lines) > 0.6 * len(first_lines)
    return _Habit(_gap(within, between), indented, edges, margins, lengths, _ends(lines))


def _ends(lines: Sequence[Line]) -> dict[int, float]:
    """Return how far down (0..1 of the fullest page) each page with some lines goes."""
    bottoms: dict[int, list[float]] = {}
    for line in lines:
        bottoms.setdefault(line.page, []).append(line.bottom)
    deepest = max(map(max, bottoms.values()), default=0.0) or 1.0
    return {page: max(own) / deepest for page, own in bottoms.items() if len(own) >= _FEWEST_LINES}


def _gap(within: list[float], between: list[float]) -> float:
    """Return the step from line to line, in heights, that parts two paragraphs."""
    usual = median(within) if within else min(between, default=1.5)
    if len(within) >= _FEWEST_SIGNS and len(between) >= _FEWEST_SIGNS:
        parted = median(between)
        if parted > 1.08 * usual:
            return min((usual + parted) / 2, 1.5 * usual)
    return 1.25 * usual + 0.05


def _is_full(last: Line, line: Line, edge: float) -> bool:
    """Tell whether the first word of `line` would not have fitted on the line before."""
    first = line.words[0]
    room = edge - 0.03 * (edge - last.x0) - 0.2 * last.height
    return last.x1 + (first.x1 - first.x0) > room


def _goes_on(group: list[Line], line: Line, habit: _Habit) -> bool:
    last = group[-1]
    if line.bold != last.bold or _BULLET.match(line.text[:1]):
        return False
    full = _is_full(last, line, habit.edges[last.column])
    ended = bool(SENTENCE_END.search(last.text))
    lower = line.text[:1].islower()
    if LIST_START.match(line.text):
        return full and not ended and opens_by_chance(line.text)
    if line.page != last.page:
        at_end = habit.ends.get(last.page, 0.0) > _FULL_PAGE
        return full and at_end and (lower or not ended)
    if line.column != last.column:
        return full and not ended and lower
    if (line.top - last.top) / last.height > habit.gap or not full:
        return False
    return lower or not _opens(group, line, habit, ended)


def _opens(group: list[Line], line: Line, habit: _Habit, ended: bool) -> bool:
    """Tell whether a line that begins with a capital begins a paragraph as well."""
    if line.column and habit.lengths[line.column] < 6:
        # A letterhead or signature: every line is one by itself.
        return True
    if ended and _names_a_speaker(line.text):
        return True
    if _BULLET.match(group[0].text[:1]) or LIST_START.match(group[0].text):
        # The lines of a list item hang below its text, not below its bullet.
        return False
    further_in = line.x0 > group[-1].x0 + _INDENT
    if habit.indented:
        return line.x0 - habit.margins[line.column] > _INDENT and (further_in or ended)
    return further_in and (len(group) > 1 or ended)


def _names_a_speaker(text: str) -> bool:
    words = text.split(None, 3)
    openers = settings().get("layout", {}).get("openers", ())
    for length in (1, 2):
        name = words[length][:1] if len(words) > length else ""
        if " ".join(words[:length]).lower() in openers and name.isupper():
            return True
    return False


def joined(lines: Sequence[str]) -> str:
    """Return the lines of a paragraph as one text; words cut at a line's end are healed.

    Examples
    --------
    >>> joined(["đề ngh-", "ị xã"]), joined(["kinh tế -", "xã hội"]), joined(["Covid-", "19"])
    ('đề nghị xã', 'kinh tế - xã hội', 'Covid-19')
    """
    text = ""
    for line in lines:
        cut = re.search(r"(\w+)[-\u00ad\u2010]$", text)
        if not cut:
            text = f"{text} {line}" if text else line
            continue
        head, tail = cut[1], re.match(r"\w*", line)[0]  # type: ignore[index]
        heals = is_syllable(head + tail) and not (is_syllable(head) and is_syllable(tail))
        text = (text[:-1] if heals else text) + line
    return text


def furniture(pages: Sequence[Sequence[Line]], heights: Sequence[float]) -> set[tuple[int, int]]:
    """Return (page, line) of what is printed on every page: running heads, feet, page numbers.

    Parameters
    ----------
    pages
        Lines of each page, from top to bottom.
    heights
        Height of each page in points.
    """
    seen: dict[str, set[int]] = {}
    places: dict[str, list[tuple[int, int]]] = {}
    numbers: list[tuple[int, int]] = []
    for page, (lines, height) in enumerate(zip(pages, heights, strict=True)):
        for index, line in enumerate(lines):
            at_edge = line.bottom < 0.1 * height or line.top > 0.9 * height
            outermost = index in (0, len(lines) - 1)
            if _PAGE_NUMBER.match(line.text) and (at_edge or outermost):
                numbers.append((page, index))
            elif at_edge:
                key = re.sub(r"\d+", "#", line.text)
                seen.setdefault(key, set()).add(page)
                places.setdefault(key, []).append((page, index))
    repeated = {
        place for key, found in seen.items() if len(found) >= 2 and 2 * len(found) >= len(pages) - 1
        for place in places[key]
    }  # fmt: skip
    return repeated | set(numbers)
