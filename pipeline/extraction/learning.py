"""Trains the unit tagger on documents with gold marks, and tries it on folders left out."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import DataError
from pipeline.extraction.evaluation import ExtractionEvaluation, measure
from pipeline.extraction.gold import GoldDocument, read_gold
from pipeline.extraction.lines import read_lines
from pipeline.extraction.matching import Letters, squeeze
from pipeline.extraction.tables import lay_out
from pipeline.extraction.unit_tagger import (
    MANIFEST_FILE,
    MODEL_FILE,
    SecondReadingSettings,
    UnitTagger,
    tags_of,
)
from pipeline.extraction.unit_traits import traits_of
from pipeline.extraction.units import read_units
from pipeline.outputs import whole_file
from pipeline.reading.document import Document, Paragraph
from pipeline.resources import data_dir

if TYPE_CHECKING:
    from underthesea_core import CRFModel

_REMEDY = "Kiểm tra quyền ghi và dung lượng ổ đĩa, rồi chạy lại ykien train-extraction."


@dataclass(frozen=True)
class MarkedDocument:
    """Traits and gold tags of the units of one document; `opinions` counts its marks."""

    traits: list[list[str]]
    tags: list[str]
    opinions: int


def marked(document: Document, gold: dict) -> MarkedDocument:
    """Return a document as the tagger learns it.

    A unit belongs to the gold opinion that holds most of its letters.

    Parameters
    ----------
    document
        As reading gives it.
    gold
        Its marks (docs/extraction.md, "Gold marks").
    """
    items = lay_out(document.paragraphs)
    units = read_units(items, read_lines([one for one in items if isinstance(one, Paragraph)]))
    flat = Letters(document)
    owners = {
        place: number for number, mark in enumerate(gold["opinions"]) for place in flat.find(mark)
    }
    numbers = []
    for unit in units:
        start, text = flat.starts[unit.paragraph]
        begin = start + len(squeeze(text[: unit.piece.start]))
        places = range(begin, begin + len(squeeze(unit.text)))
        owner = Counter(owners.get(place, -1) for place in places).most_common(1)
        numbers.append(owner[0][0] if owner else -1)
    return MarkedDocument(traits_of(units), tags_of(numbers), len(gold["opinions"]))


def folders() -> list[Path]:
    """Return the folders whose documents the delivered tagger learned from."""
    marked_dir = data_dir() / "marked"
    return [*sorted(path for path in marked_dir.iterdir() if path.is_dir()), data_dir() / "minutes"]


def gather(
    chosen: Sequence[Path], *, warn: Callable[[str], None] = lambda message: None
) -> dict[Path, list[tuple[GoldDocument, MarkedDocument]]]:
    """Return the documents of every folder with what the tagger learns from them.

    Parameters
    ----------
    chosen
        Folders of documents with marks.
    warn
        Told of every document that cannot be read; the others are gathered.

    Raises
    ------
    ReadError
        A folder holds no document with marks.
    """
    gathered: dict[Path, list[tuple[GoldDocument, MarkedDocument]]] = {}
    for folder in chosen:
        ones = gathered.setdefault(folder, [])
        for gold in read_gold(folder):
            if gold.document is None:
                warn(f"{gold.path}: left out, it cannot be read. {' '.join(gold.notes)}")
            else:
                ones.append((gold, marked(gold.document, gold.marks)))
    return gathered


def left_out(
    gathered: Mapping[Path, Sequence[tuple[GoldDocument, MarkedDocument]]],
    settings: SecondReadingSettings,
) -> Iterator[tuple[Path, ExtractionEvaluation, ExtractionEvaluation]]:
    """Yield each folder with its figures by the rules alone, and with a tagger that never saw it.

    One writer's layouts resemble each other, so documents left out singly
    would flatter; a folder holds what one writer wrote.
    """
    for folder, documents in gathered.items():
        others = [
            learned for other, ones in gathered.items() if other != folder for _, learned in ones
        ]
        tagger = as_tagger(fit(others, settings), settings)
        yield (
            folder,
            ExtractionEvaluation(tuple(measure(gold) for gold, _ in documents)),
            ExtractionEvaluation(tuple(measure(gold, tagger) for gold, _ in documents)),
        )


def fit(documents: Sequence[MarkedDocument], settings: SecondReadingSettings) -> CRFModel:
    """Return the conditional random field learned from marked documents.

    Raises
    ------
    DataError
        No document holds an opinion.
    """
    from underthesea_core import CRFTrainer

    if not any(document.opinions for document in documents):
        raise DataError("No document with gold marks holds an opinion; there is nothing to learn.")
    counts = Counter(trait for one in documents for traits in one.traits for trait in traits)
    given = [
        [
            [trait for trait in traits if counts[trait] >= settings.seen_at_least]
            for traits in one.traits
        ]
        for one in documents
    ]
    trainer = CRFTrainer(
        loss_function="lbfgs",
        l1_penalty=0.0,
        l2_penalty=settings.l2,
        max_iterations=int(settings.rounds),
        verbose=0,
    )
    return trainer.train(given, [one.tags for one in documents])


def as_tagger(model: CRFModel, settings: SecondReadingSettings) -> UnitTagger:
    """Return a field that was just learned, ready to read."""
    from underthesea_core import CRFTagger

    return UnitTagger(CRFTagger.from_model(model), settings)


def save(model: CRFModel, documents: Sequence[MarkedDocument], folder: Path) -> Path:
    """Write the field and its manifest whole into a folder; return the field's path.

    Raises
    ------
    OutputError
        One of them cannot be written; until both are, the tagger is not opened.
    """
    path, manifest = folder / MODEL_FILE, folder / MANIFEST_FILE
    with whole_file(path, remedy=_REMEDY) as half:
        model.save(str(half))
        digest = hashlib.sha256(half.read_bytes()).hexdigest()
    facts = {
        "sha256": digest,
        "trained": date.today().isoformat(),
        "documents": len(documents),
        "opinions": sum(one.opinions for one in documents),
        "units": sum(len(one.tags) for one in documents),
    }
    with whole_file(manifest, remedy=_REMEDY) as half:
        half.write_text(json.dumps(facts, indent=2) + "\n", encoding="utf-8")
    return path
