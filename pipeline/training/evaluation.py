"""Scores a model on opinions that it never saw, with intervals and baselines beside."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from pipeline.table import split_cell
from pipeline.topics.decision import always_looked_at
from pipeline.training.reliability import (
    RISKS,
    PromiseCheck,
    check_promise,
    coverage_at_risk,
    crossfitted_confidence,
    expected_calibration_error,
    reliability,
    risk_curve,
)
from pipeline.training.train import set_f1

if TYPE_CHECKING:
    import pandas as pd

    from pipeline.topics.classify import Tagger, Verdict

RESAMPLES = 1000


@dataclass(frozen=True)
class Estimate:
    """A figure with its 95 % bootstrap interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class TopicScore:
    """Precision, recall and F1 of one topic; `n` opinions have it as primary."""

    topic: str
    precision: float
    recall: float
    f1: float
    n: int


@dataclass(frozen=True)
class Evaluation:
    """Everything that `ykien evaluate` prints; `as_dict` is its JSON form."""

    model: str
    n: int
    accuracy: Estimate
    macro_f1: Estimate
    core_macro_f1: Estimate
    accepted: Estimate
    calibration_error: Estimate
    topics: tuple[TopicScore, ...]
    confusion: dict[str, dict[str, int]]
    reliability: tuple[dict[str, float], ...]
    promises: tuple[PromiseCheck, ...]
    coverage_at_risk: dict[str, float]
    risk_curve: tuple[tuple[float, float], ...]
    sets: dict[str, float]
    baselines: dict[str, dict[str, float]]
    worst: tuple[dict[str, Any], ...]
    robustness: dict[str, float] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """Return the evaluation as plain values."""
        return asdict(self)


def evaluate(
    rows: pd.DataFrame,
    tagger: Tagger,
    *,
    core: Sequence[str],
    keywords: Callable[[Sequence[str]], list[str]] | None = None,
    seed: int = 0,
) -> Evaluation:
    """Score the model of `tagger` on labelled opinions.

    Parameters
    ----------
    rows
        With `text`, `topic`, and if known `also` and `accept` (every topic that
        either annotator gave).
    tagger
        A model with the office's settings.
    core
        Topics of the core macro-F1.
    keywords
        A baseline that names a topic for each text.
    seed
        Of bootstrap and cross-fitting.
    """
    verdicts = tagger.tag(list(rows["text"]))
    truth = rows["topic"].to_numpy(str)
    guess = np.array([verdict.topic for verdict in verdicts])
    accepted = np.array(
        [g in ok for g, ok in zip(guess, _accepted_sets(rows), strict=True)], dtype=bool
    )
    codes = [str(code) for code in tagger.model.classifier.classes_]
    raw = np.array([max(v.probabilities.values(), default=0.0) for v in verdicts])
    confidence = crossfitted_confidence(raw, guess, guess == truth, seed=seed)
    held = np.array([always_looked_at(verdict.kind, verdict.reason) for verdict in verdicts])
    rng = np.random.default_rng(seed)
    samples = rng.integers(0, len(truth), size=(RESAMPLES, len(truth)))
    return Evaluation(
        model=tagger.model.name,
        n=len(truth),
        accuracy=_estimate(lambda i: float((guess[i] == truth[i]).mean()), samples),
        macro_f1=_estimate(lambda i: macro_f1(truth[i], guess[i], codes), samples),
        core_macro_f1=_estimate(lambda i: macro_f1(truth[i], guess[i], core), samples),
        accepted=_estimate(lambda i: float(accepted[i].mean()), samples),
        calibration_error=_estimate(
            lambda i: expected_calibration_error(confidence[i], (guess == truth)[i]), samples
        ),
        topics=tuple(topic_scores(truth, guess, codes)),
        confusion=_confusion(truth, guess, codes),
        reliability=tuple(reliability(confidence, guess == truth)),
        promises=tuple(
            check_promise(
                raw, guess, guess == truth, tagger.settings, risk=risk, seed=seed, held=held
            )
            for risk in RISKS
        ),
        coverage_at_risk=coverage_at_risk(confidence, guess == truth),
        risk_curve=tuple(risk_curve(confidence, guess == truth)),
        sets=_set_scores(rows, verdicts),
        baselines=_baselines(rows, codes, core, keywords),
        worst=tuple(_worst(rows, verdicts)),
    )


def macro_f1(truth: np.ndarray, guess: np.ndarray, codes: Sequence[str]) -> float:
    """Return the mean F1 over `codes`; a topic absent on both sides counts as 0."""
    return float(np.mean([score.f1 for score in topic_scores(truth, guess, codes)]))


def topic_scores(truth: np.ndarray, guess: np.ndarray, codes: Sequence[str]) -> list[TopicScore]:
    """Return precision, recall and F1 of every topic of `codes`."""
    scores = []
    for code in codes:
        hit = int(((truth == code) & (guess == code)).sum())
        n, named = int((truth == code).sum()), int((guess == code).sum())
        precision, recall = hit / named if named else 0.0, hit / n if n else 0.0
        f1 = 2 * hit / (n + named) if n + named else 0.0
        scores.append(TopicScore(code, precision, recall, f1, n))
    return scores


def _estimate(figure: Callable[[np.ndarray], float], samples: np.ndarray) -> Estimate:
    values = [figure(sample) for sample in samples]
    everyone = np.arange(samples.shape[1])
    low, high = np.percentile(values, [2.5, 97.5])
    return Estimate(figure(everyone), float(low), float(high))


def _accepted_sets(rows: pd.DataFrame) -> list[set[str]]:
    if "accept" in rows:
        return [set(split_cell(cell)) for cell in rows["accept"]]
    return _truth_sets(rows)


def _truth_sets(rows: pd.DataFrame) -> list[set[str]]:
    also = rows["also"] if "also" in rows else [""] * len(rows)
    return [{t, *split_cell(a)} for t, a in zip(rows["topic"], also, strict=True)]


def _confusion(truth: np.ndarray, guess: np.ndarray, codes: Sequence[str]) -> dict:
    return {t: {g: int(((truth == t) & (guess == g)).sum()) for g in codes} for t in codes}


def _set_scores(rows: pd.DataFrame, verdicts: Sequence[Verdict]) -> dict[str, float]:
    pairs = [
        ({v.topic, *v.also}, truth) for v, truth in zip(verdicts, _truth_sets(rows), strict=True)
    ]
    return {
        "sample_f1": float(np.mean([set_f1(guess, truth) for guess, truth in pairs])),
        "exact": float(np.mean([guess == truth for guess, truth in pairs])),
        "jaccard": float(np.mean([len(g & t) / len(g | t) for g, t in pairs])),
    }


def _baselines(
    rows: pd.DataFrame,
    codes: Sequence[str],
    core: Sequence[str],
    keywords: Callable[[Sequence[str]], list[str]] | None,
) -> dict[str, dict[str, float]]:
    truth = rows["topic"].to_numpy(str)
    guesses = {"majority": np.full(len(truth), rows["topic"].mode()[0])}
    if keywords:
        guesses["keywords"] = np.array(keywords(list(rows["text"])))
    return {
        name: {
            "accuracy": float((guess == truth).mean()),
            "macro_f1": macro_f1(truth, guess, codes),
            "core_macro_f1": macro_f1(truth, guess, core),
        }
        for name, guess in guesses.items()
    }


def _worst(rows: pd.DataFrame, verdicts: Sequence[Verdict], limit: int = 20) -> list[dict]:
    wrong: list[tuple[float, Mapping[str, Any]]] = []
    for (_, row), verdict in zip(rows.iterrows(), verdicts, strict=True):
        if verdict.topic != row["topic"]:
            wrong.append(
                (
                    -(verdict.confidence or 0.0),
                    {
                        "id": row.get("id", ""),
                        "truth": row["topic"],
                        "guess": verdict.topic,
                        "confidence": verdict.confidence,
                        "evidence": list(verdict.evidence),
                        "text": row["text"],
                    },
                )
            )
    return [dict(case) for _, case in sorted(wrong, key=lambda pair: pair[0])[:limit]]
