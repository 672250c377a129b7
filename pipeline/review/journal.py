"""The log of corrections: lines are only ever added, never changed."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import DataError, OutputError
from pipeline.papers.set_aside import load_verdicts
from pipeline.review.label import Label, basis_of

LOG_FILE = "corrections.jsonl"


@dataclass(frozen=True)
class Event:
    """One reviewer's word on one opinion.

    `time` is ISO, UTC; `basis` says which state of the opinion the reviewer
    was shown; `before` is the label in force until then, `after` the one since.
    """

    opinion_id: str
    who: str
    time: str
    before: Label
    after: Label
    basis: str
    remark: str = ""

    @property
    def changed(self) -> tuple[str, ...]:
        """Names of the fields that changed; none if the reviewer agreed."""
        return self.after.differing(self.before)


def read_log(folder: Path) -> dict[str, list[Event]]:
    """Return the events of a run's folder by opinion, oldest first.

    Raises
    ------
    DataError
        A line of the log is broken; the message names it.
    """
    path = folder / LOG_FILE
    if not path.exists():
        return {}
    found: dict[str, list[Event]] = {}
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{path}: không đọc được nhật ký sửa ({error}).") from error
    for number, line in enumerate(lines, start=1):
        if line.strip():
            event = _event(line, f"{path}, dòng {number}")
            found.setdefault(event.opinion_id, []).append(event)
    return found


def no_opinions(log: Mapping[str, Sequence[Event]]) -> set[str]:
    """Return the ids of which the last word is that they are no opinions."""
    verdicts = load_verdicts()
    return {i for i, events in log.items() if events and events[-1].after.topic in verdicts}


def label_shown(opinion_id: str, basis: str, past: Sequence[Event]) -> Label | None:
    """Return the label that a sheet showed, which later corrections may have changed.

    Parameters
    ----------
    opinion_id, basis
        As they stand in the sheet.
    past
        The events of the opinion, oldest first.

    Returns
    -------
    Label or None
        None if the opinion was in no such state after any event.
    """
    states = [*([past[0].before] if past else []), *(event.after for event in past)]
    for n, label in enumerate(states):
        if basis_of(opinion_id, label, n) == basis:
            return label
    return None


def append_log(folder: Path, events: Iterable[Event]) -> None:
    """Add events to the log and make sure they are on the disk.

    Raises
    ------
    OutputError
        The log cannot be written; it is as long as it was.
    """
    text = "".join(json.dumps(_plain(event), ensure_ascii=False) + "\n" for event in events)
    path = folder / LOG_FILE
    length = path.stat().st_size if path.exists() else 0
    try:
        with path.open("ab") as file:
            file.write(text.encode())
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        if path.exists():
            os.truncate(path, length)
        raise OutputError(
            f"{path}: không ghi được nhật ký sửa ({error.strerror or error}); chưa thay đổi gì. "
            "Hãy giải phóng ổ đĩa hoặc kiểm tra quyền ghi rồi nhập lại."
        ) from error


def _plain(event: Event) -> dict[str, object]:
    return {
        "opinion_id": event.opinion_id,
        "who": event.who,
        "time": event.time,
        "before": event.before.as_dict(),
        "after": event.after.as_dict(),
        "basis": event.basis,
        "remark": event.remark,
    }


def _event(line: str, where: str) -> Event:
    try:
        raw: Mapping = json.loads(line)
        return Event(
            str(raw["opinion_id"]),
            str(raw["who"]),
            str(raw["time"]),
            Label.of_row(raw["before"]),
            Label.of_row(raw["after"]),
            str(raw["basis"]),
            str(raw.get("remark", "")),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise DataError(
            f"{where}: dòng nhật ký bị hỏng ({error}). Hãy khôi phục tệp từ bản sao lưu."
        ) from error
