"""Sheets for labelling: opinions worth a label and labels that may be wrong, and both back."""

from __future__ import annotations

import csv
import hashlib
import io
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import DataError, OutputError, ReadError
from pipeline.resources import data_dir
from pipeline.review.journal import Event, append_log, read_log
from pipeline.review.label import Label, basis_of, seal_of
from pipeline.review.labelled import Kept, keep_labels, reviewed_folder
from pipeline.review.merging import Conflict, merge
from pipeline.review.sheets import FilledSheet, Line, read_sheet
from pipeline.review.statements import Statement, statements_of
from pipeline.review.vocabulary import NotUnderstood, Vocabulary, kind_names, topic_names
from pipeline.review.workbook import review_workbook, write_whole

if TYPE_CHECKING:
    import pandas as pd

    from pipeline.topics.classify import Tagger
    from pipeline.training.label_audit import Suspect

NAME = "labelled"
"""Opinions labelled on suggestion are kept in `reviewed/<NAME>.csv`."""


@dataclass(frozen=True)
class LabelsImported:
    """What came of labelling sheets: words in the log, files changed, new rows, conflicts."""

    events: tuple[Event, ...]
    changed_files: tuple[Path, ...]
    kept: Kept | None
    conflicts: tuple[Conflict, ...]


def suggest_sheet(
    opinions: pd.DataFrame, tagger: Tagger, path: Path, *, n: int, text_column: str = "text"
) -> int:
    """Write the opinions that are best labelled next to a sheet, and return their number.

    Parameters
    ----------
    opinions
        A table with one opinion a row.
    tagger
        The model in use.
    path
        `.xlsx` for the sheet that `ykien review labels` takes back, `.csv` for
        a table with the columns of `data/labelled` and an empty `topic`.
    n
        How many.
    text_column
        Column of the opinions.

    Raises
    ------
    DataError
        The column is missing, or nothing is new.
    OutputError
        The file cannot be written.
    """
    from pipeline.topics.taxonomy import load_topics
    from pipeline.training.dataset import labelled_files, load_labelled
    from pipeline.training.suggestion import suggest

    if text_column not in opinions:
        raise DataError(
            f"the table has no column {text_column!r}. Name one with --text-column: "
            f"{', '.join(map(str, opinions.columns))}."
        )
    known = load_labelled(labelled_files(), load_topics())
    # An opinion that was reviewed before stands in the labelled data masked, so its id tells.
    ids = opinions["opinion_id"] if "opinion_id" in opinions else opinions.index.astype(str)
    opinions = opinions[~ids.isin(set(known["id"]))]
    texts = [str(text) for text in opinions[text_column]]
    chosen = suggest(texts, tagger, n, labelled=list(known["text"]), topics=list(known["topic"]))
    rows = []
    names = topic_names()
    for one, verdict in zip(chosen, tagger.tag([texts[s.row] for s in chosen]), strict=True):
        source = opinions.iloc[one.row]
        label = Label(verdict.topic, verdict.also, verdict.kind, "")
        identity = str(source.get("opinion_id") or source.get("id") or _id_of(texts[one.row]))
        why = f"máy phân vân: {names.name(one.first)} / {names.name(one.second)}"
        rows.append({
            **_line(identity, texts[one.row], label, 0, why),
            "confidence": verdict.confidence,
            "evidence": "; ".join(verdict.evidence),
            "speaker": str(source.get("speaker", "")),
        })  # fmt: skip
    _write(path, rows)
    return len(rows)


def audit_sheet(labelled: pd.DataFrame, suspects: Sequence[Suspect], path: Path) -> int:
    """Write labels that are likely wrong to a sheet, and return their number.

    Raises
    ------
    OutputError
        The file cannot be written.
    """
    log = read_log(reviewed_folder())
    rows = []
    for suspect in suspects:
        row = labelled.iloc[suspect.row]
        label = Label.of_row({**row, "lead": ""})
        line = _line(
            row["id"], row["text"], label, len(log.get(row["id"], ())), "; ".join(suspect.reasons)
        )
        rows.append({**line, "confidence": round(suspect.support, 4), "source": row["brief"]})
    _write(path, rows)
    return len(rows)


def import_labels(
    paths: Sequence[Path], *, who: str, folder: Path | None = None, now: datetime | None = None
) -> LabelsImported:
    """Take labelling sheets back: labels that stand in data/labelled are corrected there, new
    opinions are added to `data/labelled/reviewed`.

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
        {identity: Label.of_row({**row, "lead": ""}) for identity, row in known.items()},
        log,
        time=(now or datetime.now(UTC)).isoformat(timespec="seconds"),
        rerouted=lambda identity, label: "",
    )
    if merged.events:
        (root / "reviewed").mkdir(parents=True, exist_ok=True)
        append_log(root / "reviewed", merged.events)
        log = read_log(root / "reviewed")
    changed = tuple(path for path, (rows, _) in files.items() if _corrected(path, rows, log))
    kept = keep_labels(fresh, name=NAME, folder=root / "reviewed") if fresh else None
    return LabelsImported(merged.events, changed, kept, merged.conflicts)


def _statements(sheets: Sequence[FilledSheet], who: str, known: Mapping, log: Mapping):
    names = {"topic": topic_names(), "kind": kind_names(), "lead": Vocabulary({})}
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
            shown[identity] = _label_shown(line, known.get(identity), log.get(identity, ()), names)
        said = statements_of(sheet, sheet.reviewer or who, texts, shown, names, problems)
        found += said
        lines = {line.cells["opinion_id"]: line.cells for line in sheet.lines}
        for statement in said:
            if statement.opinion_id not in known:
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
    return [s for s in found if s.opinion_id in known], list(fresh.values())


def _is_of(line: Line, row: Mapping[str, str]) -> bool:
    own = seal_of(row["id"], line.cells["text"], line.cells["basis"]) == line.cells["seal"]
    return seal_of(row["id"], row["text"], line.cells["basis"]) == line.cells["seal"] or not own


def _label_shown(line: Line, row: Mapping | None, past: Sequence[Event], names) -> Label:
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
    states = [*([past[0].before] if past else []), *(event.after for event in past)]
    for n, label in enumerate(states):
        if basis_of(line.cells["opinion_id"], label, n) == line.cells["basis"]:
            return label
    return Label.of_row({**row, "lead": ""})


def _line(identity: str, text: str, label: Label, n: int, why: str) -> dict[str, object]:
    topics, kinds = topic_names(), kind_names()
    basis = basis_of(identity, label, n)
    return {
        "opinion_id": identity,
        "why": why,
        "text": text,
        "topic_now": topics.name(label.topic),
        "also_now": "; ".join(topics.name(code) for code in label.also),
        "kind_now": kinds.name(label.kind) if label.kind else "",
        "basis": basis,
        "seal": seal_of(identity, text, basis),
    }


def _write(path: Path, rows: Sequence[Mapping[str, object]]) -> None:
    if path.suffix.lower() != ".csv":
        names = {"topic": topic_names(), "kind": kind_names(), "lead": Vocabulary({})}
        write_whole(path, review_workbook(rows, names))
        return
    import pandas as pd

    from pipeline.papers.csv_files import write_csv
    from pipeline.training.dataset import COLUMNS

    table = pd.DataFrame(
        [
            {
                **dict.fromkeys(COLUMNS, ""),
                "id": r["opinion_id"],
                "text": r["text"],
                "why": r["why"],
            }
            for r in rows
        ]
    )
    temporary = path.with_name(f".{path.name}.tmp")
    try:
        write_csv(table, temporary)
        os.replace(temporary, path)
    except OSError as error:
        raise OutputError(f"{path}: không ghi được ({error.strerror or error}).") from error


def _labelled_files(root: Path) -> dict[Path, tuple[list[dict[str, str]], list[str]]]:
    found = {}
    for path in sorted(root.rglob("*.csv")):
        reader = csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline=""))
        rows = [{key: value or "" for key, value in row.items()} for row in reader]
        found[path] = (rows, list(reader.fieldnames or ()))
    return found


def _corrected(path: Path, rows: list[dict[str, str]], log: Mapping) -> bool:
    """Put the log's last word into a labelled file; tell whether that changed it."""
    changed = False
    for row in rows:
        if log.get(row["id"]):
            last = log[row["id"]][-1].after.as_dict()
            for column in ("topic", "also", "kind"):
                changed = changed or row.get(column, "") != last[column]
                row[column] = last[column]
    if changed:
        file = io.StringIO(newline="")
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        write_whole(path, file.getvalue().encode())
    return changed


def _id_of(text: str) -> str:
    return f"s-{hashlib.sha256(text.encode()).hexdigest()[:12]}"
