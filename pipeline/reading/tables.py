"""Gives the cells of any table as paragraphs that know their column's heading."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.reading.document import Paragraph, Place
from pipeline.reading.letters import clean, unify_tone_marks
from pipeline.reading.options import settings

CONTENT_HEADING = "Nội dung ý kiến"
"""Heading given to the column that the user chose as the content column."""

_DEEPEST_HEADING = 20
_LONGEST_HEADING = 90


@dataclass(frozen=True)
class Cell:
    """A cell once, however many squares it covers: `row` and `column` count from 1."""

    row: int
    column: int
    drafts: tuple[Paragraph, ...]
    columns: int = 1

    @property
    def text(self) -> str:
        """The whole cell as one line, nested tables left out."""
        own = [draft.text for draft in self.drafts if draft.place.table is None]
        return clean(" ".join(own))


def paragraphs_of(
    cells: Sequence[Cell], place: Place, *, chosen: str = "", headings: dict[int, str] | None = None
) -> Iterator[Paragraph]:
    """Give the drafts of a table, row by row, with place and heading.

    Parameters
    ----------
    cells
        All cells, in any order.
    place
        Page, sheet and number of the table; row and column are filled in.
    chosen
        Heading or number of the content column that the user named.
    headings
        Headings of a table that goes on from the page before.
    """
    top, found = (0, headings) if headings else find_headings(cells)
    found = _with_choice(found, chosen)
    for cell in sorted(cells, key=lambda cell: (cell.row, cell.column)):
        heading = found.get(cell.column, "") if cell.row > top else ""
        for draft in cell.drafts:
            if draft.place.table is not None:
                yield draft
                continue
            own = replace(place, row=cell.row, column=cell.column, page=draft.place.page)
            own = own if own.page else replace(own, page=place.page)
            yield replace(draft, place=own, part="cell", heading=heading)


def find_headings(cells: Sequence[Cell]) -> tuple[int, dict[int, str]]:
    """Return the last heading row (0 if there is none) and the heading of each column.

    The first row with two known headings ("STT", "Họ và tên", "Nội dung"...) is
    taken, so titles above a table do no harm; without one, the first row of a
    table is, if it looks like headings.
    """
    rows: dict[int, list[Cell]] = {}
    for cell in cells:
        if cell.text:
            rows.setdefault(cell.row, []).append(cell)
    numbers = sorted(rows)
    for number in numbers[:_DEEPEST_HEADING]:
        if sum(is_heading(cell.text) for cell in rows[number]) >= 2:
            return _with_second_row(rows, number)
    if len(numbers) >= 2 and _may_head(rows[numbers[0]]):
        return numbers[0], {cell.column: cell.text for cell in rows[numbers[0]]}
    return 0, {}


def is_heading(text: str) -> bool:
    """Tell whether a cell reads like the heading of a column of minutes.

    Examples
    --------
    >>> is_heading("Nội dung kiến nghị"), is_heading("Đề nghị xã sửa đường vào bản, đã hỏng.")
    (True, False)
    """
    words = re.sub(r"[^\w\s]", " ", unify_tone_marks(clean(text)).lower()).split()
    if not words or len(words) > 12 or text.rstrip().endswith("."):
        return False
    return any(words[: len(known)] == known for known in _known_headings())


def _known_headings() -> list[list[str]]:
    columns = settings().get("columns", {})
    names = [*columns.get("content", ()), *columns.get("other", ())]
    return [unify_tone_marks(name).split() for name in names]


def _may_head(row: list[Cell]) -> bool:
    texts = [cell.text for cell in row]
    short = all(len(text) <= _LONGEST_HEADING for text in texts)
    return len(texts) >= 2 and short and not any(text[:1].isdigit() for text in texts)


def _with_second_row(rows: dict[int, list[Cell]], number: int) -> tuple[int, dict[int, str]]:
    """Join a heading that covers several columns with the headings below it."""
    headings: dict[int, str] = {}
    covered: set[int] = set()
    for cell in rows[number]:
        for column in range(cell.column, cell.column + cell.columns):
            headings[column] = cell.text
        if cell.columns > 1:
            covered |= set(range(cell.column, cell.column + cell.columns))
    below = rows.get(number + 1, [])
    if not covered or not below or any(cell.column not in covered for cell in below):
        return number, headings
    for cell in below:
        headings[cell.column] = f"{headings[cell.column]} - {cell.text}"
    return number + 1, headings


def _with_choice(headings: dict[int, str], chosen: str) -> dict[int, str]:
    column = chosen_column(headings, chosen)
    return {**headings, column: CONTENT_HEADING} if column else headings


def chosen_column(headings: dict[int, str], chosen: str) -> int:
    """Return the column that the user named by heading or number, 0 if it is not there."""
    if not chosen:
        return 0
    if chosen.isdecimal():
        return int(chosen)
    wanted = unify_tone_marks(clean(chosen)).lower()
    for column, heading in headings.items():
        if unify_tone_marks(heading).lower() == wanted:
            return column
    return 0


def split_lines(text: str) -> list[str]:
    """Return the paragraphs of a cell in which lines were broken by hand.

    A break before a bullet, a number or a capital after the end of a sentence
    is a new paragraph; any other only made the cell look nice.

    Examples
    --------
    >>> split_lines("Đề nghị xã\\nsửa đường.\\n- Cấp nước")
    ['Đề nghị xã sửa đường.', '- Cấp nước']
    """
    from pipeline.reading.plain import LIST_START, SENTENCE_END

    lines: list[str] = []
    for line in filter(None, map(clean, text.splitlines())):
        new = LIST_START.match(line) or (lines and SENTENCE_END.search(lines[-1]))
        if lines and not new:
            lines[-1] = f"{lines[-1]} {line}"
        else:
            lines.append(line)
    return lines


def cells_of(
    rows: Iterable[Sequence[str]], first_row: int = 1, first_column: int = 1
) -> list[Cell]:
    """Return the filled squares of a plain grid of strings as cells."""
    return [
        Cell(row, column, tuple(Paragraph(0, line) for line in split_lines(value)))
        for row, values in enumerate(rows, first_row)
        for column, value in enumerate(values, first_column)
        if value.strip()
    ]
