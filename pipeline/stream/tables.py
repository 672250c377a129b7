"""Opens a table by its extension and finds its columns."""

from __future__ import annotations

from pathlib import Path

from pipeline.errors import ReadError
from pipeline.stream.chunks import Source

_TEXT_NAMES = (".csv", ".tsv", ".txt")
_GIVEN = "_given"


def open_table(path: Path, encoding: str | None = None) -> Source:
    """Return a table that can be read in chunks.

    Parameters
    ----------
    path
        A csv, tsv, xlsx or parquet file.
    encoding
        Of a csv file; found by looking if None.

    Raises
    ------
    ReadError
        Another format, or a file that cannot be read.
    MissingPartError
        A parquet file, and pyarrow is not installed.
    """
    suffix = path.suffix.lower()
    if suffix in _TEXT_NAMES:
        from pipeline.stream.delimited import DelimitedTable

        return DelimitedTable(path, encoding)
    if suffix in (".xlsx", ".xlsm"):
        from pipeline.stream.workbook import WorkbookTable

        return WorkbookTable(path)
    if suffix == ".parquet":
        from pipeline.stream.parquet import ParquetTable

        return ParquetTable(path)
    raise ReadError(
        f"{path}: không phải bảng csv, xlsx hay parquet. Hãy lưu bảng bằng một trong ba định dạng."
    )


def column_index(columns: tuple[str, ...], name: str, path: Path) -> int:
    """Return where a column stands.

    Raises
    ------
    ReadError
        There is no such column, or several; the message names those there are.
    """
    if columns.count(name) > 1:
        raise ReadError(
            f"{path}: có {columns.count(name)} cột cùng tên {name!r}. "
            "Hãy đổi tên để mỗi cột một tên."
        )
    if name in columns:
        return columns.index(name)
    near = [i for i, column in enumerate(columns) if column.strip().lower() == name.lower()]
    if len(near) == 1:
        return near[0]
    raise ReadError(
        f"{path}: không có cột {name!r}. Các cột trong bảng: {', '.join(columns)}. "
        "Hãy chọn cột nội dung bằng --text-column."
    )


def kept_names(columns: tuple[str, ...], added: tuple[str, ...]) -> list[str]:
    """Return the table's own columns, those named like an added one renamed.

    The added names are what other programs read, so they never change.

    Examples
    --------
    >>> kept_names(("id", "topic"), ("topic", "lead"))
    ['id', 'topic_given']
    """
    names: list[str] = []
    taken = {*columns, *added}
    for column in columns:
        name = column
        while name in added or (name != column and name in taken):
            name += _GIVEN
        taken.add(name)
        names.append(name)
    return names
