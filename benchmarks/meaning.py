"""Prints what the second opinion by meaning gains on real speech, beside a straight line.

Run: python -m benchmarks.meaning (needs ykien[semantic]; the first run embeds every labelled opinion)
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from sklearn.linear_model import LogisticRegression

from pipeline.topics.meaning import blended_where, doubtful
from pipeline.topics.model import load_model
from pipeline.topics.taxonomy import load_topics
from pipeline.training.dataset import labelled_files, load_labelled
from pipeline.training.evaluation import macro_f1
from pipeline.training.vectors import vectors_of
from pipeline.training.workflow import load_evaluation

SHARES = (0.2, 0.3, 0.4, 0.5, 0.6)


def main() -> None:
    """Print accuracy and macro-F1 of words, of each second opinion alone, and of their blends."""
    model, real = load_model(), load_evaluation()
    classes, truth = model.classifier.classes_, real["topic"].to_numpy(str)
    words = model.probabilities(list(real["text"]))
    vectors = vectors_of(list(real["text"]), progress=print)
    machine = model.meaning
    unsure = doubtful(words, machine.doubt)

    def show(name: str, probabilities: np.ndarray) -> None:
        guess = classes[probabilities.argmax(axis=1)].astype(str)
        print(f"{name:<40} {(guess == truth).mean():.3f} {macro_f1(truth, guess, classes):.3f}")

    print(f"{len(real)} opinions; the second opinion is asked for {unsure.mean():.0%} of them")
    print(f"share chosen {machine.share:.2f}, temperature {machine.temperature:.2f}")
    print(f"{'':<40} accuracy macro-F1")
    show("words", words)
    rows = load_labelled(labelled_files(), load_topics())
    line = LogisticRegression(C=3, class_weight="balanced", max_iter=1000)
    line.fit(vectors_of(list(rows["text"]), progress=print), rows["topic"])
    for name, meaning in (
        ("straight line", line.predict_proba(vectors)),
        ("likeness (shipped)", replace(machine, share=1.0).probabilities(vectors)),
    ):
        show(f"{name}, alone", meaning)
        for share in SHARES:
            blended = blended_where(unsure, words, meaning[unsure], share)
            show(f"{name}, share {share}", blended)


if __name__ == "__main__":
    main()
