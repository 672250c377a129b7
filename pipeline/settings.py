"""Reads settings that an office keeps in TOML; unknown names and wrong values are refused."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any, TypeVar

from pipeline.errors import DataError

T = TypeVar("T")


def read_toml(path: Path) -> dict[str, Any]:
    """Return a TOML file as nested dicts.

    Raises
    ------
    DataError
        The file is missing, no UTF-8, or cannot be parsed; the message tells the line.
    """
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise DataError(f"{path}: cannot be read ({error}). Restore it as UTF-8 TOML.") from error


def filled(kind: type[T], values: Mapping[str, Any], path: Path) -> T:
    """Return the dataclass `kind` with `values` in place of its defaults.

    Parameters
    ----------
    kind
        A dataclass whose every field has a default; a field takes what its
        default is: a number from 0 up, a text, or a table of such numbers.
    values
        As they stand in the file.
    path
        The file, for messages.

    Raises
    ------
    DataError
        A name is no field, or a value is of another sort.
    """
    defaults = {
        field.name: field.default_factory() if field.default is MISSING else field.default
        for field in fields(kind)
    }
    for name, value in values.items():
        if name not in defaults:
            raise DataError(
                f"{path}: unknown setting {name!r}. Use: {', '.join(sorted(defaults))}."
            )
        if fault := _fault(value, defaults[name]):
            raise DataError(f"{path}: {name} = {value!r} is {fault}.")
    return kind(**values)


def _fault(value: object, default: object) -> str:
    if isinstance(default, str):
        return "" if isinstance(value, str) else "no text"
    if isinstance(default, Mapping):
        is_table = isinstance(value, Mapping) and all(map(_is_number, value.values()))
        return "" if is_table else "no table of numbers"
    return "" if _is_number(value) else "not a number from 0 up"


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and value >= 0
