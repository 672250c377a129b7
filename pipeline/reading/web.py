"""Reads html pages and the bodies of mails: blocks become paragraphs, nothing is fetched."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from pipeline.reading.content import Content, finish
from pipeline.reading.document import Paragraph, Place
from pipeline.reading.options import ReadingOptions
from pipeline.reading.plain import decode
from pipeline.reading.refusal import Refused
from pipeline.reading.tables import Cell, paragraphs_of

_UNSHOWN = {
    "script", "style", "noscript", "template", "head", "iframe", "object", "embed", "svg",
    "button", "select", "option", "input", "textarea", "canvas", "audio", "video",
}  # fmt: skip
_BLOCKS = {
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl",
    "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5",
    "h6", "header", "hr", "html", "li", "main", "nav", "ol", "p", "pre", "section", "summary",
    "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "caption",
}  # fmt: skip
_BOLD = {"h1", "h2", "h3", "h4", "h5", "h6", "b", "strong", "th"}
_SIDES = {"nav": "header", "aside": "footer", "footer": "footer"}
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w-]{2,30})", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def read_html(data: bytes, options: ReadingOptions) -> Content:
    """Return the paragraphs and cells of a page; scripts, styles and menus are told apart.

    Raises
    ------
    Refused
        If nothing can be parsed.
    """
    declared = _CHARSET.search(data[:4096])
    text, notes = decode(data, declared[1].decode("ascii") if declared else "")
    return finish(_Walk(options).drafts(_parsed(text)), "html", notes=notes)


def _parsed(text: str) -> Any:
    from lxml import etree, html

    # A str with an encoding declaration is refused by lxml; the text is decoded already.
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text).replace("\x00", "")
    parser = html.HTMLParser(
        no_network=True, remove_comments=True, remove_pis=True, huge_tree=False, encoding="utf-8"
    )
    try:
        # As bytes, because lxml cannot take every character of a str.
        root = html.document_fromstring(text.encode("utf-8", "ignore"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError) as error:
        raise Refused("Trang web trống hoặc hỏng.", "Mở bằng trình duyệt và lưu lại.") from error
    if root is None:
        raise Refused("Trang web trống.", "Mở bằng trình duyệt và lưu lại.")
    return root


class _Walk:
    """One walk through one page; text gathers until a block ends."""

    def __init__(self, options: ReadingOptions) -> None:
        self._chosen = options.content_column
        self._tables = 0
        self._text: list[tuple[str, bool]] = []
        self._label = ""

    def drafts(self, node: Any, part: str = "body", bold: bool = False) -> Iterator[Paragraph]:
        """Give the drafts below a block element."""
        tag = node.tag
        label = _list_label(node) if tag == "li" else ""
        self._label = label or self._label
        bold = bold or tag in _BOLD
        self._gather(node.text, bold, tag)
        for child in node:
            yield from self._child(child, part, bold)
            self._gather(child.tail, bold, tag)
        if tag in _BLOCKS:
            yield from self._flush(part)

    def _child(self, child: Any, part: str, bold: bool) -> Iterator[Paragraph]:
        if not isinstance(child.tag, str) or child.tag in _UNSHOWN or _is_hidden(child):
            return
        side = _SIDES.get(child.tag, part)
        if child.tag == "br":
            yield from self._flush(part)
        elif child.tag == "table":
            yield from self._flush(part)
            yield from self._table(child)
        else:
            if child.tag in _BLOCKS:
                yield from self._flush(part)
            yield from self.drafts(child, side if part == "body" else part, bold)

    def _gather(self, text: str | None, bold: bool, tag: str) -> None:
        if text:
            self._text.append((text, bold or tag in _BOLD))

    def _flush(self, part: str) -> Iterator[Paragraph]:
        text = "".join(piece for piece, _ in self._text)
        bold = all(weight for piece, weight in self._text if piece.strip())
        self._text = []
        if text.strip():
            yield Paragraph(0, text, part=part, label=self._label, bold=bold)
            self._label = ""

    def _table(self, table: Any) -> Iterator[Paragraph]:
        self._tables += 1
        place = Place(table=self._tables)
        for caption in table.findall("caption"):
            yield from self.drafts(caption)
        yield from paragraphs_of(list(self._cells(table)), place, chosen=self._chosen)

    def _cells(self, table: Any) -> Iterator[Cell]:
        taken: dict[tuple[int, int], bool] = {}
        rows = [row for row in table.iter("tr") if _owner(row, "table") is table]
        for number, row in enumerate(rows, 1):
            column = 1
            for cell in row.iterchildren("td", "th"):
                while taken.get((number, column)):
                    column += 1
                across, down = _span(cell, "colspan"), _span(cell, "rowspan")
                taken |= {
                    (number + y, column + x): True for y in range(down) for x in range(across)
                }
                drafts = [replace(draft, part="body") for draft in self.drafts(cell)]
                yield Cell(number, column, tuple(drafts), across)
                column += across


def _owner(node: Any, tag: str) -> Any:
    return next(node.iterancestors(tag), None)


def _span(cell: Any, name: str) -> int:
    written = (cell.get(name) or "1").strip()
    return max(1, min(int(written), 200)) if written.isdecimal() and len(written) < 6 else 1


def _is_hidden(node: Any) -> bool:
    return node.get("hidden") is not None or bool(_HIDDEN.search(node.get("style") or ""))


def _list_label(item: Any) -> str:
    parent = item.getparent()
    if parent is None or parent.tag != "ol":
        return "•"
    start = parent.get("start") or "1"
    first = int(start) if start.isdecimal() and len(start) < 7 else 1
    before = sum(1 for _ in item.itersiblings("li", preceding=True))
    return f"{first + before}."
