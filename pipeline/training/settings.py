"""The settings of a training, read from a small TOML file."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from pipeline.errors import DataError
from pipeline.resources import data_dir


@dataclass(frozen=True)
class TrainingSettings:
    """What a training may be told; `data/training.toml` explains each line."""

    seed: int = 2025
    C: float = 0.3
    min_df: int = 2
    phrase_weight: float = 1.0
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
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise DataError(f"{path}: cannot be read ({error}). Restore it as UTF-8 TOML.") from error
    known = {setting.name: setting.default for setting in fields(TrainingSettings)}
    for name, value in values.items():
        if name not in known:
            raise DataError(f"{path}: unknown setting {name!r}. Use: {', '.join(known)}.")
        is_table = name in {"families", "ngrams"}
        if isinstance(value, dict) != is_table or (
            not is_table and (isinstance(value, bool) or not isinstance(value, int | float))
        ):
            raise DataError(f"{path}: {name} = {value!r} has the wrong type.")
    return TrainingSettings(**values)
