"""The settings of a training, read from a small TOML file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from pipeline.resources import data_dir
from pipeline.settings import filled, read_toml


@dataclass(frozen=True)
class TrainingSettings:
    """What a training may be told; `data/training.toml` explains each line."""

    seed: int = 2025
    C: float = 0.5
    min_df: int = 2
    phrase_weight: float = 1.0
    bayes: float = 0.1
    kind_C: float = 0.1
    folds: int = 5
    families: Mapping[str, float] = field(default_factory=lambda: {"syllables": 1.0})
    ngrams: Mapping[str, int] = field(default_factory=lambda: {"syllables": 3})

    def as_dict(self) -> dict[str, Any]:
        """Return the settings as plain values for a manifest."""
        return asdict(self)


def load_training_settings(path: Path | None = None) -> TrainingSettings:
    """Return the settings of a TOML file, `data/training.toml` if none is given.

    Raises
    ------
    DataError
        The file cannot be parsed, a name is unknown, or a value has another type.
    """
    path = path or data_dir() / "training.toml"
    return filled(TrainingSettings, read_toml(path), path)
