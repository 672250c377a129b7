"""Gives hastily typed text its diacritics back, by what labelled opinions say."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable

from pipeline.topics.text import (
    fold,
    has_diacritics,
    normalize,
    syllables,
    with_syllables,
)

_START = "<"
_CHOICES = 10
_BEAM = 12
_SHARES = (0.5, 0.45, 0.05)
"""Of three, two and one syllable in the interpolated probability (Jelinek & Mercer 1980)."""


class AccentRestorer:
    """A trigram model of syllables that chooses the likeliest marked spelling.

    One opinion in fifty arrives without any diacritics. The topic model reads
    marked words, so such a text is restored first; a syllable that training
    never saw stays as it is. Nothing of the restored text is ever shown.

    Attributes
    ----------
    spellings_
        `{bare syllable: its marked spellings, commonest first}`.
    ones_, twos_, threes_
        Counts of syllables, pairs, and triples seen at least twice.
    """

    def fit(self, texts: Iterable[str]) -> AccentRestorer:
        """Count the syllables of `texts` that carry diacritics."""
        ones: Counter[str] = Counter()
        twos: Counter[tuple[str, str]] = Counter()
        threes: Counter[tuple[str, str, str]] = Counter()
        for text in texts:
            if not has_diacritics(text):
                continue
            parts = [_START, _START, *syllables(normalize(text))]
            ones.update(parts[2:])
            twos.update(zip(parts[1:], parts[2:], strict=False))
            threes.update(zip(parts, parts[1:], parts[2:], strict=False))
        self.ones_ = dict(ones)
        self.twos_ = dict(twos)
        self.threes_ = {triple: n for triple, n in threes.items() if n > 1}
        self._prepare()
        return self

    @classmethod
    def from_texts(cls, texts: Iterable[str]) -> AccentRestorer:
        """Return the restorer that `as_texts` was taken from."""
        restorer = cls()
        restorer.packed = tuple(texts)
        return restorer

    def as_texts(self) -> tuple[str, str, str]:
        """Return the counts as three texts, one count a line: plain data for any file."""
        if "packed" in self.__dict__:
            return self.packed
        return (
            _packed({(one,): n for one, n in self.ones_.items()}),
            _packed(self.twos_),
            _packed(self.threes_),
        )

    def __getstate__(self) -> dict:
        """Saved as texts: a pickle of a hundred thousand tuples takes a second to load."""
        return {"packed": self.as_texts()}

    def _unpack(self) -> None:
        """Read the saved counts, when the first text without diacritics comes."""
        ones, self.twos_, self.threes_ = (_unpacked(text) for text in self.__dict__.pop("packed"))
        self.ones_ = {one: n for (one,), n in ones.items()}
        self._prepare()

    def restore(self, text: str) -> str:
        """Return `text` with diacritics if it has none, else unchanged.

        The number and order of syllables, their capitals and what stands between
        them remain.

        Examples
        --------
        >>> AccentRestorer().fit(["đề nghị cấp sổ đỏ"]).restore("de nghi cap so do")
        'đề nghị cấp sổ đỏ'
        """
        if not text.strip() or has_diacritics(text):
            return text
        if "packed" in self.__dict__:
            self._unpack()
        paths = [(0.0, (_START, _START), ())]
        for bare in (fold(part) for part in syllables(text)):
            best: dict[tuple[str, str], tuple] = {}
            for score, (first, second), path in paths:
                for marked in self.spellings_.get(bare, (bare,)):
                    reached = score + self._log_probability(first, second, marked)
                    end = (second, marked)
                    if end not in best or best[end][0] < reached:
                        best[end] = (reached, end, (*path, marked))
            paths = sorted(best.values(), reverse=True)[:_BEAM]
        return with_syllables(text, paths[0][2])

    def _log_probability(self, first: str, second: str, third: str) -> float:
        three, two, one = _SHARES
        probability = one * self.ones_.get(third, 0) / self._n + 1e-9
        before = self._before_two.get(second)
        if before:
            probability += two * self.twos_.get((second, third), 0) / before
        before = self._before_three.get((first, second))
        if before:
            probability += three * self.threes_.get((first, second, third), 0) / before
        return math.log(probability)

    def _prepare(self) -> None:
        """Derive what is not saved: spellings of each bare syllable, and sums of contexts."""
        spellings: defaultdict[str, list[str]] = defaultdict(list)
        for syllable, _ in sorted(self.ones_.items(), key=lambda pair: (-pair[1], pair[0])):
            spellings[fold(syllable)].append(syllable)
        self.spellings_ = {bare: marked[:_CHOICES] for bare, marked in spellings.items()}
        self._n = max(1, sum(self.ones_.values()))
        self._before_two: Counter[str] = Counter()
        self._before_three: Counter[tuple[str, str]] = Counter()
        for (second, _), n in self.twos_.items():
            self._before_two[second] += n
        for (first, second, _), n in self.threes_.items():
            self._before_three[first, second] += n


def _packed(counts: dict[tuple[str, ...], int]) -> str:
    return "\n".join(f"{n} {' '.join(parts)}" for parts, n in counts.items())


def _unpacked(text: str) -> dict[tuple[str, ...], int]:
    lines = (line.split(" ") for line in text.splitlines())
    return {tuple(parts): int(n) for n, *parts in lines}
