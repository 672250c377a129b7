"""Scores a model on opinions that it never saw, with intervals and baselines beside."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from pipeline.table import split_cell
from pipeline.topics.calibration import Calibration, calibrate, error_upper_bound, promise
from pipeline.training.train import set_f1

if TYPE_CHECKING:
    import pandas as pd

    from pipeline.topics.classify import Tagger, Verdict
    from pipeline.topics.decision import DecisionSettings

RESAMPLES = 1000
_BINS = np.linspace(0, 1, 11)
_RISKS = (0.01, 0.02, 0.05, 0.10)


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
class PromiseCheck:
    """What the promise at one risk gave on opinions left out when it was made.

    `coverage` is the share decided `auto`, `error` the share of wrong topics
    among them (None if there are none) and `error_high` its 95 % upper bound.
    """

    risk: float
    coverage: float
    error: float | None
    error_high: float
    n_auto: int


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
        reliability=tuple(_reliability(confidence, guess == truth)),
        promises=tuple(
            check_promise(raw, guess, guess == truth, tagger.settings, risk=risk, seed=seed)
            for risk in _RISKS
        ),
        coverage_at_risk=_coverage_at_risk(confidence, guess == truth),
        risk_curve=tuple(_risk_curve(confidence, guess == truth)),
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


def expected_calibration_error(confidence: np.ndarray, right: np.ndarray) -> float:
    """Return the mean gap between confidence and accuracy over ten equal bins (Guo et al. 2017)."""
    return float(
        sum(
            bin_["share"] * abs(bin_["confidence"] - bin_["accuracy"])
            for bin_ in _reliability(confidence, right)
        )
    )


def crossfitted_confidence(
    raw: np.ndarray, guess: np.ndarray, right: np.ndarray, *, seed: int, folds: int = 5
) -> np.ndarray:
    """Return confidences whose curve was fitted on the other opinions each time.

    The same opinions that show how good the confidence is must not have
    shaped it; so the curve is fitted on four fifths and read on the last.
    """
    confidence = np.zeros(len(raw))
    for seen, unseen in _folds(len(raw), folds, seed):
        curve = calibrate(raw[seen].tolist(), guess[seen].tolist(), right[seen].tolist(), source="")
        confidence[unseen] = curve.confidence(raw[unseen], guess[unseen])
    return confidence


def check_promise(
    raw: np.ndarray,
    guess: np.ndarray,
    right: np.ndarray,
    settings: DecisionSettings,
    *,
    risk: float,
    seed: int,
    folds: int = 5,
) -> PromiseCheck:
    """Make the promise on four fifths of the opinions and see on the last fifth if it is kept."""
    automatic = np.zeros(len(raw), dtype=bool)
    for seen, unseen in _folds(len(raw), folds, seed):
        fitted: Calibration = calibrate(
            raw[seen].tolist(), guess[seen].tolist(), right[seen].tolist(), source=""
        )
        made = promise(
            fitted,
            risk=risk,
            level=settings.level,
            topic_minimum=int(settings.topic_minimum * (folds - 1) / folds),
        )
        confident = fitted.confidence(raw[unseen], guess[unseen]) >= made.threshold
        automatic[unseen] = confident & np.isin(guess[unseen], list(made.trusted))
    n = int(automatic.sum())
    wrong = int((automatic & ~right).sum())
    return PromiseCheck(
        risk,
        n / len(raw),
        wrong / n if n else None,
        error_upper_bound(wrong, n, 0.95) if n else 1.0,
        n,
    )


def _folds(n: int, folds: int, seed: int) -> list[tuple[np.ndarray, np.ndarray]]:
    order = np.random.default_rng(seed).permutation(n)
    return [(np.setdiff1d(order, part), part) for part in np.array_split(order, folds)]


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


def _reliability(confidence: np.ndarray, right: np.ndarray) -> list[dict[str, float]]:
    bins = np.clip(np.digitize(confidence, _BINS) - 1, 0, len(_BINS) - 2)
    return [
        {
            "from": float(_BINS[b]),
            "share": float((bins == b).mean()),
            "confidence": float(confidence[bins == b].mean()),
            "accuracy": float(right[bins == b].mean()),
        }
        for b in range(len(_BINS) - 1)
        if (bins == b).any()
    ]


def _risk_curve(confidence: np.ndarray, right: np.ndarray) -> list[tuple[float, float]]:
    """(coverage, risk) when the surest opinions are sent first."""
    order = np.argsort(-confidence, kind="stable")
    n = np.arange(1, len(order) + 1)
    risks = np.cumsum(~right[order]) / n
    return list(zip((n / len(order)).tolist(), risks.tolist(), strict=True))


def _coverage_at_risk(confidence: np.ndarray, right: np.ndarray) -> dict[str, float]:
    curve = _risk_curve(confidence, right)
    return {
        str(limit): max((coverage for coverage, risk in curve if risk <= limit), default=0.0)
        for limit in _RISKS
    }


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
