"""Rows that a reviewer said are no opinions: out of the papers, kept in a file of their own."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import DataError
from pipeline.resources import data_dir
from pipeline.table import join_cell, split_cell

if TYPE_CHECKING:
    import pandas as pd

SET_ASIDE_FILE = "not_opinions.csv"
VERDICT_FILE = "review/verdicts.csv"


def load_verdicts(folder: Path | None = None) -> dict[str, str]:
    """Return what a reviewer may say in the place of a topic, name by code.

    A row with such a verdict is no opinion: it leaves the papers and teaches nothing.

    Raises
    ------
    DataError
        `data/review/verdicts.csv` is missing, or lacks a code or a name.
    """
    path = (folder or data_dir()) / VERDICT_FILE
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            found = {row["code"].strip(): row["name"].strip() for row in csv.DictReader(lines)}
    except (OSError, UnicodeDecodeError, KeyError, AttributeError) as error:
        raise DataError(
            f"{path}: cannot be read ({error!r}). It needs the columns code, name."
        ) from error
    if not all(found) or not all(found.values()):
        raise DataError(f"{path}: a code or a name is empty. Fill it in or take the line out.")
    return found


def split_set_aside(opinions: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the opinions, and the rows whose topic is a verdict."""
    aside = opinions["topic"].isin(load_verdicts())
    return opinions[~aside].reset_index(drop=True), opinions[aside].reset_index(drop=True)


def verdict_counts(set_aside: pd.DataFrame) -> list[tuple[str, int]]:
    """Return how many rows got each verdict, by its Vietnamese name; verdicts of none are left out."""
    if set_aside.empty:
        return []
    counts = set_aside["topic"].value_counts()
    return [(name, int(counts[c])) for c, name in load_verdicts().items() if c in counts.index]


def meetings_without(
    meetings: pd.DataFrame, opinions: pd.DataFrame, set_aside: pd.DataFrame
) -> pd.DataFrame:
    """Return the table of meetings, its counts those of the opinions that are left.

    Parameters
    ----------
    meetings
        One row a meeting, counted with the rows that are set aside.
    opinions, set_aside
        The two tables of `split_set_aside`.
    """
    if set_aside.empty:
        return meetings
    table = meetings.copy()
    for row, identity in zip(table.index, table["id"], strict=True):
        gone = set_aside[set_aside["meeting_id"] == identity]
        if len(gone):
            turns = opinions.loc[opinions["meeting_id"] == identity, "turn"].nunique()
            table.at[row, "turns"] = turns
            table.at[row, "opinions"] -= len(gone)
            table.at[row, "answered"] -= int((gone["reply"] != "").sum())
    return table


def ledger_without(ledger: pd.DataFrame, set_aside: pd.DataFrame) -> pd.DataFrame:
    """Return the ledger as it reads without the rows set aside: their paragraphs are formalities."""
    if set_aside.empty:
        return ledger
    gone = set(set_aside["opinion_id"])
    table = ledger.copy()
    before = [split_cell(cell) for cell in ledger["opinion_ids"]]
    left = [[one for one in ids if one not in gone] for ids in before]
    table["opinion_ids"] = [join_cell(ids) for ids in left]
    emptied = [bool(ids) and not rest for ids, rest in zip(before, left, strict=True)]
    table.loc[emptied, "class"] = "formality"
    return table
