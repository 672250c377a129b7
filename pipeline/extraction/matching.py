"""Finds gold marks in a document of any format, and pairs spans one to one."""

from __future__ import annotations

import re
import unicodedata

from pipeline.extraction.minutes import Opinion
from pipeline.reading.document import Document

_OVERLAP = 0.6
_SPLIT_SLACK = 20


class Letters:
    """All paragraphs as one string without white space, to compare files of any format."""

    def __init__(self, document: Document) -> None:
        self.starts: dict[int, tuple[int, str]] = {}
        parts, at = [], 0
        for paragraph in document.paragraphs:
            squeezed = squeeze(paragraph.text)
            self.starts[paragraph.number] = (at, paragraph.text)
            parts.append(squeezed)
            at += len(squeezed)
        self.text = "".join(parts)
        self._from = 0

    def spans(self, opinion: Opinion) -> set[int]:
        """Return the places of an opinion's letters."""
        places: set[int] = set()
        for span in opinion.spans:
            start, text = self.starts[span.paragraph]
            begin = start + len(squeeze(text[: span.start]))
            places |= set(range(begin, begin + len(squeeze(text[span.start : span.end]))))
        return places

    def find(self, mark: dict) -> set[int]:
        """Return the places of the letters between the first and last words of a gold mark."""
        first, last = squeeze(mark["text_start"]), squeeze(mark["text_end"])
        start = self.text.find(first, self._from)
        start = start if start >= 0 else self.text.find(first)
        end = self.text.find(last, max(start, 0)) if start >= 0 else -1
        if start < 0 or end < 0:
            return set()
        self._from = start + 1
        length = mark.get("char_end", 0) - mark.get("char_start", 0)
        while end >= 0 and length and end + len(last) - start < 0.6 * length:
            further = self.text.find(last, end + 1)
            if further < 0:
                break
            end = further
        return set(range(start, end + len(last)))

    def place_of(self, words: str) -> int:
        """Return where words stand, or -1."""
        return self.text.find(squeeze(words))


def squeeze(text: str) -> str:
    """Return a text without white space, in small letters."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFC", text)).lower()


def match_spans(given: list[set[int]], wanted: list[set[int]]) -> list[tuple[int, int]]:
    """Return the best one-to-one pairs that overlap enough both ways."""
    scored = []
    for g, mine in enumerate(given):
        for w, theirs in enumerate(wanted):
            shared = len(mine & theirs)
            if shared and shared >= _OVERLAP * len(mine) and shared >= _OVERLAP * len(theirs):
                scored.append((-shared / len(mine | theirs), g, w))
    pairs, used_given, used_wanted = [], set(), set()
    for _, g, w in sorted(scored):
        if g not in used_given and w not in used_wanted:
            pairs.append((g, w))
            used_given.add(g)
            used_wanted.add(w)
    return pairs


def split_counts(
    flat: Letters, given: list[set[int]], wanted: list[set[int]]
) -> tuple[int, int, int]:
    """Return right, given and wanted starts of opinions after another one in a paragraph."""
    mine, theirs = split_starts(flat, given), split_starts(flat, wanted)
    right = sum(any(abs(place - other) <= _SPLIT_SLACK for other in theirs) for place in mine)
    return right, len(mine), len(theirs)


def split_starts(flat: Letters, spans: list[set[int]]) -> list[int]:
    """Return the starts of spans that are not the first of their paragraph."""
    bounds = sorted(start for start, _ in flat.starts.values())
    starts = sorted(min(span) for span in spans if span)
    kept = []
    for before, here in zip(starts, starts[1:], strict=False):
        if not any(before < bound <= here for bound in bounds):
            kept.append(here)
    return kept
