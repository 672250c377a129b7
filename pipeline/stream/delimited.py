"""Reads csv and tsv of any length; a broken line costs itself only."""

from __future__ import annotations

import csv
import io
from collections import deque
from collections.abc import Iterator, Sequence
from pathlib import Path

from pipeline.errors import ReadError
from pipeline.stream.chunks import BrokenRow, Chunk, chunked
from pipeline.stream.encodings import encoding_of

MAX_RECORD = 20_000_000
"""Characters of one row; a quote that never closes is noticed here at the latest."""
MAX_UNCLOSED = 200
_SHOWN = 80
_DELIMITERS = ",;\t|"


class DelimitedTable:
    """A csv or tsv file, with its delimiter and encoding found by looking.

    Parameters
    ----------
    path
        The file.
    encoding
        Its encoding; found from the first megabyte if None.

    Raises
    ------
    ReadError
        The file cannot be opened or has no heading.
    """

    schema = None

    def __init__(self, path: Path, encoding: str | None = None) -> None:
        self.path = path
        self.size = max(1, path.stat().st_size)
        self.encoding = encoding or encoding_of(path)
        # One limit for the whole process: the csv module knows no other.
        csv.field_size_limit(MAX_RECORD)
        with self._open() as lines:
            self.delimiter = _delimiter(lines.readline(MAX_RECORD))
        self.columns = self._heading()

    def chunks(self) -> Iterator[Chunk]:
        """Yield the rows below the heading, chunk by chunk."""
        with self._open() as lines:
            records = _Records(lines, self.delimiter, len(self.columns), self.encoding)
            next(iter(records), None)
            yield from chunked(records, lambda: self._share(lines))

    def check_text(self, name: str) -> None:
        """Accept any column: its cells have no declared type."""

    def _share(self, lines: io.TextIOWrapper) -> float:
        return min(1.0, lines.buffer.tell() / self.size)

    def _open(self) -> io.TextIOWrapper:
        # Undecodable bytes become lone surrogates, which mark the line as broken.
        errors = "replace" if self.encoding.startswith("utf-16") else "surrogateescape"
        try:
            return self.path.open(encoding=self.encoding, errors=errors, newline="")
        except (OSError, LookupError) as error:
            raise ReadError(
                f"{self.path}: không mở được ({error}). Hãy kiểm tra tệp và bảng mã (--encoding)."
            ) from error

    def _heading(self) -> tuple[str, ...]:
        with self._open() as lines:
            first = next(iter(_Records(lines, self.delimiter, 0, self.encoding)), None)
        if first is None or isinstance(first, BrokenRow) or not any(first):
            raise ReadError(
                f"{self.path}: dòng đầu không có tên cột. Hãy thêm một dòng tên cột ở đầu bảng."
            )
        return tuple(str(name).strip().lstrip("\ufeff") for name in first)


class _Records:
    """Yields the rows of csv lines, and a `BrokenRow` for each that cannot be read.

    When a record fails, only its first line is given up: reading goes on at the
    second, so one stray quote does not swallow the rest of the file.
    """

    def __init__(self, lines: io.TextIOWrapper, delimiter: str, width: int, name: str) -> None:
        self._lines = lines
        self._delimiter = delimiter
        self._width = width
        self._name = name
        self._ahead: deque[str] = deque()
        self._drawn: list[str] = []
        self._drawn_size = 0
        self._line = 0
        self._unclosed = 0

    def __iter__(self) -> Iterator[Sequence[str] | BrokenRow]:
        reader = self._reader()
        while True:
            self._drawn, self._drawn_size = [], 0
            try:
                row = next(reader)
            except StopIteration:
                return
            except (csv.Error, _TooLong) as error:
                yield self._broken(str(error))
                reader = self._reader()
                continue
            problem = self._problem(row)
            if problem:
                yield self._broken(problem)
                reader = self._reader()
                continue
            self._line += len(self._drawn)
            if row:
                yield row

    def _reader(self) -> Iterator[list[str]]:
        return csv.reader(self._draw(), delimiter=self._delimiter, strict=True)

    def _draw(self) -> Iterator[str]:
        while True:
            line = self._ahead.popleft() if self._ahead else self._lines.readline(MAX_RECORD)
            if not line:
                return
            self._drawn.append(line)
            self._drawn_size += len(line)
            if self._drawn_size >= MAX_RECORD:
                raise _TooLong(f"dài hơn {MAX_RECORD // 1_000_000} triệu ký tự")
            yield line

    def _problem(self, row: list[str]) -> str:
        if not row:
            return ""
        if self._width and len(row) != self._width:
            return f"có {len(row)} ô, bảng có {self._width} cột"
        if any(not cell.isascii() and _undecodable(cell) for cell in row):
            return f"có ký tự không đọc được bằng bảng mã {self._name}"
        return ""

    def _broken(self, error: str) -> BrokenRow:
        """Give up the first line drawn and put the others back."""
        first, *others = self._drawn
        self._ahead.extendleft(reversed(others))
        self._line += 1
        if not first.endswith(("\n", "\r")):
            self._skip_line()
        if len(others) > 1_000 or self._drawn_size > 1_000_000:
            self._unclosed += 1
            if self._unclosed > MAX_UNCLOSED:
                raise ReadError(
                    f"{self._lines.name}: quá nhiều dòng hỏng (dấu ngoặc kép không đóng), gần nhất "
                    f"là dòng {self._line}. Hãy kiểm tra đây có phải tệp CSV không."
                )
        begins = first[:_SHOWN].encode("utf-8", "replace").decode("utf-8").rstrip("\r\n")
        return BrokenRow(self._line, _in_vietnamese(error), begins)

    def _skip_line(self) -> None:
        """Pass over what is left of a line too long to hold; nothing at the end of the file."""
        if self._ahead:
            return
        while True:
            rest = self._lines.readline(1_000_000)
            if not rest or rest.endswith(("\n", "\r")):
                return


class _TooLong(Exception):
    pass


def _undecodable(cell: str) -> bool:
    return any("\udc80" <= letter <= "\udcff" for letter in cell)


def _in_vietnamese(error: str) -> str:
    if "expected after" in error or "unexpected end of data" in error:
        return "dấu ngoặc kép không khớp"
    return f"ô quá dài: {error}" if "field larger" in error else error


def _delimiter(heading: str) -> str:
    return max(_DELIMITERS, key=heading.count)
