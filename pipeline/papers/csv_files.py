"""Writes tables as CSV that Excel opens with its letters right and without running formulas."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.table import defused

if TYPE_CHECKING:
    import pandas as pd


def write_csv(table: pd.DataFrame, path: Path) -> None:
    """Write `table` as UTF-8 CSV with a byte-order mark, confidences with four decimals.

    A text cell that begins like a formula gets a leading apostrophe, as OWASP
    advises against CSV injection: spreadsheets would run it.
    """
    safe = table.copy()
    for column in safe.columns:
        if safe[column].dtype.kind not in "if":
            safe[column] = [defused(cell) for cell in safe[column]]
    safe.to_csv(path, index=False, encoding="utf-8-sig", float_format="%.4f", lineterminator="\r\n")
