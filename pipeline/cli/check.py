"""`ykien check`: looks at all data that may be changed."""

from __future__ import annotations

import sys

import click

SHOWN = 20


@click.command("check")
def command() -> None:
    """Check topics, agencies, rules, units, labelled opinions and the model.

    Example: ykien check

    Exit code 0 when all is well, 1 when anything is wrong.
    """
    from pipeline.checking import check_everything

    wrong = False
    for check in check_everything():
        click.echo(
            f"{check.name}: {'ok' if not check.problems else f'{len(check.problems)} problem(s)'}"
        )
        for problem in check.problems[:SHOWN]:
            click.echo(f"  {problem}")
        if len(check.problems) > SHOWN:
            click.echo(f"  ... and {len(check.problems) - SHOWN} more")
        wrong = wrong or bool(check.problems)
    sys.exit(int(wrong))
