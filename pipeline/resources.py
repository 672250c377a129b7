"""Finds the data and models that the program works with."""

from __future__ import annotations

import os
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def data_dir() -> Path:
    """Return the folder of topics, agencies, rules, units, words and templates.

    An office that keeps its own copy names it in the environment variable
    `YKIEN_DATA` (or with `ykien --data DIR`). Otherwise the folder of the
    checkout is used, or in an installed wheel the copy that came with it.

    Returns
    -------
    Path
        An absolute path.
    """
    return _chosen("YKIEN_DATA", "data")


def models_dir() -> Path:
    """Return the folder that holds the models, `YKIEN_MODELS` if it is set.

    Returns
    -------
    Path
        An absolute path.
    """
    return _chosen("YKIEN_MODELS", "models")


def _chosen(variable: str, name: str) -> Path:
    if os.environ.get(variable):
        return Path(os.environ[variable]).resolve()
    shipped = _PACKAGE / "shipped" / name
    return shipped if shipped.is_dir() else _PACKAGE.parent / name
