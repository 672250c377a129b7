"""`ykien audit-labels`: labels that are likely wrong, to look at in Excel."""

from __future__ import annotations

from pathlib import Path

import click

SHOWN = 20


@click.command("audit-labels")
@click.argument("files", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("-o", "--out", type=click.Path(path_type=Path), help="Bảng .xlsx để sửa.")
@click.option(
    "--share",
    default=0.02,
    show_default=True,
    type=click.FloatRange(0, 1),
    help="Phần ý kiến bị máy nghi nhất được đưa ra.",
)
@click.option("--folds", default=5, show_default=True, type=click.IntRange(2))
def command(files: tuple[Path, ...], out: Path | None, share: float, folds: int) -> None:
    """List labels of FILES (all of data/labelled) that are likely wrong, worst first.

    Example: ykien audit-labels -o nhan_nghi_sai.xlsx
    """
    from dataclasses import replace

    from pipeline.review.suggested import audit_sheet
    from pipeline.topics.phrases import load_phrases
    from pipeline.topics.taxonomy import load_topics
    from pipeline.training.dataset import labelled_files, load_labelled
    from pipeline.training.label_audit import audit_labels
    from pipeline.training.segmentation import cut_beforehand
    from pipeline.training.settings import load_training_settings

    topics = load_topics()
    rows = load_labelled(list(files) or labelled_files(), topics)
    cut_beforehand(list(rows["text"]))
    suspects = audit_labels(
        rows,
        replace(load_training_settings(), folds=folds),
        load_phrases(topics),
        share=share,
        names={code: topic.name for code, topic in topics.items()},
        progress=lambda message: click.echo(f"... {message}", err=True),
    )
    click.echo(f"{len(suspects)} of {len(rows)} labels are worth a look.")
    for suspect in suspects[:SHOWN]:
        row = rows.iloc[suspect.row]
        click.echo(f"{row['id']} {row['topic']}: {'; '.join(suspect.reasons)}")
        click.echo(f"    {row['text'][:100]}")
    if out:
        audit_sheet(rows, suspects, out)
        click.echo(f"Sheet: {out}. Back with: ykien review labels {out} --by NAME")
