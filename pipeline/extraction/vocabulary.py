"""The words that an office keeps in `data/extraction`, as lists and as patterns."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from pipeline.errors import DataError
from pipeline.resources import data_dir
from pipeline.settings import read_toml

UPPER = "A-ZÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬĐÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"  # noqa: RUF001
"""Capital letters of Vietnamese, for a character class."""

FILES = (
    "speakers", "replies", "sections", "formalities", "splitting", "columns", "header", "asking",
    "fields",
)  # fmt: skip


def words(file: str, key: str) -> tuple[str, ...]:
    """Return a list of words of `data/extraction/<file>.toml`.

    Raises
    ------
    DataError
        The file is missing or broken, or holds no such list of text.
    """
    found = _load(data_dir() / "extraction" / f"{file}.toml").get(key)
    if not isinstance(found, list) or not all(isinstance(word, str) for word in found):
        raise DataError(
            f"data/extraction/{file}.toml: the list `{key}` is missing or holds something other "
            "than text. Restore it from the delivered copy."
        )
    return tuple(found)


@lru_cache(maxsize=512)
def alternation(*keys: str) -> str:
    """Return a non-capturing pattern that fits any word of lists such as "replies.verbs".

    Longer words come first, so that "đề nghị" is not cut short by "đề"; a space
    fits any white space; no letter may follow a word, a digit may ("TDP1").
    """
    found = {word for key in keys for word in words(*key.split(".", 1))}
    return _alternation(tuple(sorted(found, key=lambda word: (-len(word), word))))


@lru_cache(maxsize=512)
def opening(*keys: str) -> re.Pattern[str]:
    """Return a pattern that fits when a text begins with a word of the lists."""
    return re.compile(rf"\W*{alternation(*keys)}", re.IGNORECASE)


@lru_cache(maxsize=512)
def holding(*keys: str) -> re.Pattern[str]:
    """Return a pattern that finds a word of the lists anywhere in a text."""
    return re.compile(rf"(?<!\w){alternation(*keys)}", re.IGNORECASE)


@lru_cache(maxsize=1)
def topic_phrases() -> Mapping[str, tuple[str, ...]]:
    """Return the phrases of `data/phrases` in small letters, each with its topics."""
    found: dict[str, set[str]] = {}
    for path in sorted((data_dir() / "phrases").glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            phrase = " ".join(re.findall(r"\w+", line.split("#")[0].lower()))
            if phrase:
                found.setdefault(phrase, set()).add(path.stem)
    return {phrase: tuple(sorted(topics)) for phrase, topics in found.items()}


@lru_cache(maxsize=512)
def _alternation(found: tuple[str, ...]) -> str:
    parts = []
    for word in found:
        body = re.escape(word).replace(r"\ ", r"\s+")
        parts.append(body + (r"(?![^\W\d_])" if word[-1].isalnum() else ""))
    return "(?:" + "|".join(parts) + ")"


@lru_cache(maxsize=64)
def _load(path: Path) -> Mapping[str, object]:
    return read_toml(path)
