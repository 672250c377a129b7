"""The main job as one page: files in, papers out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.errors import ReadError
from pipeline.extraction import (
    extract_minutes,
    ledger_table,
    load_tagger,
    meeting_table,
    opinion_table,
)
from pipeline.papers import read_entries, write_papers
from pipeline.papers.set_aside import split_set_aside
from pipeline.reading import Unread, find_files, read_documents
from pipeline.routing import load_routing, route_table
from pipeline.topics.classify import Tagger, classify_table
from pipeline.topics.model import load_model

if TYPE_CHECKING:
    import pandas as pd

    from pipeline.extraction.minutes import Minutes
    from pipeline.reading import ReadingOptions
    from pipeline.reading.document import Document
    from pipeline.routing import Routing

Progress = Callable[[int, int, int], None]
"""Called with files done, files in all, opinions found so far."""

Correction = Callable[["pd.DataFrame", "Routing", "str | None"], "pd.DataFrame"]
"""Takes the routed opinions, the routing and the day of the run, and gives them corrected."""

_PAPERS = (
    "Đây là thư mục kết quả của ykien, không đọc lại.",
    "Để biên bản ở thư mục khác với thư mục kết quả (-o) rồi chạy lại.",
)


@dataclass(frozen=True)
class RunOptions:
    """What `ykien run` may be told; `None` means the office's setting.

    `audience` is "internal", "agency" or "public"; `notice` the form of the
    conclusion notice, "party" or "state"; `on` the ISO date that stands for
    "today" in the papers (the same input then gives the same bytes).
    """

    risk: float | None = None
    model: str | None = None
    semantic: bool = False
    jobs: int = 1
    audience: str | None = None
    notice: str | None = None
    on: str | None = None
    reading: ReadingOptions | None = None


@dataclass(frozen=True)
class RunResult:
    """The tables of a run and what became of each file.

    `set_aside` has the columns of `opinions` and holds the rows that reviewers
    found to be no opinions; `meetings` and `ledger` still count them.
    """

    opinions: pd.DataFrame
    meetings: pd.DataFrame
    ledger: pd.DataFrame
    unread: tuple[Unread, ...]
    notes: tuple[tuple[str, str], ...]
    set_aside: pd.DataFrame
    record: dict[str, Any] = field(default_factory=dict)
    papers: tuple[Path, ...] = ()

    @property
    def n_read(self) -> int:
        """Number of documents that were read."""
        return len(self.meetings)


def run(
    files: Sequence[Path],
    out: Path,
    options: RunOptions | None = None,
    progress: Progress = lambda done, all_, opinions: None,
    correct: Correction | None = None,
) -> RunResult:
    """Read minutes, tag and route their opinions, and write every paper to `out`.

    Parameters
    ----------
    files
        Files or folders.
    out
        The folder of the papers; it appears whole or stays as it was.
    options
        As `RunOptions` explains.
    progress
        Told after each file.
    correct
        What people corrected in an earlier run into `out` (`review.correction_of`).

    Raises
    ------
    ReadError
        No file could be read at all; the message names the first reason. Or the
        summary workbook in `out`, in which a clerk may have written, cannot be.
    OutputError
        `out` cannot be written.
    """
    options = options or RunOptions()
    read_entries(out)  # Better refused now than after an hour of reading.
    documents, unread, repeated = read_all(files, options, progress, skip=out)
    if not documents:
        raise ReadError(_nothing_read(unread))
    minutes = [extracted for _, extracted in documents]
    tagger = Tagger(load_model(options.model), risk=options.risk, semantic=options.semantic)
    routing = load_routing()
    opinions = opinion_table(minutes)
    opinions = classify_table(opinions, tagger, jobs=options.jobs)
    opinions = route_table(opinions, routing, on=_day(options.on))
    set_aside = opinions.iloc[0:0]
    if correct is not None:
        opinions, set_aside = split_set_aside(correct(opinions, routing, options.on))
    meetings = meeting_table(minutes)
    notes = tuple((d.source, note) for d, m in documents for note in (*d.notes, *m.meeting.notes))
    notes += tuple(repeated)
    entries = read_entries(out)
    result = RunResult(
        opinions=opinions,
        set_aside=set_aside,
        meetings=meetings,
        ledger=ledger_table(minutes, [document for document, _ in documents]),
        unread=tuple(unread),
        notes=(*notes, *entries.notes(opinions["opinion_id"])),
        record={
            **_record(documents, unread, opinions, set_aside, tagger, options),
            # What no table of the folder holds, so that `review import` can write papers again.
            "meetings": meetings.astype(object).where(meetings.notna(), None).to_dict("records"),
            "notes": notes,
        },
    )
    papers = write_papers(result, out, routing=routing, options=options, entries=entries)
    return RunResult(**{**result.__dict__, "papers": tuple(papers)})


def read_all(
    files: Sequence[Path], options: RunOptions, progress: Progress, *, skip: Path | None = None
) -> tuple[list[tuple[Document, Minutes]], list[Unread], list[tuple[str, str]]]:
    """Return every document with its minutes, the unread files, and notes on repeated ones.

    The same bytes are one document, wherever and however often they lie: people
    must not be counted twice. The second gets a note that names the first.
    `skip` is the folder of the papers, which are not read.
    """
    found = find_files(files, skip=skip)
    documents: dict[str, tuple[Document, Minutes]] = {}
    unread: list[Unread] = []
    repeated: list[tuple[str, str]] = []
    opinions = 0
    for done, outcome in enumerate(_outcomes(found, options), start=1):
        for item in outcome:
            if isinstance(item, Unread):
                unread.append(item)
                continue
            document, minutes = item
            first, _ = documents.setdefault(document.fingerprint, item)
            if first is document:
                opinions += len(minutes.opinions)
            else:
                repeated.append((document.source, f"trùng với {first.source}"))
        progress(done, len(found), opinions)
    return list(documents.values()), unread, repeated


def _outcomes(found: Sequence[tuple[Path, str]], options: RunOptions):
    if options.jobs == 1 or len(found) < 2:
        yield from (_read_one(path, source, options.reading) for path, source in found)
        return
    from joblib import Parallel, delayed

    yield from Parallel(n_jobs=options.jobs, return_as="generator")(
        delayed(_read_one)(path, source, options.reading) for path, source in found
    )


def _read_one(path: Path, source: str, reading: ReadingOptions | None) -> list:
    if path.is_dir():  # named by itself; find_files walks every other folder
        return [Unread(source, *_PAPERS)]
    given = {} if reading is None else {"options": reading}
    return [
        item if isinstance(item, Unread) else (item, extract_minutes(item, load_tagger()))
        for item in read_documents(path, source=source, **given)
    ]


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _nothing_read(unread: Sequence[Unread]) -> str:
    if not unread:
        return "Không có tệp nào đọc được ở nơi đã chỉ. Hãy kiểm tra lại đường dẫn."
    first = unread[0]
    return f"Không đọc được tệp nào. {first.source}: {first.error} {first.remedy}"


def _record(
    documents: Sequence[tuple[Document, Minutes]],
    unread: Sequence[Unread],
    opinions: pd.DataFrame,
    set_aside: pd.DataFrame,
    tagger: Tagger,
    options: RunOptions,
) -> dict[str, Any]:
    """What `run.json` holds: enough to make the same papers again."""
    from importlib.metadata import version

    return {
        "ykien": version("ykien"),
        "model": {
            "name": tagger.model.name,
            "sha256": tagger.model.manifest.get("sha256", ""),
        },
        "risk": tagger.settings.risk,
        "threshold": tagger.promise.threshold if tagger.promise.can_be_kept else None,
        "options": {
            "semantic": options.semantic,
            "audience": options.audience,
            "notice": options.notice,
            "on": options.on,
        },
        "inputs": [{"source": d.source, "sha256": d.fingerprint} for d, _ in documents],
        "counts": {
            "documents": len(documents),
            "unread": len(unread),
            "opinions": len(opinions),
            "set_aside": len(set_aside),
            "review": int((opinions["decision"] == "review").sum()),
            "topics": dict(sorted(Counter(opinions["topic"]).items())),
        },
    }
