"""Gives hastily typed text its diacritics back, by what the project's own texts say."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from pipeline.topics.text import fold, has_diacritics, normalize, with_syllables
from pipeline.topics.trigrams import START, TrigramModel

_TOKEN = re.compile(r"[^\W_]+|(?P<stop>[.;:!?…]+(?=\s|$))|(?P<pause>[,()\"“”])")
_STOP, _PAUSE, _NUMBER = ".", ",", "0"
_CHOICES = 15


class AccentRestorer:
    """Chooses the likeliest marked spelling of a whole text without diacritics.

    One opinion in fifty arrives without any. The topic model reads marked words,
    so such a text is restored first; a syllable that training never saw stays as
    it is. Nothing of the restored text is ever shown. Punctuation counts as a
    token of its own: what stands on its two sides says little of each other.

    Attributes
    ----------
    tokens_
        Syllables and punctuation by number, commonest first, from 1.
    trigrams_
        The `TrigramModel` of these numbers.
    """

    def fit(self, texts: Iterable[str]) -> AccentRestorer:
        """Learn from those of `texts` that carry diacritics."""
        cut = [_tokens(normalize(text).lower()) for text in texts if has_diacritics(text)]
        counts = Counter(token for tokens in cut for token in tokens)
        self.tokens_ = sorted(counts, key=lambda token: (-counts[token], token))
        numbers = {token: number for number, token in enumerate(self.tokens_, 1)}
        self.trigrams_ = TrigramModel.counted(
            ([numbers[token] for token in tokens] for tokens in cut), len(self.tokens_) + 1
        )
        self._find_spellings()
        return self

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> AccentRestorer:
        """Return the restorer that `as_plain` was taken from; counts are read at first use."""
        restorer = cls()
        restorer._plain = dict(plain)
        return restorer

    def as_plain(self) -> dict[str, Any]:
        """Return what was learned as one text and small arrays: plain data for any file."""
        if "_plain" in self.__dict__:
            return self._plain
        return {"tokens": "\n".join(self.tokens_), **self.trigrams_.packed()}

    def __getstate__(self) -> dict[str, Any]:
        return {"_plain": self.as_plain()}

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
        if "_plain" in self.__dict__:
            self._unpack()
        tokens = _tokens(text.lower())
        written = [match.group() for match in _TOKEN.finditer(text.lower())]
        unknown = np.array([self.trigrams_.size])
        choices = [self._spellings.get(fold(token), unknown) for token in tokens]
        found = [
            self.tokens_[number - 1] if number < self.trigrams_.size and token != _NUMBER else bare
            for number, token, bare in zip(self._likeliest(choices), tokens, written, strict=True)
        ]
        return with_syllables(
            text, [token for token, bare in zip(found, written, strict=True) if bare[0].isalnum()]
        )

    def _likeliest(self, choices: list[np.ndarray]) -> list[int]:
        """Return one number of each choice, together the likeliest (Viterbi 1967)."""
        before, last = np.array([START]), np.array([START])
        scores = np.zeros((1, 1))
        steps = []
        for numbers in choices:
            reached = scores[:, :, None] + self.trigrams_.log_probability(
                before[:, None, None], last[None, :, None], numbers[None, None, :]
            )
            steps.append(reached.argmax(axis=0))
            scores = reached.max(axis=0)
            before, last = last, numbers
        second, third = np.unravel_index(scores.argmax(), scores.shape)
        path = []
        for numbers, step in zip(reversed(choices), reversed(steps), strict=True):
            path.append(int(numbers[third]))
            second, third = step[second, third], second
        return path[::-1]

    def _unpack(self) -> None:
        plain = self.__dict__.pop("_plain")
        self.tokens_ = plain["tokens"].split("\n")
        self.trigrams_ = TrigramModel.unpacked(plain)
        self._find_spellings()

    def _find_spellings(self) -> None:
        spellings: defaultdict[str, list[int]] = defaultdict(list)
        for number, token in enumerate(self.tokens_, 1):
            spellings[fold(token)].append(number)
        self._spellings = {bare: np.array(of[:_CHOICES]) for bare, of in spellings.items()}


def _tokens(small: str) -> list[str]:
    """Return the syllables of a text in small letters, its stops and pauses; numbers are alike."""
    return [
        _STOP
        if match["stop"]
        else _PAUSE
        if match["pause"]
        else _NUMBER
        if match.group().isdigit()
        else match.group()
        for match in _TOKEN.finditer(small)
    ]
