"""Gives hastily typed text its diacritics back, by what Vietnamese texts say."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from pipeline.errors import DataError
from pipeline.topics.text import fold, has_diacritics, normalize, visible, with_syllables
from pipeline.topics.trigrams import START, TrigramModel

_PAUSES = ',()"“”'
_PIECE = re.compile(rf"[^\W_]+|(?<![.;:!?…])[.;:!?…]+(?=\s|$)|[{_PAUSES}]")
_STOP, _PAUSE, _NUMBER = ".", ",", "0"
_CHOICES = 15


class AccentRestorer:
    """Chooses the likeliest marked spelling of a whole text without diacritics.

    One opinion in fifty arrives without any. The topic model reads marked words,
    so such a text is restored first; a syllable that training never saw stays as
    it is, and of more than fifteen spellings the fifteen commonest are tried.
    Nothing of the restored text is ever shown. Punctuation counts as a token of its
    own: what stands on its two sides says little of each other.

    Attributes
    ----------
    tokens_
        Syllables and punctuation by number, commonest first, from 1.
    trigrams_
        The `TrigramModel` of these numbers.
    """

    def fit(self, texts: Iterable[str]) -> AccentRestorer:
        """Learn from those of `texts` that carry diacritics.

        Raises
        ------
        DataError
            No text carries any.
        """
        self.__dict__.pop("_plain", None)
        cut = [
            [_token(piece) for piece in _PIECE.findall(normalize(text).lower())]
            for text in texts
            if has_diacritics(text)
        ]
        counts = Counter(token for tokens in cut for token in tokens)
        if not counts:
            raise DataError(
                "No text carries diacritics, so none can be learned; add Vietnamese text."
            )
        self.tokens_ = sorted(counts, key=lambda token: (-counts[token], token))
        numbers = {token: number for number, token in enumerate(self.tokens_, 1)}
        self.trigrams_ = TrigramModel.counted(
            ([numbers[token] for token in tokens] for tokens in cut), len(self.tokens_) + 1
        )
        self._spellings = _spellings(self.tokens_)
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
        them remain; letters that no one sees are dropped.

        Examples
        --------
        >>> AccentRestorer().fit(["đề nghị cấp sổ đỏ"]).restore("de nghi cap so do")
        'đề nghị cấp sổ đỏ'
        """
        if not text.strip() or has_diacritics(text):
            return text
        if "trigrams_" not in self.__dict__:
            self._unpack()
        text = visible(text)
        written = _PIECE.findall(text.lower())
        tokens = [_token(piece) for piece in written]
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
        """Set what the saved counts say; `trigrams_` comes last, for threads that look for it."""
        tokens = self._plain["tokens"].split("\n")
        if len(set(tokens)) != len(tokens) or not all(map(_PIECE.fullmatch, tokens)):
            raise ValueError("tokens are no different syllables")
        trigrams = TrigramModel.unpacked(self._plain)
        if trigrams.size != len(tokens) + 1:
            raise ValueError("tokens and their counts differ in number")
        self.tokens_, self._spellings = tokens, _spellings(tokens)
        self.trigrams_ = trigrams


def _spellings(tokens: Sequence[str]) -> dict[str, np.ndarray]:
    """Return the numbers of the marked spellings of every bare syllable, commonest first."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for number, token in enumerate(tokens, 1):
        found[fold(token)].append(number)
    return {bare: np.array(numbers[:_CHOICES]) for bare, numbers in found.items()}


def _token(piece: str) -> str:
    """Return what is counted for a syllable, a stop or a pause: numbers are alike."""
    if piece.isdigit():
        return _NUMBER
    if piece[0].isalnum():
        return piece
    return _PAUSE if piece in _PAUSES else _STOP
