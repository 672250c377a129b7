"""Decides whether an opinion may be sent without a look, and says why not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from pipeline.errors import DataError
from pipeline.resources import data_dir
from pipeline.settings import filled, read_toml
from pipeline.topics.calibration import Promise
from pipeline.topics.taxonomy import Topic
from pipeline.topics.text import looks_vietnamese
from pipeline.topics.words import CutText

AUTO = "auto"
REVIEW = "review"
TOO_SHORT = "quá ngắn"
UNKNOWN_WORDS = "ít từ quen"
OUTSIDE = ("khiếu nại", "tố cáo")
"""Kinds that leave the dialogue track for the citizen-reception procedure."""


@dataclass(frozen=True)
class DecisionSettings:
    """The office's settings of `data/decision.toml`; each line there says what it is."""

    risk: float = 0.05
    level: float = 0.80
    topic_minimum: int = 10
    shortest: int = 4
    known_words: float = 0.5
    near_tie: float = 0.10
    vietnamese: float = 0.5
    caution: float = 0.1


def load_settings(folder: Path | None = None) -> DecisionSettings:
    """Return the decision settings in force.

    Raises
    ------
    DataError
        The file cannot be parsed, or holds an unknown name or a value that is
        no number.
    """
    path = (folder or data_dir()) / "decision.toml"
    settings = filled(DecisionSettings, read_toml(path), path)
    for name in ("risk", "level"):
        if not 0 < getattr(settings, name) < 1:
            raise DataError(f"{path}: {name} = {getattr(settings, name)!r} is not between 0 and 1.")
    return settings


def unreadable_reason(text: str, chopped: CutText, settings: DecisionSettings) -> str:
    """Return why `text` cannot be scored at all, in Vietnamese, or "" if it can."""
    if not chopped.syllables:
        return "không có nội dung"
    if len(chopped.syllables) < settings.shortest:
        return TOO_SHORT
    if looks_vietnamese(chopped.syllables) < settings.vietnamese:
        return "có thể không phải tiếng Việt"
    return ""


def outside_reason(kind: str) -> str:
    """Return why an opinion of a kind in `OUTSIDE` is looked at first."""
    return f"có dấu hiệu {kind}: chuyển quy trình tiếp công dân"


def always_looked_at(kind: str, reason: str) -> bool:
    """Tell whether an opinion goes to a person whatever its confidence and the accepted risk."""
    return kind in OUTSIDE or reason == UNKNOWN_WORDS


def decide(
    *,
    kind: str,
    topic: str,
    confidence: float,
    probabilities: Mapping[str, float],
    known_share: float,
    promise: Promise,
    settings: DecisionSettings,
    topics: Mapping[str, Topic],
) -> tuple[str, str]:
    """Return the decision and its reason in Vietnamese.

    Parameters
    ----------
    kind, topic, confidence
        Of the opinion; `confidence` is calibrated (0..1).
    probabilities
        Of all topics, summing to 1.
    known_share
        Share (0..1) of the opinion's words that training has seen.
    promise
        The threshold in force and the topics that calibration covers.
    settings, topics
        As loaded from the data folder.
    """
    if kind in OUTSIDE:
        return REVIEW, outside_reason(kind)
    if known_share < settings.known_words:
        return REVIEW, UNKNOWN_WORDS
    if topic not in promise.trusted:
        return REVIEW, f"chưa đủ ý kiến kiểm chứng cho lĩnh vực {_name(topic, topics)}"
    if confidence >= promise.threshold:
        return AUTO, ""
    first, second = _first_two(probabilities)
    if probabilities[first] - probabilities[second] < settings.near_tie:
        return REVIEW, f"gần ngang nhau: {_name(first, topics)} / {_name(second, topics)}"
    if not promise.can_be_kept:
        return REVIEW, f"chưa đủ số liệu để giữ mức sai {_percent(promise.risk)}"
    return REVIEW, f"độ tin cậy {_percent(confidence)}, cần {_percent(promise.threshold)}"


def _first_two(probabilities: Mapping[str, float]) -> list[str]:
    codes = list(probabilities)
    order = np.argsort([-probabilities[code] for code in codes], kind="stable")
    return [codes[i] for i in order[:2]]


def _name(code: str, topics: Mapping[str, Topic]) -> str:
    return topics[code].name if code in topics else code


def _percent(share: float) -> str:
    return f"{share * 100:.1f}".rstrip("0").rstrip(".").replace(".", ",") + "%"
