"""The job as one page: a table in, the same table with topics and routes out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from pipeline.errors import OutputError
from pipeline.stream import chunks
from pipeline.stream.chunks import Answer, BrokenRow, Chunk, Source, Task
from pipeline.stream.engine import Engine, data_fingerprint, load_engine
from pipeline.stream.spool import Spool, fingerprint
from pipeline.stream.tables import column_index, kept_names, open_table
from pipeline.stream.writing import TEXT_SUFFIXES, open_writer, written
from pipeline.table import CLASSIFY_COLUMNS
from pipeline.topics.decision import REVIEW

Progress = Callable[[float, int], None]
"""Called with the share (0..1) of the work done and the rows answered so far."""
_TOPIC, _CONFIDENCE, _DECISION = map(CLASSIFY_COLUMNS.index, ("topic", "confidence", "decision"))
ERROR_COLUMNS = ("line", "error", "begins")


@dataclass(frozen=True)
class ClassifyOptions:
    """What `ykien classify` may be told.

    `date_column` and `place_column` hold the meeting's date and the village or
    commune of the speaker; both help routing. `on` is the day to take where a
    row has no date. `semantic` asks the second opinion by meaning. `cluster` is the address of a Dask scheduler.
    """

    text_column: str = "text"
    date_column: str | None = None
    place_column: str | None = None
    on: date | None = None
    model: str | None = None
    risk: float | None = None
    semantic: bool = False
    encoding: str | None = None
    jobs: int = 1
    cluster: str | None = None


@dataclass(frozen=True)
class ClassifyResult:
    """What became of a table; `resumed` counts chunks that an earlier run had answered."""

    rows: int
    broken: int
    review: int
    topics: Counter[str] = field(default_factory=Counter)
    resumed: int = 0
    renamed: tuple[str, ...] = ()
    errors: Path | None = None


def classify_file(
    table: Path,
    out: Path,
    options: ClassifyOptions | None = None,
    progress: Progress = lambda share, rows: None,
) -> ClassifyResult:
    """Tag and route every row of a table and write it with ten more columns.

    Parameters
    ----------
    table
        A csv, xlsx or parquet file, one opinion a row.
    out
        The output, its format told by its extension. It appears whole; until
        then the work lies in `<out>.part`, and a run that was killed goes on there.
    options
        As `ClassifyOptions` explains.
    progress
        Told after each chunk.

    Raises
    ------
    ReadError
        The table cannot be read or lacks a column.
    OutputError
        The output cannot be written.
    """
    options = options or ClassifyOptions()
    source = open_table(table, options.encoding)
    places = _columns(source, table, options)
    source.check_text(source.columns[places[0]])
    _check_output(table, out)
    engine = load_engine(options.model, risk=options.risk, semantic=options.semantic, on=options.on)
    spool = Spool(out, _job(table, engine, options))
    answered = 0
    for number, done, answers in _answers(source, places, engine, spool, options):
        spool.keep(number, answers)
        answered += len(answers)
        progress(done, answered)
    return _assemble(source, out, spool)


def _columns(source: Source, table: Path, options: ClassifyOptions) -> tuple[int, int, int]:
    """Return where text, date and place stand; -1 for one that was not named."""
    return tuple(
        column_index(source.columns, name, table) if name else -1
        for name in (options.text_column, options.date_column, options.place_column)
    )


def _check_output(table: Path, out: Path) -> None:
    if out.exists() and out.samefile(table):
        raise OutputError(f"{out}: là chính bảng đang đọc. Hãy đặt tên khác cho kết quả.")
    if out.is_dir():
        raise OutputError(f"{out}: là một thư mục. Hãy đặt tên tệp cho kết quả.")
    if out.suffix.lower() not in (*TEXT_SUFFIXES, ".xlsx", ".parquet"):
        raise OutputError(
            f"{out}: không ghi được định dạng này. Hãy dùng đuôi .csv, .xlsx hoặc .parquet."
        )


def _job(table: Path, engine: Engine, options: ClassifyOptions) -> dict[str, object]:
    from importlib.metadata import version

    return {
        "ykien": version("ykien"),
        "table": fingerprint(table),
        "model": engine.tagger.model.manifest.get("sha256", ""),
        "routing": data_fingerprint(),
        "columns": [options.text_column, options.date_column, options.place_column],
        "risk": engine.tagger.settings.risk,
        "semantic": options.semantic,
        "on": str(options.on),
        "encoding": options.encoding,
        "chunk": [chunks.CHUNK_ROWS, chunks.CHUNK_CHARACTERS],
    }


def _answers(source, places, engine, spool, options) -> Iterator[tuple[int, float, list]]:
    """Yield number, share done and answers of each chunk that is not finished."""
    shares: dict[int, float] = {}

    def tasks() -> Iterator[Task]:
        for chunk in source.chunks():
            shares[chunk.number] = chunk.done
            if chunk.number not in spool.finished:
                yield _task(chunk, places)

    if options.cluster:
        from pipeline.stream.cluster import answer_on_cluster

        answers = answer_on_cluster(engine, tasks(), options.cluster)
    else:
        from pipeline.stream.processes import answer_in_processes

        answers = answer_in_processes(engine, tasks(), options.jobs)
    for number, rows in answers:
        yield number, shares.pop(number), rows


def _task(chunk: Chunk, places: tuple[int, int, int]) -> Task:
    empty = ("",) * len(chunk.rows)
    text, day, place = (
        tuple(str(written(row[at])) for row in chunk.rows) if at >= 0 else empty for at in places
    )
    return Task(chunk.number, text, day, place)


def _assemble(source: Source, out: Path, spool: Spool) -> ClassifyResult:
    """Write the table with its answers, then the list of broken rows, then publish both."""
    names = kept_names(source.columns, CLASSIFY_COLUMNS)
    whole = spool.folder / "output"
    writer = open_writer(whole, out.suffix, [*names, *CLASSIFY_COLUMNS], source.schema)
    topics: Counter[str] = Counter()
    broken: list[BrokenRow] = []
    review = 0
    as_text = out.suffix.lower() in TEXT_SUFFIXES
    for chunk in source.chunks():
        broken += chunk.broken
        answers = spool.answers(chunk.number)
        topics.update(answer[_TOPIC] for answer in answers)
        review += sum(answer[_DECISION] == REVIEW for answer in answers)
        if as_text:
            answers = [_with_decimals(answer) for answer in answers]
        writer.write([*row, *answer] for row, answer in zip(chunk.rows, answers, strict=True))
    writer.close()
    errors = _write_errors(broken, spool)
    place = out.with_name(out.name + ".errors.csv")
    spool.publish({place: errors, out: whole})
    renamed = tuple(n for n, old in zip(names, source.columns, strict=True) if n != old)
    return ClassifyResult(
        rows=topics.total(),
        broken=len(broken),
        review=review,
        topics=topics,
        resumed=spool.resumed,
        renamed=renamed,
        errors=place if broken else None,
    )


def _with_decimals(answer: Answer) -> Answer:
    confidence = answer[_CONFIDENCE]
    shown = "" if confidence is None else f"{confidence:.4f}"
    return [*answer[:_CONFIDENCE], shown, *answer[_CONFIDENCE + 1 :]]


def _write_errors(broken: list[BrokenRow], spool: Spool) -> Path | None:
    if not broken:
        return None
    file = spool.folder / "errors"
    writer = open_writer(file, ".csv", ERROR_COLUMNS, None)
    writer.write((row.line, row.error, row.begins) for row in broken)
    writer.close()
    return file
