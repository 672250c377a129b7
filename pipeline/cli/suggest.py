"""`ykien suggest`: which unlabelled opinions are worth a person's time."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("suggest")
@click.argument("table", type=click.Path(exists=True, path_type=Path))
@click.option("-o", "--out", required=True, type=click.Path(path_type=Path), help=".csv hoặc .xlsx")
@click.option("-n", default=50, show_default=True, type=click.IntRange(1), help="Số ý kiến.")
@click.option("--text-column", default="text", show_default=True, help="Cột nội dung.")
@click.option("--model", help="Another model than the one in use.")
def command(table: Path, out: Path, n: int, text_column: str, model: str | None) -> None:
    """Pick the opinions of TABLE (csv, or a run's folder) that are best labelled next.

    The output has the columns of data/labelled, `topic` empty, for filling in.

    Example: ykien suggest ket_qua/opinions.csv -o gan_nhan.xlsx -n 50
    """
    from pipeline.review.suggested import suggest_sheet
    from pipeline.topics.classify import Tagger
    from pipeline.topics.model import load_model

    found = suggest_sheet(
        _read(table), Tagger(load_model(model)), out, n=n, text_column=text_column
    )
    click.echo(f"{found} ý kiến nên gắn nhãn, ở: {out}")
    if out.suffix.lower() == ".xlsx":
        click.echo(f"Điền xong thì nhập lại: ykien review labels {out} --by TÊN")


def _read(table: Path):
    """One opinion a row, from csv or the folder of a run."""
    import pandas as pd

    from pipeline.errors import ReadError

    path = table / "opinions.csv" if table.is_dir() else table
    try:
        return pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    except (OSError, ValueError) as error:
        raise ReadError(f"{path}: không đọc được ({error}). Hãy lưu lại dạng CSV UTF-8.") from error
