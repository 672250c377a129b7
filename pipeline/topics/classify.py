"""Opinions in, topics out: each text is cut once and gets kind, topics, decision and reasons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from pipeline.errors import DataError
from pipeline.table import CLASSIFIED, check_columns, join_cell
from pipeline.topics.calibration import Promise, promise
from pipeline.topics.decision import (
    OUTSIDE,
    REVIEW,
    TOO_SHORT,
    DecisionSettings,
    decide,
    load_settings,
    outside_reason,
    unreadable_reason,
)
from pipeline.topics.evidence import deciding_words
from pipeline.topics.taxonomy import OTHER, Topic, load_topics
from pipeline.topics.words import cut

if TYPE_CHECKING:
    import pandas as pd
    from scipy.sparse import csr_matrix

    from pipeline.topics.model import TopicModel


BATCH = 500


@dataclass(frozen=True)
class Verdict:
    """What the model says of one opinion; `confidence` is None where nothing was scored."""

    kind: str
    topic: str
    also: tuple[str, ...]
    confidence: float | None
    decision: str
    reason: str
    evidence: tuple[str, ...]
    probabilities: Mapping[str, float] = field(default_factory=dict)


class Tagger:
    """A model with the office's settings, ready to tag texts.

    Parameters
    ----------
    model
        As `load_model` returns it.
    risk
        Accepted share of wrong topics among `auto` decisions; the office's if None.
    semantic
        Whether to ask the second opinion by meaning.
    settings, topics
        The data folder's if None.

    Raises
    ------
    ModelError
        `semantic` is asked for and the model was trained without it.
    DataError
        `risk` is not between 0 and 1.
    """

    def __init__(
        self,
        model: TopicModel,
        *,
        risk: float | None = None,
        semantic: bool = False,
        settings: DecisionSettings | None = None,
        topics: Mapping[str, Topic] | None = None,
    ) -> None:
        self.model = model
        self.settings = settings or load_settings()
        if risk is not None:
            if not 0 < risk < 1:
                raise DataError(f"risk = {risk!r} is not between 0 and 1.")
            self.settings = replace(self.settings, risk=risk)
        self.topics = topics or load_topics()
        self.semantic = semantic
        self.calibration = model.calibration_for(semantic)
        self.promise: Promise = promise(
            self.calibration,
            risk=self.settings.risk,
            level=self.settings.level,
            topic_minimum=int(self.settings.topic_minimum),
        )

    def tag(self, texts: Sequence[str]) -> list[Verdict]:
        """Return one verdict a text, in order."""
        marked = [self.model.accents.restore(text) for text in texts]
        reasons = [unreadable_reason(text, cut(text), self.settings) for text in marked]
        scored = [i for i, reason in enumerate(reasons) if not reason]
        verdicts = [
            self._unscored(text, reason) if reason else None
            for text, reason in zip(marked, reasons, strict=True)
        ]
        found = self._score([marked[i] for i in scored], [texts[i] for i in scored])
        for i, verdict in zip(scored, found, strict=True):
            verdicts[i] = verdict
        return verdicts

    def _unscored(self, text: str, reason: str) -> Verdict:
        """A text too short for a topic can still accuse, and that is never overlooked."""
        kind = "phản ánh"
        if reason == TOO_SHORT:
            kind = str(self._kinds(self.model.classifier.features_.transform([text]))[0])
        if kind in OUTSIDE:
            reason = outside_reason(kind)
        return Verdict(kind, OTHER, (), None, REVIEW, reason, ())

    def _kinds(self, matrix: csr_matrix) -> np.ndarray:
        return self.model.kinds.predict(matrix, dict.fromkeys(OUTSIDE, self.settings.caution))

    def _score(self, texts: list[str], written: list[str]) -> list[Verdict]:
        """`texts` have their diacritics; `written` are the same as they came."""
        if not texts:
            return []
        classifier = self.model.classifier
        matrix = classifier.features_.transform(texts)
        probabilities = self.model.probabilities(texts, matrix, semantic=self.semantic)
        kinds = self._kinds(matrix)
        firsts = probabilities.argmax(axis=1)
        confidences = self.calibration.confidence(
            probabilities[np.arange(len(texts)), firsts], classifier.classes_[firsts]
        )
        return [
            self._verdict(text, written[i], str(kind), first, float(confidence), row, matrix[i])
            for i, (text, kind, first, confidence, row) in enumerate(
                zip(texts, kinds, firsts, confidences, probabilities, strict=True)
            )
        ]

    def _verdict(self, text, written, kind, first, confidence, row, features) -> Verdict:
        classifier = self.model.classifier
        codes = [str(code) for code in classifier.classes_]
        probabilities = dict(zip(codes, row.tolist(), strict=True))
        decision, reason = decide(
            kind=kind,
            topic=codes[first],
            confidence=confidence,
            probabilities=probabilities,
            known_share=classifier.features_.known_share(text),
            promise=self.promise,
            settings=self.settings,
            topics=self.topics,
        )
        words = deciding_words(
            text, features, classifier.coef_[first], classifier.features_, written=written
        )
        return Verdict(
            kind,
            codes[first],
            tuple(secondary_topics(probabilities, self.model.secondary)),
            round(confidence, 4),
            decision,
            reason,
            tuple(word for word, _ in words),
            probabilities,
        )

    def evidence(self, text: str, topic: str) -> list[tuple[str, float]]:
        """Return the words of `text` that spoke for `topic`, with their parts in its score."""
        classifier = self.model.classifier
        marked = self.model.accents.restore(text)
        matrix = classifier.features_.transform([marked])
        weights = classifier.coef_[list(classifier.classes_).index(topic)]
        return deciding_words(marked, matrix, weights, classifier.features_, written=text)


def tag_in_parallel(tagger: Tagger, texts: list[str], *, jobs: int) -> list[Verdict]:
    """Return one verdict a text, in order, cut and scored by `jobs` processes."""
    if jobs == 1 or len(texts) < 2 * BATCH:
        return tagger.tag(texts)
    from joblib import Parallel, delayed

    batches = [texts[start : start + BATCH] for start in range(0, len(texts), BATCH)]
    answers = Parallel(n_jobs=jobs)(delayed(tagger.tag)(batch) for batch in batches)
    return [verdict for answer in answers for verdict in answer]


def secondary_topics(
    probabilities: Mapping[str, float], thresholds: Mapping[str, float]
) -> list[str]:
    """Return the topics after the first whose probability is near enough to the first's.

    `other` is never secondary: it asks nothing of any agency.

    Parameters
    ----------
    probabilities
        Of every topic.
    thresholds
        Least ratio to the first topic's probability, by topic, with a default under "".
    """
    ranked = sorted(probabilities, key=lambda code: -probabilities[code])
    best = probabilities[ranked[0]]
    return [
        code
        for code in ranked[1:]
        if code != OTHER and probabilities[code] >= best * thresholds.get(code, thresholds[""])
    ]


def classify_table(opinions: pd.DataFrame, tagger: Tagger, *, jobs: int = 1) -> pd.DataFrame:
    """Return the opinion table with kind, topics, confidence, decision and evidence added.

    Parameters
    ----------
    opinions
        As extraction makes it.
    tagger
        A model with the office's settings.
    jobs
        Processes to use.

    Raises
    ------
    DataError
        A column that extraction makes is missing.
    """
    check_columns(opinions, ("text",), step="classify")
    verdicts = tag_in_parallel(tagger, list(opinions["text"].astype(str)), jobs=jobs)
    added = {
        "kind": [verdict.kind for verdict in verdicts],
        "topic": [verdict.topic for verdict in verdicts],
        "also": [join_cell(verdict.also) for verdict in verdicts],
        "confidence": [verdict.confidence for verdict in verdicts],
        "decision": [verdict.decision for verdict in verdicts],
        "reason": [verdict.reason for verdict in verdicts],
        "evidence": [join_cell(verdict.evidence) for verdict in verdicts],
    }
    return opinions.assign(**{column: added[column] for column in CLASSIFIED})
