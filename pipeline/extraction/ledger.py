"""Accounts for every paragraph: opinion, reply, formality or unread, and by which rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.extraction.minutes import LedgerEntry, Opinion
from pipeline.reading.document import Document

OUTCOMES = ("opinion", "reply", "formality", "unread")
_BADLY_READ = 0.5


def keep_ledger(
    document: Document,
    marks: Mapping[int, tuple[str, str]],
    opinions: Sequence[Opinion],
    meeting_id: str,
) -> tuple[LedgerEntry, ...]:
    """Return one entry for each paragraph of the document, in its order.

    A paragraph that holds any word of an opinion is "opinion", even if a reply
    follows in it. What no rule took, and what OCR read too badly to be judged,
    is "unread", so that the counts always add up to the paragraphs read.
    """
    asked: dict[int, list[str]] = {}
    answered: dict[int, list[str]] = {}
    for opinion in opinions:
        name = f"{meeting_id}-{opinion.turn}.{opinion.part}"
        for span in opinion.spans:
            asked.setdefault(span.paragraph, []).append(name)
        for span in opinion.reply_spans:
            answered.setdefault(span.paragraph, []).append(name)
    entries = []
    for paragraph in document.paragraphs:
        outcome, rule = marks.get(paragraph.number, ("unread", "no-rule"))
        names = _once(asked.get(paragraph.number) or answered.get(paragraph.number) or [])
        if paragraph.number in asked:
            outcome = "opinion"
        elif paragraph.number in answered:
            outcome = "reply"
        elif outcome == "opinion":
            outcome, rule = "formality", f"{rule}.courtesy-only"
        if outcome == "formality" and _badly_read(paragraph.confidence):
            outcome, rule = "unread", "page-read-badly"
        entries.append(LedgerEntry(paragraph.number, outcome, rule, names))
    return tuple(entries)


def _badly_read(confidence: float | None) -> bool:
    return confidence is not None and confidence < _BADLY_READ


def _once(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
