"""Corrections in Excel and back: what `ykien review export` and `import` do."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import DataError
from pipeline.review.folder import lead_by_rules, load_run, with_corrections, write_again
from pipeline.review.journal import Event, append_log, read_log
from pipeline.review.label import VIETNAMESE, Label, basis_of, seal_of
from pipeline.review.labelled import Kept, Mask, keep_labels
from pipeline.review.merging import Conflict, merge
from pipeline.review.selection import rows_to_review
from pipeline.review.sheets import FilledSheet, read_sheet
from pipeline.review.statements import statements_of
from pipeline.review.vocabulary import Vocabulary, agency_names, kind_names, topic_names
from pipeline.review.workbook import review_workbook, write_whole

if TYPE_CHECKING:
    import pandas as pd

    from pipeline.routing import Routing
    from pipeline.run import RunResult

CONFLICT_FILE = "xung_dot.csv"


@dataclass(frozen=True)
class Imported:
    """What an import did: new words in the log, rows changed, conflicts, labels kept."""

    events: tuple[Event, ...]
    conflicts: tuple[Conflict, ...]
    known: int
    papers_written: bool
    labels: Kept | None

    @property
    def n_changed(self) -> int:
        """Number of opinions whose label changed."""
        return len({event.opinion_id for event in self.events if event.changed})


@dataclass(frozen=True)
class _Desk:
    """A run with its log, its table with all corrections in force, and the names in use."""

    result: RunResult
    log: dict[str, list[Event]]
    table: pd.DataFrame
    routing: Routing
    names: Mapping[str, Vocabulary]

    @property
    def on(self) -> str | None:
        return self.result.record.get("options", {}).get("on")

    @property
    def labels(self) -> dict[str, Label]:
        return {row["opinion_id"]: Label.of_row(row) for row in self.table.to_dict("records")}


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
    desk = _desk(folder)
    disputed = _disputed(folder)
    done = set(desk.log) - set(disputed)
    chosen = rows_to_review(desk.table, audit=audit, reviewed=() if everything else done)
    if everything:
        named = {row for row, _ in chosen}
        chosen += [(row, "") for row in range(len(desk.table)) if row not in named]
    rows = desk.table.to_dict("records")
    chosen = _disputed_first(rows, chosen, disputed)
    lines = [_line(rows[row], why, desk) for row, why in chosen]
    write_whole(path, review_workbook(lines, desk.names, reviewer=reviewer))
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
    desk = _desk(folder)
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
    _report_conflicts(folder, merged.conflicts, desk.names)
    desk = _desk(folder) if merged.events else desk
    written = not desk.table.equals(desk.result.opinions)
    if written:
        write_again(desk.result, desk.table, folder, desk.routing)
    labels = None
    if keep and desk.log:
        done = [row for row in desk.table.to_dict("records") if row["opinion_id"] in desk.log]
        labels = keep_labels(done, name=_file_name(folder), folder=labelled_folder, mask=mask)
    return Imported(merged.events, merged.conflicts, merged.known, written, labels)


def _desk(folder: Path) -> _Desk:
    from pipeline.routing import load_routing

    result, log, routing = load_run(folder), read_log(folder), load_routing()
    names = {
        "topic": topic_names(),
        "kind": kind_names(),
        "lead": agency_names(routing, _days(result), first=_leads(result.opinions)),
    }
    on = result.record.get("options", {}).get("on")
    table = with_corrections(result.opinions, log, routing, names, on=on)
    return _Desk(result, log, table, routing, names)


def _days(result: RunResult) -> list[date]:
    days = {date.fromisoformat(day) for day in result.opinions["meeting_date"] if _is_day(day)}
    return [*sorted(days), date.max]


def _is_day(text: str) -> bool:
    return re.fullmatch(r"\d{4}-\d\d-\d\d", text) is not None


def _leads(opinions: pd.DataFrame) -> list[str]:
    return [str(code) for code in opinions["lead"].value_counts().index if code]


def _line(row: Mapping, why: str, desk: _Desk) -> dict[str, object]:
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


def _statements(sheets: Sequence[FilledSheet], who: str, desk: _Desk):
    texts = dict(zip(desk.table["opinion_id"], desk.table["text"], strict=True))
    problems: list[str] = []
    found = []
    for sheet in sheets:
        bases = {line.cells["opinion_id"]: line.cells["basis"] for line in sheet.lines}
        shown = {
            identity: _label_shown(identity, label, bases.get(identity, ""), desk.log)
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


def _label_shown(identity: str, now: Label, basis: str, log: Mapping[str, Sequence[Event]]):
    """A blank cell agrees with what the sheet showed, which later corrections may have changed."""
    past = log.get(identity, ())
    states = [*([past[0].before] if past else []), *(event.after for event in past)]
    for n, label in enumerate(states):
        if basis_of(identity, label, n) == basis:
            return label
    return now


def _report_conflicts(folder: Path, conflicts: Sequence[Conflict], names) -> None:
    import pandas as pd

    from pipeline.papers.csv_files import write_csv

    path = folder / CONFLICT_FILE
    if not conflicts:
        path.unlink(missing_ok=True)
        return
    rows = [
        {
            "opinion_id": conflict.opinion_id,
            "cột": VIETNAMESE[field],
            "người thứ nhất": conflict.first,
            "giá trị thứ nhất": _value(conflict.first_label, field, names),
            "người thứ hai": conflict.second,
            "giá trị thứ hai": _value(conflict.second_label, field, names),
        }
        for conflict in conflicts
        for field in conflict.fields
    ]
    temporary = path.with_name(f".{path.name}")
    write_csv(pd.DataFrame(rows), temporary)
    os.replace(temporary, path)


def _value(label: Label, field: str, names: Mapping[str, Vocabulary]) -> str:
    if field == "also":
        return ", ".join(names["topic"].name(code) for code in label.also) or "không có"
    return names[field].name(getattr(label, field))


def conflict_lines(conflicts: Sequence[Conflict]) -> list[str]:
    """Return one Vietnamese line a field in which two people differ."""
    names = {"topic": topic_names(), "kind": kind_names(), "lead": Vocabulary({})}
    return [
        f"{c.opinion_id}, {VIETNAMESE[field]}: {c.first} ghi «{_value(c.first_label, field, names)}», "
        f"{c.second} ghi «{_value(c.second_label, field, names)}»"
        for c in conflicts
        for field in c.fields
    ]


def _disputed(folder: Path) -> dict[str, str]:
    import pandas as pd

    path = folder / CONFLICT_FILE
    if not path.exists():
        return {}
    table = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    found: dict[str, str] = {}
    for row in table.itertuples(index=False):
        found[row[0]] = "; ".join(
            [*([found[row[0]]] if row[0] in found else []), f"{row[1]}: {row[3]} / {row[5]}"]
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
