"""Measures extraction against documents with gold marks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.extraction.extract import extract_minutes
from pipeline.extraction.gold import GoldDocument, read_gold
from pipeline.extraction.matching import Letters, match_spans, split_counts, squeeze
from pipeline.extraction.minutes import Minutes
from pipeline.extraction.unit_tagger import UnitTagger
from pipeline.extraction.vocabulary import alternation
from pipeline.reading.document import Document

_HEADER = {
    "meeting_date": "date",
    "unit": "unit",
    "delegates": "delegates",
    "meeting_place": "place",
}


@dataclass(frozen=True)
class Score:
    """Counts of what was found: `right` of `given` predictions, of `wanted` gold marks."""

    right: int = 0
    given: int = 0
    wanted: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(self.right + other.right, self.given + other.given, self.wanted + other.wanted)

    @property
    def precision(self) -> float:
        """Share of what was given that is right; 1.0 if nothing was given."""
        return self.right / self.given if self.given else 1.0

    @property
    def recall(self) -> float:
        """Share of what was wanted that was found; 1.0 if nothing was wanted."""
        return self.right / self.wanted if self.wanted else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True)
class DocumentEvaluation:
    """Figures of one document.

    `replies`: of matched opinions whose gold has a reply, those that got it.
    `replies_as_opinions`: predicted opinions that begin in a gold reply.
    """

    name: str
    opinions: Score = Score()
    splits: Score = Score()
    speakers: Score = Score()
    places: Score = Score()
    replies: Score = Score()
    header: Score = Score()
    replies_as_opinions: int = 0
    missed: tuple[str, ...] = ()
    invented: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class ExtractionEvaluation:
    """Figures of every document; the properties add them up."""

    documents: tuple[DocumentEvaluation, ...] = field(default_factory=tuple)

    def total(self, subject: str) -> Score:
        """Return the sum of "opinions", "splits", "speakers", "places", "replies" or "header"."""
        return sum((getattr(one, subject) for one in self.documents), Score())

    @property
    def replies_as_opinions(self) -> float:
        """Share (0..1) of predicted opinions that are replies."""
        given = self.total("opinions").given
        taken = sum(one.replies_as_opinions for one in self.documents)
        return taken / given if given else 0.0


def evaluate_extraction(
    gold_dir: Path, *, formats: Sequence[str] = (), tagger: UnitTagger | None = None
) -> ExtractionEvaluation:
    """Return how well the documents of a folder are extracted, measured by its gold files.

    A predicted opinion is right if it and a gold opinion overlap by 60 % or
    more both ways; each is used once.

    Parameters
    ----------
    gold_dir
        The folder; the form of its json files is told in `docs/extraction.md`.
    formats
        Only files with these extensions ("txt", "docx"); all if empty.
    tagger
        The second reader; without one the rules alone are measured.

    Raises
    ------
    ReadError
        The folder holds no gold file with a document beside it.
    """
    return ExtractionEvaluation(
        tuple(measure(one, tagger) for one in read_gold(gold_dir, formats=formats))
    )


def measure(gold: GoldDocument, tagger: UnitTagger | None = None) -> DocumentEvaluation:
    """Return the figures of one document with marks; of one that cannot be read, all are missed."""
    if gold.document is None:
        wanted = Score(wanted=len(gold.marks["opinions"]))
        return DocumentEvaluation(gold.path.name, wanted, notes=gold.notes)
    minutes = extract_minutes(gold.document, tagger)
    return compare(gold.path.name, gold.document, minutes, gold.marks)


def compare(name: str, document: Document, minutes: Minutes, gold: dict) -> DocumentEvaluation:
    """Return the figures of one document whose minutes and gold marks are at hand."""
    flat = Letters(document)
    wanted = [flat.find(one) for one in gold["opinions"]]
    given = [flat.spans(opinion) for opinion in minutes.opinions]
    pairs = match_spans(given, wanted)
    found = {w: g for g, w in pairs}
    return DocumentEvaluation(
        name,
        opinions=Score(len(pairs), len(given), len(wanted)),
        splits=Score(*split_counts(flat, given, wanted)),
        speakers=_told(gold, minutes, found, "speaker"),
        places=_told(gold, minutes, found, "place"),
        replies=_replies(gold, minutes, found),
        header=_header(gold, minutes),
        replies_as_opinions=_taken(flat, gold, minutes),
        missed=tuple(
            gold["opinions"][w].get("text_start", "") for w in range(len(wanted)) if w not in found
        ),
        invented=tuple(
            minutes.opinions[g].text[:80]
            for g in range(len(given))
            if g not in {pair[0] for pair in pairs}
        ),
    )


def _told(gold: dict, minutes: Minutes, found: dict[int, int], key: str) -> Score:
    """Score speakers or places of the gold opinions that were found."""
    right = wanted = 0
    for at, mark in enumerate(gold["opinions"]):
        if not mark.get(key) or at not in found:
            continue
        opinion = minutes.opinions[found[at]]
        told = opinion.speaker + " " + opinion.role if key == "speaker" else (
            f"{opinion.address} {opinion.commune} {minutes.meeting.unit} {opinion.text}")  # fmt: skip
        wanted += 1
        right += _same_words(mark[key], told, opinion.speaker)
    return Score(right, wanted, wanted)


def _same_words(wanted: str, told: str, speaker: str) -> bool:
    """Tell whether most words of the gold, titles apart, were told."""
    titles = rf"(?i)^(?:{alternation('speakers.titles')}\s+)+"
    words = set(_words(re.sub(titles, "", wanted)) or _words(wanted))
    return len(words & set(_words(told))) >= 0.7 * len(words) or (
        bool(speaker) and squeeze(speaker) in squeeze(wanted) and len(speaker.split()) > 1
    )


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", unicodedata.normalize("NFC", text).lower())


def _replies(gold: dict, minutes: Minutes, found: dict[int, int]) -> Score:
    right = given = wanted = 0
    for at, mark in enumerate(gold["opinions"]):
        if at not in found or "answered" not in mark:
            continue
        opinion = minutes.opinions[found[at]]
        first = squeeze(re.sub(r"^\W*\d?\W*", "", mark.get("reply_start") or ""))
        wanted += bool(first)
        given += bool(opinion.reply) and (bool(first) or not mark["answered"])
        right += bool(first) and first in squeeze(opinion.reply)
    return Score(right, given, wanted)


def _taken(flat: Letters, gold: dict, minutes: Minutes) -> int:
    """Count predicted opinions that begin with or hold the first words of a gold reply."""
    firsts = {squeeze(one["reply_start"]) for one in gold["opinions"] if one.get("reply_start")}
    firsts |= {squeeze(one) for one in gold.get("replies", ())}
    return sum(
        any(first and first in squeeze(opinion.text) for first in firsts)
        for opinion in minutes.opinions
    )


def _header(gold: dict, minutes: Minutes) -> Score:
    right = wanted = given = 0
    for key, name in _HEADER.items():
        if key not in gold:
            continue
        told = getattr(minutes.meeting, name)
        if gold[key] in (None, ""):
            given += told not in (None, "")
            continue
        wanted, given = wanted + 1, given + (told not in (None, ""))
        right += _same_fact(gold[key], told)
    return Score(right, given, wanted)


def _same_fact(wanted: object, told: object) -> bool:
    if not isinstance(wanted, str) or not isinstance(told, str):
        return wanted == told
    words = set(_words(wanted))
    return len(words & set(_words(told))) >= 0.6 * len(words)
