"""Turns Tesseract's table of words into lines in reading order."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, replace
from itertools import groupby

from pipeline.reading.layout import Line, Word, in_reading_order
from pipeline.reading.letters import clean
from pipeline.reading.options import Ocr

_WORD_LEVEL = "5"
_MISREAD_BULLETS = frozenset(
    ["e", "s", "se", "so", "o", "ø", "©", "®", "»", "«", "¢", "°", "·", "¤", "*", "+e"]
)


@dataclass(frozen=True)
class ReadPage:
    """A page as read: its lines in reading order and how many of its words were read well."""

    number: int
    lines: tuple[Line, ...]
    height: float
    words_read: int
    words: int

    @property
    def confidence(self) -> float:
        """Share (0..1) of words that were read well; 1 for a page without words."""
        return self.words_read / self.words if self.words else 1.0


def page_of(table: str, number: int, scan: Ocr) -> ReadPage:
    """Return the page that Tesseract's tsv output describes.

    Parameters
    ----------
    table
        Tab-separated, one row per page, block, paragraph, line and word.
    number
        Of the page, from 1.
    scan
        Resolution, and the confidence below which a word was read badly.
    """
    lines: dict[tuple[int, ...], list[Word]] = {}
    read = total = 0
    height = 0.0
    points = 72 / scan.dpi
    for row in csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE):
        if row["level"] == "1":
            height = float(row["height"]) * points
        text = clean(row.get("text") or "")
        if row["level"] != _WORD_LEVEL or not text:
            continue
        total += 1
        read += float(row["conf"]) >= scan.word_confidence
        place = tuple(int(row[name]) for name in ("block_num", "par_num", "line_num"))
        lines.setdefault(place, []).append(_word(text, row, points))
    made = [(place[0], Line(_with_bullet(words), page=number)) for place, words in lines.items()]
    return ReadPage(number, _columned(made), height, read, total)


def _word(text: str, row: dict[str, str], points: float) -> Word:
    left, top, width, height = (
        float(row[name]) * points for name in ("left", "top", "width", "height")
    )
    return Word(text, left, left + width, top, top + height)


def _with_bullet(words: list[Word]) -> tuple[Word, ...]:
    """Return a line whose first sign is a bullet again, if it was read as a small letter."""
    rest = words[1:]
    if rest and words[0].text in _MISREAD_BULLETS:
        if rest[1:] and rest[0].text in (".", "-"):
            rest = rest[1:]
        if rest[0].text[:1].isupper():
            return (replace(words[0], text="•"), *rest)
    return tuple(words)


def _columned(lines: list[tuple[int, Line]]) -> tuple[Line, ...]:
    """Mark lines of blocks that have a neighbour beside them as columns of their own."""
    blocks: dict[int, list[Line]] = {}
    for block, line in lines:
        blocks.setdefault(block, []).append(line)
    boxes = {block: _box(own) for block, own in blocks.items()}
    beside = {
        block
        for block, box in boxes.items()
        if any(_are_beside(box, other) for name, other in boxes.items() if name != block)
    }
    ordered: list[Line] = []
    for apart, group in groupby(lines, key=lambda pair: pair[0] in beside):
        if apart:
            ordered += [replace(line, column=1000 * line.page + 500 + at) for at, line in group]
        else:
            # Tesseract takes two blocks of a letterhead for one where they stand close.
            ordered += in_reading_order([line for _, line in group])
    return tuple(ordered)


def _box(lines: list[Line]) -> tuple[float, float, float, float]:
    return (
        min(line.x0 for line in lines),
        max(line.x1 for line in lines),
        min(line.top for line in lines),
        max(line.bottom for line in lines),
    )


def _are_beside(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    apart = one[1] <= other[0] or other[1] <= one[0]
    return apart and min(one[3], other[3]) - max(one[2], other[2]) > 0
