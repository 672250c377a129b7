"""Collects the runs of a Word paragraph: its letters, with font and weight."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from pipeline.reading import legacy
from pipeline.reading.word_styles import Styles, W, value

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_DROPPED = {W + name for name in ("del", "moveFrom", "pPr", "rPr", "rt", "delText", "instrText")}
_BOXED = {W + name for name in ("drawing", "pict", "object")} | {_MC + "AlternateContent"}
NEW_PAGE, PAGE_BREAK = "\f", "\v"
_LETTERS = {
    W + "tab": " ", W + "ptab": " ", W + "cr": "\n", W + "noBreakHyphen": "-",
    # In TCVN3 fonts the soft hyphen is the letter "ư".
    W + "softHyphen": "\u00ad",
    W + "lastRenderedPageBreak": NEW_PAGE,
}  # fmt: skip


@dataclass(frozen=True)
class Run:
    """Letters of one look; "\\n" is a line break, "\\f" a page that Word began, "\\v" one asked for."""

    text: str
    font: str
    bold: bool


def read_runs(paragraph: Any, styles: Styles, style: str | None) -> list[Run]:
    """Return the runs that a paragraph shows, insertions included, deletions not.

    Parameters
    ----------
    paragraph
        A `w:p` element.
    styles, style
        The document's styles and the name of the paragraph's.
    """
    return list(_runs(paragraph, styles, style))


def _runs(parent: Any, styles: Styles, style: str | None) -> Iterator[Run]:
    for node in parent:
        if node.tag in _DROPPED or node.tag in _BOXED:
            continue
        if node.tag == W + "r":
            properties = node.find(W + "rPr")
            if properties is not None and _is_hidden(properties):
                continue
            text = "".join(map(_letters, node))
            if text:
                font = styles.font(properties, style)
                yield Run(text, font, styles.is_bold(properties, style))
        elif isinstance(node.tag, str):
            yield from _runs(node, styles, style)


def _is_hidden(properties: Any) -> bool:
    hidden = value(properties, "vanish")
    deleted = properties.find(W + "del") is not None
    return deleted or (hidden is not None and hidden not in ("0", "false"))


def _letters(node: Any) -> str:
    if node.tag == W + "t":
        return node.text or ""
    if node.tag == W + "br":
        return "\n" + PAGE_BREAK if node.get(W + "type") == "page" else "\n"
    return _LETTERS.get(node.tag, "")


def run_text(runs: list[Run]) -> tuple[str, set[str]]:
    """Return the text of runs in Unicode, and the legacy encodings their fonts told.

    Neighbours in fonts of one kind are converted together, because a VNI letter
    may be cut in two by a change of look.
    """
    text, found = "", set()
    for font, group in groupby(runs, key=lambda run: legacy.font_kind(run.font)):
        written = "".join(run.text for run in group)
        converted = legacy.from_font(written, font)
        if converted != written:
            found.add(legacy.encoding_of_font(font))
        text += converted
    return text, found


def boxes(paragraph: Any) -> Iterator[Any]:
    """Give the text boxes anchored in a paragraph, each once.

    Word writes a box twice, for new programs (`mc:Choice`) and for old ones
    (`mc:Fallback`); the first is taken.
    """
    stack = list(paragraph)[::-1]
    while stack:
        node = stack.pop()
        if node.tag == W + "txbxContent":
            yield node
        elif node.tag == _MC + "AlternateContent":
            stack.extend(list(node)[:1])
        elif node.tag not in _DROPPED:
            stack.extend(list(node)[::-1])
