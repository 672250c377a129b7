"""Finds the words of rules and the names of places in a text, with or without diacritics."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, TypeVar

from pipeline.topics.text import fold, normalize

_TOKENS = re.compile(r"[^\W_]+|[^\w\s]")
_LEAST_MARKED = 0.12
_SHORTEST_FOLDED = 4
T = TypeVar("T")


class Words:
    """A text cut into words and marks, once, for every search in it.

    Ordinary Vietnamese has a mark on more than half of its words. Where hardly
    any word has one (`bare`), the text was typed without diacritics and words
    are compared without them.
    """

    def __init__(self, text: str) -> None:
        self.written = tuple(_TOKENS.findall(normalize(text)))
        lower = tuple(word.lower() for word in self.written)
        folded = tuple(fold(word) for word in self.written)
        marked = sum(a != b for a, b in zip(lower, folded, strict=True))
        self.bare = marked <= _LEAST_MARKED * max(1, sum(word.isalpha() for word in lower))
        self.tokens = folded if self.bare else lower


class PhraseIndex(Generic[T]):
    """Phrases with what each stands for, found in a text at whole words only.

    A dictionary from the first word to the phrases that begin with it: the cost
    of a search grows with the text and hardly with the number of phrases.
    """

    def __init__(self, phrases: Iterable[tuple[str, T]]) -> None:
        self._phrases = tuple(phrases)

    @cached_property
    def _exact(self) -> dict[str, list[tuple[tuple[str, ...], T]]]:
        return _by_first_word(
            (tuple(_TOKENS.findall(normalize(phrase).lower())), value)
            for phrase, value in self._phrases
        )

    @cached_property
    def _folded(self) -> dict[str, list[tuple[tuple[str, ...], T]]]:
        """Most offices never meet a text without diacritics: made when the first one comes."""
        return _by_first_word(
            (bare, value)
            for phrase, value in self._phrases
            if len(bare := tuple(_TOKENS.findall(fold(normalize(phrase))))) > 1
            or phrase.isupper()
            or (bare and len(bare[0]) >= _SHORTEST_FOLDED)
        )

    def scan(self, words: Words) -> Iterator[tuple[int, int, T]]:
        """Yield start, end and value of each phrase in `words`, longer ones first."""
        index = self._folded if words.bare else self._exact
        tokens = words.tokens
        for start, token in enumerate(tokens):
            for phrase, value in index.get(token, ()):
                end = start + len(phrase)
                if tokens[start:end] == phrase:
                    yield start, end, value


def _by_first_word(
    phrases: Iterable[tuple[tuple[str, ...], T]],
) -> dict[str, list[tuple[tuple[str, ...], T]]]:
    """Return phrases by their first word, longer ones first."""
    index: dict[str, list[tuple[tuple[str, ...], T]]] = {}
    for words, value in phrases:
        if words:
            index.setdefault(words[0], []).append((words, value))
    for known in index.values():
        known.sort(key=lambda entry: -len(entry[0]))
    return index


@dataclass(frozen=True)
class WordSet:
    """What points to one thing: phrases, and longer phrases that hide them.

    A phrase with " + " in it needs both of its halves somewhere in the text; one
    that begins with "!" is `sure`, it decides by itself.
    The words inside a counter-phrase are not counted: "nhà văn hóa" hides
    "văn hóa", "đường dây điện" hides "đường".
    """

    words: tuple[str, ...]
    counter_words: tuple[str, ...] = ()
    sure: frozenset[str] = frozenset()

    @classmethod
    def read(cls, words: tuple[str, ...], counter_words: tuple[str, ...] = ()) -> WordSet:
        """Return the set that two cells of a table describe."""
        plain = tuple(word.lstrip("! ") for word in words)
        sure = frozenset(word.lstrip("! ") for word in words if word.startswith("!"))
        return cls(plain, counter_words, sure)

    @cached_property
    def parts(self) -> tuple[tuple[str, ...], ...]:
        """Return each phrase as the parts that must all stand in the text."""
        return tuple(
            tuple(part.strip() for part in word.split("+") if part.strip()) for word in self.words
        )


class WordFinder:
    """Several word sets searched in one pass."""

    def __init__(self, sets: Iterable[WordSet]) -> None:
        self._sets = tuple(sets)
        entries: list[tuple[str, tuple[int, str, bool]]] = []
        for number, words in enumerate(self._sets):
            parts = dict.fromkeys(part for phrase in words.parts for part in phrase)
            entries += [(part, (number, part, True)) for part in parts]
            entries += [(counter, (number, counter, False)) for counter in words.counter_words]
        self._index: PhraseIndex[tuple[int, str, bool]] = PhraseIndex(entries)

    def find(self, words: Words) -> dict[int, tuple[str, ...]]:
        """Return, by number of the set, the different phrases of it that `words` holds."""
        hits: dict[int, list[tuple[int, int, str, bool]]] = {}
        for start, end, (number, phrase, counts) in self._index.scan(words):
            hits.setdefault(number, []).append((start, end, phrase, counts))
        found = {number: self._phrases(number, spans) for number, spans in hits.items()}
        return {number: phrases for number, phrases in found.items() if phrases}

    def _phrases(self, number: int, spans: list[tuple[int, int, str, bool]]) -> tuple[str, ...]:
        """Return the phrases of one set that stand by themselves, not inside a longer one."""
        hidden = [(start, end) for start, end, _, counts in spans if not counts]
        present, alone, reached = set(), set(), -1
        for start, end, phrase, counts in spans:
            covered = any(a <= start and end <= b and b - a > end - start for a, b in hidden)
            if not counts or covered:
                continue
            present.add(phrase)
            if end > reached:
                alone.add(phrase)
                reached = end
        words = self._sets[number]
        return tuple(
            word
            for word, parts in zip(words.words, words.parts, strict=True)
            if (parts[0] in alone if len(parts) == 1 else present.issuperset(parts))
        )
