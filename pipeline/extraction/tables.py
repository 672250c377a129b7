"""Tables of opinions: which column holds what, and the rows as pieces."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from pipeline.extraction.lines import Piece
from pipeline.extraction.vocabulary import opening
from pipeline.reading.document import Paragraph

ROLES = ("number", "reply", "note", "speaker", "address", "role", "content")
_SEPARATOR = re.compile(r"[|\t]")


@dataclass
class Row:
    """One row: pieces by column; `roles` tells what the columns hold once a heading is known."""

    cells: dict[int, list[Piece]]
    paragraphs: tuple[int, ...]
    headings: dict[int, str] = field(default_factory=dict)
    roles: dict[int, str] = field(default_factory=dict)
    table: tuple = ()
    is_heading: bool = False

    @property
    def page(self) -> int | None:
        """The page the row stands on, in formats that have pages."""
        return self.table[0][2] if self.table and len(self.table[0]) > 2 else None

    def of(self, role: str) -> list[Piece]:
        """Return the pieces of all columns that hold `role`."""
        return [
            piece
            for column, pieces in sorted(self.cells.items())
            if self.roles.get(column) == role
            for piece in pieces
            if piece.text
        ]

    def text_of(self, role: str) -> str:
        """Return the text of all columns that hold `role`."""
        return ", ".join(piece.text for piece in self.of(role))


def lay_out(paragraphs: Sequence[Paragraph]) -> list[Paragraph | Row]:
    """Return the document as rows of opinion tables and all other paragraphs, in order.

    Only tables whose heading names a content column become rows; letterheads
    and signatures, which offices also put into tables, stay paragraphs.
    """
    items: list[Paragraph | Row] = []
    for item in _gathered(paragraphs):
        items.append(item)
    _give_roles([item for item in items if isinstance(item, Row)])
    result: list[Paragraph | Row] = []
    by_number = {paragraph.number: paragraph for paragraph in paragraphs}
    for item in items:
        if isinstance(item, Row) and not item.roles:
            result.extend(by_number[number] for number in item.paragraphs)
        else:
            result.append(item)
    return result


def _gathered(paragraphs: Iterable[Paragraph]) -> Iterable[Paragraph | Row]:
    row: Row | None = None
    for paragraph in paragraphs:
        if paragraph.part == "cell":
            key = (paragraph.place.sheet, paragraph.place.table, paragraph.place.page)
            at = (key, paragraph.place.row)
            if row is None or row.table != at:
                if row:
                    yield row
                row = Row({}, (), table=at)
            _add_cell(row, paragraph)
            continue
        if row:
            yield row
            row = None
        written = " | " in paragraph.text or "\t" in paragraph.text.strip()
        yield _written_row(paragraph) if written else paragraph
    if row:
        yield row


def _add_cell(row: Row, paragraph: Paragraph) -> None:
    column = paragraph.place.column or len(row.cells) + 1
    piece = Piece(paragraph.number, 0, len(paragraph.text), paragraph.text).cut(0)
    row.cells.setdefault(column, []).append(piece)
    row.paragraphs += (paragraph.number,)
    if paragraph.heading:
        row.headings[column] = paragraph.heading


def _written_row(paragraph: Paragraph) -> Row:
    """A row of a table that was pasted as text: bars or tabs stand between its cells."""
    whole = Piece(paragraph.number, 0, len(paragraph.text), paragraph.text)
    bars = list(_SEPARATOR.finditer(paragraph.text))
    places = [0, *(match.end() for match in bars)]
    ends = [*(match.start() for match in bars), len(paragraph.text)]
    cells = {
        n: [whole.cut(start, end)]
        for n, (start, end) in enumerate(zip(places, ends, strict=True), 1)
    }
    return Row(cells, (paragraph.number,), table=(("pipe",), None))


def _give_roles(rows: list[Row]) -> None:
    """Find the heading of each table and hand its meaning down to the rows below it."""
    roles: dict[int, str] = {}
    table: object = None
    for row in rows:
        if row.table[0] != table:
            table, roles = row.table[0], roles if _continues(row, roles) else {}
        found = column_roles({column: pieces[0].text for column, pieces in row.cells.items()})
        if "content" in found.values() and len(found) >= 2 and _short(row):
            row.is_heading, roles = True, found
            row.roles = found
        elif row.headings and "content" in column_roles(row.headings).values():
            row.roles = column_roles(row.headings)
        elif roles:
            row.roles = roles


def _continues(row: Row, roles: dict[int, str]) -> bool:
    """Tell whether a table that starts on a new page goes on with the one before it."""
    first = min(row.cells)
    return (
        bool(roles)
        and roles.get(first) == "number"
        and row.cells[first][0].text.strip(".").isdigit()
    )


def _short(row: Row) -> bool:
    return all(len(piece.text) <= 80 for pieces in row.cells.values() for piece in pieces)


def column_roles(headings: dict[int, str]) -> dict[int, str]:
    """Return what each column holds, told by its heading; unknown columns are left out.

    Examples
    --------
    >>> column_roles({1: "STT", 2: "Họ và tên, địa chỉ", 3: "Nội dung ý kiến"})
    {1: 'number', 2: 'speaker', 3: 'content'}
    """
    found: dict[int, str] = {}
    for column, heading in headings.items():
        role = _role(heading)
        if role and not (role == "content" and "content" in found.values()):
            found[column] = role
    if "reply" not in found.values():
        found |= {
            column: "reply"
            for column, heading in headings.items()
            if opening("columns.status").match(heading.strip())
        }
    return found


def _role(heading: str) -> str:
    heading = heading.strip()
    if not heading or len(heading) > 80:
        return ""
    if opening("columns.content").match(heading) and not opening("columns.reply").match(heading):
        told = re.search(r"trả lời|giải trình|tiếp thu|giải quyết|xử lý", heading, re.I)
        asked = re.search(r"ý kiến|kiến nghị|phản ánh|câu hỏi", heading, re.I)
        return "reply" if told and not asked else "content"
    if re.search(
        r"(?<!\w)(?:trả lời|giải trình|tiếp thu|phản hồi|đã giải quyết)(?!\w)", heading, re.I
    ):
        return "reply"
    if re.search(r"(?<!\w)(?:đề xuất|phụ trách|thực hiện|theo dõi)(?!\w)", heading, re.I):
        return "note"
    return next((role for role in ROLES if opening(f"columns.{role}").match(heading)), "")
