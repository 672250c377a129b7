"""Review: people correct in Excel; log, papers and labelled data follow."""

from __future__ import annotations

from pipeline.review.conflicts import conflict_lines
from pipeline.review.corrections import Imported, export_review, import_reviews
from pipeline.review.desk import correction_of
from pipeline.review.journal import Event, read_log
from pipeline.review.label import Label

__all__ = [
    "Event",
    "Imported",
    "Label",
    "conflict_lines",
    "correction_of",
    "export_review",
    "import_reviews",
    "read_log",
]
