"""Vietnamese beyond labelled opinions, from which diacritics are learned."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.metadata import version
from importlib.resources import files

from pipeline.errors import DataError
from pipeline.resources import data_dir

_WORDS = "corpus/data/Viet74K.txt"
_PLACES = "address/data/mapping.json"


def other_texts() -> list[str]:
    """Return texts that show how words and names are marked, and nothing of topics.

    These are the paragraphs of the project's own marked documents, and two
    enumerations that underthesea brings (Apache-2.0): its words of more than one
    syllable, and the names of provinces, districts and communes before and after
    July 2025. Opinions alone know few of the words and hardly any of the names.

    Raises
    ------
    DataError
        The installed underthesea lacks one of its two files.
    """
    words = sorted({line for line in _shipped(_WORDS).splitlines() if " " in line.strip()})
    places = sorted(set(_names(json.loads(_shipped(_PLACES)))))
    return [*_paragraphs(), ", ".join(words), ", ".join(places)]


def _paragraphs() -> Iterator[str]:
    for folder in ("marked", "minutes"):
        for path in sorted((data_dir() / folder).rglob("*.txt")):
            text = path.read_text(encoding="utf-8", errors="replace")
            yield from (line for line in text.splitlines() if line.strip())


def _names(table: object) -> Iterator[str]:
    """Yield every marked text of a JSON value; keys of the table carry no marks."""
    if isinstance(table, dict):
        for value in table.values():
            yield from _names(value)
    elif isinstance(table, list):
        for value in table:
            yield from _names(value)
    elif isinstance(table, str) and not table.isascii():
        yield table


def _shipped(name: str) -> str:
    try:
        return files("underthesea").joinpath(name).read_text(encoding="utf-8")
    except OSError as error:
        raise DataError(
            f"underthesea {version('underthesea')} has no file {name}, from which diacritics are "
            "learned. Install the version that constraints.txt names."
        ) from error
