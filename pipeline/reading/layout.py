"""Puts words that only have a place on a page (PDF, OCR) into lines in reading order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from statistics import median

_SMALLEST_GUTTER = 9.0
_PAGE_NUMBER = re.compile(
    r"^\W*(?:trang\s*)?(?:\d{1,4}|[ivxlc]{1,6})(?:\s*(?:/|trên)\s*\d{1,4})?\W*$", re.IGNORECASE
)
_BULLET = re.compile(r"^[•▪‣◦●■□○➢➤✓\uf000-\uf0ff]$")


@dataclass(frozen=True)
class Word:
    """A word and its box, in points from the page's upper left corner."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    bold: bool = False


@dataclass(frozen=True)
class Line:
    """Words that stand on one line of one column."""

    words: tuple[Word, ...]
    column: int = 0
    page: int = 1

    @property
    def text(self) -> str:
        """The words, one space between."""
        return " ".join(word.text for word in self.words)

    @property
    def x0(self) -> float:
        """Left edge."""
        return self.words[0].x0

    @property
    def x1(self) -> float:
        """Right edge."""
        return max(word.x1 for word in self.words)

    @property
    def top(self) -> float:
        """Upper edge."""
        return min(word.top for word in self.words)

    @property
    def bottom(self) -> float:
        """Lower edge."""
        return max(word.bottom for word in self.words)

    @property
    def height(self) -> float:
        """Height of the usual word."""
        return median(word.bottom - word.top for word in self.words) or 1.0

    @property
    def bold(self) -> bool:
        """Whether every word is bold."""
        return all(word.bold for word in self.words)


def lines_of(words: Iterable[Word], page: int = 1) -> list[Line]:
    """Return the words as lines from top to bottom, each from left to right."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda word: (word.top + word.bottom, word.x0)):
        middle = (word.top + word.bottom) / 2
        last = rows[-1] if rows else None
        if last and min(each.top for each in last[-3:]) <= middle <= max(
            each.bottom for each in last[-3:]
        ):
            last.append(word)
        else:
            rows.append([word])
    return [Line(tuple(sorted(row, key=lambda word: word.x0)), page=page) for row in rows]


def in_reading_order(lines: Sequence[Line]) -> list[Line]:
    """Return lines so that each column is read to its end before the next one.

    A stretch of lines that share a vertical gutter is a stretch of columns: a
    letterhead of two blocks, the signatures, or a page set in two columns.
    """
    ordered: list[Line] = []
    # Columns of different pages are different ones; 0 is text over the whole width.
    at, column = 0, 1000 * lines[0].page if lines else 0
    while at < len(lines):
        end, gutter = _gutter(lines, at)
        if gutter is None:
            ordered.append(replace(lines[at], column=0))
            at += 1
            continue
        left, right = _parted(lines[at:end], gutter)
        column += 1
        ordered += [replace(line, column=column) for line in in_reading_order(left)]
        column += 1
        ordered += [replace(line, column=column) for line in in_reading_order(right)]
        at = end
    return ordered


def _gutter(lines: Sequence[Line], start: int) -> tuple[int, tuple[float, float] | None]:
    """Return where the columns that begin at `start` end, and the white band between them."""
    band: tuple[float, float] | None = None
    end, both = start, 0
    for line in lines[start:]:
        shared = _shared(line, band)
        if shared is None:
            break
        both += line.x0 < shared[0] and line.x1 > shared[1]
        band, end = shared, end + 1
    # Lines at the end that stand on one side only belong to what follows.
    while end > start and band and not _on_both_sides(lines[end - 1], band):
        end -= 1
    wide = band is not None and band[1] - band[0] >= 2.2 * _SMALLEST_GUTTER
    if band is None or both < (2 if wide else 4) or end - start < 2:
        return start, None
    return end, band


def _on_both_sides(line: Line, band: tuple[float, float]) -> bool:
    return line.x0 < band[0] + 1 and line.x1 > band[1] - 1


def _shared(line: Line, band: tuple[float, float] | None) -> tuple[float, float] | None:
    """Return the part of the band that the line leaves white, None if it crosses it."""
    if band is None:
        return _widest_gap(line)
    left = max((word.x1 for word in line.words if word.x0 < sum(band) / 2), default=band[0])
    right = min((word.x0 for word in line.words if word.x0 >= sum(band) / 2), default=band[1])
    shared = max(band[0], left), min(band[1], right)
    return shared if shared[1] - shared[0] >= _SMALLEST_GUTTER else None


def _widest_gap(line: Line) -> tuple[float, float] | None:
    gaps = [
        (first.x1, second.x0)
        for first, second in zip(line.words, line.words[1:], strict=False)
        if len(first.text) > 3 or first is not line.words[0]
    ]
    widest = max(gaps, key=lambda gap: gap[1] - gap[0], default=(0.0, 0.0))
    return widest if widest[1] - widest[0] >= _SMALLEST_GUTTER else None


def _parted(lines: Sequence[Line], band: tuple[float, float]) -> tuple[list[Line], list[Line]]:
    middle = sum(band) / 2
    sides: tuple[list[Line], list[Line]] = ([], [])
    for line in lines:
        for side, chosen in enumerate(
            (
                tuple(word for word in line.words if word.x0 < middle),
                tuple(word for word in line.words if word.x0 >= middle),
            )
        ):
            if chosen:
                sides[side].append(Line(chosen, page=line.page))
    return sides
