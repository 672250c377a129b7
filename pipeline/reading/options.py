"""What a user may choose about reading, and the limits that keep hostile files harmless."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from pipeline.resources import data_dir
from pipeline.settings import filled, read_toml

_MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Limits:
    """How much of one file is read: the section [limits] of `data/reading.toml`.

    Sizes are in megabytes, as people think of them, and come in bytes too; times
    are in seconds. The defaults hold for lines that the file leaves out.
    """

    file_megabytes: float = 200
    unpacked_megabytes: float = 400
    members: int = 1000
    pages: int = 500
    cells: int = 2_000_000
    seconds: float = 120
    memory_megabytes: float = 3000

    @property
    def file_bytes(self) -> int:
        """The largest file that is read."""
        return int(self.file_megabytes * _MEGABYTE)

    @property
    def unpacked_bytes(self) -> int:
        """What a container or one of its members may grow to."""
        return int(self.unpacked_megabytes * _MEGABYTE)

    @property
    def memory_bytes(self) -> int:
        """What the child process that parses may hold."""
        return int(self.memory_megabytes * _MEGABYTE)


@dataclass(frozen=True)
class Ocr:
    """How scans are read. Confidences of words run from 0 to 100, of pages from 0 to 1."""

    language: str = "vie"
    dpi: int = 300
    word_confidence: float = 60.0
    page_confidence: float = 0.85
    seconds_a_page: float = 60.0
    seconds: float = 1800.0


@dataclass(frozen=True)
class ReadingOptions:
    """Choices for one reading; the defaults suit minutes of every kind.

    Parameters
    ----------
    content_column
        The heading (or the number, from 1) of the table column that holds the
        opinions; empty lets extraction find it by its heading.
    sheet
        The only sheet of a workbook to read; empty reads all of them.
    ocr
        "auto" reads a scan by OCR, "off" never does, "on" also re-reads pages
        that carry a text layer.
    isolated
        Whether risky formats are parsed in a child process with limits of time
        and memory.
    limits, scan
        See `Limits` and `Ocr`; `default_options` takes them from `data/reading.toml`.
    """

    content_column: str = ""
    sheet: str = ""
    ocr: str = "auto"
    isolated: bool = True
    limits: Limits = field(default_factory=Limits)
    scan: Ocr = field(default_factory=Ocr)


def default_options(**choices: Any) -> ReadingOptions:
    """Return the options with the limits that the office keeps in `data/reading.toml`.

    Parameters
    ----------
    **choices
        Fields of `ReadingOptions` that differ from the defaults.

    Returns
    -------
    ReadingOptions

    Raises
    ------
    DataError
        The file is no TOML, or a value of it is of another sort.
    """
    found = settings()
    path = _path()
    limits = filled(Limits, found.get("limits", {}), path)
    # TOML has 1e6 for a float; pages and the like are counted, and cut lists.
    counts = {name: int(getattr(limits, name)) for name in ("members", "pages", "cells")}
    scan = filled(Ocr, found.get("ocr", {}), path)
    return replace(ReadingOptions(limits=replace(limits, **counts), scan=scan), **choices)


def settings() -> dict[str, Any]:
    """Return `data/reading.toml` as nested dicts; a missing file gives an empty one.

    Raises
    ------
    DataError
        The file is there and is no TOML.
    """
    path = _path()
    return _load(path) if path.exists() else {}


@lru_cache(maxsize=4)
def _load(path: Path) -> dict[str, Any]:
    return read_toml(path)


def _path() -> Path:
    return data_dir() / "reading.toml"
