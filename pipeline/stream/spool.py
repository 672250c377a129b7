"""Keeps the answers of each chunk beside the output until all of them are there."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from pipeline.errors import OutputError
from pipeline.stream.chunks import Answer

_JOURNAL = "journal.json"


class Spool:
    """The folder `<out>.part`: a journal of what is being done, and one file a finished chunk.

    Chunks may be finished in any order and by any number of processes. A file
    gets its name only when it is complete, so whatever is there can be trusted
    after a kill. A spool whose journal tells of another input, model or option
    is thrown away.

    Parameters
    ----------
    out
        The output to be.
    job
        What the answers depend on: fingerprints and options.

    Raises
    ------
    OutputError
        The folder cannot be made beside the output.
    """

    def __init__(self, out: Path, job: Mapping[str, object]) -> None:
        self.folder = out.with_name(out.name + ".part")
        self._out = out
        with _reported(out):
            if self._journal() != dict(job):
                shutil.rmtree(self.folder, ignore_errors=True)
                self.folder.mkdir(parents=True)
                self._write(_JOURNAL, job)
            self.finished = {int(p.stem) for p in self.folder.glob("[0-9]*.json")}
        self.resumed = len(self.finished)

    def keep(self, number: int, answers: list[Answer]) -> None:
        """Keep the answers of a chunk for good."""
        with _reported(self._out):
            self._write(f"{number:08d}.json", answers)
        self.finished.add(number)

    def answers(self, number: int) -> list[Answer]:
        """Return the answers of a finished chunk."""
        return json.loads((self.folder / f"{number:08d}.json").read_bytes())

    def publish(self, made: Mapping[Path, Path | None]) -> None:
        """Give finished files their names and remove the spool.

        Parameters
        ----------
        made
            Where each file belongs, and where it lies now; None removes an
            older file of that name.
        """
        with _reported(self._out):
            for place, file in made.items():
                if file is None:
                    place.unlink(missing_ok=True)
                else:
                    os.replace(file, place)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _journal(self) -> object:
        try:
            return json.loads((self.folder / _JOURNAL).read_bytes())
        except (OSError, ValueError):
            return None

    def _write(self, name: str, content: object) -> None:
        unfinished = self.folder / f"{name}.{os.getpid()}.tmp"
        unfinished.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
        os.replace(unfinished, self.folder / name)


class _reported:
    """Turns an error of the operating system into one that says what to do."""

    def __init__(self, out: Path) -> None:
        self._out = out

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        if isinstance(error, OSError):
            raise OutputError(
                f"{self._out}: không ghi được ({error.strerror or error}). "
                "Hãy kiểm tra quyền ghi và chỗ trống của ổ đĩa, hoặc chọn nơi khác."
            ) from error


def fingerprint(path: Path) -> str:
    """Return the sha256 of a file as hexadecimal text."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
