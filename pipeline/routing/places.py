"""Recognises communes, wards and villages in a text, by old and new names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipeline.routing.tables import MARKS, Row, read_choice, read_rows, read_span, unique_by
from pipeline.routing.wording import PhraseIndex, Words
from pipeline.topics.text import fold

UNITS_FILE = "units/units.csv"
VILLAGES_FILE = "units/villages.csv"
_KINDS = {
    ("xã",): "xã", ("x",): "xã", ("phường",): "phường", ("p",): "phường",
    ("thị", "trấn"): "thị trấn", ("tt",): "thị trấn", ("huyện",): "huyện", ("h",): "huyện",
    ("thành", "phố"): "thành phố", ("tp",): "thành phố", ("thị", "xã"): "thị xã", ("tx",): "thị xã",
}  # fmt: skip
_VILLAGE_KINDS = {"thôn", "bản", "tổ", "tdp", "xóm", "phố", "khu"}
_LONGEST_NAME, _SHORTEST_GUESS, _NEAR = 4, 6, 85.0
_DISTRICTS = {"huyện", "thành phố", "thị xã"}
_NOT_A_PLACE_OF_THE_MATTER = {
    "đỉnh", "núi", "dãy", "đèo", "thác", "suối", "hồ", "đường", "phố", "ga", "chợ", "trường",
    "sạn", "homestay", "công", "ty", "quốc", "gia", "đi", "đến", "tới", "từ", "sang", "về",
    "giáp", "như", "qua", "nối", "dinh", "tuyến", "điện", "rừng", "vườn",
}  # fmt: skip


@dataclass(frozen=True)
class Unit:
    """One administrative unit under one name and in one period."""

    id: str
    name: str
    kind: str
    district: str
    province: str
    period: str
    first: date
    last: date
    successor: str
    alone: bool

    @property
    def full_name(self) -> str:
        """Return kind and name, as letters write it."""
        return f"{self.kind} {self.name}"


@dataclass(frozen=True)
class Village:
    """A village or group and the commune it belonged to when the table was made."""

    name: str
    unit: str
    row: Row


def load_units(folder: Path, problems: list[str]) -> dict[str, Unit]:
    """Return the units by id; add what is wrong with the table to `problems`."""
    columns = ("id", "name", "kind", "district", "province", "period", "valid_from", "valid_to",
               "successor", "alone", "mark", "source")  # fmt: skip
    rows = unique_by(read_rows(folder, UNITS_FILE, columns, problems), "id", problems)
    units = {row["id"]: _unit(row, problems) for row in rows}
    seen: dict[tuple[str, ...], int] = {}
    for row in rows:
        key = tuple(row[column] for column in ("name", "kind", "district", "period"))
        if key in seen:
            what = f"{row['kind']} {row['name']} stands twice in {row['period']}"
            problems.append(
                row.problem(
                    "name", f"{what} (also row {seen[key]})", "Delete one or mend its name."
                )
            )
        seen[key] = row.number
        if row["successor"] and row["successor"] not in units:
            problems.append(
                row.problem(
                    "successor", f"no unit {row['successor']!r}", "Write an id of column id."
                )
            )
    return units


def _unit(row: Row, problems: list[str]) -> Unit:
    first, last = read_span(row, problems)
    if not row["name"]:
        problems.append(row.problem("name", "empty", "Write the name without its kind."))
    read_choice(row, "mark", MARKS, problems)
    return Unit(
        row["id"], row["name"], row["kind"], row["district"], row["province"], row["period"],
        first, last, row["successor"], row["alone"] == "yes",
    )  # fmt: skip


def load_villages(folder: Path, units: dict[str, Unit], problems: list[str]) -> list[Village]:
    """Return the villages; the same name may stand in several communes."""
    villages = []
    for row in read_rows(
        folder, VILLAGES_FILE, ("name", "kind", "unit", "mark", "source"), problems
    ):
        if row["unit"] not in units:
            problems.append(
                row.problem("unit", f"no unit {row['unit']!r}", f"Write an id of {UNITS_FILE}.")
            )
        villages.append(Village(row["name"], row["unit"], row))
    return villages


@dataclass(frozen=True)
class Mention:
    """A place named in a text: the unit as it is on the day asked, and the words."""

    unit: Unit
    words: str
    direction: bool


class Gazetteer:
    """Finds units by name, for a day: old names lead to the unit of that day."""

    def __init__(self, units: dict[str, Unit], villages: Iterable[Village], district: str) -> None:
        self.units = units
        self._district = district
        entries = [(unit.name, ("unit", unit.id)) for unit in units.values()]
        entries += [(village.name, ("village", village.unit)) for village in villages]
        self._index: PhraseIndex[tuple[str, str]] = PhraseIndex(entries)
        self._home = {unit.id for unit in units.values() if unit.district == district}
        self._home |= {units[unit].successor for unit in self._home}

    def on_day(self, unit_id: str, day: date) -> Unit | None:
        """Return what a unit is called on `day`, None if it did not exist yet."""
        unit = self.units.get(unit_id)
        while unit and unit.last < day:
            unit = self.units.get(unit.successor)
        return unit if unit and unit.first <= day else None

    def find(self, text: str | Words, day: date, *, loose: bool = False) -> list[Mention]:
        """Return the communes named in `text`, each once, in the order of the text.

        A name counts if its kind stands before it ("xã Tả Van", "P. Sa Pả") or
        if the table marks it as used alone and it is capitalised. The tone
        decides between Sa Pa and Sa Pả; where diacritics are missing and both
        are possible, neither is taken. A district named beside a commune tells
        which of two communes of one name is meant.

        Parameters
        ----------
        loose
            Also take misspelt names after a kind; for addresses, where every
            word belongs to a place.
        """
        words = text if isinstance(text, Words) else Words(text)
        names = self._names(words)
        districts = self._districts(words, names)
        mentions: dict[str, Mention] = {}
        for (start, end), known in names.items():
            unit = self._resolve(words, start, known, day, districts)
            if unit is None or unit.kind in _DISTRICTS:
                continue
            found = Mention(unit, " ".join(words.written[start:end]), _direction(words, start))
            before = mentions.get(unit.id)
            if before is None or before.direction:
                mentions[unit.id] = found
        if loose and not mentions:
            unit = self._misspelt(words, day, districts)
            return [Mention(unit, unit.name, False)] if unit else []
        return list(mentions.values())

    def _districts(
        self, words: Words, names: dict[tuple[int, int], list[tuple[str, str]]]
    ) -> set[str]:
        """Return the districts named in the text, as the column `district` writes them."""
        found = set()
        for (start, _), known in names.items():
            kind = _kind_before(words, start)
            if kind in _DISTRICTS:
                units = [self.units[i] for sort, i in known if sort == "unit"]
                found |= {unit.full_name.lower() for unit in units if unit.kind == kind}
        return found

    def _misspelt(self, words: Words, day: date, districts: set[str]) -> Unit | None:
        """Return the unit whose name is nearest to what follows a kind, if only one is near."""
        for start in range(1, len(words.tokens)):
            kind = _kind_before(words, start)
            if kind and kind != "village":
                written = fold(" ".join(words.written[start : start + _LONGEST_NAME]))
                close = self._close(kind, written)
                if close:
                    return self._one(close, day, districts)
        return None

    def _close(self, kind: str, written: str) -> list[str]:
        from rapidfuzz import fuzz

        scores: dict[str, float] = {}
        for unit in self.units.values():
            name = fold(unit.name)
            begin = " ".join(written.split()[: len(name.split())])
            if unit.kind == kind and len(name) >= _SHORTEST_GUESS:
                scores[unit.id] = fuzz.ratio(name, begin)
        best = max(scores.values(), default=0.0)
        near = [i for i, score in scores.items() if score == best >= _NEAR]
        return near if len({fold(self.units[i].name) for i in near}) == 1 else []

    def _names(self, words: Words) -> dict[tuple[int, int], list[tuple[str, str]]]:
        """Return the longest names at each place, with all they may stand for."""
        names: dict[tuple[int, int], list[tuple[str, str]]] = {}
        reached = 0
        for start, end, value in self._index.scan(words):
            if (start, end) in names:
                names[start, end].append(value)
            elif start >= reached:
                names[start, end] = [value]
                reached = end
        return names

    def _resolve(
        self,
        words: Words,
        start: int,
        names: list[tuple[str, str]],
        day: date,
        districts: set[str],
    ) -> Unit | None:
        kind = _kind_before(words, start)
        if kind == "village":
            ids = [unit for sort, unit in names if sort == "village"]
        elif kind:
            ids = [unit for sort, unit in names if sort == "unit" and self._is(unit, kind, day)]
        elif (
            words.bare
            and len({self.units[unit].name for sort, unit in names if sort == "unit"}) > 1
        ):
            ids = []  # tone twins, and nothing tells which is meant
        elif words.bare or words.written[start][0].isupper():
            ids = [unit for sort, unit in names if sort == "village" or self.units[unit].alone]
        else:
            ids = []
        return self._one(ids, day, districts)

    def _is(self, unit_id: str, kind: str, day: date) -> bool:
        unit = self.units[unit_id]
        today = self.on_day(unit_id, day)
        return kind == unit.kind or bool(today and kind == today.kind)

    def _one(self, ids: list[str], day: date, districts: set[str]) -> Unit | None:
        """Return the only unit meant: one of the day itself before one of older name."""
        named = [i for i in ids if self.units[i].district.lower() in districts]
        ids = named or ids
        current = [self.units[i] for i in ids if self.units[i].first <= day <= self.units[i].last]
        older = [found for i in ids if (found := self.on_day(i, day))]
        for candidates in (current, older):
            near = [unit for unit in candidates if unit.id in self._home]
            different = {unit.id: unit for unit in (near if near and not named else candidates)}
            if len(different) == 1:
                return next(iter(different.values()))
            if different:
                return None
        return None


def _kind_before(words: Words, start: int) -> str:
    if start == 0:
        return ""
    tokens = words.written
    before = [token.lower() for token in tokens[max(0, start - 3) : start]]
    if before[-1] == "." and len(before) > 1:
        before.pop()
    for length in (2, 1):
        for known, kind in _KINDS.items():
            if len(known) == length and _same(before[-length:], known, words.bare):
                return kind
    return "village" if _in(before[-1], _VILLAGE_KINDS, words.bare) else ""


def _same(tokens: list[str], known: tuple[str, ...], bare: bool) -> bool:
    return tuple(tokens) == (tuple(map(fold, known)) if bare else known)


def _in(token: str, known: set[str], bare: bool) -> bool:
    return token in ({fold(word) for word in known} if bare else known)


def _direction(words: Words, start: int) -> bool:
    """Tell whether the name stands after "to", "from", "peak of": not where the matter lies."""
    tokens = [token.lower() for token in words.written[max(0, start - 3) : start]]
    kinds = {part for known in _KINDS for part in known} | _VILLAGE_KINDS | {"."}
    while tokens and _in(tokens[-1], kinds, words.bare):
        tokens.pop()
    return bool(tokens) and _in(tokens[-1], _NOT_A_PLACE_OF_THE_MATTER, words.bare)
