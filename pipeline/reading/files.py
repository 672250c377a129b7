"""Finds the files to read and tells their formats, by content before name."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path

FORMATS = {
    "docx": ("docx", "docm", "dotx", "dotm"),
    "doc": ("doc", "dot", "rtf", "odt", "wps"),
    "pdf": ("pdf",),
    "workbook": ("xlsx", "xlsm", "xltx", "xlsb", "xls", "ods"),
    "csv": ("csv", "tsv"),
    "html": ("html", "htm", "xhtml", "mht", "mhtml"),
    "txt": ("txt", "text"),
    "image": ("png", "jpg", "jpeg", "tif", "tiff", "bmp"),
    "mail": ("eml",),
    "zip": ("zip",),
}
"""Formats that can be read, and the extensions of each."""

READABLE: frozenset[str] = frozenset(f".{ext}" for names in FORMATS.values() for ext in names)
"""Extensions that can be read, in small letters, with the dot."""

_BY_EXTENSION = {f".{ext}": name for name, names in FORMATS.items() for ext in names}
# Labels and notes of the project's own minutes; an office has none to be read.
_BESIDE_MINUTES = (".json", ".md")
_LEFT_BEHIND = frozenset({"thumbs.db", "desktop.ini"})
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*", b"BM")


def find_files(arguments: Sequence[Path], *, skip: Path | None = None) -> list[tuple[Path, str]]:
    """Return the files that the arguments name, with their names as given.

    Folders are walked in a stable order: first the files whose formats can be
    read, then the others, so that each gets its error. Left out are hidden files,
    the lock files of Word ("~$…"), what systems and programs leave behind, and the
    .json and .md that stand beside minutes. Papers of earlier runs are no minutes:
    folders that hold them are not walked.

    Parameters
    ----------
    arguments
        Files and folders from the command line.
    skip
        The folder that the papers will go to; it is not walked either.

    Returns
    -------
    list of (Path, str)
        Each file once; the text is what `opinions.csv` holds as `source`. A folder
        stands here only if it was named by itself and is one of those not walked.
    """
    skip = skip.resolve() if skip else None
    found: dict[Path, str] = {}
    for argument in arguments:
        walked = argument.is_dir() and not _holds_papers(argument, skip)
        for file in _walk(argument, skip) if walked else [argument]:
            found.setdefault(file, file.as_posix())
    return list(found.items())


def _walk(folder: Path, skip: Path | None) -> list[Path]:
    files: list[Path] = []
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(
            name
            for name in folders
            if not name.startswith(".") and not _holds_papers(Path(root) / name, skip)
        )
        files += [Path(root) / name for name in sorted(names) if _is_wanted(name)]
    return sorted(files, key=lambda file: file.suffix.lower() not in READABLE)


def _holds_papers(folder: Path, skip: Path | None) -> bool:
    """Tell whether a folder is the one to skip or holds the `run.json` of an earlier run."""
    if skip is not None and folder.resolve() == skip:
        return True
    try:
        record = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(record, dict) and "ykien" in record


def _is_wanted(name: str) -> bool:
    small = name.lower()
    if small.startswith((".", "~$", "~wrl")) or small in _LEFT_BEHIND:
        return False
    return not small.endswith(("~", ".tmp", *_BESIDE_MINUTES))


def format_of(name: str, data: bytes) -> str:
    """Return the format of a file, "" for one that cannot be read.

    Offices save web pages as .xls and .doc, and rename files freely, so the
    first bytes are believed before the name.

    Parameters
    ----------
    name
        File name with extension.
    data
        All bytes of the file.
    """
    by_name = _BY_EXTENSION.get(Path(name).suffix.lower(), "")
    if not by_name:
        return ""
    return _by_content(data, by_name) or by_name


def _by_content(data: bytes, by_name: str) -> str:
    head = data[:1024].lstrip(b"\xef\xbb\xbf \r\n\t")
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _in_package(data, by_name)
    if data.startswith(_OLE):
        return _in_ole(data)
    if head.startswith(b"{\\rtf"):
        return "doc"
    if by_name != "txt" and data.startswith(_IMAGES):
        return "image"
    lower = head.lower()
    if by_name == "html" and b"mime-version:" in lower and b"content-type:" in data[:4096].lower():
        return "mail"
    if by_name in ("doc", "workbook", "docx") and (
        lower.startswith((b"<html", b"<!doctype html", b"<table")) or b"<html" in lower[:512]
    ):
        return "html"
    if by_name == "workbook" and _is_text(data):
        return "csv"
    return ""


def _in_package(data: bytes, by_name: str) -> str:
    """Tell office packages apart by the names in the zip's own list, at its end."""
    for mark, name in (
        (b"word/document", "docx"),
        (b"xl/workbook", "workbook"),
        (b"opendocument.text", "doc"),
        (b"opendocument.spreadsheet", "workbook"),
    ):
        if mark in data[:4096] or mark in data[-65_536:]:
            return by_name if by_name == "zip" and b"opendocument" not in mark else name
    return "zip" if by_name == "zip" else ""


def _in_ole(data: bytes) -> str:
    if _utf16("EncryptedPackage") in data:
        return "locked"
    if _utf16("WordDocument") in data:
        return "doc"
    return "workbook" if _utf16("Workbook") in data or _utf16("Book") in data else ""


def _utf16(name: str) -> bytes:
    return name.encode("utf-16-le")


def _is_text(data: bytes) -> bool:
    return bool(data) and b"\x00" not in data[:4096] and b"\n" in data[:65_536]
