"""Cuts a text into sentences and clauses, as character positions."""

from __future__ import annotations

import re

from pipeline.extraction.vocabulary import UPPER, holding

_END = re.compile(r"[.!?…]+[\"”’)\]]*(?=\s)|[.!?]+(?=[\"“]?[" + UPPER + r"][a-zà-ỹ])|\n")
_GOES_ON = re.compile(r"\s+(?:[a-zà-ỹ]|\(…)")
_LONGEST_BREATH = 100
_STOPS = re.compile(r"[.,;:?!…\n]")
_SHORT = re.compile(
    rf"(?:^|[\s(])(?:[{UPPER}]{{1,2}}|[{UPPER}]\w?|TP|Tp|tp|Th[sS]|TT|đ/c|Đ/c|v\.v|vv|Tr|tr|KP|Km|km|St|Co)$"
)


def sentences(text: str) -> list[tuple[int, int]]:
    """Return the start and end of every sentence; ends hold the closing mark.

    A full stop after an abbreviation ("TP. Lào Cai", "ông T. đầu phố") or
    inside a number does not end a sentence.

    Examples
    --------
    >>> sentences("Ông T. đi vắng. Đường hỏng.")
    [(0, 15), (16, 27)]
    """
    found, start = [], 0
    if len(text) > _LONGEST_BREATH and not _STOPS.search(text):
        return _breaths(text)
    for match in _END.finditer(text):
        if match.group().startswith(("…", "..")) and _GOES_ON.match(text, match.end()):
            continue
        quoted = re.match(r"\s+[“\"]", text[match.end() :])
        measured = re.search(r"\d\s?[kK]m$", text[start : match.start()])
        short = not (quoted or measured) and _SHORT.search(text[start : match.start()])
        if match.group().startswith(".") and short:
            continue
        found.append((start, match.end()))
        start = match.end()
    found.append((start, len(text)))
    return [span for span in (_trim(text, *span) for span in found) if span[0] < span[1]]


def _breaths(text: str) -> list[tuple[int, int]]:
    """Cut what a recorder wrote without any stop where a speaker turns to something else."""
    cuts = [match.start() for match in holding("splitting.spoken_turns").finditer(text)]
    bounds = [0, *(cut for cut in cuts if cut), len(text)]
    spans = zip(bounds, bounds[1:], strict=False)
    return [span for span in (_trim(text, *span) for span in spans) if span[0] < span[1]]


def clauses(text: str) -> list[tuple[int, int]]:
    """Return the start and end of every clause between semicolons outside brackets.

    Examples
    --------
    >>> clauses("sửa đường; kéo điện")
    [(0, 9), (11, 19)]
    """
    found, start, depth = [], 0, 0
    for at, letter in enumerate(text):
        depth += (letter in "([") - (letter in ")]")
        if letter == ";" and depth <= 0:
            found.append((start, at))
            start = at + 1
    found.append((start, len(text)))
    return [span for span in (_trim(text, *span) for span in found) if span[0] < span[1]]


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
