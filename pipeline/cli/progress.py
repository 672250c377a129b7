"""A progress bar on a terminal, silence in a pipe."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def progress_bar(
    task: str, counted: str, *, shown: Callable[[float, float], str]
) -> Iterator[Callable[[float, float, int], None]]:
    """Give a function that takes how much is done, of how much, and how many things were found.

    Parameters
    ----------
    task
        What is going on.
    counted
        What the found things are called.
    shown
        Says how much is done of how much.
    """
    if not sys.stderr.isatty():
        yield lambda done, total, found: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.fields[shown]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        # The bar is drawn at once, when nobody knows yet how much there is to do.
        number = bar.add_task(task, total=None, shown="")

        def tell(done: float, total: float, found: int) -> None:
            bar.update(
                number,
                completed=done,
                total=total,
                description=f"{task}: {found} {counted}",
                shown=shown(done, total),
            )

        yield tell
