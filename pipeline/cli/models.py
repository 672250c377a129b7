"""`ykien models`: list, compare, promote, roll back, verify and exchange models."""

from __future__ import annotations

import click


@click.group("models")
def command() -> None:
    """List, compare, promote, roll back and verify models.

    Example: ykien models list
    """


@command.command("list")
def list_() -> None:
    """Print every model, the one in use marked with *.

    Example: ykien models list
    """
    from pipeline.training.registry import list_models

    for entry in list_models():
        mark = "*" if entry.current else " "
        if entry.problem:
            click.echo(f"{mark} {entry.name}  {entry.problem}")
            continue
        figures = (
            f"accuracy {entry.accuracy:.3f}, macro-F1 {entry.macro_f1:.3f}"
            if entry.accuracy is not None
            else "not evaluated"
        )
        click.echo(f"{mark} {entry.name}  {entry.created}  {figures}")


@command.command("promote")
@click.argument("name")
@click.option("--force", is_flag=True, help="Promote although the comparison speaks against it.")
@click.option("--reason", default="", help="Why, for the history.")
def promote_(name: str, force: bool, reason: str) -> None:
    """Put a model in use, unless it is worse than the present one on a core topic.

    Example: ykien models promote 2026-11-26-1
    """
    from pipeline.errors import ModelError
    from pipeline.training.comparison import objections
    from pipeline.training.registry import promote

    against = objections(name)
    if against and not force:
        raise ModelError(
            f"models/{name} is not promoted: {'; '.join(against)}. "
            "Look at `ykien models compare`, or promote it all the same with --force."
        )
    promote(name, reason=reason, forced=bool(against))
    click.echo(f"models/{name} is now in use.")


@command.command("rollback")
def rollback_() -> None:
    """Put the model back that was in use before.

    Example: ykien models rollback
    """
    from pipeline.training.registry import rollback

    click.echo(f"models/{rollback()} is in use again.")


@command.command("verify")
@click.argument("name", required=False)
def verify_(name: str | None) -> None:
    """Check that a model's file fits its manifest (all models if none is named).

    Example: ykien models verify
    """
    from pipeline.training.registry import list_models, verify

    for one in [name] if name else [entry.name for entry in list_models()]:
        verify(one)
        click.echo(f"models/{one}: file and manifest fit.")


@command.command("compare")
@click.argument("first")
@click.argument("second")
@click.option("--rows", "path", type=click.Path(exists=True), help="Another labelled test file.")
def compare_(first: str, second: str, path: str | None) -> None:
    """Compare two models on the same opinions (`current` names the one in use).

    Example: ykien models compare current 2026-11-26-1
    """
    from pathlib import Path

    from pipeline.training.comparison import compare, printed

    click.echo(printed(compare(first, second, rows=Path(path) if path else None)))


@command.command("export")
@click.argument("name")
@click.argument("file", type=click.Path(dir_okay=False))
def export_(name: str, file: str) -> None:
    """Write a model to one FILE that another office can import (needs ykien[exchange]).

    Example: ykien models export 2026-11-26-1 model.skops
    """
    from pathlib import Path

    from pipeline.training.exchange import export_model

    export_model(name, Path(file))
    click.echo(f"models/{name} is in {file}.")


@command.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False))
def import_(file: str) -> None:
    """Take a model from another office's FILE; nothing in it is run, and it is not promoted.

    Example: ykien models import model.skops
    """
    from pathlib import Path

    from pipeline.training.exchange import import_model

    name = import_model(Path(file))
    click.echo(f"models/{name}: imported. Next: ykien models compare current {name}")
