"""`ykien calibrate`: fits confidence and promise on an office's own opinions."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("calibrate")
@click.argument("table", required=False, type=click.Path(exists=True, path_type=Path))
@click.option("--model", help="Another model than the one in use.")
def command(table: Path | None, model: str | None) -> None:
    """Fit confidence and the promise on TABLE, opinions that people have labelled.

    The model must not have been trained on them. A new model is saved.

    Example: ykien calibrate data/labelled/reviewed/2026-11.csv
    """
    from pipeline.training.evaluation_pages import promise_lines
    from pipeline.training.workflow import recalibrate

    name, evaluation = recalibrate(table, model_name=model)
    click.echo(f"models/{name}: calibrated on {evaluation.n} opinions.")
    for line in promise_lines(evaluation):
        click.echo(line)
    click.echo(f"Next: ykien models promote {name}")
