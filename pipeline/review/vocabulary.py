"""Understands the Vietnamese names that people type or choose, slips included."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from pipeline.papers.set_aside import load_verdicts
from pipeline.table import KINDS
from pipeline.topics.taxonomy import load_topics
from pipeline.topics.text import fold, normalize, syllables

if TYPE_CHECKING:
    from pipeline.routing import Routing

NEAR, AHEAD = 0.82, 0.08
"""A slip is understood when it is this like one name, and this much less like any other."""


SHORTEST_BEGINNING = 4
"""Letters of the beginning of a name that stand for the name, if only one begins so."""


class NotUnderstood(ValueError):
    """A cell that means no name, or more than one; `nearest` are what it may mean."""

    def __init__(self, cell: str, nearest: tuple[str, ...]) -> None:
        super().__init__(cell, nearest)
        self.nearest = nearest


@dataclass(frozen=True)
class Vocabulary:
    """The names one column allows, and the code of each, in the order of the drop-down.

    The codes of `whole` are never guessed from a beginning or a slip: taking
    such a name for another would do harm that nobody sees.
    """

    codes: Mapping[str, str]
    whole: frozenset[str] = frozenset()

    @property
    def names(self) -> tuple[str, ...]:
        """The names in the order of the drop-down."""
        return tuple(self.codes)

    def names_of(self, codes: Collection[str]) -> tuple[str, ...]:
        """Return the names of some codes, in the order of the drop-down."""
        return tuple(name for name, code in self.codes.items() if code in codes)

    def name(self, code: str) -> str:
        """Return the name of a code, the code itself if it has none."""
        return next((name for name, known in self.codes.items() if known == code), code)

    def code(self, cell: str) -> str:
        """Return the code of what a person wrote.

        The name as it is, then the code, then the name without marks, then its
        beginning, then the one name that a slip of the keyboard resembles.

        Raises
        ------
        NotUnderstood
            Nothing, or more than one name, is near enough.

        Examples
        --------
        >>> topics = Vocabulary({"Đất đai": "land", "Du lịch": "tourism"})
        >>> topics.code("đất đai "), topics.code("Dat dai"), topics.code("Đát đại")
        ('land', 'land', 'land')
        """
        wanted = _plain(cell)
        exact = {code for name, code in self.codes.items() if _plain(name) == wanted}
        if len(exact) == 1:
            return exact.pop()
        if cell.strip() in self.codes.values():
            return cell.strip()
        bare = fold(wanted)
        folded = [(name, code) for name, code in self.codes.items() if fold(_plain(name)) == bare]
        if len({code for _, code in folded}) == 1:
            return folded[0][1]
        begun = {code for name, code in self.codes.items() if fold(_plain(name)).startswith(bare)}
        if len(begun) == 1 and len(bare) >= SHORTEST_BEGINNING and not begun & self.whole:
            return begun.pop()
        return self._nearest(cell, bare)

    def _nearest(self, cell: str, bare: str) -> str:
        likeness = sorted(
            (
                (SequenceMatcher(None, bare, fold(_plain(name))).ratio(), name)
                for name in self.codes
            ),
            reverse=True,
        )
        (best, name), *rest = likeness or [(0.0, "")]
        other = next((r for r, n in rest if self.codes[n] != self.codes.get(name)), 0.0)
        if best >= NEAR and best - other >= AHEAD and self.codes[name] not in self.whole:
            return self.codes[name]
        raise NotUnderstood(cell, tuple(name for _, name in likeness[:3]))


def topic_names() -> Vocabulary:
    """Return the topics of `data/topics/topics.csv`."""
    return Vocabulary({topic.name: topic.code for topic in load_topics().values()})


def kind_names() -> Vocabulary:
    """Return the kinds of opinions, which are their own codes."""
    return Vocabulary({_capital(kind): kind for kind in KINDS})


def label_names() -> dict[str, Vocabulary]:
    """Return the names of topics and kinds by field, for sheets that name no agency.

    In the place of a topic a reviewer may also give a verdict of
    `data/review/verdicts.csv`; a secondary topic is always a topic.
    """
    topics, verdicts = topic_names(), load_verdicts()
    said = {name: code for code, name in verdicts.items()}
    return {
        "topic": Vocabulary({**topics.codes, **said}, whole=frozenset(verdicts)),
        "also": topics,
        "kind": kind_names(),
        "lead": Vocabulary({}),
    }


def agency_names(routing: Routing, days: Iterable[date], first: Iterable[str] = ()) -> Vocabulary:
    """Return the agencies that exist on one of `days`, those of `first` before all others.

    Two agencies of one name are told apart by their codes in brackets.
    """
    days = tuple(days)
    chosen = [code for code in dict.fromkeys(first) if code in routing.agencies]
    chosen += sorted(
        (
            code
            for code, agency in routing.agencies.items()
            if code not in set(chosen) and any(agency.valid_on(day) for day in days)
        ),
        key=lambda code: fold(routing.agencies[code].name),
    )
    names = [routing.agencies[code].name for code in chosen]
    return Vocabulary(
        {
            (f"{name} ({code})" if names.count(name) > 1 else name): code
            for name, code in zip(names, chosen, strict=True)
        }
    )


def _plain(text: str) -> str:
    return " ".join(syllables(normalize(text)))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
