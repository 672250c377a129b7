"""Corrections in Excel and back: what `ykien review export` and `import` do."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pipeline.errors import DataError
from pipeline.papers.set_aside import split_set_aside, verdict_counts
from pipeline.review.conflicts import read_conflicts, write_conflicts
from pipeline.review.desk import Desk, open_desk
from pipeline.review.folder import lead_by_rules, write_again
from pipeline.review.journal import Event, append_log, label_shown
from pipeline.review.label import Label, basis_of, seal_of
from pipeline.review.labelled import Kept, Mask, keep_labels
from pipeline.review.merging import Conflict, merge
from pipeline.review.selection import rows_to_review
from pipeline.review.sheets import FilledSheet, read_sheet
from pipeline.review.statements import statements_of
from pipeline.review.workbook import write_review


@dataclass(frozen=True)
class Imported:
    """What an import did: new words in the log, conflicts, labels kept, rows set aside."""

    events: tuple[Event, ...]
    conflicts: tuple[Conflict, ...]
    known: int
    papers_written: bool
    labels: Kept | None
    verdicts: tuple[tuple[str, int], ...] = ()
    """How many rows of the run are set aside, by the Vietnamese name of the verdict."""

    @property
    def n_changed(self) -> int:
        """Number of opinions whose label changed."""
        return len({event.opinion_id for event in self.events if event.changed})


def export_review(
    folder: Path, path: Path, *, audit: float = 0.05, reviewer: str = "", everything: bool = False
) -> int:
    """Write the opinions that a person should look at to an Excel sheet.

    Parameters
    ----------
    folder
        The folder of a run.
    path
        The workbook to write.
    audit
        Share (0..1) of sure decisions that are drawn for a look.
    reviewer
        Name on the first sheet.
    everything
        Whether all opinions go in, looked at or not.

    Returns
    -------
    int
        Number of opinions in the sheet.

    Raises
    ------
    DataError
        `folder` holds no run.
    OutputError
        The workbook cannot be written.
    """
    desk = open_desk(folder)
    disputed = read_conflicts(folder)
    done = set(desk.log) - set(disputed)
    chosen = rows_to_review(desk.table, audit=audit, reviewed=() if everything else done)
    if everything:
        named = {row for row, _ in chosen}
        chosen += [(row, "") for row in range(len(desk.table)) if row not in named]
    rows = desk.table.to_dict("records")
    chosen = _disputed_first(rows, chosen, disputed)
    lines = [_line(rows[row], why, desk) for row, why in chosen]
    write_review(path, lines, desk.names, reviewer=reviewer)
    return len(lines)


def import_reviews(
    paths: Sequence[Path],
    folder: Path,
    *,
    who: str,
    labelled_folder: Path | None = None,
    keep: bool = True,
    mask: Mask | None = None,
    now: datetime | None = None,
) -> Imported:
    """Put filled-in sheets in force: log, papers and labelled data.

    The log is written first; a run that is cut off is finished by importing
    again. The same sheets imported twice change nothing.

    Parameters
    ----------
    paths
        Sheets of one or more reviewers.
    folder
        The folder of the run they were exported from.
    who
        Reviewer of the sheets that name none.
    labelled_folder, keep
        Where human labels go (`data/labelled/reviewed` if None), and whether.
    mask
        Masks personal data in labelled rows.
    now
        The time for the log; the present if None.

    Raises
    ------
    ReadError, DataError
        A sheet or cell is wrong: every place is named and nothing is changed.
    OutputError
        Something cannot be written.
    """
    desk = open_desk(folder)
    statements = _statements([read_sheet(path) for path in paths], who, desk)
    rows = {row["opinion_id"]: row for row in desk.table.to_dict("records")}
    merged = merge(
        statements,
        desk.labels,
        desk.log,
        time=(now or datetime.now(UTC)).isoformat(timespec="seconds"),
        rerouted=lambda i, label: lead_by_rules(rows[i], label, desk.routing, desk.on),
    )
    if merged.events:
        append_log(folder, merged.events)
    write_conflicts(folder, merged.conflicts, desk.names)
    desk = open_desk(folder) if merged.events else desk
    written = not desk.table.equals(desk.written)
    if written:
        write_again(desk.result, desk.table, folder, desk.routing)
    opinions, aside = split_set_aside(desk.table)
    labels = None
    if keep and desk.log:
        done = [row for row in opinions.to_dict("records") if row["opinion_id"] in desk.log]
        labels = keep_labels(
            done,
            name=_file_name(folder),
            folder=labelled_folder,
            mask=mask,
            dropped=set(aside["opinion_id"]),
        )
    counts = tuple(verdict_counts(aside))
    return Imported(merged.events, merged.conflicts, merged.known, written, labels, counts)


def _line(row: Mapping, why: str, desk: Desk) -> dict[str, object]:
    label = Label.of_row(row)
    identity = row["opinion_id"]
    basis = basis_of(identity, label, len(desk.log.get(identity, ())))
    return {
        **{key: row[key] for key in ("opinion_id", "text", "context", "evidence", "confidence")},
        "speaker": ", ".join(part for part in (row["speaker"], row["address"]) if part),
        "source": f"{Path(row['source']).name}: {row['location']}",
        "why": why,
        "topic_now": desk.names["topic"].name(label.topic),
        "also_now": "; ".join(desk.names["topic"].name(code) for code in label.also),
        "kind_now": desk.names["kind"].name(label.kind),
        "lead_now": desk.names["lead"].name(label.lead),
        "basis": basis,
        "seal": seal_of(identity, row["text"], basis),
    }


def _statements(sheets: Sequence[FilledSheet], who: str, desk: Desk):
    texts = dict(zip(desk.table["opinion_id"], desk.table["text"], strict=True))
    problems: list[str] = []
    found = []
    for sheet in sheets:
        bases = {line.cells["opinion_id"]: line.cells["basis"] for line in sheet.lines}
        # A blank cell agrees with what the sheet showed.
        shown = {
            identity: label_shown(identity, bases.get(identity, ""), desk.log.get(identity, ()))
            or label
            for identity, label in desk.labels.items()
        }
        found += statements_of(sheet, sheet.reviewer or who, texts, shown, desk.names, problems)
    if problems:
        first = "\n".join(problems[:10])
        raise DataError(
            f"{len(problems)} chỗ sai trong bảng xem lại; chưa thay đổi gì. Trước hết:\n{first}",
            problems=tuple(problems),
        )
    return found


def _disputed_first(rows, chosen, disputed: Mapping[str, str]) -> list[tuple[int, str]]:
    first = [
        (at, f"hai người ghi khác nhau: {disputed[row['opinion_id']]}")
        for at, row in enumerate(rows)
        if row["opinion_id"] in disputed
    ]
    named = {row for row, _ in first}
    return first + [pair for pair in chosen if pair[0] not in named]


def _file_name(folder: Path) -> str:
    name = re.sub(r"[^\w.-]+", "-", folder.resolve().name).strip("-.")
    return name or "run"
