"""Reads the folder of a run back, puts corrections in force, and writes its papers again."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.errors import DataError
from pipeline.papers.set_aside import SET_ASIDE_FILE, load_verdicts, split_set_aside
from pipeline.review.journal import Event
from pipeline.review.label import VIETNAMESE, Label
from pipeline.table import (
    ERROR_COLUMNS,
    FORMULA_SIGNS,
    LEDGER_COLUMNS,
    OPINION_COLUMNS,
    ROUTED,
    check_columns,
    join_cell,
    split_cell,
)

if TYPE_CHECKING:
    import pandas as pd

    from pipeline.review.vocabulary import Vocabulary
    from pipeline.routing import Routing
    from pipeline.run import RunOptions, RunResult


def load_run(folder: Path) -> RunResult:
    """Return a run as its folder holds it.

    Raises
    ------
    DataError
        A file of the run is missing or broken; in Vietnamese.
    """
    from pipeline.reading import Unread
    from pipeline.run import RunResult

    opinions = _opinions(folder / "opinions.csv")
    try:
        record = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise DataError(
            f"{folder}: run.json bị hỏng ({error}). Hãy chạy lại `ykien run`."
        ) from error
    if record.get("options", {}).get("audience") not in (None, "internal"):
        raise DataError(
            f"{folder}: kết quả này đã che thông tin cá nhân nên không dùng để sửa được. "
            "Hãy xuất và nhập bảng sửa trên kết quả nội bộ (ykien run không có --audience)."
        )
    aside = folder / SET_ASIDE_FILE
    ledger = _table(folder / "ledger.csv", LEDGER_COLUMNS)
    errors = _table(folder / "errors.csv", ERROR_COLUMNS)
    return RunResult(
        opinions=opinions,
        meetings=_meetings(record, opinions),
        ledger=ledger,
        unread=tuple(Unread(*row) for row in errors.itertuples(index=False)),
        notes=tuple((str(s), str(n)) for s, n in record.get("notes", ())),
        record=record,
        set_aside=_opinions(aside) if aside.exists() else opinions.iloc[0:0],
    )


def options_of(record: Mapping[str, Any]) -> RunOptions:
    """Return the options under which a run's papers were written."""
    from pipeline.run import RunOptions

    kept = record.get("options", {})
    return RunOptions(
        risk=record.get("risk"),
        audience=kept.get("audience"),
        notice=kept.get("notice"),
        on=kept.get("on"),
    )


def with_corrections(
    opinions: pd.DataFrame,
    log: Mapping[str, Sequence[Event]],
    routing: Routing,
    names: Mapping[str, Vocabulary],
    *,
    on: str | None = None,
) -> pd.DataFrame:
    """Return the opinion table with the last word of the log on every opinion.

    A changed opinion is routed anew, unless it was found to be none; `reason`
    says who corrected it, when, and what. Doing this twice gives the same table.

    Parameters
    ----------
    opinions
        The opinion table, corrected before or not.
    log
        Events by opinion.
    routing
        Agencies and rules.
    names
        Vietnamese names of topics, kinds and agencies, for the trace.
    on
        ISO day for meetings without a date.
    """
    table = opinions.reset_index(drop=True).copy()
    at = {identity: row for row, identity in enumerate(table["opinion_id"])}
    kept = {identity: events for identity, events in log.items() if identity in at and events}
    for identity, events in kept.items():
        last = events[-1].after
        for column in ("topic", "also", "kind"):
            table.at[at[identity], column] = last.as_dict()[column]
    aside = set(table.index[table["topic"].isin(load_verdicts())]) if kept else set()
    changed = [at[i] for i, events in kept.items() if any(e.changed for e in events)]
    table.loc[sorted(aside), list(ROUTED)] = ""
    changed = [row for row in changed if row not in aside]
    if changed:
        table = _routed_again(table, changed, routing, on)
    for identity, events in kept.items():
        _mark(table, at[identity], events, names)
    return table


def lead_by_rules(row: Mapping[str, Any], label: Label, routing: Routing, on: str | None) -> str:
    """Return the agency that the rules give an opinion under another label, "" if it is none."""
    if label.topic in load_verdicts():
        return ""
    import pandas as pd

    one = pd.DataFrame([{**row, **label.as_dict()}])
    return str(_route(one, routing, on)["lead"].iloc[0])


def write_again(result: RunResult, opinions: pd.DataFrame, out: Path, routing: Routing) -> None:
    """Write all papers of a run again, from a corrected table.

    Raises
    ------
    OutputError
        The folder cannot be written; it is as it was.
    """
    from pipeline.papers import read_entries, write_papers

    opinions, set_aside = split_set_aside(opinions)
    record = dict(result.record)
    counts = dict(record.get("counts", {}))
    counts["opinions"], counts["set_aside"] = len(opinions), len(set_aside)
    counts["review"] = int((opinions["decision"] == "review").sum())
    counts["topics"] = {
        str(topic): int(n) for topic, n in opinions["topic"].value_counts().sort_index().items()
    }
    record["counts"] = counts
    entries = read_entries(out)
    corrected = replace(
        result,
        opinions=opinions,
        set_aside=set_aside,
        record=record,
        notes=(*result.notes, *entries.notes(opinions["opinion_id"])),
    )
    write_papers(corrected, out, routing=routing, options=options_of(record), entries=entries)


def _route(table: pd.DataFrame, routing: Routing, on: str | None) -> pd.DataFrame:
    from datetime import date

    from pipeline.routing import route_table

    return route_table(table, routing, on=date.fromisoformat(on) if on else None)


def _routed_again(
    table: pd.DataFrame, rows: Sequence[int], routing: Routing, on: str | None
) -> pd.DataFrame:
    fresh = _route(table.loc[list(rows)], routing, on)
    for column in ROUTED:
        table.loc[list(rows), column] = fresh[column]
    return table


def _mark(
    table: pd.DataFrame, row: int, events: Sequence[Event], names: Mapping[str, Vocabulary]
) -> None:
    from pipeline.topics.decision import AUTO, OUTSIDE, REVIEW

    last = events[-1]
    if last.after.lead != table.at[row, "lead"]:
        others = [c for c in split_cell(table.at[row, "coordinate"]) if c != last.after.lead]
        table.at[row, "lead"], table.at[row, "coordinate"] = last.after.lead, join_cell(others)
        table.at[row, "rule"] = ""
    trace = trace_of(events, names)
    outside = last.after.kind in OUTSIDE and last.after.topic not in load_verdicts()
    table.at[row, "decision"] = REVIEW if outside else AUTO
    table.at[row, "reason"] = (
        f"có dấu hiệu {last.after.kind}: chuyển quy trình tiếp công dân; {trace}"
        if outside
        else trace
    )


def trace_of(events: Sequence[Event], names: Mapping[str, Vocabulary]) -> str:
    """Return who had the last word on an opinion, when, and what changed, in Vietnamese."""
    last = events[-1]
    made = next((e for e in reversed(events) if e.changed), None)
    if made is None:
        return f"xác nhận bởi {last.who} ngày {_day(last.time)}"
    parts = [
        f"{VIETNAMESE[field]}: {_named(field, made.before, names)} → "
        f"{_named(field, made.after, names)}"
        for field in made.changed
    ]
    return f"sửa bởi {made.who} ngày {_day(made.time)} ({'; '.join(parts)})".replace("; ", ", ")


def _named(field: str, label: Label, names: Mapping[str, Vocabulary]) -> str:
    if field == "also":
        return ", ".join(names["topic"].name(code) for code in label.also) or "không có"
    return names[field].name(getattr(label, field)) or "không có"


def _day(time: str) -> str:
    year, month, day = time[:10].split("-")
    return f"{day}/{month}/{year}"


def _table(path: Path, columns: Sequence[str]) -> pd.DataFrame:
    import pandas as pd

    try:
        table = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    except (OSError, ValueError) as error:
        raise DataError(
            f"{path}: không đọc được ({error}). Hãy chỉ đúng thư mục kết quả của `ykien run`."
        ) from error
    check_columns(table, columns, step=f"review ({path.name})")
    return table.map(_restored)


def _opinions(path: Path) -> pd.DataFrame:
    table = _table(path, OPINION_COLUMNS)
    try:
        table["turn"] = table["turn"].astype("int64")
        table["confidence"] = [float(c) if c else None for c in table["confidence"]]
    except ValueError as error:
        raise DataError(f"{path}: bị hỏng ({error}). Hãy chạy lại `ykien run`.") from error
    return table


def _restored(cell: str) -> str:
    """Take off the apostrophe that keeps spreadsheets from running a cell."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] and cell[1] in FORMULA_SIGNS else cell


def _meetings(record: Mapping[str, Any], opinions: pd.DataFrame) -> pd.DataFrame:
    """Meetings from `run.json`; from the opinions when an older run kept none there."""
    import pandas as pd

    from pipeline.extraction.tabulation import MEETING_COLUMNS

    rows = record.get("meetings") or [
        {
            **dict.fromkeys(MEETING_COLUMNS, ""),
            "id": identity,
            "source": rows["source"].iloc[0],
            "date": rows["meeting_date"].iloc[0],
            "place": rows["meeting_place"].iloc[0],
            "delegates": None,
            "opinions": len(rows),
            "turns": rows["turn"].nunique(),
            "answered": int((rows["reply"] != "").sum()),
        }
        for identity, rows in opinions.groupby("meeting_id", sort=False)
    ]
    table = pd.DataFrame(rows, columns=list(MEETING_COLUMNS))
    table["delegates"] = pd.to_numeric(table["delegates"]).astype("Int64")
    return table
