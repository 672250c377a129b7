"""Compares features and learners: cross-validation by brief, confirmed once on real speech.

Run: python -m benchmarks.features [--folds 3] [--every 1]
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable

import numpy as np
from scipy.sparse import hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression, RidgeClassifier
from sklearn.naive_bayes import ComplementNB, MultinomialNB
from sklearn.svm import LinearSVC

from pipeline.topics.classifier import bayes_weights
from pipeline.topics.features import OpinionFeatures
from pipeline.topics.phrases import load_phrases
from pipeline.topics.taxonomy import load_topics
from pipeline.topics.text import fold, normalize
from pipeline.training.dataset import labelled_files, load_labelled
from pipeline.training.evaluation import macro_f1
from pipeline.training.segmentation import cut_beforehand
from pipeline.training.settings import load_training_settings
from pipeline.training.splitting import grouped_folds
from pipeline.training.workflow import load_evaluation

Features = Callable[[list[str], list[str]], tuple]


def ours(families: dict[str, float], ngrams: dict[str, int]) -> Features:
    """Features of the project with these families."""

    def made(seen: list[str], unseen: list[str]) -> tuple:
        features = OpinionFeatures(families, ngrams)
        return features.fit_transform(seen), features.transform(unseen)

    return made


def characters(shortest: int, longest: int) -> Features:
    """Character n-grams inside words."""

    def made(seen: list[str], unseen: list[str]) -> tuple:
        vectorizer = TfidfVectorizer(
            analyzer="char_wb", ngram_range=(shortest, longest), min_df=3, sublinear_tf=True
        )
        lowered = [normalize(text).lower() for text in seen]
        return vectorizer.fit_transform(lowered), vectorizer.transform(
            [normalize(text).lower() for text in unseen]
        )

    return made


def without_marks(features: Features) -> Features:
    """The same features of text without diacritics."""
    return lambda seen, unseen: features([fold(t) for t in seen], [fold(t) for t in unseen])


def joined(*parts: Features) -> Features:
    """Several blocks of features side by side."""

    def made(seen: list[str], unseen: list[str]) -> tuple:
        blocks = [part(seen, unseen) for part in parts]
        return tuple(hstack(side, format="csr") for side in zip(*blocks, strict=True))

    return made


class SvmAndBayes:
    """The learner that is shipped: the weights of both machines added."""

    def fit(self, matrix, topics: np.ndarray, sample_weight: np.ndarray) -> SvmAndBayes:
        self._svm = SVM().fit(matrix, topics, sample_weight=sample_weight)
        bayes = bayes_weights(matrix, topics, sample_weight)
        self._coef = self._svm.coef_ + SHIPPED.bayes * bayes
        return self

    def predict(self, matrix) -> np.ndarray:
        margins = matrix @ self._coef.T + self._svm.intercept_
        return self._svm.classes_[margins.argmax(axis=1)]


SHIPPED = load_training_settings()
SYLLABLES = ours({"syllables": 1.0}, {"syllables": 3})
WORDS = ours({"words": 1.0}, {"words": 2})
SVM = lambda: LinearSVC(C=SHIPPED.C, class_weight="balanced", random_state=0)  # noqa: E731

VARIANTS: dict[str, tuple[Features, Callable, float]] = {
    "syllables 1-3, phrases, both (shipped)": (SYLLABLES, SvmAndBayes, 1.0),
    "the same, SVM alone": (SYLLABLES, SVM, 1.0),
    "  without phrases": (SYLLABLES, SVM, 0.0),
    "  phrases three times as heavy": (SYLLABLES, SVM, 3.0),
    "  syllables 1-2": (ours({"syllables": 1.0}, {"syllables": 2}), SVM, 1.0),
    "  syllables 1": (ours({"syllables": 1.0}, {"syllables": 1}), SVM, 1.0),
    "underthesea words 1-2": (WORDS, SVM, 1.0),
    "syllables and words": (
        ours({"syllables": 1.0, "words": 0.5}, {"syllables": 3, "words": 2}),
        SVM,
        1.0,
    ),
    "characters 2-5": (characters(2, 5), SVM, 1.0),
    "syllables and characters": (joined(SYLLABLES, characters(2, 5)), SVM, 1.0),
    "syllables without diacritics": (without_marks(SYLLABLES), SVM, 1.0),
    "syllables with and without": (joined(SYLLABLES, without_marks(SYLLABLES)), SVM, 1.0),
    "SVM, C = 0.1": (SYLLABLES, lambda: LinearSVC(C=0.1, class_weight="balanced"), 1.0),
    "SVM, C = 1": (SYLLABLES, lambda: LinearSVC(C=1.0, class_weight="balanced"), 1.0),
    "logistic regression, C = 8": (
        SYLLABLES,
        lambda: LogisticRegression(C=8, class_weight="balanced", max_iter=200),
        1.0,
    ),
    "ridge": (SYLLABLES, lambda: RidgeClassifier(alpha=2.0, solver="sparse_cg"), 1.0),
    "complement naive Bayes": (SYLLABLES, lambda: ComplementNB(alpha=0.3), 1.0),
    "multinomial naive Bayes": (SYLLABLES, lambda: MultinomialNB(alpha=0.05), 1.0),
}


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folds", type=int, default=3)
    parser.add_argument("--every", type=int, default=1, help="use every N-th opinion only")
    folds, every = parser.parse_args().folds, parser.parse_args().every
    topics = load_topics()
    rows = load_labelled(labelled_files(), topics)[::every].reset_index(drop=True)
    real = load_evaluation()
    phrases = load_phrases(topics)
    texts, labels = rows["text"].to_numpy(object), rows["topic"].to_numpy(str)
    codes = sorted(set(labels))
    cut_beforehand([*texts, *real["text"], *phrases])
    splits = list(grouped_folds(labels, rows["brief"].to_numpy(str), folds=folds, seed=0))
    print(f"{len(rows)} opinions, {folds} folds by brief; {len(real)} opinions of real speech")
    print(f"{'':<40} by brief: accuracy macro-F1   real: accuracy macro-F1   seconds")
    for name, (features, learner, weight) in VARIANTS.items():
        start = time.perf_counter()
        guess = np.empty(len(labels), dtype=object)
        for seen, unseen in splits:
            guess[unseen] = _guess(
                features, learner, weight, phrases, texts[seen], labels[seen], texts[unseen]
            )
        truth = real["topic"].to_numpy(str)
        far = _guess(features, learner, weight, phrases, texts, labels, list(real["text"]))
        guess, far = guess.astype(str), far.astype(str)
        print(
            f"{name:<40} {(guess == labels).mean():17.3f} {macro_f1(labels, guess, codes):8.3f}"
            f"   {(far == truth).mean():13.3f} {macro_f1(truth, far, codes):8.3f}"
            f"   {time.perf_counter() - start:7.0f}",
            flush=True,
        )


def _guess(features, learner, weight, phrases, texts, labels, unseen) -> np.ndarray:
    extra = [
        (phrase, mark)
        for phrase, marks in phrases.items()
        for mark in marks.split()
        if weight and mark in set(labels)
    ]
    seen, other = features([*texts, *(phrase for phrase, _ in extra)], list(unseen))
    weights = np.r_[np.ones(len(texts)), np.full(len(extra), weight)]
    fitted = learner().fit(seen, np.r_[labels, [mark for _, mark in extra]], sample_weight=weights)
    return fitted.predict(other)


if __name__ == "__main__":
    main()
