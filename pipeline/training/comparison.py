"""Compares two models on the same opinions and says whether the new one may replace the old."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from pipeline.errors import ModelError
from pipeline.resources import models_dir
from pipeline.topics.classify import Tagger
from pipeline.topics.model import current_name, load_model
from pipeline.topics.taxonomy import load_topics
from pipeline.training.evaluation import RESAMPLES, Estimate, macro_f1, topic_scores
from pipeline.training.workflow import load_evaluation

if TYPE_CHECKING:
    import pandas as pd

CURRENT = "current"


@dataclass(frozen=True)
class TopicDifference:
    """F1 of one topic in both models, and the difference with its paired interval."""

    topic: str
    first: float
    second: float
    difference: Estimate


@dataclass(frozen=True)
class Comparison:
    """Two models on the same opinions; differences are second minus first.

    `only_first` and `only_second` count opinions that one model alone gets
    right; `mcnemar` is the exact two-sided p-value of their imbalance
    (McNemar 1947). `coverage` is the share decided `auto` by each at the risk
    in force. `changed` holds opinions whose topic differs: (id, true topic,
    topic of the first, topic of the second, text).
    """

    first: str
    second: str
    n: int
    accuracy: Estimate
    macro_f1: Estimate
    topics: tuple[TopicDifference, ...]
    only_first: int
    only_second: int
    mcnemar: float
    coverage: tuple[float, float]
    changed: tuple[tuple[str, str, str, str, str], ...]


def compare(
    first: str,
    second: str,
    *,
    rows: Path | None = None,
    folder: Path | None = None,
    seed: int = 0,
) -> Comparison:
    """Compare two models of the folder; `current` names the one in use.

    Parameters
    ----------
    first, second
        Names of models; differences are second minus first.
    rows
        A labelled CSV file that neither was trained on; the shipped evaluation
        opinions if None.
    folder
        The models folder; the one in force if None.
    seed
        Of the bootstrap.

    Raises
    ------
    ModelError
        A model is missing or cannot be trusted.
    DataError
        A labelled row is wrong.
    """
    opinions = load_evaluation(rows)
    taggers = [Tagger(load_model(_named(name, folder), folder)) for name in (first, second)]
    verdicts = [tagger.tag(list(opinions["text"])) for tagger in taggers]
    truth = opinions["topic"].to_numpy(str)
    guesses = [np.array([verdict.topic for verdict in one]) for one in verdicts]
    codes = sorted(set(truth) | set(guesses[0]) | set(guesses[1]))
    only_first = int(((guesses[0] == truth) & (guesses[1] != truth)).sum())
    only_second = int(((guesses[1] == truth) & (guesses[0] != truth)).sum())
    samples = np.random.default_rng(seed).integers(0, len(truth), (RESAMPLES, len(truth)))

    def difference(figure) -> Estimate:
        values = [
            figure(truth[i], guesses[1][i]) - figure(truth[i], guesses[0][i]) for i in samples
        ]
        low, high = np.percentile(values, [2.5, 97.5])
        return Estimate(figure(truth, guesses[1]) - figure(truth, guesses[0]), low, high)

    return Comparison(
        taggers[0].model.name,
        taggers[1].model.name,
        len(truth),
        difference(lambda t, g: float((t == g).mean())),
        difference(lambda t, g: macro_f1(t, g, codes)),
        tuple(
            TopicDifference(
                code,
                topic_scores(truth, guesses[0], [code])[0].f1,
                topic_scores(truth, guesses[1], [code])[0].f1,
                difference(lambda t, g, code=code: topic_scores(t, g, [code])[0].f1),
            )
            for code in codes
        ),
        only_first,
        only_second,
        mcnemar(only_first, only_second),
        tuple(float(np.mean([v.decision == "auto" for v in one])) for one in verdicts),
        tuple(_changed(opinions, *guesses)),
    )


def objections(name: str, *, folder: Path | None = None) -> list[str]:
    """Return why a model should not replace the current one.

    A model is refused when the 95 % interval of its F1 difference lies wholly
    below zero on any core topic. Nothing speaks against the first model, nor
    against one that replaces a model which this version can no longer open.
    """
    root = folder or models_dir()
    try:
        current = current_name(root)
        load_model(current, root)
    except ModelError:
        return []
    core = {topic.code for topic in load_topics().values() if topic.core}
    result = compare(current, name, folder=folder)
    return [
        f"{t.topic} is worse by {-t.difference.value:.3f} F1 "
        f"(interval {t.difference.low:.3f} to {t.difference.high:.3f})"
        for t in result.topics
        if t.topic in core and t.difference.high < 0
    ]


def mcnemar(only_first: int, only_second: int) -> float:
    """Return the exact two-sided p-value that both models err equally often."""
    from scipy.stats import binomtest

    n = only_first + only_second
    return 1.0 if n == 0 else float(binomtest(only_first, n).pvalue)


def printed(comparison: Comparison) -> str:
    """Return a comparison as text for a terminal."""

    def line(name: str, e: Estimate) -> str:
        return f"{name:<14} {e.value:+.3f}   ({e.low:+.3f} to {e.high:+.3f})"

    return "\n".join(
        [
            f"{comparison.second} minus {comparison.first}, {comparison.n} opinions",
            line("accuracy", comparison.accuracy),
            line("macro-F1", comparison.macro_f1),
            *(
                f"{line(t.topic, t.difference)}   {t.first:.2f} -> {t.second:.2f}"
                for t in comparison.topics
            ),
            f"right in one only: {comparison.only_first} / {comparison.only_second}, "
            f"McNemar p = {comparison.mcnemar:.3f}",
            f"decided auto: {comparison.coverage[0]:.1%} -> {comparison.coverage[1]:.1%}",
            f"topic changed in {len(comparison.changed)} opinions:",
            *(
                f"  {id_} {truth}: {a} -> {b}  {text[:70]}"
                for id_, truth, a, b, text in comparison.changed
            ),
        ]
    )


def _named(name: str, folder: Path | None) -> str:
    return current_name(folder or models_dir()) if name == CURRENT else name


def _changed(opinions: pd.DataFrame, first: np.ndarray, second: np.ndarray):
    for (_, row), a, b in zip(opinions.iterrows(), first, second, strict=True):
        if a != b:
            yield row["id"], row["topic"], str(a), str(b), row["text"]
