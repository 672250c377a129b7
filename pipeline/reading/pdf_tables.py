"""Finds ruled tables on PDF pages and joins those that go on over a page's end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from pipeline.reading import joining, layout
from pipeline.reading.document import Paragraph, Place
from pipeline.reading.layout import Word
from pipeline.reading.tables import Cell

_TOLERANCE = 3.0


@dataclass(frozen=True)
class PageTable:
    """A table, or the part of it on one page; `edges` are the left edges of its columns."""

    page: int
    top: float
    cells: tuple[Cell, ...]
    words: tuple[Word, ...]
    edges: tuple[float, ...]


def page_tables(page: Any, words: Sequence[Word], number: int) -> list[PageTable]:
    """Return the tables of a page from top to bottom; frames around text are none.

    Parameters
    ----------
    page
        A page of pdfplumber.
    words
        All words of the page.
    number
        Of the page, from 1.
    """
    found: list[PageTable] = []
    taken: set[int] = set()
    for table in sorted(page.find_tables(), key=lambda table: table.bbox[1]):
        made = _page_table(table, [word for word in words if id(word) not in taken], number)
        if made is not None:
            taken |= {id(word) for word in made.words}
            found.append(made)
    return found


def _page_table(table: Any, words: Sequence[Word], number: int) -> PageTable | None:
    boxes = [(row, box) for row, line in enumerate(table.rows, 1) for box in line.cells if box]
    edges = _edges([box[0] for _, box in boxes])
    inside = [word for word in words if _within(word, table.bbox)]
    if len(edges) < 2 or not inside:
        return None
    cells, used = [], []
    for row, box in boxes:
        own = [word for word in inside if _within(word, box)]
        used += own
        first = sum(edge < box[0] - _TOLERANCE for edge in edges) + 1
        span = sum(box[0] - _TOLERANCE <= edge < box[2] - _TOLERANCE for edge in edges)
        cells.append(Cell(row, first, _cell_drafts(own, box[2], number), max(1, span)))
    return PageTable(number, table.bbox[1], tuple(cells), tuple(used), tuple(edges))


def _edges(positions: Sequence[float]) -> list[float]:
    edges: list[float] = []
    for position in sorted(positions):
        if not edges or position - edges[-1] > _TOLERANCE:
            edges.append(position)
    return edges


def _within(word: Word, box: Sequence[float]) -> bool:
    x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _cell_drafts(words: list[Word], edge: float, number: int) -> tuple[Paragraph, ...]:
    # Cells keep some points of white at their right side.
    groups = joining.paragraphs(layout.lines_of(words), edge=edge - 6)
    return tuple(
        Paragraph(
            0,
            joining.joined([line.text for line in group]),
            Place(page=number),
            bold=all(line.bold for line in group),
        )
        for group in groups
    )


def goes_on(table: PageTable, next_table: PageTable) -> bool:
    """Tell whether a table at the top of a page has the columns of the one before."""
    return next_table.page == table.page + 1 and len(table.edges) == len(next_table.edges) and all(
        abs(mine - yours) <= 2 * _TOLERANCE
        for mine, yours in zip(table.edges, next_table.edges, strict=True)
    )  # fmt: skip


def joined_tables(table: PageTable, next_table: PageTable) -> PageTable:
    """Return both parts as one table: repeated headings once, a row cut in two made whole."""
    cells = list(next_table.cells)
    if _row_texts(cells, 1) == _row_texts(table.cells, 1):
        cells = [replace(cell, row=cell.row - 1) for cell in cells if cell.row > 1]
    last = max(cell.row for cell in table.cells)
    whole = list(table.cells)
    if _is_rest_of_row(cells):
        whole = [_with_rest(cell, cells) if cell.row == last else cell for cell in whole]
        cells = [replace(cell, row=cell.row - 1) for cell in cells if cell.row > 1]
    whole += [replace(cell, row=cell.row + last) for cell in cells]
    words = table.words + next_table.words
    return PageTable(next_table.page, table.top, tuple(whole), words, table.edges)


def _row_texts(cells: Sequence[Cell], row: int) -> list[tuple[int, str]]:
    return [(cell.column, cell.text) for cell in cells if cell.row == row]


def _is_rest_of_row(cells: Sequence[Cell]) -> bool:
    """A row without a number in its first column only ends the row of the page before."""
    texts = dict(_row_texts(cells, 1))
    return len(texts) > 1 and not texts.get(1) and any(texts.values())


def _with_rest(cell: Cell, cells: Sequence[Cell]) -> Cell:
    rest = [each for each in cells if each.row == 1 and each.column == cell.column]
    drafts = list(cell.drafts)
    for draft in rest[0].drafts if rest else ():
        if drafts and (draft.text[:1].islower() or draft.text[:1].isdigit()):
            drafts[-1] = replace(drafts[-1], text=joining.joined([drafts[-1].text, draft.text]))
        else:
            drafts.append(draft)
    return replace(cell, drafts=tuple(drafts))
