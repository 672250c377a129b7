"""Files made to harm: bounded in time and memory, refused in a clear line, others go on."""

from __future__ import annotations

import socket
import time
import zlib
from dataclasses import replace

import pytest
import sample_files
from sample_files import docx_of, packed, paragraph, part, run

from pipeline.reading import Document, Unread, default_options
from pipeline.reading.documents import read_bytes

LIMITS = replace(default_options().limits, seconds=8, unpacked_megabytes=60, memory_megabytes=1500)
OPTIONS = replace(default_options(), limits=LIMITS, ocr="off")


def read(data: bytes, name: str) -> list[Document | Unread]:
    return list(read_bytes(data, name, OPTIONS))


BOMB = "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'>" + "".join(
    f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 10}'>" for n in range(9)
) + "]>"  # fmt: skip


def with_document(xml: str | bytes) -> bytes:
    return packed({"word/document.xml": xml if isinstance(xml, bytes) else xml.encode()})


def flat_bomb() -> bytes:
    return packed({"word/document.xml": b" " * 70_000_000})


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        pytest.param("a.docx", flat_bomb(), "nở ra 70 MB", id="zip bomb"),
        pytest.param("a.zip", packed({"a.txt": b"0" * 70_000_000}), "nở ra", id="bomb in a zip"),
        pytest.param(
            "a.docx",
            with_document(BOMB + part("document", f"<w:body>{paragraph(run('x'))}</w:body>")),
            "khai báo lạ",
            id="entity bomb",
        ),
        pytest.param(
            "a.docx",
            with_document("<!DOCTYPE x SYSTEM 'file:///etc/passwd'><x/>"),
            "khai báo lạ",
            id="external entity",
        ),
        pytest.param("a.docx", docx_of("<w:tbl><w:tr><w:tc>" * 3000), "hỏng", id="unclosed tables"),
        pytest.param(
            "a.docx",
            docx_of("<w:tbl><w:tr><w:tc>" * 400 + "</w:tc></w:tr></w:tbl>" * 400),
            "hỏng",
            id="400 tables inside each other",
        ),
        pytest.param(
            "a.pdf",
            b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
            b"2 0 obj<</Type/Pages/Kids[2 0 R]/Count 9>>endobj\ntrailer<</Root 1 0 R>>",
            "",
            id="pages that hold themselves",
        ),
    ],
)
def test_read_documents_refuses_a_hostile_file(name, data, message):
    [unread] = read(data, name)
    assert isinstance(unread, Unread)
    assert message in unread.error


def test_read_documents_reads_tables_nested_as_deep_as_people_nest_them():
    inner = paragraph(run("đáy"))
    for _ in range(20):
        inner = f"<w:tbl><w:tr><w:tc>{inner}</w:tc></w:tr></w:tbl>"
    [document] = read(docx_of(inner), "a.docx")
    assert [each.text for each in document.paragraphs] == ["đáy"]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        pytest.param("a.html", b"<div>" * 20_000 + b"x", id="deep html"),
        pytest.param("a.html", b"<table><tr><td>" * 5_000 + b"x", id="deep html tables"),
        pytest.param("a.html", BOMB.encode() + b"<p>&j;</p>x", id="entities in html"),
        pytest.param("a.html", b"<td colspan=999999 rowspan=999999>x" * 200, id="huge spans"),
        pytest.param("a.csv", b'"' * 100_000 + b"\nx;y\n", id="quotes"),
        pytest.param("a.csv", b"a" * 3_000_000 + b",b\n1,2\n", id="one huge cell"),
        pytest.param("a.txt", b"x " * 3_000_000, id="one huge line"),
        pytest.param("a.eml", b"Content-Type: message/rfc822\n\n" * 3000 + b"x", id="deep mail"),
        pytest.param("a.txt", ("a" + "\u0301" * 100_000).encode(), id="marks without end"),
    ],
)
def test_read_documents_is_done_in_bounded_time(name, data):
    start = time.monotonic()
    found = read(data, name)
    assert time.monotonic() - start < 60  # bounded, on a machine however busy
    assert found


def sparse_workbook() -> bytes:
    import io

    import xlsxwriter

    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "a")
        sheet.write(1_048_575, 16_383, "z")
    return stream.getvalue()


def swollen_pdf() -> bytes:
    stream = zlib.compress(b"0 0 m " * 30_000_000, 9)
    head = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>endobj\n"
    )
    length = str(len(stream)).encode()
    return (
        head + b"4 0 obj<</Filter/FlateDecode/Length " + length + b">>stream\n" + stream
        + b"\nendstream endobj\ntrailer<</Root 1 0 R>>"
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "make"),
    [
        pytest.param("a.xlsx", sparse_workbook, id="two cells at opposite corners"),
        pytest.param("a.pdf", swollen_pdf, id="a page of 180 MB"),
    ],
)
def test_read_documents_ends_what_eats_time_or_memory_and_goes_on(name, make):
    start = time.monotonic()
    [unread] = read(make(), name)
    assert isinstance(unread, Unread)
    assert time.monotonic() - start < 25
    [document] = read(sample_files.docx(), "b.docx")
    assert len(document.paragraphs) == len(sample_files.PARAGRAPHS)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        pytest.param(
            "a.html",
            b"<link rel=stylesheet href=http://x.test/a><img src=//x.test/b>ch\xe1\xbb\xaf",
            id="html",
        ),
        pytest.param(
            "a.docx",
            docx_of(
                paragraph(run("chữ")),
                _rels="<Relationships><Relationship Target='http://x.test' TargetMode='External'/></Relationships>",
            ),
            id="docx",
        ),
        pytest.param(
            "a.html", b"<!DOCTYPE html SYSTEM 'http://x.test/a.dtd'><p>ch\xe1\xbb\xaf", id="dtd"
        ),
    ],
)
def test_read_documents_opens_no_connection(name, data, monkeypatch):
    def refuse(*args: object, **kwargs: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    [document] = read_bytes(data, name, replace(OPTIONS, isolated=False))
    assert document.paragraphs[0].text == "chữ"
