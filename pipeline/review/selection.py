"""Chooses the opinions a person should look at, the most urgent first."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

LOW_SHARE = 0.10
"""Share of the `auto` opinions, the least sure ones, that are looked at as well."""


def rows_to_review(
    opinions: pd.DataFrame,
    *,
    audit: float = 0.05,
    reviewed: Collection[str] = (),
    low: float = LOW_SHARE,
) -> list[tuple[int, str]]:
    """Return (row, reason in Vietnamese) of what to look at, in order of urgency.

    First what the machine would not decide, the least sure first; then the
    least sure of what it decided; then a share of the rest that is drawn by
    the ids alone, so the same run always draws the same opinions.

    Parameters
    ----------
    opinions
        The opinion table.
    audit, low
        Shares (0..1) of the remaining `auto` opinions; at least one if above 0.
    reviewed
        Ids that a person has looked at already; they are left out.
    """
    table = opinions.reset_index(drop=True)
    fresh = table[~table["opinion_id"].isin(set(reviewed))]
    unsure = fresh[fresh["decision"] == "review"].sort_values(
        "confidence", kind="stable", na_position="first"
    )
    auto = fresh[fresh["decision"] != "review"].sort_values("confidence", kind="stable")
    least = auto.head(_count(low, len(auto)))
    rest = auto.drop(least.index)
    drawn = sorted(rest.index, key=lambda row: _lot(rest.at[row, "opinion_id"]))
    return [
        *((row, f"máy không tự quyết: {table.at[row, 'reason']}") for row in unsure.index),
        *(
            (row, f"độ tin cậy thấp nhất trong số máy tự quyết ({_shown(confidence)})")
            for row, confidence in least["confidence"].items()
        ),
        *((row, "kiểm tra ngẫu nhiên") for row in drawn[: _count(audit, len(rest))]),
    ]


def _count(share: float, n: int) -> int:
    return min(n, max(1, round(share * n))) if share > 0 and n else 0


def _lot(opinion_id: str) -> str:
    return hashlib.sha256(f"audit:{opinion_id}".encode()).hexdigest()


def _shown(confidence: float) -> str:
    return f"{confidence:.2f}".replace(".", ",")
