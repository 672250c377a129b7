"""Finds the encoding of a text table from its first megabyte."""

from __future__ import annotations

import codecs
from pathlib import Path

from pipeline.errors import ReadError

_SAMPLE = 1_000_000
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def encoding_of(path: Path) -> str:
    """Return utf-8-sig, utf-16, utf-16-le, utf-16-be, utf-8 or cp1258.

    A byte-order mark is believed; without one, text that is UTF-8 but for a
    few lines is UTF-8, and anything else is the Vietnamese code page of Windows.

    Raises
    ------
    ReadError
        The file cannot be opened or is empty.
    """
    try:
        with path.open("rb") as file:
            sample = file.read(_SAMPLE)
    except OSError as error:
        raise ReadError(f"{path}: không mở được ({error}). Hãy kiểm tra đường dẫn.") from error
    if not sample.strip():
        raise ReadError(f"{path}: tệp rỗng. Hãy chọn tệp khác.")
    for mark, name in _MARKS:
        if sample.startswith(mark):
            return name
    return _without_mark(sample)


def _without_mark(sample: bytes) -> str:
    if b"\x00" in sample[:1_000]:
        return "utf-16-le" if sample[1:2] == b"\x00" else "utf-16-be"
    lines = [line for line in sample.split(b"\n")[:-1] or [sample] if not line.isascii()]
    bad = sum(not _is_utf8(line) for line in lines)
    return "utf-8" if bad * 10 <= len(lines) else "cp1258"


def _is_utf8(line: bytes) -> bool:
    try:
        # Not final: the sample may end within a letter.
        codecs.getincrementaldecoder("utf-8")().decode(line)
    except UnicodeDecodeError:
        return False
    return True
