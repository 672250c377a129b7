"""Works out the list numbers that Word draws and does not store with the text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from pipeline.reading.word_styles import W, value

_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
          (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip


@dataclass
class _Level:
    """One level of a list: how its number looks and where it starts."""

    format: str = "decimal"
    text: str = "%1."
    start: int = 1
    legal: bool = False
    restart: int | None = None


@dataclass
class _List:
    """One list: its levels, and the counters that it shares with its siblings."""

    levels: dict[int, _Level] = field(default_factory=dict)
    counters: dict[int, int] = field(default_factory=dict)


class Numbering:
    """The lists of one document; `label` must be asked in reading order."""

    def __init__(self, root: Any | None) -> None:
        self._lists: dict[str, _List] = {}
        if root is None:
            return
        abstract = {
            each.get(W + "abstractNumId", ""): _List(_levels(each))
            for each in root.findall(W + "abstractNum")
        }
        for number in root.findall(W + "num"):
            basis = abstract.get(value(number, "abstractNumId") or "", _List())
            self._lists[number.get(W + "numId", "")] = _with_overrides(basis, number)

    def label(self, number: str | None, level: str | None) -> str:
        """Return the next number or bullet of a list, "" for no list.

        Parameters
        ----------
        number, level
            `numId` and `ilvl` as Word writes them.
        """
        found = self._lists.get(number or "")
        if found is None or number == "0":
            return ""
        depth = min(int(level), 8) if level and level.isdecimal() else 0
        shape = found.levels.get(depth, _Level())
        if shape.format == "bullet":
            return _bullet(shape.text)
        _count(found, depth, shape)
        if shape.format == "none":
            return re.sub(r"%\d", "", shape.text)
        return re.sub(
            r"%(\d)", lambda match: _part(found, int(match[1]) - 1, shape.legal), shape.text
        )


def _levels(abstract: Any) -> dict[int, _Level]:
    return {_depth(level): _level(level) for level in abstract.findall(W + "lvl")}


def _depth(level: Any) -> int:
    written = level.get(W + "ilvl", "0")
    return int(written) if written.isdecimal() else 0


def _level(level: Any) -> _Level:
    restart = value(level, "lvlRestart")
    legal = value(level, "isLgl")
    return _Level(
        format=value(level, "numFmt") or "decimal",
        text=value(level, "lvlText") or "",
        start=_number(value(level, "start"), 1),
        legal=legal is not None and legal not in ("0", "false"),
        restart=_number(restart, 0) if restart is not None else None,
    )


def _number(written: str | None, default: int) -> int:
    return int(written) if written and re.fullmatch(r"\d{1,6}", written) else default


def _with_overrides(basis: _List, number: Any) -> _List:
    """Lists of one abstract list go on counting together, unless one starts anew."""
    overrides = number.findall(W + "lvlOverride")
    if not overrides:
        return basis
    own = _List(dict(basis.levels), {})
    for override in overrides:
        depth = _depth(override)
        inner = override.find(W + "lvl")
        shape = _level(inner) if inner is not None else own.levels.get(depth, _Level())
        start = value(override, "startOverride")
        own.levels[depth] = _Level(
            shape.format, shape.text, _number(start, shape.start), shape.legal, shape.restart
        )
    return own


def _count(found: _List, depth: int, shape: _Level) -> None:
    found.counters[depth] = found.counters.get(depth, shape.start - 1) + 1
    for deeper in [each for each in found.counters if each > depth]:
        restart = found.levels.get(deeper, _Level()).restart
        # `lvlRestart` 0 never restarts; n restarts only after level n.
        if restart is None or (restart and depth < restart):
            del found.counters[deeper]


def _part(found: _List, depth: int, legal: bool) -> str:
    shape = found.levels.get(depth, _Level())
    number = found.counters.get(depth, shape.start)
    return drawn(number, "decimal" if legal else shape.format)


def drawn(number: int, format: str) -> str:
    """Return a list number as Word draws it.

    Examples
    --------
    >>> drawn(4, "lowerRoman"), drawn(28, "upperLetter"), drawn(3, "decimalZero")
    ('iv', 'BB', '03')
    """
    if format in ("lowerRoman", "upperRoman"):
        roman, rest = "", number
        for worth, letters in _ROMAN:
            roman, rest = roman + letters * (rest // worth), rest % worth
        return roman.lower() if format == "lowerRoman" else roman
    if format in ("lowerLetter", "upperLetter") and number > 0:
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter if format == "lowerLetter" else letter.upper()
    return f"{number:02d}" if format == "decimalZero" else str(number)


def _bullet(text: str) -> str:
    """Return a bullet as letters: symbol fonts draw theirs from the private area."""
    if not text or "\ue000" <= text[0] <= "\uf8ff":
        return "•"
    return "◦" if text == "o" else text
