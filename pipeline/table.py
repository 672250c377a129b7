"""The columns of the opinion table, declared once, and their order in every file."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from pipeline.errors import DataError

if TYPE_CHECKING:
    import pandas as pd

EXTRACTED = (
    "opinion_id", "meeting_id", "meeting_date", "meeting_place", "turn", "speaker", "role",
    "address", "commune", "text", "context", "reply", "source", "location",
)  # fmt: skip
CLASSIFIED = ("kind", "topic", "also", "confidence", "decision", "reason", "evidence")
ROUTED = ("lead", "coordinate", "forward", "due", "rule")

OPINION_COLUMNS = (
    "opinion_id", "meeting_id", "meeting_date", "meeting_place", "turn", "speaker", "role",
    "address", "commune", "text", "context", "reply", "kind", "topic", "also", "confidence",
    "decision", "reason", "lead", "coordinate", "forward", "due", "rule", "evidence",
    "source", "location",
)  # fmt: skip
"""Columns of `opinions.csv`, in the order of the file."""

CLASSIFY_COLUMNS = (
    "topic", "also", "confidence", "decision", "reason", "lead", "coordinate", "forward",
    "rule", "evidence",
)  # fmt: skip
"""Columns that `ykien classify` appends to a table of its user's."""

LEDGER_COLUMNS = ("source", "paragraph", "location", "class", "opinion_ids", "rule", "text")
ERROR_COLUMNS = ("source", "error", "remedy")

KINDS = ("kiến nghị", "phản ánh", "hỏi", "khiếu nại", "tố cáo", "cảm ơn")
SEPARATOR = "; "
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def join_cell(values: Iterable[str]) -> str:
    """Return several values as one cell.

    Examples
    --------
    >>> join_cell(["land", "planning"])
    'land; planning'
    """
    return SEPARATOR.join(values)


def split_cell(cell: str) -> list[str]:
    """Return the values of one cell; an empty cell holds none.

    Examples
    --------
    >>> split_cell("land; planning")
    ['land', 'planning']
    """
    return [value.strip() for value in str(cell or "").split(";") if value.strip()]


def defused(cell: object) -> object:
    """Return `cell`, with an apostrophe before text that a spreadsheet would run.

    A cell that begins like a formula is run by spreadsheets; the apostrophe is
    what OWASP advises against CSV injection.

    Examples
    --------
    >>> defused("=1+1")
    "'=1+1"
    >>> defused("Đề nghị")
    'Đề nghị'
    """
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_SIGNS) else cell


def check_columns(table: pd.DataFrame, needed: Iterable[str], *, step: str) -> None:
    """Refuse a table that lacks a column which `step` reads.

    Raises
    ------
    DataError
        Names the step and every missing column.
    """
    missing = [column for column in needed if column not in table.columns]
    if missing:
        raise DataError(
            f"{step}: the opinion table lacks the column(s) {', '.join(missing)}. "
            "Run the steps in their order: read, extract, classify, route, papers."
        )
