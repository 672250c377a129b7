"""Takes labelling sheets back: labels that stand are corrected, new opinions are kept."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pipeline.errors import DataError, ReadError
from pipeline.papers.set_aside import load_verdicts
from pipeline.resources import data_dir
from pipeline.review.journal import Event, append_log, label_shown, no_opinions, read_log
from pipeline.review.label import Label, seal_of
from pipeline.review.labelled import Kept, keep_labels, write_rows
from pipeline.review.merging import Conflict, merge
from pipeline.review.sheets import FilledSheet, Line, read_sheet
from pipeline.review.statements import Statement, statements_of
from pipeline.review.vocabulary import NotUnderstood, label_names

NAME = "labelled"
"""Opinions labelled on suggestion are kept in `reviewed/<NAME>.csv`."""


@dataclass(frozen=True)
class LabelsImported:
    """What came of labelling sheets: words in the log, files changed, new rows, conflicts.

    `n_no_opinion` counts the rows of these sheets that were found to be no opinions.
    """

    events: tuple[Event, ...]
    changed_files: tuple[Path, ...]
    kept: Kept | None
    conflicts: tuple[Conflict, ...]
    n_no_opinion: int = 0


def import_labels(
    paths: Sequence[Path], *, who: str, folder: Path | None = None, now: datetime | None = None
) -> LabelsImported:
    """Take labelling sheets back: labels that stand in data/labelled are corrected there, new
    opinions are added to `data/labelled/reviewed`. What is no opinion stands in the log only.

    Parameters
    ----------
    paths
        Sheets that `ykien suggest` or `ykien audit-labels` wrote, filled in.
    who
        Reviewer of the sheets that name none.
    folder
        The data folder; the one in force if None.
    now
        The time for the log; the present if None.

    Raises
    ------
    ReadError, DataError
        A sheet or cell is wrong: every place is named and nothing is changed.
    OutputError
        Something cannot be written.
    """
    root = (folder or data_dir()) / "labelled"
    files = _labelled_files(root)
    # What an earlier sheet added is not corrected but written anew, under the same id.
    added = root / "reviewed" / f"{NAME}.csv"
    known = {r["id"]: r for path, (rows, _) in files.items() if path != added for r in rows}
    log = read_log(root / "reviewed") if (root / "reviewed").is_dir() else {}
    sheets = [read_sheet(path) for path in paths]
    statements, fresh = _statements(sheets, who, known, log)
    merged = merge(
        statements,
        {s.opinion_id: s.shown for s in statements}
        | {identity: Label.of_row({**row, "lead": ""}) for identity, row in known.items()},
        log,
        time=(now or datetime.now(UTC)).isoformat(timespec="seconds"),
        rerouted=lambda identity, label: "",
    )
    if merged.events:
        (root / "reviewed").mkdir(parents=True, exist_ok=True)
        append_log(root / "reviewed", merged.events)
        log = read_log(root / "reviewed")
    changed = tuple(
        path for path, (rows, columns) in files.items() if _corrected(path, rows, columns, log)
    )
    disputed = {conflict.opinion_id for conflict in merged.conflicts}
    fresh = [row for row in fresh if row["opinion_id"] not in disputed]
    kept = keep_labels(fresh, name=NAME, folder=root / "reviewed") if fresh else None
    n = len({s.opinion_id for s in statements if s.label.topic in load_verdicts()})
    return LabelsImported(merged.events, changed, kept, merged.conflicts, n)


def _statements(sheets: Sequence[FilledSheet], who: str, known: Mapping, log: Mapping):
    names, verdicts = label_names(), load_verdicts()
    problems: list[str] = []
    found: list[Statement] = []
    fresh: dict[str, dict[str, str]] = {}
    for sheet in sheets:
        texts, shown = {}, {}
        for line in sheet.lines:
            identity = line.cells["opinion_id"]
            if identity in known and not _is_of(line, known[identity]):
                # Reviewed (and masked) after the sheet was made: the sheet's own text counts.
                known = {key: row for key, row in known.items() if key != identity}
            texts[identity] = known.get(identity, line.cells)["text"]
            shown[identity] = _label_on(line, known.get(identity), log.get(identity, ()), names)
        said = statements_of(sheet, sheet.reviewer or who, texts, shown, names, problems)
        found += said
        lines = {line.cells["opinion_id"]: line.cells for line in sheet.lines}
        for statement in said:
            if statement.opinion_id not in known and statement.label.topic not in verdicts:
                cells = lines[statement.opinion_id]
                fresh[statement.opinion_id] = {
                    **statement.label.as_dict(),
                    "opinion_id": statement.opinion_id,
                    "text": cells["text"],
                    "speaker": cells.get("speaker", "").split(",")[0],
                    "meeting_id": statement.opinion_id.rpartition("-")[0],
                }
    if problems:
        raise DataError(
            f"{len(problems)} chỗ sai trong bảng gắn nhãn; chưa thay đổi gì. Trước hết:\n"
            + "\n".join(problems[:10]),
            problems=tuple(problems),
        )
    # A new opinion is told by its labelled row; what is none has no other trace than the log.
    none = {s.opinion_id for s in found if s.label.topic in verdicts}
    logged = [s for s in found if s.opinion_id in {*known, *log, *none}]
    return logged, list(fresh.values())


def _is_of(line: Line, row: Mapping[str, str]) -> bool:
    own = seal_of(row["id"], line.cells["text"], line.cells["basis"]) == line.cells["seal"]
    return seal_of(row["id"], row["text"], line.cells["basis"]) == line.cells["seal"] or not own


def _label_on(line: Line, row: Mapping | None, past: Sequence[Event], names) -> Label:
    if row is None:
        try:
            also = tuple(
                names["topic"].code(n) for n in line.cells["also_now"].split(";") if n.strip()
            )
            return Label(
                names["topic"].code(line.cells["topic_now"]),
                also,
                line.cells["kind_now"] and names["kind"].code(line.cells["kind_now"]),
                "",
            )
        except (NotUnderstood, KeyError) as error:
            raise ReadError(
                f"hàng {line.row}: cột của máy đã bị sửa hoặc xóa. Hãy xuất lại bảng."
            ) from error
    shown = label_shown(line.cells["opinion_id"], line.cells["basis"], past)
    return shown or Label.of_row({**row, "lead": ""})


def _labelled_files(root: Path) -> dict[Path, tuple[list[dict[str, str]], list[str]]]:
    found = {}
    for path in sorted(root.rglob("*.csv")):
        reader = csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline=""))
        rows = [{key: value or "" for key, value in row.items()} for row in reader]
        found[path] = (rows, list(reader.fieldnames or ()))
    return found


def _corrected(path: Path, rows: list[dict[str, str]], columns: list[str], log: Mapping) -> bool:
    """Put the log's last word into a labelled file; tell whether that changed it."""
    aside = no_opinions(log)
    left = [row for row in rows if row["id"] not in aside]
    changed = len(left) < len(rows)
    for row in left:
        if log.get(row["id"]):
            last = log[row["id"]][-1].after.as_dict()
            for column in ("topic", "also", "kind"):
                changed = changed or row.get(column, "") != last[column]
                row[column] = last[column]
    if changed:
        write_rows(path, left, columns)
    return changed
