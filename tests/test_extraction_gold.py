"""Extraction as measured on documents with gold marks, and safety on odd input."""

from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import ReadError
from pipeline.extraction import ExtractionEvaluation, evaluate_extraction, extract_minutes
from pipeline.extraction.dates import number_of_words
from pipeline.extraction.lines import Piece
from pipeline.reading.document import Document, Paragraph
from pipeline.resources import data_dir


@lru_cache(maxsize=3)
def measured(folder: Path) -> ExtractionEvaluation:
    return evaluate_extraction(folder)


FOLDERS = [data_dir() / "minutes", data_dir() / "evaluation" / "minutes"]


@pytest.mark.parametrize("folder", FOLDERS, ids=["own", "evaluation"])
def test_evaluate_extraction_reaches_its_aims(folder):
    result = measured(folder)
    assert min(result.total("opinions").precision, result.total("opinions").recall) >= 0.95
    assert result.total("speakers").recall >= 0.95
    assert result.replies_as_opinions < 0.02


def test_what_was_learned_from_many_layouts_is_kept():
    result = measured(data_dir() / "evaluation" / "layouts")
    assert result.total("opinions").precision >= 0.90
    assert result.total("opinions").recall >= 0.87
    assert result.total("speakers").recall >= 0.93
    assert result.replies_as_opinions < 0.02


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
    minutes = extract_minutes(Document("x.txt", "txt", paragraphs, "0" * 64))
    assert [entry.paragraph for entry in minutes.ledger] == [one.number for one in paragraphs]
    for opinion in minutes.opinions:
        cut = [texts[span.paragraph - 1][span.start : span.end] for span in opinion.spans]
        assert opinion.text == " ".join(cut)


def test_piece_cut_counts_from_its_paragraph():
    assert Piece(3, 10, 20, "  sửa cầu ").cut(0) == Piece(3, 12, 19, "sửa cầu")


@pytest.mark.parametrize(("words", "number"), [("mùng", None), ("hai mươi lăm", 25), ("ba", 3)])
def test_number_of_words_reads_days(words, number):
    assert number_of_words(words) == number
