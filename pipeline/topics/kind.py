"""Tells what an opinion wants: to ask, to report, to request, to complain, to accuse, to thank."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from sklearn.base import BaseEstimator
from sklearn.utils.validation import check_is_fitted

from pipeline.topics.packed import PackedWeights, rounded

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix


class KindClassifier(PackedWeights, BaseEstimator):
    """Linear one-against-rest classifier of kinds on the features of `TopicClassifier`.

    Sharing the features makes the kind almost free: each text is cut and
    counted once.

    Parameters
    ----------
    C
        Inverse strength of regularisation.
    seed
        Orders the solver.

    Attributes
    ----------
    classes_, coef_, intercept_
        Kinds; shapes (kinds, features) and (kinds,), float32.
    """

    def __init__(self, C: float = 0.1, seed: int = 0) -> None:
        self.C = C
        self.seed = seed

    def fit(self, matrix: csr_matrix, kinds: Sequence[str]) -> KindClassifier:
        """Learn from features, shape (opinions, features), and their kinds."""
        from sklearn.svm import LinearSVC

        machine = LinearSVC(C=self.C, class_weight="balanced", random_state=self.seed)
        machine.fit(matrix, np.asarray(list(kinds), dtype=str))
        self.classes_ = machine.classes_
        coef, intercept = machine.coef_, machine.intercept_
        if len(coef) == 1:
            coef = np.concatenate([-coef, coef])
            intercept = np.concatenate([-intercept, intercept])
        self.coef_ = rounded(coef)
        self.intercept_ = intercept.astype("float32")
        return self

    def predict(self, matrix: csr_matrix, caution: Mapping[str, float] | None = None) -> np.ndarray:
        """Return the kind of every row.

        Parameters
        ----------
        matrix
            Features, shape (opinions, features).
        caution
            Added to the margin of some kinds: those that are worse to miss
            than to name in vain.
        """
        check_is_fitted(self)
        added = np.array([(caution or {}).get(str(kind), 0.0) for kind in self.classes_])
        return self.classes_[(matrix @ self.coef_.T + self.intercept_ + added).argmax(axis=1)]
