"""What flows through a stream: chunks of rows, tasks, and answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

CHUNK_ROWS = 500
CHUNK_CHARACTERS = 8_000_000
"""A chunk ends here too, so that rows of megabytes do not fill the memory."""


@dataclass(frozen=True)
class BrokenRow:
    """A row that cannot be read: its line in the file (from 1), why, and how it begins."""

    line: int
    error: str
    begins: str = ""


@dataclass(frozen=True)
class Chunk:
    """Rows that follow each other in a table.

    `number` counts from 0; `done` is the share (0..1) of the table that has
    been read when the chunk ends.
    """

    number: int
    rows: tuple[Sequence[object], ...]
    broken: tuple[BrokenRow, ...] = ()
    done: float = 0.0


@dataclass(frozen=True)
class Task:
    """What is needed of a chunk to answer it; cells of the four columns, as text."""

    number: int
    texts: tuple[str, ...]
    dates: tuple[str, ...]
    places: tuple[str, ...]


Answer = list[object]
"""The cells of CLASSIFY_COLUMNS for one row; all text but the confidence."""


class Source(Protocol):
    """A table that can be read from its beginning as often as one likes."""

    columns: tuple[str, ...]
    schema: object

    def chunks(self) -> Iterator[Chunk]:
        """Yield the same chunks at every call."""

    def check_text(self, name: str) -> None:
        """Refuse a text column whose type is another."""


def chunked(items: Iterable[Sequence[object] | BrokenRow], share_done) -> Iterator[Chunk]:
    """Yield rows and broken rows gathered into chunks.

    Parameters
    ----------
    items
        Rows in order, a `BrokenRow` standing where one could not be read.
    share_done
        Called without arguments at the end of each chunk; gives `Chunk.done`.
    """
    number, size = 0, 0
    rows: list[Sequence[object]] = []
    broken: list[BrokenRow] = []
    for item in items:
        if isinstance(item, BrokenRow):
            broken.append(item)
            continue
        rows.append(item)
        size += sum(len(cell) for cell in item if isinstance(cell, str))
        if len(rows) == CHUNK_ROWS or size >= CHUNK_CHARACTERS:
            yield Chunk(number, tuple(rows), tuple(broken), share_done())
            number, size, rows, broken = number + 1, 0, [], []
    if rows or broken:
        yield Chunk(number, tuple(rows), tuple(broken), 1.0)
