"""Extraction as measured on documents with gold marks, and safety on odd input."""

from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import ReadError
from pipeline.extraction import (
    ExtractionEvaluation,
    evaluate_extraction,
    extract_minutes,
    load_tagger,
)
from pipeline.extraction.dates import number_of_words
from pipeline.extraction.lines import Piece
from pipeline.extraction.matching import squeeze
from pipeline.reading.document import Document, Paragraph
from pipeline.resources import data_dir


@lru_cache(maxsize=4)
def measured(folder: Path, *, rules_only: bool = False) -> ExtractionEvaluation:
    return evaluate_extraction(folder, tagger=None if rules_only else load_tagger())


FOLDERS = [data_dir() / "minutes", data_dir() / "evaluation" / "minutes"]


@pytest.mark.parametrize("folder", FOLDERS, ids=["own", "evaluation"])
def test_rules_alone_find_what_they_were_made_for(folder):
    result = measured(folder, rules_only=True)
    assert min(result.total("opinions").precision, result.total("opinions").recall) >= 0.95
    assert result.total("speakers").recall >= 0.95
    assert result.replies_as_opinions < 0.02


@pytest.mark.parametrize("folder", FOLDERS, ids=["own", "evaluation"])
def test_second_reading_leaves_them_right(folder):
    result = measured(folder)
    assert min(result.total("opinions").precision, result.total("opinions").recall) >= 0.92
    assert result.total("speakers").recall >= 0.95
    assert result.replies_as_opinions < 0.02


def test_documents_that_nobody_tuned_on_are_read_as_the_aim_says():
    result = measured(data_dir() / "evaluation" / "unseen_minutes")
    assert result.total("opinions").precision >= 0.90
    assert result.total("opinions").recall >= 0.90
    assert result.total("speakers").recall >= 0.90
    assert result.replies_as_opinions < 0.02


def test_second_reading_finds_what_rules_miss_in_prose():
    unseen = data_dir() / "evaluation" / "unseen_minutes"
    rules, both = measured(unseen, rules_only=True), measured(unseen)
    assert both.total("opinions").f1 > rules.total("opinions").f1


def test_no_document_that_is_measured_on_was_learned_from():
    def stretches(path: Path) -> set[str]:
        words = squeeze(path.read_text(encoding="utf-8"))
        return {words[at : at + 120] for at in range(max(1, len(words) - 120))}

    measured_on = {
        path: stretches(path)
        for folder in ("minutes", "unseen_minutes")
        for path in (data_dir() / "evaluation" / folder).glob("*.txt")
    }
    for path in (data_dir() / "marked").rglob("*.txt"):
        words = squeeze(path.read_text(encoding="utf-8"))
        runs = {words[at : at + 120] for at in range(0, len(words) - 120, 20)}
        assert not [other.name for other, found in measured_on.items() if found & runs], path


def test_sample_minutes_are_many_and_of_every_format():
    result = measured(data_dir() / "minutes")
    assert len(result.documents) >= 24
    assert {Path(one.name).suffix for one in result.documents} >= {
        ".docx", ".pdf", ".xlsx", ".csv", ".html", ".txt",
    }  # fmt: skip
    assert not any(one.notes for one in result.documents)


def test_evaluate_extraction_refuses_folder_without_gold(tmp_path):
    with pytest.raises(ReadError, match=r"no file \*\.json"):
        evaluate_extraction(tmp_path)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.text(alphabet="Ông Bà(1)2.:;-–“”|ÝđềnghịTrảlời\t\u00ad", max_size=80), max_size=12)
)
def test_extract_minutes_balances_and_stays_verbatim_on_any_text(texts):
    paragraphs = tuple(Paragraph(n, text) for n, text in enumerate(texts, 1))
    for tagger in (None, load_tagger()):
        minutes = extract_minutes(Document("x.txt", "txt", paragraphs, "0" * 64), tagger)
        assert [entry.paragraph for entry in minutes.ledger] == [one.number for one in paragraphs]
        for opinion in minutes.opinions:
            cut = [texts[span.paragraph - 1][span.start : span.end] for span in opinion.spans]
            assert opinion.text == " ".join(cut)


def test_piece_cut_counts_from_its_paragraph():
    assert Piece(3, 10, 20, "  sửa cầu ").cut(0) == Piece(3, 12, 19, "sửa cầu")


@pytest.mark.parametrize(("words", "number"), [("mùng", None), ("hai mươi lăm", 25), ("ba", 3)])
def test_number_of_words_reads_days(words, number):
    assert number_of_words(words) == number
