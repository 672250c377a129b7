"""Writes a folder of papers so that it appears whole or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.errors import OutputError


@contextmanager
def whole_folder(out: Path) -> Iterator[Path]:
    """Give a temporary folder beside `out`; move what is in it to `out` at the end.

    Files of `out` that are not written again stay; a file that is replaced is
    replaced in one step. If anything fails before the end, `out` is as it was.

    Parameters
    ----------
    out
        The folder of the papers; made if it is missing.

    Raises
    ------
    OutputError
        The folder cannot be made or written; the message says what to do.
    """
    out = out.absolute()
    made = not out.exists()
    try:
        out.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=out.parent, prefix=f".{out.name}-") as workshop:
            yield Path(workshop)
            _move(Path(workshop), out)
    except OSError as error:
        if made and out.is_dir() and not any(out.iterdir()):
            out.rmdir()
        raise OutputError(
            f"Không ghi được kết quả vào {out} ({error.strerror or error}). Hãy đóng các tệp đang "
            "mở trong thư mục đó, kiểm tra quyền ghi và dung lượng ổ đĩa, hoặc chọn thư mục khác "
            "(-o)."
        ) from error


def _move(workshop: Path, out: Path) -> None:
    """Slips of an earlier run may be for agencies that get none now, so the folder goes first."""
    for entry in sorted(workshop.iterdir()):
        target = out / entry.name
        if entry.is_dir():
            if target.exists():
                shutil.rmtree(target)
            entry.rename(target)
        else:
            os.replace(entry, target)
