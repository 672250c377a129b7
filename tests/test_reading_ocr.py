"""Scans: read by Tesseract where it is installed, named clearly where it is not."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
import sample_files
from rapidfuzz.distance import Levenshtein

from pipeline.reading import default_options
from pipeline.reading.documents import read_bytes
from pipeline.reading.ocr_words import page_of
from pipeline.reading.programs import find_program

OPTIONS = default_options()
needs_tesseract = pytest.mark.skipif(not find_program("tesseract"), reason="needs Tesseract")


@needs_tesseract
def test_read_image_gets_97_of_100_letters_of_a_clean_page_right():
    [document] = read_bytes(sample_files.picture(), "a.png", OPTIONS)
    read = " ".join(each.text for each in document.paragraphs if each.part == "body")
    meant = " ".join(sample_files.PARAGRAPHS)
    assert Levenshtein.distance(read, meant) <= 0.03 * len(meant)
    assert document.paragraphs[-1].confidence > 0.9


@needs_tesseract
def test_read_pdf_reads_a_scan_and_keeps_its_paragraphs():
    [document] = read_bytes(sample_files.picture(format="PDF"), "a.pdf", OPTIONS)
    body = [each for each in document.paragraphs if each.part == "body"]
    assert len(body) == len(sample_files.PARAGRAPHS)
    assert {each.place.page for each in body} == {1}


@needs_tesseract
def test_read_image_turns_a_page_that_lies_on_its_side():
    from PIL import Image

    stream = io.BytesIO()
    Image.open(io.BytesIO(sample_files.picture())).rotate(90, expand=True).save(stream, "PNG")
    [document] = read_bytes(stream.getvalue(), "a.png", OPTIONS)
    assert "BIÊN BẢN" in [each.text for each in document.paragraphs]


@needs_tesseract
def test_read_image_says_so_when_a_page_is_read_badly():
    strict = replace(OPTIONS, scan=replace(OPTIONS.scan, page_confidence=1.01))
    [document] = read_bytes(sample_files.picture(), "a.png", strict)
    assert any("OCR chỉ đọc rõ" in note for note in document.notes)


@pytest.mark.parametrize("format", ["PNG", "PDF"])
def test_read_documents_names_tesseract_when_it_is_missing(format, monkeypatch):
    monkeypatch.setattr("pipeline.reading.ocr.find_program", lambda name: "")
    here = replace(OPTIONS, isolated=False)
    [unread] = read_bytes(sample_files.picture(format=format), f"a.{format.lower()}", here)
    assert "Tesseract" in unread.error
    assert "apt install tesseract-ocr" in unread.remedy


def test_read_documents_says_that_ocr_is_off():
    [unread] = read_bytes(sample_files.picture(), "a.png", replace(OPTIONS, ocr="off"))
    assert "OCR đang tắt" in unread.error


@needs_tesseract
def test_read_docx_reads_the_scans_pasted_into_a_document():
    import docx

    document, stream = docx.Document(), io.BytesIO()
    document.add_picture(io.BytesIO(sample_files.picture()))
    document.save(stream)
    [read] = read_bytes(stream.getvalue(), "a.docx", OPTIONS)
    assert "BIÊN BẢN" in [each.text for each in read.paragraphs]


def unreadable_pdf() -> bytes:
    """Return a PDF that looks right but lost the table from its codes to letters."""
    data = sample_files.pdf(sample_files.PARAGRAPHS[:4])
    return data.replace(b"/ToUnicode", b"/ToNothing")


@needs_tesseract
def test_read_pdf_falls_back_to_ocr_when_the_letters_make_no_words():
    [document] = read_bytes(unreadable_pdf(), "a.pdf", OPTIONS)
    assert "BIÊN BẢN" in [each.text for each in document.paragraphs]
    assert document.paragraphs[-1].confidence


def test_read_pdf_warns_when_the_letters_make_no_words_and_nothing_helps(monkeypatch):
    monkeypatch.setattr("pipeline.reading.ocr.find_program", lambda name: "")
    [document] = read_bytes(unreadable_pdf(), "a.pdf", replace(OPTIONS, isolated=False))
    assert any("lỗi phông" in note for note in document.notes)


TSV = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n"


def rows(*words: tuple[int, int, int, str, float]) -> str:
    """Return Tesseract's table for words given by block, left, top, text and confidence."""
    lines = ["1\t1\t0\t0\t0\t0\t0\t0\t2480\t3508\t-1\t"]
    lines += [
        f"5\t1\t{block}\t1\t{top}\t1\t{left}\t{top}\t{30 * len(text)}\t50\t{conf}\t{text}"
        for block, left, top, text, conf in words
    ]
    return TSV + "\n".join(lines)


def test_page_of_counts_well_read_words():
    page = page_of(
        rows((1, 0, 0, "xã", 95), (1, 200, 0, "Tả", 90), (1, 400, 0, "Phìm", 30)), 1, OPTIONS.scan
    )
    assert page.confidence == pytest.approx(2 / 3)
    assert [line.text for line in page.lines] == ["xã Tả Phìm"]


def test_page_of_makes_a_misread_bullet_one_again():
    page = page_of(rows((1, 0, 0, "se", 20), (1, 200, 0, "Đề", 90)), 1, OPTIONS.scan)
    assert page.lines[0].text == "• Đề"


@pytest.mark.parametrize("table", ["", TSV, "nonsense"])
def test_page_of_gives_an_empty_page_for_an_empty_table(table):
    assert page_of(table, 1, OPTIONS.scan).lines == ()
