"""The topic classifier: one primary topic, a probability for each, in one linear model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.utils.validation import check_is_fitted

from pipeline.topics.features import OpinionFeatures
from pipeline.topics.packed import PackedWeights, rounded

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

_BAYES_SMOOTHING = 0.2


class TopicClassifier(PackedWeights, ClassifierMixin, BaseEstimator):
    """Linear one-against-rest classifier of opinions, with softmax probabilities.

    A support vector machine on sparse features is small, trains in seconds and
    says which words decided, which no larger model does on an office PC. The
    weights of a naive Bayes model on the same features are added to its own:
    what few opinions hold is judged more evenly (after Wang & Manning 2012).
    Its margins become probabilities by one temperature (Guo et al. 2017),
    which calibration sets.

    Parameters
    ----------
    families, ngrams, min_df
        As for `OpinionFeatures`.
    phrases
        `{phrase: topics}` as `load_phrases` returns it.
    C
        Inverse strength of regularisation.
    phrase_weight
        Weight of each phrase as a tiny training opinion of its topic; 0 leaves
        them out.
    bayes
        How much of naive Bayes is added; 0 leaves it out.
    temperature
        Divides margins before the softmax.
    seed
        Orders the solver.

    Attributes
    ----------
    classes_
        Topic codes in the order of the columns of `predict_proba`.
    features_
        The fitted `OpinionFeatures`.
    coef_, intercept_
        Shapes (topics, features) and (topics,), float32.
    """

    def __init__(
        self,
        families: Mapping[str, float] | None = None,
        ngrams: Mapping[str, int] | None = None,
        min_df: int = 2,
        phrases: Mapping[str, str] | None = None,
        C: float = 0.3,
        phrase_weight: float = 0.0,
        bayes: float = 0.0,
        temperature: float = 0.5,
        seed: int = 0,
    ) -> None:
        self.families = families
        self.ngrams = ngrams
        self.min_df = min_df
        self.phrases = phrases
        self.C = C
        self.phrase_weight = phrase_weight
        self.bayes = bayes
        self.temperature = temperature
        self.seed = seed

    def fit(
        self, texts: Sequence[str], topics: Sequence[str], sample_weight: object = None
    ) -> TopicClassifier:
        """Learn from opinions and their primary topics.

        Parameters
        ----------
        texts, topics
            Equally long; topic codes as text.
        sample_weight
            One weight an opinion, or None for equal weights.
        """
        from sklearn.svm import LinearSVC

        texts, topics = list(texts), np.asarray(list(topics), dtype=object)
        weights = np.ones(len(texts)) if sample_weight is None else np.asarray(sample_weight, float)
        texts, topics, weights = self._with_phrases(texts, topics, weights)
        self.features_ = OpinionFeatures(self.families, self.ngrams, self.min_df)
        matrix = self.features_.fit_transform(texts)
        machine = LinearSVC(C=self.C, class_weight="balanced", random_state=self.seed)
        machine.fit(matrix, topics.astype(str), sample_weight=weights)
        self.classes_ = machine.classes_
        coef = _one_row_a_topic(machine.coef_)
        if self.bayes:
            coef = coef + self.bayes * bayes_weights(matrix, topics.astype(str), weights)
        self.coef_ = rounded(coef)
        self.intercept_ = _one_row_a_topic(machine.intercept_).astype("float32")
        return self

    def decision_function(self, texts: Sequence[str]) -> np.ndarray:
        """Return the margin of every topic, shape (opinions, topics)."""
        check_is_fitted(self)
        return self.margins(self.features_.transform(list(texts)))

    def margins(self, matrix: csr_matrix) -> np.ndarray:
        """Return the margins of features that were computed before."""
        return matrix @ self.coef_.T + self.intercept_

    def predict_proba(self, texts: Sequence[str]) -> np.ndarray:
        """Return the probability of every topic, shape (opinions, topics), rows sum to 1."""
        return softmax(self.decision_function(texts) / self.temperature)

    def predict(self, texts: Sequence[str]) -> np.ndarray:
        """Return the primary topic of every opinion."""
        margins = self.decision_function(texts)
        return self.classes_[margins.argmax(axis=1)]

    def _with_phrases(self, texts: list, topics: np.ndarray, weights: np.ndarray) -> tuple:
        if not self.phrase_weight or not self.phrases:
            return texts, topics, weights
        known = set(topics)
        pairs = [
            (phrase, mark)
            for phrase, marks in self.phrases.items()
            for mark in marks.split()
            if mark in known
        ]
        return (
            texts + [phrase for phrase, _ in pairs],
            np.concatenate([topics, np.array([mark for _, mark in pairs], dtype=object)]),
            np.concatenate([weights, np.full(len(pairs), self.phrase_weight)]),
        )


def bayes_weights(matrix: csr_matrix, topics: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return how much each feature speaks for each topic, as far as topics differ in it."""
    from sklearn.naive_bayes import MultinomialNB

    machine = MultinomialNB(alpha=_BAYES_SMOOTHING, fit_prior=False)
    speaking = machine.fit(matrix, topics, sample_weight=weights).feature_log_prob_
    return speaking - speaking.mean(axis=0)


def softmax(scores: np.ndarray) -> np.ndarray:
    """Return `scores` as probabilities, row by row."""
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def _one_row_a_topic(values: np.ndarray) -> np.ndarray:
    """With two topics scikit-learn keeps one row, the second topic's."""
    return np.concatenate([-values, values]) if len(values) == 1 else values
