"""Reads docx: paragraphs and tables in reading order, as Word shows them."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from typing import Any

from pipeline.reading.archive import open_archive, read_member
from pipeline.reading.content import Content, converted_note, finish
from pipeline.reading.document import Paragraph, Place
from pipeline.reading.options import Limits, ReadingOptions
from pipeline.reading.refusal import Refused
from pipeline.reading.tables import Cell, paragraphs_of
from pipeline.reading.word_numbering import Numbering
from pipeline.reading.word_runs import NEW_PAGE, PAGE_BREAK, Run, boxes, read_runs, run_text
from pipeline.reading.word_styles import Styles, W, value
from pipeline.reading.xml import parse_xml

_MAIN = "word/document.xml"
# Containers around paragraphs and rows that change nothing of what is shown.
_WRAPPERS = {
    W + name
    for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag", "body")
}  # fmt: skip


def read_docx(data: bytes, options: ReadingOptions) -> Content:
    """Return the paragraphs of a Word document.

    Tracked insertions count, deletions do not; comments, macros and links are
    not looked at. Headers stand first, footers and footnotes last.

    Raises
    ------
    Refused
        If the package or its main part is damaged.
    """
    archive = open_archive(data, options.limits)
    main = _main_part(archive)
    if not main:
        raise Refused("Tệp không phải văn bản Word (thiếu nội dung).", "Lưu lại thành .docx.")
    walk = _Walk(archive, options, main.rsplit("/", 1)[0] + "/")
    body = parse_xml(read_member(archive, main, options.limits), main)
    walk.find_pages(body)
    drafts = [*walk.sides("header"), *walk.blocks(body), *walk.sides("footer"), *walk.footnotes()]
    notes = [converted_note(name, "theo phông chữ") for name in sorted(walk.legacy)]
    return finish(drafts, "docx", notes=notes, guess=not walk.legacy)


def _main_part(archive: zipfile.ZipFile) -> str:
    names = set(archive.namelist())
    if _MAIN in names:
        return _MAIN
    # Some programs number the main part: "word/document2.xml".
    others = sorted(name for name in names if name.startswith("word/document"))
    return next((name for name in others if name.endswith(".xml")), "")


class _Walk:
    """One walk through one document; it counts tables, pages and list numbers."""

    def __init__(self, archive: zipfile.ZipFile, options: ReadingOptions, folder: str) -> None:
        self._archive, self._folder = archive, folder
        self._limits: Limits = options.limits
        self._chosen = options.content_column
        self._styles = Styles(self._part("styles.xml"))
        self._numbering = Numbering(self._part("numbering.xml"))
        self._tables = 0
        self._page = 1
        self._new_page = ""
        self._carried: list[Run] = []
        self.legacy: set[str] = set()

    def _part(self, name: str) -> Any | None:
        """Return a lesser part, None if it is missing or damaged: text matters more."""
        content = read_member(self._archive, self._folder + name, self._limits)
        try:
            return parse_xml(content, name) if content else None
        except Refused:
            return None

    def find_pages(self, body: Any) -> None:
        """Find out how the document tells its pages: Word's own breaks are surest."""
        if next(body.iter(W + "lastRenderedPageBreak"), None) is not None:
            self._new_page = NEW_PAGE
        elif any(each.get(W + "type") == "page" for each in body.iter(W + "br")):
            self._new_page = PAGE_BREAK

    def sides(self, kind: str) -> Iterator[Paragraph]:
        """Give the texts of headers or footers, each once."""
        seen: set[str] = set()
        names = [name for name in self._archive.namelist() if name.startswith(self._folder + kind)]
        for name in sorted(names):
            root = self._part(name.removeprefix(self._folder))
            if root is None:
                continue
            for draft in self.blocks(root):
                if draft.text not in seen:
                    seen.add(draft.text)
                    yield Paragraph(0, draft.text, part=kind, bold=draft.bold)

    def footnotes(self) -> Iterator[Paragraph]:
        """Give footnotes and endnotes, as part of the foot."""
        for name in ("footnotes.xml", "endnotes.xml"):
            root = self._part(name)
            for draft in self.blocks(root) if root is not None else ():
                yield Paragraph(0, draft.text, part="footer")

    def blocks(self, parent: Any) -> Iterator[Paragraph]:
        """Give the drafts of all paragraphs and tables below `parent`."""
        for node in parent:
            if node.tag == W + "p":
                yield from self._paragraph(node)
            elif node.tag == W + "tbl":
                yield from self._table(node)
            elif node.tag in _WRAPPERS or node.tag in (W + "footnote", W + "endnote"):
                yield from self.blocks(node)

    def _paragraph(self, node: Any) -> Iterator[Paragraph]:
        style = value(node, "pPr/pStyle")
        runs = self._carried + read_runs(node, self._styles, style)
        self._carried = []
        if value(node, "pPr/rPr/del") is not None:
            # The end of this paragraph is deleted: it goes on in the next one.
            self._carried = runs
            return
        label = self._label(node, style) if any(run.text.strip() for run in runs) else ""
        text, found = run_text(runs)
        self.legacy |= found
        bold = self._is_bold(runs, style)
        for line in text.split("\n"):
            pages = line.count(self._new_page) if self._new_page else 0
            first = pages if line.lstrip()[:1] != line[:1] else 0
            self._page += first
            yield Paragraph(0, line, self._place(), label=label, bold=bold)
            self._page += pages - first
            label = "" if line.strip() else label
        for box in boxes(node):
            for draft in self.blocks(box):
                part = "textbox" if draft.part == "body" else draft.part
                yield Paragraph(0, draft.text, draft.place, part, draft.label, bold=draft.bold)

    def _place(self) -> Place:
        return Place(page=self._page if self._new_page else None)

    def _label(self, node: Any, style: str | None) -> str:
        number, level = value(node, "pPr/numPr/numId"), value(node, "pPr/numPr/ilvl")
        if number is None:
            number, from_style = self._styles.numbering(style)
            level = level or from_style
        return self._numbering.label(number, level)

    def _is_bold(self, runs: list[Run], style: str | None) -> bool:
        shown = [run for run in runs if run.text.strip()]
        return bool(shown) and (all(run.bold for run in shown) or self._styles.is_heading(style))

    def _table(self, node: Any) -> Iterator[Paragraph]:
        self._tables += 1
        place = Place(table=self._tables, page=self._place().page)
        cells = list(self._cells(node))
        yield from paragraphs_of(cells, place, chosen=self._chosen)

    def _cells(self, table: Any) -> Iterator[Cell]:
        for number, row in enumerate(_inside(table, "tr"), 1):
            before = value(row, "trPr/gridBefore")
            column = 1 + (int(before) if before and before.isdecimal() else 0)
            if value(row, "trPr/del") is not None:
                continue
            for cell in _inside(row, "tc"):
                written = value(cell, "tcPr/gridSpan")
                span = int(written) if written and written.isdecimal() else 1
                merged = value(cell, "tcPr/vMerge")
                if merged is None or merged == "restart":
                    yield Cell(number, column, tuple(self.blocks(cell)), max(1, min(span, 100)))
                column += max(1, min(span, 100))


def _inside(parent: Any, name: str) -> Iterator[Any]:
    """Give the rows or cells below `parent`, through content controls and the like."""
    for node in parent:
        if node.tag == W + name:
            yield node
        elif node.tag in _WRAPPERS:
            yield from _inside(node, name)
