"""The words by which masking knows persons and places, read from the data folder."""

from __future__ import annotations

import csv
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from pipeline.errors import DataError
from pipeline.resources import data_dir
from pipeline.settings import read_toml
from pipeline.topics.text import fold

FILE = "papers/masking.toml"
_PLACES = ("units/units.csv", "units/villages.csv")
_LONGEST_PLACE = 4


@dataclass(frozen=True, eq=False)
class MaskingWords:
    """Words in lower case; phrases as tuples of words.

    `places` holds the folded names of communes and villages. `bare` gives the
    same words without diacritics, for texts that have none.
    """

    replacements: dict[str, str]
    titles: frozenset[tuple[str, ...]]
    weak_titles: frozenset[tuple[str, ...]]
    plain_titles: frozenset[str]
    not_after_title: frozenset[str]
    follow: frozenset[str]
    surnames: frozenset[str]
    weak_surnames: frozenset[str]
    middles: frozenset[str]
    sure_middles: frozenset[str]
    not_names: frozenset[tuple[str, ...]]
    given_too: frozenset[str]
    given_names: frozenset[str]
    not_before: frozenset[tuple[str, ...]]
    accusing: tuple[str, ...]
    needed_before: frozenset[tuple[str, ...]]
    digits: tuple[str, ...]
    village_kinds: tuple[str, ...]
    not_villages: frozenset[str]
    units: frozenset[tuple[str, ...]]
    places: frozenset[tuple[str, ...]]
    villages: frozenset[tuple[str, ...]]

    @property
    def bare(self) -> MaskingWords:
        """Return the words as a text without diacritics writes them."""
        return _bare(self)


def load_masking_words(folder: Path | None = None) -> MaskingWords:
    """Return the words of `data/papers/masking.toml` and the names of known places.

    Raises
    ------
    DataError
        A file is missing or a table of it lacks a key.
    """
    return _load(folder or data_dir())


@lru_cache(maxsize=4)
def _bare(words: MaskingWords) -> MaskingWords:
    changed = {
        name: frozenset(fold(word).lower() for word in getattr(words, name))
        for name in ("surnames", "weak_surnames", "middles", "sure_middles", "plain_titles")
    }
    return replace(words, **changed)


@lru_cache(maxsize=4)
def _load(folder: Path) -> MaskingWords:
    path = folder / FILE
    try:
        content = read_toml(path)
        names = content["names"]
        weak = [name.rstrip("*").lower() for name in names["surnames"] if name.endswith("*")]
        sure = [name.lower() for name in names["surnames"] if not name.endswith("*")]
        units, villages = (_names(folder / name) for name in _PLACES)
        return MaskingWords(
            replacements=dict(content["replacements"]),
            titles=_phrases(names["titles"]),
            weak_titles=_phrases(names["weak_titles"]),
            plain_titles=frozenset(names["plain_titles"]),
            not_after_title=frozenset(names["not_after_title"]),
            follow=frozenset(names["follow"]),
            surnames=frozenset(sure),
            weak_surnames=frozenset(weak),
            middles=frozenset(names["middles"]),
            sure_middles=frozenset(names["sure_middles"]),
            not_names=_phrases(names["not_names"]),
            given_too=frozenset(names["given_too"]),
            given_names=frozenset(names["given_names"]),
            not_before=_phrases(names["not_before"]),
            accusing=tuple(names["accusing"]),
            needed_before=_phrases(names["needed_before"]),
            digits=tuple(content["numbers"]["digits"]),
            village_kinds=tuple(content["places"]["villages"]),
            not_villages=frozenset(content["places"]["not_villages"]),
            units=units,
            places=units | villages,
            villages=villages - units,
        )
    except KeyError as error:
        raise DataError(f"{path}: lacks {error}. Restore that part of the file.") from error


def _phrases(words: list[str]) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(phrase.lower().split()) for phrase in words)


def _names(path: Path) -> frozenset[tuple[str, ...]]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        names = {tuple(fold(row["name"]).lower().split()) for row in csv.DictReader(lines)}
    # "Cầu Mây 2" is known by "Cầu Mây" too.
    names |= {tuple(word for word in name if not word.isdigit()) for name in names}
    return frozenset(name for name in names if 0 < len(name) <= _LONGEST_PLACE)
