"""Says in plain words whether a period's opinions have moved away from the training data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from pipeline.resources import data_dir
from pipeline.settings import filled, read_toml
from pipeline.topics.text import normalize, syllables

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class DriftSettings:
    """Thresholds of `data/drift.toml`; each line there says what it is."""

    opinions: float = 50
    unknown_ratio: float = 1.5
    topic_distance: float = 0.30
    confidence_drop: float = 0.10
    review_share: float = 0.50
    reviewed: float = 20
    corrected_share: float = 0.25
    signals: float = 2


@dataclass(frozen=True)
class Signal:
    """One comparison: `value` of the period, what it is held against, and whether it is beyond."""

    name: str
    value: float
    reference: float
    beyond: bool
    sentence: str


@dataclass(frozen=True)
class Drift:
    """All comparisons of a period; `due` tells that retraining is due, `verdict` says it."""

    n: int
    signals: tuple[Signal, ...]
    due: bool
    verdict: str


def load_drift_settings(folder: Path | None = None) -> DriftSettings:
    """Return the thresholds in force.

    Raises
    ------
    DataError
        The file cannot be parsed, or holds an unknown name or no number.
    """
    path = (folder or data_dir()) / "drift.toml"
    return filled(DriftSettings, read_toml(path), path)


def measure_drift(
    opinions: pd.DataFrame,
    labelled: pd.DataFrame,
    *,
    expected_confidence: float | None = None,
    corrected: Sequence[bool] = (),
    earlier: pd.DataFrame | None = None,
    settings: DriftSettings | None = None,
) -> Drift:
    """Compare a period's opinions with the training data.

    Parameters
    ----------
    opinions
        The opinion table of a run.
    labelled
        As `load_labelled` returns it.
    expected_confidence
        Mean confidence (0..1) when the model was calibrated; left out if None.
    corrected
        For each opinion that a person looked at, whether its topic was changed.
    earlier
        An earlier period, whose mix of topics is the measure instead of the
        training data's, which is balanced by hand.
    settings
        Of `data/drift.toml` if None.
    """
    settings = settings or load_drift_settings()
    if len(opinions) < settings.opinions:
        verdict = (
            f"Mới có {len(opinions)} ý kiến (cần từ {settings.opinions:.0f}): chưa đủ để kết luận."
        )
        return Drift(len(opinions), (), False, verdict)
    usual = labelled if earlier is None else earlier
    signals = [
        _unknown(opinions, labelled, settings),
        _mix(opinions, usual, settings, "dữ liệu huấn luyện" if earlier is None else "kỳ trước"),
        *_confidence(opinions, expected_confidence, settings),
        _review(opinions, settings),
        *_corrections(corrected, settings),
    ]
    beyond = [signal for signal in signals if signal.beyond]
    # People's corrections are the surest sign: they need no second one.
    due = len(beyond) >= settings.signals or any(s.name == "corrections" for s in beyond)
    return Drift(len(opinions), tuple(signals), due, _verdict(beyond, due))


def unknown_share(text: str, known: Mapping[str, object]) -> float | None:
    """Return the share (0..1) of a text's pairs of syllables that are not in `known`."""
    pairs = _pairs(text)
    return None if not pairs else sum(pair not in known for pair in pairs) / len(pairs)


def usual_unknown_share(labelled: pd.DataFrame) -> float:
    """Return how much of a training opinion is unknown to all the other briefs.

    Measured without an opinion's own brief, whose writer repeats himself:
    that is how new the opinions of a new meeting may look and still be usual.
    """
    holders: dict[str, set[str]] = {}
    briefs = labelled["brief"].where(labelled["brief"] != "", labelled["id"])
    rows = [(brief, _pairs(text)) for brief, text in zip(briefs, labelled["text"], strict=True)]
    for brief, pairs in rows:
        for pair in pairs:
            holders.setdefault(pair, set()).add(brief)
    shares = [
        sum(len(holders[pair]) == 1 for pair in pairs) / len(pairs) for _, pairs in rows if pairs
    ]
    return float(np.mean(shares))


def topic_distance(first: Sequence[str], second: Sequence[str]) -> float:
    """Return the Jensen-Shannon distance (0..1) of two mixes of topics.

    Examples
    --------
    >>> topic_distance(["land"], ["land", "land"]), topic_distance(["land"], ["party"])
    (0.0, 1.0)
    """
    codes = sorted({*first, *second})
    counts = [Counter(first), Counter(second)]
    p, q = (np.array([c[code] for code in codes], float) / sum(c.values()) for c in counts)
    middle = (p + q) / 2

    def divergence(a: np.ndarray) -> float:
        kept = a > 0
        return float((a[kept] * np.log2(a[kept] / middle[kept])).sum())

    return round(float(np.sqrt(max(0.0, (divergence(p) + divergence(q)) / 2))), 6)


def _pairs(text: str) -> list[str]:
    parts = syllables(normalize(text))
    return [f"{a} {b}" for a, b in zip(parts, parts[1:], strict=False)]


def _unknown(opinions: pd.DataFrame, labelled: pd.DataFrame, settings: DriftSettings) -> Signal:
    known = {pair: True for text in labelled["text"] for pair in _pairs(text)}
    shares = [unknown_share(text, known) for text in opinions["text"].astype(str)]
    value = float(np.mean([share for share in shares if share is not None] or [0.0]))
    usual = usual_unknown_share(labelled)
    beyond = value > usual * settings.unknown_ratio
    return Signal(
        "unknown words",
        value,
        usual,
        beyond,
        f"Từ ngữ lạ: {_percent(value)} cặp từ chưa gặp khi huấn luyện (mức thường {_percent(usual)})"
        + (": dân nói về việc mới hoặc bằng cách nói mới." if beyond else ", bình thường."),
    )


def _mix(opinions: pd.DataFrame, usual: pd.DataFrame, settings: DriftSettings, what: str) -> Signal:
    value = topic_distance(list(opinions["topic"]), list(usual["topic"]))
    beyond = value > settings.topic_distance
    now, before = (table["topic"].value_counts(normalize=True) for table in (opinions, usual))
    gaps = now.subtract(before, fill_value=0).sort_values(key=abs, ascending=False).head(2)
    moved = ", ".join(
        f"{code} {_percent(before.get(code, 0))} → {_percent(now.get(code, 0))}"
        for code in gaps.index
    )
    return Signal(
        "topic mix",
        value,
        settings.topic_distance,
        beyond,
        f"Cơ cấu lĩnh vực so với {what}: khoảng cách {_number(value)} "
        f"(mức báo {_number(settings.topic_distance)}); lệch nhất: {moved}.",
    )


def _confidence(
    opinions: pd.DataFrame, expected: float | None, settings: DriftSettings
) -> list[Signal]:
    scored = opinions["confidence"].astype(float).dropna()
    if expected is None or scored.empty:
        return []
    value = float(scored.mean())
    beyond = expected - value > settings.confidence_drop
    return [
        Signal(
            "confidence",
            value,
            expected,
            beyond,
            f"Độ tin cậy trung bình: {_number(value)} (khi kiểm chứng {_number(expected)})"
            + (": máy kém chắc hơn hẳn." if beyond else ", bình thường."),
        )
    ]


def _review(opinions: pd.DataFrame, settings: DriftSettings) -> Signal:
    reasons = opinions["reason"].astype(str)
    looked_at = reasons.str.contains("sửa bởi |xác nhận bởi ", regex=True)
    value = float(((opinions["decision"] == "review") | looked_at).mean())
    beyond = value > settings.review_share
    return Signal(
        "review rate",
        value,
        settings.review_share,
        beyond,
        f"Phải có người xem: {_percent(value)} ý kiến (mức báo {_percent(settings.review_share)}).",
    )


def _corrections(corrected: Sequence[bool], settings: DriftSettings) -> list[Signal]:
    if len(corrected) < settings.reviewed:
        return []
    value = float(np.mean(corrected))
    beyond = value > settings.corrected_share
    return [
        Signal(
            "corrections",
            value,
            settings.corrected_share,
            beyond,
            f"Người xem sửa lĩnh vực của {_percent(value)} trong {len(corrected)} ý kiến đã xem "
            f"(mức báo {_percent(settings.corrected_share)}).",
        )
    ]


def _verdict(beyond: Sequence[Signal], due: bool) -> str:
    if due:
        return (
            f"{len(beyond)} dấu hiệu vượt mức: NÊN HUẤN LUYỆN LẠI. Hãy nhập các bảng đã sửa "
            "(ykien review import), gắn nhãn thêm (ykien suggest) rồi chạy ykien train."
        )
    if beyond:
        return "1 dấu hiệu vượt mức: chưa cần huấn luyện lại, theo dõi tiếp ở kỳ sau."
    return "Không có dấu hiệu vượt mức: chưa cần huấn luyện lại."


def _percent(share: float) -> str:
    return f"{share * 100:.1f}%".replace(".", ",")


def _number(value: float) -> str:
    return f"{value:.2f}".replace(".", ",")
