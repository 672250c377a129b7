"""A trained tagger which says of every unit whether an opinion begins, goes on, or is not there."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import DataError
from pipeline.resources import data_dir
from pipeline.settings import filled, read_toml

if TYPE_CHECKING:
    from underthesea_core import CRFTagger

BEGINS, GOES_ON, OUTSIDE = "B", "I", "O"
"""Tags of a unit (Ramshaw & Marcus 1995)."""

MODEL_FILE, MANIFEST_FILE, SETTINGS_FILE = "units.crf", "units.json", "second_reading.toml"
_MAX_BYTES = 30_000_000


@dataclass(frozen=True)
class SecondReadingSettings:
    """Settings of `data/extraction/second_reading.toml`; each line there says what it is."""

    margin: float = 0.6
    most_units: float = 20_000
    seen_at_least: float = 2
    l2: float = 1.5
    rounds: float = 120


@dataclass(frozen=True)
class UnitTagger:
    """A linear-chain conditional random field over the units of a document.

    It weighs the traits of a unit (`unit_traits`) together with the tags of its
    neighbours (Lafferty, McCallum & Pereira 2001), learned from documents with
    gold marks (`learning`).

    Attributes
    ----------
    field
        The field itself, of underthesea_core.
    settings
        How sure it must be, and of how many units at most it is asked.
    """

    field: CRFTagger
    settings: SecondReadingSettings = field(default_factory=SecondReadingSettings)

    def reads(self, units: int) -> bool:
        """Tell whether a document of so many units is read at all."""
        return 0 < units <= self.settings.most_units

    def mended(
        self, traits: Sequence[Sequence[str]], first: Sequence[str], fixed: Sequence[bool]
    ) -> list[str]:
        """Return the tags of the first reading, changed where this one is surely another.

        A stretch of units on whose tags both readings differ is changed as a
        whole, if its new tags are on average more probable than its old ones
        by the margin of the settings.

        Parameters
        ----------
        traits
            Of every unit.
        first
            Tags that the first reading gives.
        fixed
            Units whose tags nothing may change.
        """
        if not self.reads(len(traits)):
            return list(first)
        given = [list(one) for one in traits]
        wanted, labels = self.field.tag(given), self.field.labels()
        chances = [dict(zip(labels, row, strict=True)) for row in self.field.marginals(given)]
        tags, at = list(first), 0
        while at < len(wanted):
            end = at
            while end < len(wanted) and wanted[end] != first[end] and not fixed[end]:
                end += 1
            gain = [
                chances[i].get(wanted[i], 0.0) - chances[i].get(first[i], 0.0)
                for i in range(at, end)
            ]
            if gain and sum(gain) >= self.settings.margin * len(gain):
                tags[at:end] = wanted[at:end]
            at = max(end, at + 1)
        return tags


def tags_of(owners: Sequence[int]) -> list[str]:
    """Return the tags of units whose opinions are known by number, -1 for none."""
    before, tags = -1, []
    for owner in owners:
        tags.append(OUTSIDE if owner < 0 else GOES_ON if owner == before else BEGINS)
        before = owner
    return tags


def load_tagger(folder: Path | None = None) -> UnitTagger:
    """Return the tagger that the data folder holds.

    Raises
    ------
    DataError
        A file is missing or is not the one that the manifest names; it is then
        not opened.
    """
    return _loaded(folder or data_dir() / "extraction")


def load_settings(folder: Path | None = None) -> SecondReadingSettings:
    """Return the settings of the second reading.

    Raises
    ------
    DataError
        The file cannot be parsed, or holds an unknown name or a wrong value.
    """
    path = (folder or data_dir() / "extraction") / SETTINGS_FILE
    return filled(SecondReadingSettings, read_toml(path), path)


@lru_cache(maxsize=4)
def _loaded(folder: Path) -> UnitTagger:
    path, manifest = folder / MODEL_FILE, folder / MANIFEST_FILE
    try:
        wanted = json.loads(manifest.read_text(encoding="utf-8"))["sha256"]
        too_large = path.stat().st_size > _MAX_BYTES
        content = b"" if too_large else path.read_bytes()
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DataError(
            f"{path}: the reader of minutes cannot be opened ({error}). Restore it from the "
            "delivered copy, or train it: ykien train-extraction."
        ) from error
    if too_large or hashlib.sha256(content).hexdigest() != wanted:
        raise DataError(
            f"{path}: its sha256 is not the one in {MANIFEST_FILE}, so it is not opened. Restore "
            "it from the delivered copy, or train it: ykien train-extraction."
        )
    from underthesea_core import CRFTagger

    crf = CRFTagger()
    try:
        crf.load(str(path))
    except OSError as error:
        raise DataError(
            f"{path}: cannot be read ({error}). Train it: ykien train-extraction."
        ) from error
    return UnitTagger(crf, load_settings(folder))
