"""Trains our topic classifier on published corpora and prints our figure beside theirs.

Run: python -m benchmarks.published FOLDER [--corpus uit_vsfc]

FOLDER holds `uit_vsfc/uit_vsfc.csv` and `vntc/vntc10_{train,test}_4500.csv`, which are
not part of this project. The published figures were seen in the abstracts and tables
named beside them.
"""

from __future__ import annotations

import argparse
import csv
import time
from collections.abc import Sequence
from pathlib import Path

from sklearn.metrics import accuracy_score, f1_score

from pipeline.topics.classifier import TopicClassifier

Split = tuple[list[str], list[str]]
PUBLISHED = {
    "uit_vsfc": (
        ("Maximum Entropy, Nguyen et al. 2018 (abstract)", "F1 84.03"),
        ("BiLSTM, Nguyen et al. 2019, arXiv 1911.07223 (abstract)", "F1 89.6"),
    ),
    "vntc": (
        ("n-gram language model, RIVF 2007, full split", "accuracy 97.1"),
        ("SVM Multi, RIVF 2007, full split", "accuracy 93.4"),
        ("underthesea sen-classifier-general 2026, full split", "accuracy 92.49"),
    ),
}


def main() -> None:
    """Print one table a corpus."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--corpus", choices=sorted(PUBLISHED), action="append")
    options = parser.parse_args()
    for corpus in options.corpus or sorted(PUBLISHED):
        train, test = read_corpus(options.folder, corpus)
        print(f"\n{corpus}: {len(train[0])} to train, {len(test[0])} to test")
        print("| classifier | accuracy | macro-F1 | weighted F1 | train s | predict s |")
        print("|---|---|---|---|---|---|")
        print(_line("ours: TopicClassifier", _ours(train, test), test))
        print(_line("underthesea_core.TextClassifier", _peer(train, test), test))
        for name, figure in PUBLISHED[corpus]:
            print(f"| published: {name} | {figure} | | | | |")


def read_corpus(folder: Path, corpus: str) -> tuple[Split, Split]:
    """Return the texts and labels to train on and to test on."""
    if corpus == "uit_vsfc":
        rows = _rows(folder / "uit_vsfc" / "uit_vsfc.csv")
        return tuple(
            ([r["text"] for r in rows if r["split"] == s], [r["label"] for r in rows if r["split"] == s])
            for s in ("train", "test")
        )  # fmt: skip
    return tuple(
        ([row["text"] for row in rows], [row["label"] for row in rows])
        for rows in (_rows(folder / "vntc" / f"vntc10_{s}_4500.csv") for s in ("train", "test"))
    )


def _rows(path: Path) -> list[dict[str, str]]:
    csv.field_size_limit(10_000_000)
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def _ours(train: Split, test: Split) -> tuple[Sequence[str], float, float]:
    classifier = TopicClassifier(families={"words": 1.0, "syllables": 1.0}, ngrams={"words": 2})
    return _timed(classifier.fit, classifier.predict, train, test)


def _peer(train: Split, test: Split) -> tuple[Sequence[str], float, float]:
    from underthesea_core import TextClassifier

    classifier = TextClassifier()
    return _timed(classifier.fit, classifier.predict_batch, train, test)


def _timed(fit, predict, train: Split, test: Split) -> tuple[Sequence[str], float, float]:
    begun = time.perf_counter()
    fit(*train)
    trained = time.perf_counter()
    found = list(predict(test[0]))
    return found, trained - begun, time.perf_counter() - trained


def _line(name: str, outcome: tuple[Sequence[str], float, float], test: Split) -> str:
    found, fit, predict = outcome
    figures = (
        accuracy_score(test[1], found),
        f1_score(test[1], found, average="macro"),
        f1_score(test[1], found, average="weighted"),
    )
    shown = " | ".join(f"{100 * figure:.2f}" for figure in figures)
    return f"| {name} | {shown} | {fit:.1f} | {predict:.1f} |"


if __name__ == "__main__":
    main()
