"""Reads labelled opinions and checks them row by row."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import DataError
from pipeline.resources import data_dir
from pipeline.table import KINDS, split_cell
from pipeline.topics.text import fold, normalize

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = (
    "id", "text", "topic", "also", "kind", "form", "place_type", "register", "brief", "meeting",
)  # fmt: skip
FORMS = ("petition-list", "question", "reported", "letter", "spoken", "hotline", "summary")
MAX_BYTES = 200_000_000


def labelled_files(folder: Path | None = None) -> list[Path]:
    """Return the shipped files of labelled opinions, corrections of reviewers included."""
    return sorted(((folder or data_dir()) / "labelled").rglob("*.csv"))


def load_labelled(paths: Sequence[Path], topics: Mapping[str, object]) -> pd.DataFrame:
    """Return labelled opinions, one row each, with the columns of `COLUMNS`.

    Parameters
    ----------
    paths
        UTF-8 CSV files. `kind`, `form` and what follows may be empty; `id`,
        `text` and `topic` may not.
    topics
        The taxonomy; only its codes are used.

    Raises
    ------
    DataError
        Any file, column or cell is wrong: `problems` names file, row and
        column of each; nothing is returned.
    """
    import pandas as pd

    problems: list[str] = []
    rows: list[dict[str, str]] = []
    for path in paths:
        rows += _rows(path, topics, problems)
    problems += _clashes(rows)
    if problems:
        shown = "\n".join(problems[:10])
        raise DataError(
            f"{len(problems)} problem(s) in the labelled opinions; nothing was used. First:\n{shown}",
            problems=tuple(problems),
        )
    if not rows:
        raise DataError("No labelled opinion was found. Put CSV files into data/labelled.")
    return pd.DataFrame(rows, columns=list(COLUMNS))


def fingerprint(path: Path) -> str:
    """Return the sha256 of a data file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _rows(path: Path, topics: Mapping[str, object], problems: list[str]) -> list[dict[str, str]]:
    try:
        if path.stat().st_size > MAX_BYTES:
            problems.append(f"{path}: over {MAX_BYTES // 10**6} MB; split the file")
            return []
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        problems.append(f"{path}: not UTF-8 (byte {error.start}); save it as CSV UTF-8")
        return []
    except OSError as error:
        problems.append(f"{path}: cannot be read ({error.strerror})")
        return []
    reader = csv.DictReader(io.StringIO(text, newline=""))
    missing = [name for name in COLUMNS[:3] if name not in (reader.fieldnames or ())]
    if missing:
        problems.append(f"{path}: column(s) missing: {', '.join(missing)}")
        return []
    found = []
    for number, row in enumerate(_safe(reader, path, problems), start=2):
        cells = {name: (row.get(name) or "").strip() for name in COLUMNS}
        problems += [f"{path}, row {number}, {what}" for what in _cell_problems(cells, topics)]
        found.append({**cells, "also": "; ".join(split_cell(cells["also"]))})
    return found


def _safe(reader: csv.DictReader, path: Path, problems: list[str]) -> Iterable[dict[str, str]]:
    try:
        yield from reader
    except csv.Error as error:
        problems.append(f"{path}, row {reader.line_num}: broken CSV ({error})")


def _cell_problems(cells: Mapping[str, str], topics: Mapping[str, object]) -> list[str]:
    found = [f"column {name}: empty" for name in COLUMNS[:3] if not cells[name]]
    codes = [("topic", cells["topic"])] if cells["topic"] else []
    codes += [("also", code) for code in split_cell(cells["also"])]
    known = ", ".join(topics)
    found += [
        f"column {column}: unknown topic {code!r}. Use one of: {known}"
        for column, code in codes
        if code not in topics
    ]
    if cells["topic"] in split_cell(cells["also"]):
        found.append(f"column also: repeats the topic {cells['topic']!r}")
    if cells["kind"] and cells["kind"] not in KINDS:
        found.append(f"column kind: unknown kind {cells['kind']!r}. Use one of: {', '.join(KINDS)}")
    if cells["form"] and cells["form"] not in FORMS:
        found.append(f"column form: unknown form {cells['form']!r}. Use one of: {', '.join(FORMS)}")
    return found


def _clashes(rows: Sequence[Mapping[str, str]]) -> list[str]:
    """Find ids that stand twice and equal texts with different topics."""
    ids: set[str] = set()
    labels: dict[str, tuple[str, str]] = {}
    found = []
    for row in rows:
        if row["id"] and row["id"] in ids:
            found.append(f"id {row['id']!r} stands twice")
        ids.add(row["id"])
        key = fold(normalize(row["text"]))
        first = labels.setdefault(key, (row["id"], row["topic"]))
        if key and first[1] != row["topic"]:
            found.append(
                f"id {row['id']!r}: the same text as {first[0]!r} has the topic "
                f"{row['topic']!r} here and {first[1]!r} there"
            )
    return found
