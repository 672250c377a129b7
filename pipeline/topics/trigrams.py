"""How likely a token is after two others, from counts of three tokens in a row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

START = 0
"""Stands twice before every sequence."""
_LARGEST_COUNT = 255
_MOST_TOKENS = 2**20
"""Keys of three tokens stay below 2 ** 60."""
_MOST_TRIPLES = 2**24
"""A dozen times those of the shipped model; a small file may claim any number."""
_ARRAYS = ("contexts", "seconds", "lengths", "steps", "counts")


class TrigramModel:
    """Interpolated modified Kneser-Ney smoothing over numbered tokens.

    What was seen lends a part of its probability to what was not, by how many
    tokens a context has been seen with (Chen & Goodman 1999, section 3). Counts
    lie in sorted arrays, so a million triples take two megabytes in a file and
    are looked up by thousands at a time.

    Parameters
    ----------
    triples
        Sorted keys of the triples seen, `(first * size + second) * size + third`, int64.
    counts
        How often each was seen, 1 to 255, uint8.
    size
        Tokens are numbered from 1 to `size - 1`; a greater number is unknown.

    Raises
    ------
    ValueError
        The arrays are no counts of triples.
    """

    def __init__(self, triples: np.ndarray, counts: np.ndarray, size: int) -> None:
        if len(triples) != len(counts) or not len(triples) or (np.diff(triples) <= 0).any():
            raise ValueError("counts of triples are not sorted")
        if size > _MOST_TOKENS or len(triples) > _MOST_TRIPLES or counts.min() < 1:
            raise ValueError("too many tokens or triples, or a triple that was never seen")
        if triples[0] < 0 or triples[-1] >= size**3:
            raise ValueError("a triple holds a token that is not numbered")
        self.size = size
        self._triples, self._counts = triples, counts.astype("int64")
        self._twos, starts = np.unique(triples // size, return_index=True)
        self._discounts_two = _discounts(self._counts)
        self._totals_two = np.add.reduceat(self._counts, starts)
        self._lent_two = np.add.reduceat(_lent(self._counts, self._discounts_two), starts)

        # Lower orders count contexts, not occurrences: "Kong" is frequent but only after "Hong".
        self._pairs, seen = np.unique(triples % size**2, return_counts=True)
        self._pair_counts = seen
        self._discounts_one = _discounts(seen)
        second = self._pairs // size
        self._totals_one = np.bincount(second, seen, minlength=size + 1)
        self._lent_one = np.bincount(second, _lent(seen, self._discounts_one), minlength=size + 1)

        single = np.bincount(self._pairs % size, minlength=size + 1)
        discounts = _discounts(single[single > 0])
        lent = _lent(single, discounts)
        self._alone = (single - lent + lent.sum() / size) / single.sum()

    @classmethod
    def counted(cls, sequences: Iterable[Sequence[int]], size: int) -> TrigramModel:
        """Return the model of sequences of token numbers, each from 1 to `size - 1`."""
        keys = [_keys(sequence, size) for sequence in sequences if len(sequence)]
        triples, counts = np.unique(np.concatenate(keys), return_counts=True)
        return cls(triples, np.minimum(counts, _LARGEST_COUNT).astype("uint8"), size)

    def log_probability(
        self, first: np.ndarray, second: np.ndarray, third: np.ndarray
    ) -> np.ndarray:
        """Return the natural logarithm of P(third | first, second), by broadcasting."""
        alone = self._alone[np.minimum(third, self.size)]
        seen = _looked_up(self._pairs, self._pair_counts, second * self.size + third)
        known = np.minimum(second, self.size)
        total, lent = self._totals_one[known], self._lent_one[known]
        after_one = _interpolated(seen, self._discounts_one, total, lent, alone)

        context = first * self.size + second
        seen = _looked_up(self._triples, self._counts, context * self.size + third)
        total = _looked_up(self._twos, self._totals_two, context)
        lent = _looked_up(self._twos, self._lent_two, context)
        return np.log(_interpolated(seen, self._discounts_two, total, lent, after_one))

    def packed(self) -> dict[str, np.ndarray]:
        """Return the counts as small arrays, plain data for any file.

        Thirds are steps from the third before them within the same first two.
        """
        thirds = self._triples % self.size
        _, starts, lengths = np.unique(
            self._triples // self.size, return_index=True, return_counts=True
        )
        steps = np.diff(thirds, prepend=0)
        steps[starts] = thirds[starts]
        small = np.min_scalar_type(self.size)
        firsts = np.bincount(self._twos // self.size, minlength=self.size)
        return {
            "contexts": firsts.astype(small),
            "seconds": (self._twos % self.size).astype(small),
            "lengths": lengths.astype(small),
            "steps": steps.astype(small),
            "counts": self._counts.astype("uint8"),
        }

    @classmethod
    def unpacked(cls, arrays: Mapping[str, np.ndarray]) -> TrigramModel:
        """Return the model whose counts `packed` gave.

        Raises
        ------
        KeyError, ValueError
            The arrays do not belong together, or are none that `packed` makes: sums of
            larger numbers would wrap, and numpy would write where nothing is.
        """
        for name in _ARRAYS:
            _check_small(name, arrays[name])
        contexts, lengths = arrays["contexts"].astype("int64"), arrays["lengths"].astype("int64")
        size, seconds, steps = len(contexts), arrays["seconds"], arrays["steps"]
        if contexts.sum() != len(seconds) or len(lengths) != len(seconds):
            raise ValueError("contexts and their seconds differ in number")
        if lengths.sum() != len(steps):
            raise ValueError("contexts and their triples differ in number")
        twos = np.repeat(np.arange(size), contexts) * size + seconds
        sums = np.cumsum(steps, dtype="int64")
        starts = np.cumsum(lengths) - lengths
        before = sums[starts] - steps[starts]
        thirds = sums - np.repeat(before, lengths)
        return cls(np.repeat(twos, lengths) * size + thirds, arrays["counts"], size)


def _check_small(name: str, array: object) -> None:
    known = isinstance(array, np.ndarray) and array.ndim == 1 and array.dtype.kind == "u"
    if not known or array.dtype.itemsize > 4 or len(array) > _MOST_TRIPLES:
        raise ValueError(f"{name} is no row of small whole numbers")


def _keys(sequence: Sequence[int], size: int) -> np.ndarray:
    tokens = np.array([START, START, *sequence], dtype="int64")
    return (tokens[:-2] * size + tokens[1:-1]) * size + tokens[2:]


def _discounts(counts: np.ndarray) -> np.ndarray:
    """Return what is taken from counts of 0, 1, 2 and more (Chen & Goodman 1999, equation 26)."""
    one, two, three, four = (max(1, int((counts == n).sum())) for n in (1, 2, 3, 4))
    share = one / (one + 2 * two)
    exact = [1 - 2 * share * two / one, 2 - 3 * share * three / two, 3 - 4 * share * four / three]
    return np.array([0.0, *np.clip(exact, 0.1, [0.9, 1.9, 2.9])])


def _lent(counts: np.ndarray, discounts: np.ndarray) -> np.ndarray:
    return discounts[np.minimum(counts, 3)]


def _looked_up(keys: np.ndarray, values: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """Return the value of each wanted key, 0 where there is none."""
    places = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where(keys[places] == wanted, values[places], 0)


def _interpolated(
    seen: np.ndarray, discounts: np.ndarray, total: np.ndarray, lent: np.ndarray, below: np.ndarray
) -> np.ndarray:
    known = np.maximum(total, 1)
    return np.where(total > 0, (seen - _lent(seen, discounts) + lent * below) / known, below)
