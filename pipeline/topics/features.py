"""Turns cut opinions into numbers: one sparse block for each family of features."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.feature_extraction.text import TfidfVectorizer

from pipeline.topics.words import CutText, cut

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix


class OpinionFeatures(TransformerMixin, BaseEstimator):
    """Sparse features of opinions, from words down to bare syllables.

    Families: `words` (underthesea words and their n-grams) and `syllables`
    (letters between blanks and their n-grams).

    Parameters
    ----------
    families
        Weight of each family; a family of weight 0 or absent is not built.
    ngrams
        Longest n-gram of each family.
    min_df
        Drop features seen in fewer opinions than this.

    Attributes
    ----------
    vectorizers_
        `{family: TfidfVectorizer}` in the order of the columns.
    """

    def __init__(
        self,
        families: Mapping[str, float] | None = None,
        ngrams: Mapping[str, int] | None = None,
        min_df: int = 2,
    ) -> None:
        self.families = families
        self.ngrams = ngrams
        self.min_df = min_df

    def fit(self, texts: Sequence[str], y: object = None) -> OpinionFeatures:
        """Learn the vocabulary and the idf weights of `texts`."""
        self.fit_transform(texts)
        return self

    def fit_transform(self, texts: Sequence[str], y: object = None) -> csr_matrix:
        """Fit and return the features of `texts`, shape (opinions, features), float32."""
        chopped = [cut(text) for text in texts]
        self.vectorizers_ = {}
        self.__dict__.pop("_names", None)
        blocks = []
        for family, weight in self._weights():
            vectorizer = TfidfVectorizer(
                analyzer=_Analyzer(family, self._longest(family)),
                sublinear_tf=True,
                min_df=self.min_df,
                dtype=np.float32,
            )
            blocks.append(vectorizer.fit_transform(chopped) * weight)
            self.vectorizers_[family] = vectorizer
        return _joined(blocks)

    def transform(self, texts: Sequence[str]) -> csr_matrix:
        """Return the features of `texts`, shape (opinions, features), float32."""
        chopped = [cut(text) for text in texts]
        weights = dict(self._weights())
        return _joined(
            [
                vectorizer.transform(chopped) * weights[family]
                for family, vectorizer in self.vectorizers_.items()
            ]
        )

    def spans(self, column: int, chopped: CutText) -> list[tuple[int, int]]:
        """Return where the feature of `column` stands in a text, as syllable ranges."""
        family, name = self._named(column)
        parts, starts = _parts(family, chopped)
        wanted = tuple(name.split(" "))
        size, first = len(wanted), wanted[0]
        return [
            (starts[i], starts[i + size])
            for i, part in enumerate(parts)
            if part == first and parts[i : i + size] == wanted
        ]

    def _named(self, column: int) -> tuple[str, str]:
        """Return family and feature of a column."""
        if not hasattr(self, "_names"):
            self._names = {
                family: vectorizer.get_feature_names_out()
                for family, vectorizer in self.vectorizers_.items()
            }
        for family, names in self._names.items():
            if column < len(names):
                return family, str(names[column])
            column -= len(names)
        raise IndexError(column)

    def known_share(self, text: str) -> float:
        """Return the share (0..1) of the text's words that training has seen."""
        chopped = cut(text)
        if not chopped.syllables:
            return 0.0
        vocabulary = next(iter(self.vectorizers_.values())).vocabulary_
        return sum(map(vocabulary.__contains__, chopped.syllables)) / len(chopped.syllables)

    def __getstate__(self) -> dict:
        """Each vocabulary is saved as one text: joblib needs seconds for as many small ones."""
        state = super().__getstate__()
        state.pop("_names", None)
        if "vectorizers_" in state:
            bare, vocabularies = {}, {}
            for family, vectorizer in state["vectorizers_"].items():
                vocabularies[family] = "\n".join(vectorizer.get_feature_names_out())
                bare[family] = copy(vectorizer)
                del bare[family].vocabulary_
            state = {**state, "vectorizers_": bare, "vocabularies": vocabularies}
        return state

    def __setstate__(self, state: dict) -> None:
        vocabularies = state.pop("vocabularies", {})
        super().__setstate__(state)
        self._names = {family: text.split("\n") for family, text in vocabularies.items()}
        for family, names in self._names.items():
            self.vectorizers_[family].vocabulary_ = dict(zip(names, range(len(names)), strict=True))

    def _weights(self) -> list[tuple[str, float]]:
        chosen = self.families or {"syllables": 1.0}
        return [(family, weight) for family, weight in chosen.items() if weight]

    def _longest(self, family: str) -> int:
        return (self.ngrams or {}).get(family, 3)


class _Analyzer:
    """Names the features of one family in a cut text; picklable, unlike a lambda."""

    def __init__(self, family: str, longest: int) -> None:
        self.family = family
        self.longest = longest

    def __call__(self, chopped: CutText) -> list[str]:
        return _ngram_names(_parts(self.family, chopped)[0], self.longest)


def _ngram_names(parts: Sequence[str], longest: int) -> list[str]:
    names = list(parts)
    for size in range(2, longest + 1):
        names += [" ".join(parts[i : i + size]) for i in range(len(parts) - size + 1)]
    return names


@lru_cache(maxsize=8)
def _parts(family: str, chopped: CutText) -> tuple[tuple[str, ...], Sequence[int]]:
    """Return what the n-grams of a family are made of, and at which syllable each begins.

    The last syllable's end closes the second list. The same text is asked for
    once for its features and a dozen times for its evidence.
    """
    if family == "syllables":
        numbers_alike = tuple("0" if part.isdigit() else part for part in chopped.syllables)
        return numbers_alike, range(len(chopped.syllables) + 1)
    parts, starts = _word_parts(chopped)
    return tuple(parts), starts


def _word_parts(chopped: CutText) -> tuple[list[str], list[int]]:
    lengths = [0] * len(chopped.words)
    for owner in chopped.owners:
        lengths[owner] += 1
    parts, starts, position = [], [], 0
    for word, length in zip(chopped.words, lengths, strict=True):
        if length:
            parts.append(word.replace(" ", "_"))
            starts.append(position)
        position += length
    return parts, [*starts, position]


def _joined(blocks: list[csr_matrix]) -> csr_matrix:
    from scipy.sparse import hstack

    return hstack(blocks, format="csr", dtype=np.float32)
