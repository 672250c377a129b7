"""The commands; the only room that prints or exits. Each is imported when it is called."""

from __future__ import annotations

import gc
import importlib
import os
import sys

import click

from pipeline.errors import DataError, YkienError

_OBJECTS_BEFORE_COLLECTION = 100_000
_COMMANDS = {
    "run": ("run", "Đọc biên bản, tìm ý kiến, gắn lĩnh vực, chuyển cơ quan, in giấy tờ."),
    "classify": ("classify", "Tag and route a table that has one opinion a row."),
    "explain": ("explain", "Explain one opinion: topics, deciding words, route and rule."),
    "check": ("check", "Check topics, agencies, rules, units, labelled data and model."),
    "train": ("train", "Train a model from labelled opinions."),
    "evaluate": ("evaluate", "Score a model on labelled opinions it never saw."),
    "calibrate": ("calibrate", "Fit confidence and promise on your own reviewed opinions."),
    "evaluate-extraction": ("extraction", "Score the finding of opinions on marked minutes."),
    "train-extraction": ("extraction:train", "Train the second reader on marked minutes."),
    "evaluate-routing": ("measures:routing", "Score routing on hand-marked opinions."),
    "evaluate-kinds": ("measures:kinds", "Score kinds on opinions written to measure them."),
    "evaluate-masking": ("measures:masking", "Score the masking of names and numbers."),
    "models": ("models", "List, compare, promote, roll back, verify and exchange models."),
    "review": ("review", "Xuất bảng Excel để xem lại, và nhập bảng đã sửa."),
    "suggest": ("suggest", "Pick the opinions that are best labelled next."),
    "audit-labels": ("audit", "List labels that are likely wrong."),
    "drift": ("drift", "Say whether retraining is due after a period's opinions."),
}


class LazyGroup(click.Group):
    """A group that imports a command's module only when the command is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module, _ = _COMMANDS[cmd_name]
        module, _, attribute = module.partition(":")
        return getattr(importlib.import_module(f"pipeline.cli.{module}"), attribute or "command")

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in _COMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--data", type=click.Path(exists=True, file_okay=False), help="Your own data folder.")
@click.option("--traceback", is_flag=True, help="Show where an error arose.")
@click.version_option(package_name="ykien")
@click.pass_context
def ykien(ctx: click.Context, data: str | None, traceback: bool) -> None:
    """Read minutes of public dialogue meetings and route every opinion in them.

    Example: ykien run bien_ban/ -o ket_qua/
    """
    if data:
        os.environ["YKIEN_DATA"] = data
    ctx.obj = {"traceback": traceback}


def main() -> None:
    """Run the command line; errors become one line, exit code 1 (2 for wrong usage)."""
    # Imports and a model are millions of objects that stay: looking through them
    # for garbage at the usual pace is a fifth of the time of a short command.
    gc.set_threshold(_OBJECTS_BEFORE_COLLECTION)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        ykien(standalone_mode=True)
    except YkienError as error:
        if "--traceback" in sys.argv:
            raise
        click.echo(f"error: {error}", err=True)
        if isinstance(error, DataError) and len(error.problems) > 10:
            click.echo(f"... {len(error.problems)} problems in all.", err=True)
        sys.exit(1)
