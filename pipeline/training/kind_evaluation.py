"""Scores the kinds that a model gives on opinions written to measure them."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from pipeline.errors import DataError
from pipeline.resources import data_dir
from pipeline.table import KINDS
from pipeline.topics.classify import Tagger
from pipeline.topics.decision import OUTSIDE
from pipeline.topics.model import load_model
from pipeline.training.evaluation import TopicScore, macro_f1, topic_scores


@dataclass(frozen=True)
class KindReport:
    """Figures of kinds; `kinds` holds one `TopicScore` a kind.

    `flagged_recall` is the share of complaints and accusations that got either
    of the two kinds, and so reach a person; `false_flags` the share of all
    other opinions that got one.
    """

    n: int
    accuracy: float
    macro_f1: float
    kinds: tuple[TopicScore, ...]
    flagged_recall: float
    false_flags: float


def evaluate_kinds(path: Path | None = None, *, model_name: str | None = None) -> KindReport:
    """Score kinds on `data/evaluation/kinds.csv`, or another file with `text` and `kind`.

    Raises
    ------
    DataError
        The file lacks a column or holds an unknown kind.
    ModelError
        The model cannot be trusted.
    """
    path = path or data_dir() / "evaluation" / "kinds.csv"
    with path.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    unknown = [
        f"{path}, row {number}, column kind: {row.get('kind')!r} is none of {', '.join(KINDS)}"
        for number, row in enumerate(rows, start=2)
        if row.get("kind") not in KINDS or not row.get("text")
    ]
    if unknown or not rows:
        raise DataError(f"{unknown[0] if unknown else f'{path}: empty'}.", problems=tuple(unknown))
    truth = np.array([row["kind"] for row in rows])
    verdicts = Tagger(load_model(model_name)).tag([row["text"] for row in rows])
    guess = np.array([verdict.kind for verdict in verdicts])
    outside, flagged = np.isin(truth, OUTSIDE), np.isin(guess, OUTSIDE)
    return KindReport(
        len(rows),
        float((truth == guess).mean()),
        macro_f1(truth, guess, KINDS),
        tuple(topic_scores(truth, guess, KINDS)),
        float(flagged[outside].mean()) if outside.any() else 1.0,
        float(flagged[~outside].mean()) if (~outside).any() else 0.0,
    )
