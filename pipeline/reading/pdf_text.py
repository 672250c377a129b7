"""Turns the lines and tables of PDF pages into paragraphs and cells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from pipeline.reading import joining, layout
from pipeline.reading.document import Paragraph, Place
from pipeline.reading.layout import Line
from pipeline.reading.options import ReadingOptions
from pipeline.reading.pdf_tables import PageTable, goes_on, joined_tables
from pipeline.reading.tables import paragraphs_of


@dataclass
class Page:
    """One page: its number from 1, its lines in reading order, its tables."""

    number: int
    height: float
    width: float
    lines: list[Line] = field(default_factory=list)
    tables: list[PageTable] = field(default_factory=list)
    letters: int = 0
    is_scan: bool = False


def page_drafts(pages: list[Page], options: ReadingOptions) -> Iterator[Paragraph]:
    """Give the drafts of all pages; paragraphs and tables may go on over a page's end."""
    fixed = joining.furniture([page.lines for page in pages], [page.height for page in pages])
    stretches: list[list[Line] | PageTable] = []
    feet: list[Paragraph] = []
    for index, page in enumerate(pages):
        loose = []
        for at, line in enumerate(page.lines):
            if (index, at) not in fixed:
                loose.append(line)
            elif line.top < page.height / 2:
                yield Paragraph(0, line.text, Place(page=page.number), "header")
            else:
                feet.append(Paragraph(0, line.text, Place(page=page.number), "footer"))
        for stretch in _stretches(page, loose):
            _append(stretches, stretch)
    number = 0
    for stretch in stretches:
        if isinstance(stretch, PageTable):
            number += 1
            place = Place(table=number)
            yield from paragraphs_of(stretch.cells, place, chosen=options.content_column)
        else:
            yield from text_drafts(stretch)
    yield from feet


def _stretches(page: Page, loose: list[Line]) -> Iterator[list[Line] | PageTable]:
    """Give the text and the tables of a page from top to bottom."""
    rest = loose
    for table in page.tables:
        above = [line for line in rest if line.top < table.top]
        rest = [line for line in rest if line.top >= table.top]
        if above:
            yield layout.in_reading_order(above)
        yield table
    if rest:
        yield layout.in_reading_order(rest)


def _append(stretches: list[list[Line] | PageTable], stretch: list[Line] | PageTable) -> None:
    last = stretches[-1] if stretches else None
    if isinstance(stretch, PageTable):
        if isinstance(last, PageTable) and goes_on(last, stretch):
            stretches[-1] = joined_tables(last, stretch)
        else:
            stretches.append(stretch)
    elif isinstance(last, list):
        last.extend(stretch)
    else:
        stretches.append(stretch)


def text_drafts(lines: list[Line]) -> Iterator[Paragraph]:
    """Give the paragraphs of lines that stand in reading order."""
    for group in joining.paragraphs(lines):
        text = joining.joined([line.text for line in group])
        bold = all(line.bold for line in group)
        yield Paragraph(0, text, Place(page=group[0].page), bold=bold)
