"""Documents with gold marks: files of any format beside a json file of the same name."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import ReadError
from pipeline.reading.document import Document


@dataclass(frozen=True)
class GoldDocument:
    """One file and its marks; `document` is None where it cannot be read, as `notes` tell."""

    path: Path
    document: Document | None
    marks: dict[str, Any]
    notes: tuple[str, ...] = ()


def read_gold(folder: Path, *, formats: Sequence[str] = ()) -> Iterator[GoldDocument]:
    """Yield every file of a folder that has marks beside it, in the order of names.

    Parameters
    ----------
    folder
        The form of its json files is told in `docs/extraction.md`.
    formats
        Only files with these extensions ("txt", "docx"); all if empty.

    Raises
    ------
    ReadError
        The folder holds no such file, or marks that are no JSON.
    """
    from pipeline.reading import read_documents

    pairs = [
        (path, marks)
        for marks in sorted(Path(folder).glob("*.json"))
        for path in sorted(marks.parent.glob(f"{marks.stem}.*"))
        if path.suffix != ".json" and (not formats or path.suffix[1:] in formats)
    ]
    if not pairs:
        raise ReadError(
            f"{folder}: no file *.json with a document of the same name beside it. "
            "Name a folder such as data/minutes."
        )
    for path, marks in pairs:
        found = list(read_documents(path))
        documents = [one for one in found if isinstance(one, Document)]
        notes = tuple(str(getattr(one, "error", "")) for one in found) if not documents else ()
        yield GoldDocument(path, documents[0] if documents else None, _marks(marks), notes)


def _marks(path: Path) -> dict[str, Any]:
    try:
        marks = json.loads(path.read_text(encoding="utf-8"))
        marks["opinions"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ReadError(
            f"{path}: no gold marks ({error}). Its form: docs/extraction.md."
        ) from error
    return marks
