"""Cuts a document into units: the sentences and clauses that are judged one by one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.extraction.lines import Line, Piece
from pipeline.extraction.sentences import clauses, sentences
from pipeline.extraction.tables import Row
from pipeline.reading.document import Paragraph


@dataclass(frozen=True)
class Unit:
    """A sentence, or what stands between two semicolons of one, without a list label.

    `index` of `count` units in its paragraph; `mark` is the kind of the
    paragraph's list label (`Line.mark`); `clause` tells that a semicolon
    stands before; `in_row` that it stands in a row of an opinion table.
    """

    piece: Piece
    index: int
    count: int
    mark: str = ""
    clause: bool = False
    in_row: bool = False

    @property
    def text(self) -> str:
        """The words."""
        return self.piece.text

    @property
    def paragraph(self) -> int:
        """The number of the paragraph."""
        return self.piece.paragraph


def read_units(items: Sequence[Paragraph | Row], lines: Sequence[Line]) -> list[Unit]:
    """Return the units of a document in reading order.

    Parameters
    ----------
    items
        As `lay_out` gives them.
    lines
        Of the items that are no rows, as `read_lines` gives them.
    """
    found: list[Unit] = []
    waiting = iter(lines)
    for item in items:
        if isinstance(item, Row):
            for _, pieces in sorted(item.cells.items()):
                for piece in pieces:
                    found += _cut(piece, "", in_row=True)
        else:
            line = next(waiting)
            found += _cut(line.piece, line.mark, in_row=False)
    return found


def _cut(piece: Piece, mark: str, *, in_row: bool) -> list[Unit]:
    bounds = [
        (start + left, start + right, left > 0)
        for start, end in sentences(piece.text)
        for left, right in clauses(piece.text[start:end])
    ]
    return [
        Unit(piece.cut(start, end), index, len(bounds), mark, clause, in_row)
        for index, (start, end, clause) in enumerate(bounds)
    ]
