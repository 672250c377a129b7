"""Writes a file so that it appears whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.errors import OutputError


@contextmanager
def whole_file(path: Path, *, remedy: str) -> Iterator[Path]:
    """Give a temporary path beside `path`; what is written there takes its place at the end.

    If anything fails, what stood at `path` is untouched and nothing is left over.

    Parameters
    ----------
    path
        The file; its folder is made if it is missing.
    remedy
        What a person can do if it cannot be written: Vietnamese, whole sentences.

    Raises
    ------
    OutputError
        The file cannot be written.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            yield temporary
            _on_disk(temporary)
            os.replace(temporary, path)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise OutputError(
            f"{path}: không ghi được ({error.strerror or error}). {remedy}"
        ) from error


def _on_disk(path: Path) -> None:
    """A name that is switched before the content is on the disk is empty after a power cut."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())
