"""Finds labels that are likely wrong, so that a person looks at a few rows and not at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from pipeline.topics.classifier import softmax
from pipeline.training.originality import near_copies
from pipeline.training.train import best_temperature, out_of_fold_margins

if TYPE_CHECKING:
    import pandas as pd

    from pipeline.training.settings import TrainingSettings

COPY_SHARE = 0.5
FAR_SHARE = 0.005
"""Share of the rows of each topic, those least like the others, that count as far from it."""


@dataclass(frozen=True)
class Suspect:
    """One row that a person should look at, with the reasons in Vietnamese, the worst first.

    `support` is the out-of-fold probability (0..1) of the given topic, `likely`
    the topic that the model would give.
    """

    row: int
    support: float
    likely: str
    reasons: tuple[str, ...]


def audit_labels(
    labelled: pd.DataFrame,
    settings: TrainingSettings,
    phrases: dict[str, str],
    *,
    share: float = 0.02,
    names: Mapping[str, str] | None = None,
    progress: Callable[[str], None] = lambda message: None,
) -> list[Suspect]:
    """Return the rows whose label is likely wrong, the likeliest first.

    Three signs: the model, trained without the row's brief, gives its topic a
    low probability; a near-copy has another topic; the words are far from
    those of its topic.

    Parameters
    ----------
    labelled
        As `load_labelled` returns it.
    settings, phrases
        Of the training.
    share
        Share (0..1) of all rows to name by the first sign.
    names
        Vietnamese names of topics; the codes if None.
    progress
        Called with a sentence before each step.
    """
    names = names or {}
    progress(f"{len(labelled)} labelled opinions, {settings.folds} folds")
    support, likely = label_support(labelled, settings, phrases)
    topics = labelled["topic"].to_numpy(str)
    order = np.argsort(support, kind="stable")
    reasons: dict[int, list[str]] = {}
    for row in order[: max(1, round(share * len(order)))]:
        if likely[row] != topics[row]:
            reasons.setdefault(int(row), []).append(
                f"máy cho lĩnh vực này {_percent(support[row])}, "
                f"nghiêng về «{names.get(likely[row], likely[row])}»"
            )
    progress("near-copies and rows far from their topic")
    ids = list(labelled["id"])
    for a, b, part in near_copies(list(labelled["text"]), share=COPY_SHARE):
        if topics[a] != topics[b]:
            for row, other in ((a, b), (b, a)):
                reasons.setdefault(row, []).append(
                    f"gần trùng với {ids[other]} «{names.get(topics[other], topics[other])}» "
                    f"({_percent(part)})"
                )
    for row in far_rows(list(labelled["text"]), topics):
        reasons.setdefault(row, []).append("từ ngữ khác xa các ý kiến cùng lĩnh vực")
    return [
        Suspect(int(row), float(support[row]), str(likely[row]), tuple(reasons[int(row)]))
        for row in order
        if int(row) in reasons
    ]


def label_support(
    labelled: pd.DataFrame, settings: TrainingSettings, phrases: dict[str, str]
) -> tuple[np.ndarray, np.ndarray]:
    """Return each row's out-of-fold probability of its given topic, and its likeliest topic.

    Ranking by this probability found more planted errors than cleanlab's
    filters at the same number of rows, and needs no library.
    """
    classes = np.unique(labelled["topic"].to_numpy(str))
    margins = out_of_fold_margins(labelled, settings, phrases)
    temperature = best_temperature(margins, labelled["topic"], classes)
    probabilities = softmax(margins / temperature)
    given = np.searchsorted(classes, labelled["topic"].to_numpy(str))
    return probabilities[np.arange(len(given)), given], classes[probabilities.argmax(axis=1)]


def far_rows(texts: list[str], topics: np.ndarray, *, share: float = FAR_SHARE) -> list[int]:
    """Return the rows whose words are least like those of the other rows of their topic."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    from pipeline.topics.text import normalize, syllables

    vectorizer = TfidfVectorizer(
        analyzer=lambda text: syllables(normalize(text)), sublinear_tf=True, min_df=2
    )
    matrix = vectorizer.fit_transform(texts)
    found: list[int] = []
    for topic in np.unique(topics):
        rows = np.flatnonzero(topics == topic)
        part = matrix[rows]
        centre = np.asarray(part.mean(axis=0)).ravel()
        own = np.asarray(part.multiply(part).sum(axis=1)).ravel() / len(rows)
        likeness = part @ centre - own
        found += [int(rows[i]) for i in np.argsort(likeness)[: round(share * len(rows))]]
    return found


def spoiled(labelled: pd.DataFrame, share: float, seed: int) -> tuple[pd.DataFrame, np.ndarray]:
    """Return a copy with a share of wrong topics, and the rows that were spoiled.

    For measuring: a benchmark and a test plant errors and count how many are
    found.
    """
    rng = np.random.default_rng(seed)
    topics = labelled["topic"].to_numpy(str).copy()
    classes = np.unique(topics)
    rows = rng.choice(len(topics), size=round(share * len(topics)), replace=False)
    for row in rows:
        topics[row] = rng.choice(classes[classes != topics[row]])
    return labelled.assign(topic=topics), rows


def found_within(support: np.ndarray, planted: np.ndarray, share: float) -> float:
    """Return the share (0..1) of planted errors among the least supported share of rows."""
    first = np.argsort(support, kind="stable")[: round(share * len(support))]
    return len(set(first.tolist()) & set(planted.tolist())) / len(planted)


def _percent(share: float) -> str:
    return f"{share * 100:.0f}%"
