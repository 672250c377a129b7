"""Reads and writes parquet row group by row group; the only module that touches pyarrow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from pipeline.errors import MissingPartError, ReadError
from pipeline.stream.chunks import CHUNK_ROWS, Chunk, chunked

_GROUP_ROWS = 20_000


class ParquetTable:
    """A parquet file.

    Raises
    ------
    ReadError
        The file is no parquet.
    MissingPartError
        pyarrow is not installed.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = self._open()
        self.schema = self._file.schema_arrow
        self.columns = tuple(self.schema.names)
        self._rows = max(1, self._file.metadata.num_rows)

    def chunks(self) -> Iterator[Chunk]:
        """Yield all rows, chunk by chunk, their cells as Python values."""
        read = 0

        def rows() -> Iterator[tuple[object, ...]]:
            nonlocal read
            for batch in self._open().iter_batches(CHUNK_ROWS):
                for row in zip(*(column.to_pylist() for column in batch.columns), strict=True):
                    read += 1
                    yield row

        yield from chunked(rows(), lambda: read / self._rows)

    def check_text(self, name: str) -> None:
        """Refuse a text column that does not hold text.

        Raises
        ------
        ReadError
            Names the column and its type.
        """
        pa = _pyarrow()
        found = self.schema.field(name).type
        kind = found.value_type if pa.types.is_dictionary(found) else found
        if not (pa.types.is_string(kind) or pa.types.is_large_string(kind)):
            text = [f.name for f in self.schema if pa.types.is_string(f.type)]
            raise ReadError(
                f"{self.path}: cột {name!r} có kiểu {found}, không phải văn bản. "
                f"Các cột văn bản: {', '.join(text) or 'không có'}."
            )

    def _open(self) -> Any:
        pa = _pyarrow()
        from pyarrow.parquet import ParquetFile

        try:
            return ParquetFile(self.path)
        except (pa.ArrowException, OSError) as error:
            raise ReadError(
                f"{self.path}: không đọc được tệp parquet ({error}). Hãy xuất lại tệp."
            ) from error


class ParquetWriter:
    """Keeps the types of the table's own columns; the added ones are text and one number."""

    def __init__(self, file: Path, columns: Sequence[str], schema: Any) -> None:
        pa = _pyarrow()
        from pyarrow.parquet import ParquetWriter as ArrowWriter

        own = [field.type for field in schema] if schema is not None else []
        types = own + [pa.string()] * (len(columns) - len(own))
        self._schema = pa.schema(
            [
                (name, pa.float64() if name == "confidence" and at >= len(own) else kind)
                for at, (name, kind) in enumerate(zip(columns, types, strict=True))
            ]
        )
        self._text = [at for at, kind in enumerate(types) if at >= len(own)]
        self._writer = ArrowWriter(file, self._schema)
        self._rows: list[Sequence[object]] = []

    def write(self, rows: Iterable[Sequence[object]]) -> None:
        """Add rows."""
        self._rows += rows
        if len(self._rows) >= _GROUP_ROWS:
            self._flush()

    def close(self) -> None:
        """Complete the file."""
        self._flush()
        self._writer.close()

    def _flush(self) -> None:
        pa = _pyarrow()
        if not self._rows:
            return
        columns = zip(*self._rows, strict=True)
        arrays = [
            pa.array(_fitting(column, field.type, pa), type=field.type)
            for column, field in zip(columns, self._schema, strict=True)
        ]
        self._writer.write_table(pa.Table.from_arrays(arrays, schema=self._schema))
        self._rows = []


def _fitting(column: Sequence[object], kind: Any, pa: Any) -> Sequence[object]:
    """Text columns of a workbook may hold numbers and dates: they become text."""
    if not pa.types.is_string(kind):
        return column
    from pipeline.stream.writing import written

    return [
        cell if isinstance(cell, str) or cell is None else str(written(cell)) for cell in column
    ]


def _pyarrow() -> Any:
    try:
        import pyarrow
    except ImportError as error:
        raise MissingPartError(
            "Parquet needs pyarrow. Install it: pip install 'ykien[parquet]'."
        ) from error
    return pyarrow
