"""The topics that an opinion can have, read from `data/topics/topics.csv`."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import DataError
from pipeline.resources import data_dir

OTHER = "other"
"""The topic of opinions that belong to none of the others; every taxonomy holds it."""


@dataclass(frozen=True)
class Topic:
    """One topic: a stable code, the Vietnamese name that officials see, and its scope."""

    code: str
    name: str
    core: bool
    scope: str


def load_topics(folder: Path | None = None) -> dict[str, Topic]:
    """Return the topics by code, in the order of the file.

    A topic is added by adding a line to the file, some labelled opinions and a
    routing rule: no code changes.

    Parameters
    ----------
    folder
        The data folder; the one in force if None.

    Raises
    ------
    DataError
        The file is missing, a column is missing, a code is empty, malformed or
        doubled, or no topic is called `other`.
    """
    path = (folder or data_dir()) / "topics" / "topics.csv"
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            rows = list(csv.DictReader(lines))
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{path}: cannot be read ({error}). Restore it as UTF-8 CSV.") from error
    problems = _problems(rows)
    if problems:
        raise DataError(
            f"{path}: {problems[0]} ({len(problems)} problem(s) in all).",
            problems=tuple(f"data/topics/topics.csv, {problem}" for problem in problems),
        )
    return {
        row["code"].strip(): Topic(
            row["code"].strip(), row["name"].strip(), row["core"].strip() == "yes", row["scope"]
        )
        for row in rows
    }


def _problems(rows: list[dict[str, str]]) -> list[str]:
    missing = {"code", "name", "core", "scope"} - set(rows[0] if rows else ())
    if missing:
        return [f"column(s) missing: {', '.join(sorted(missing))}"]
    found, seen = [], set()
    for number, row in enumerate(rows, start=2):
        code = (row["code"] or "").strip()
        if not code.isidentifier() or code != code.lower():
            found.append(f"row {number}, column code: {code!r} is not a lower-case word")
        if code in seen:
            found.append(f"row {number}, column code: {code!r} stands twice")
        if not (row["name"] or "").strip():
            found.append(f"row {number}, column name: empty")
        if (row["core"] or "").strip() not in {"yes", "no"}:
            found.append(f"row {number}, column core: {row['core']!r} is neither yes nor no")
        seen.add(code)
    if OTHER not in seen:
        found.append(f"no row has the code {OTHER!r}, which takes what belongs nowhere else")
    return found
