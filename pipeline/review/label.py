"""What a person says of one opinion: topic, secondary topics, kind and lead agency."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.table import join_cell, split_cell

FIELDS = ("topic", "also", "kind", "lead")
VIETNAMESE = {
    "topic": "lĩnh vực",
    "also": "lĩnh vực kèm",
    "kind": "loại ý kiến",
    "lead": "cơ quan chủ trì",
}


@dataclass(frozen=True)
class Label:
    """The four cells of an opinion that a reviewer may correct, as codes."""

    topic: str
    also: tuple[str, ...]
    kind: str
    lead: str

    @classmethod
    def of_row(cls, row: Mapping[str, Any]) -> Label:
        """Return the label that stands in a row of the opinion table.

        Examples
        --------
        >>> Label.of_row({"topic": "land", "also": "planning", "kind": "hỏi", "lead": "p-kthtdt"})
        Label(topic='land', also=('planning',), kind='hỏi', lead='p-kthtdt')
        """
        return cls(
            str(row["topic"]), tuple(split_cell(row["also"])), str(row["kind"]), str(row["lead"])
        )

    def as_dict(self) -> dict[str, str]:
        """Return the cells as they stand in the table and in the log."""
        return {
            "topic": self.topic,
            "also": join_cell(self.also),
            "kind": self.kind,
            "lead": self.lead,
        }

    def differing(self, other: Label) -> tuple[str, ...]:
        """Return the names of the fields in which two labels differ."""
        return tuple(name for name in FIELDS if getattr(self, name) != getattr(other, name))


def basis_of(opinion_id: str, label: Label, n_events: int) -> str:
    """Return a short sum of what a reviewer was shown: the label and how often it was reviewed.

    A sheet whose basis is no longer the table's was made before somebody else's
    correction, so its author never saw that correction.
    """
    return _sum(opinion_id, *label.as_dict().values(), str(n_events))


def seal_of(opinion_id: str, text: str, basis: str) -> str:
    """Return the check sum that ties an id to its text, so that a changed id is noticed."""
    return _sum(opinion_id, " ".join(text.split()), basis)


def _sum(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]
