"""The door of reading: the same content from every format, one clear line for every bad file."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
import sample_files

from pipeline.reading import (
    Document,
    Unread,
    default_options,
    find_files,
    read_documents,
)
from pipeline.reading.documents import read_bytes
from pipeline.reading.programs import find_program

OPTIONS = default_options()


def read(data: bytes, name: str, **choices: object) -> list[Document | Unread]:
    return list(read_bytes(data, name, replace(OPTIONS, **choices)))


@pytest.mark.parametrize("format", ["txt", "docx", "html", "pdf", "eml"])
def test_read_documents_gives_the_same_text_from_every_format(format):
    [document] = read(getattr(sample_files, format)(), f"a.{format}")
    assert document.format == format
    body = [each.text for each in document.paragraphs if each.part == "body"]
    assert body == list(sample_files.PARAGRAPHS)


@pytest.mark.parametrize("format", ["docx", "html", "pdf", "xlsx", "csv"])
def test_read_documents_gives_the_same_table_from_every_format(format):
    made = {"xlsx": sample_files.xlsx, "csv": sample_files.csv}.get(format)
    data = made() if made else getattr(sample_files, format)([], sample_files.TABLE)
    [document] = read(data, f"a.{format}")
    cells = [
        (each.place.column, each.heading, each.text)
        for each in document.paragraphs
        if each.part == "cell" and each.heading
    ]
    heads = sample_files.TABLE[0]
    assert cells == [
        (column, heads[column - 1], text)
        for row in sample_files.TABLE[1:]
        for column, text in enumerate(row, 1)
        if text
    ]


@pytest.mark.skipif(not find_program("soffice"), reason="needs LibreOffice")
def test_read_documents_reads_old_office_files_through_libreoffice():
    [document] = read(sample_files.rtf(), "a.doc")
    assert [each.text for each in document.paragraphs] == list(sample_files.PARAGRAPHS)


def test_read_documents_names_libreoffice_when_it_is_missing(monkeypatch):
    monkeypatch.setattr("pipeline.reading.programs.find_program", lambda name: "")
    [unread] = read(sample_files.rtf(), "a.doc")
    assert "LibreOffice" in unread.error and "apt install" in unread.remedy


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        pytest.param("a.xyz", b"abc", "Không đọc được loại tệp", id="unknown extension"),
        pytest.param("a", b"abc", "không có đuôi", id="no extension"),
        pytest.param("a.docx", b"", "Tệp trống", id="empty"),
        pytest.param("a.txt", b" \r\n\t ", "Tệp trống", id="white space"),
        pytest.param("a.docx", b"PK\x03\x04 rubbish", "hỏng", id="broken docx"),
        pytest.param("a.docx", sample_files.docx()[:3000], "hỏng", id="half a docx"),
        pytest.param("a.pdf", b"%PDF-1.4 rubbish", "hỏng", id="broken pdf"),
        pytest.param("a.xlsx", b"PK\x03\x04 rubbish", "hỏng", id="broken xlsx"),
        pytest.param("a.zip", b"PK\x05\x06" + bytes(18), "không có tệp nào", id="empty zip"),
        pytest.param("a.txt", bytes(range(32)) * 9, "nhị phân", id="binary txt"),
        pytest.param("a.pdf", sample_files.pdf(password="bimat"), "mật khẩu", id="locked pdf"),
        pytest.param(
            "a.docx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "mật khẩu",
            id="locked docx",
        ),
        pytest.param("a.docx", sample_files.docx([""]), "không có chữ", id="no text"),
        pytest.param("a.png", b"\x89PNG rubbish", "Ảnh bị hỏng", id="broken picture"),
        pytest.param("a.html", b"<html></html>", "không có chữ", id="empty page"),
    ],
)
def test_read_documents_says_what_is_wrong_in_one_line(name, data, message):
    [unread] = read(data, name)
    assert isinstance(unread, Unread)
    assert message in unread.error
    assert unread.remedy and "\n" not in unread.error + unread.remedy


@pytest.mark.parametrize(
    ("name", "data"),
    [
        pytest.param("a.xls", sample_files.html([], sample_files.TABLE), id="html as xls"),
        pytest.param("a.doc", sample_files.html(), id="html as doc"),
        pytest.param("a.doc", sample_files.docx(), id="docx as doc"),
        pytest.param("a.docx", sample_files.pdf(), id="pdf as docx"),
        pytest.param("a.xls", sample_files.csv(), id="csv as xls"),
        pytest.param("a.csv", sample_files.xlsx(), id="xlsx as csv"),
    ],
)
def test_read_documents_believes_the_content_before_the_name(name, data):
    [document] = read(data, name)
    assert len(document.paragraphs) >= 6


def test_read_documents_reports_a_missing_file_and_a_folder(tmp_path):
    [missing] = read_documents(tmp_path / "không có.docx")
    [folder] = read_documents(tmp_path)
    assert "Không tìm thấy" in missing.error
    assert "Không phải là tệp" in folder.error


def test_read_documents_refuses_a_file_over_the_limit(tmp_path):
    file = tmp_path / "lớn.txt"
    file.write_bytes(b"a" * 3_000_000)
    small = replace(OPTIONS, limits=replace(OPTIONS.limits, file_megabytes=1))
    [unread] = read_documents(file, options=small)
    assert "Tệp lớn 3 MB" in unread.error


def test_read_documents_keeps_the_name_as_given(tmp_path):
    file = tmp_path / "biên bản số 1.txt"
    file.write_bytes(sample_files.txt())
    [document] = read_documents(file, source="./biên bản số 1.txt")
    assert document.source == "./biên bản số 1.txt"
    assert len(document.fingerprint) == 64


def test_find_files_walks_folders_in_order_and_skips_what_is_hidden(tmp_path):
    for name in ("b.docx", "a.pdf", "~$b.docx", ".c.txt", "d.exe", ".git/e.txt", "f/g.TXT"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    found = find_files([tmp_path, tmp_path / "d.exe", tmp_path / "a.pdf"])
    names = [path.relative_to(tmp_path).as_posix() for path, _ in found]
    assert names == ["a.pdf", "b.docx", "f/g.TXT", "d.exe"]
    assert [source for _, source in found] == [path.as_posix() for path, _ in found]


def test_find_files_gives_names_as_on_the_command_line(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("thư mục").mkdir()
    shutil.copy(__file__, "thư mục/a.txt")
    assert find_files([Path("thư mục")]) == [(Path("thư mục/a.txt"), "thư mục/a.txt")]
