"""Phrase lists: what people who know the field can tell the model without sentences."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pipeline.errors import DataError
from pipeline.resources import data_dir
from pipeline.topics.text import normalize, syllables

MAX_SYLLABLES = 10


def load_phrases(topics: Mapping[str, object], folder: Path | None = None) -> dict[str, str]:
    """Return the marks of every phrase, by its syllables joined with blanks.

    `data/phrases/<topic>.txt` holds one phrase a line; a line that begins with
    `!` is a phrase that misleads towards the topic. The mark of a phrase is
    its topic, or `!topic`; a phrase of several topics carries all, joined by
    blanks. A topic without a list is allowed.

    Parameters
    ----------
    topics
        The taxonomy; only its codes are used.
    folder
        The data folder; the one in force if None.

    Raises
    ------
    DataError
        A list is not UTF-8, is named after no topic, or holds a phrase of more
        than ten syllables.
    """
    marks: dict[str, set[str]] = {}
    problems: list[str] = []
    for path in sorted(((folder or data_dir()) / "phrases").glob("*.txt")):
        if path.stem not in topics:
            problems.append(f"{path.name}: no topic has the code {path.stem!r}")
            continue
        for number, line in enumerate(_lines(path), start=1):
            misleads, phrase = line.startswith("!"), line.lstrip("! ")
            key = syllables(normalize(phrase))
            if len(key) > MAX_SYLLABLES:
                problems.append(f"{path.name}, line {number}: over {MAX_SYLLABLES} syllables")
            elif key:
                marks.setdefault(" ".join(key), set()).add(("!" if misleads else "") + path.stem)
    if problems:
        raise DataError(
            f"data/phrases: {problems[0]} ({len(problems)} problem(s) in all).",
            problems=tuple(problems),
        )
    return {phrase: " ".join(sorted(topics)) for phrase, topics in sorted(marks.items())}


def _lines(path: Path) -> list[str]:
    try:
        return [line.strip() for line in path.read_text(encoding="utf-8-sig").splitlines()]
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{path}: cannot be read ({error}). Save it as UTF-8 text.") from error
