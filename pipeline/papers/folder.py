"""Writes a folder of papers so that it appears whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.errors import OutputError


@contextmanager
def whole_folder(out: Path, *, owned: Collection[str] = ()) -> Iterator[Path]:
    """Give a temporary folder beside `out`; move what is in it to `out` at the end.

    What an earlier run left under a name of `owned` goes, even if this run writes
    no such file: a list of masked names must not stay in a folder made anew for
    the public. Other files of `out` stay. If anything fails, also in the middle of
    the moving, `out` is as it was.

    Parameters
    ----------
    out
        The folder of the papers; made if it is missing.
    owned
        Names of files and folders that belong to the papers.

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
            new, old = Path(workshop) / "new", Path(workshop) / "old"
            new.mkdir()
            old.mkdir()
            yield new
            _exchange(new, out, old, owned)
    except OSError as error:
        raise OutputError(
            f"Không ghi được kết quả vào {out} ({error.strerror or error}). Hãy đóng các tệp đang "
            "mở trong thư mục đó, kiểm tra quyền ghi và dung lượng ổ đĩa, hoặc chọn thư mục khác "
            "(-o)."
        ) from error
    finally:
        if made and out.is_dir() and not any(out.iterdir()):
            out.rmdir()


def _exchange(new: Path, out: Path, old: Path, owned: Collection[str]) -> None:
    """Move what stands in the way aside, then the new in; take all back if one step fails."""
    coming = {entry.name for entry in new.iterdir()}
    leaving = [name for name in sorted(coming | set(owned)) if (out / name).exists()]
    steps = [(out / name, old / name) for name in leaving]
    steps += [(new / name, out / name) for name in sorted(coming)]
    done: list[tuple[Path, Path]] = []
    try:
        for source, target in steps:
            os.rename(source, target)
            done.append((source, target))
    except OSError:
        for source, target in reversed(done):
            os.rename(target, source)
        raise
