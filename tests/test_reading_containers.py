"""Zip files and mails: each member by itself, and no way out of the archive."""

from __future__ import annotations

from dataclasses import replace

import pytest
import sample_files

from pipeline.reading import Document, Unread, default_options
from pipeline.reading.documents import read_bytes

OPTIONS = default_options()


def sources(data: bytes, name: str = "a.zip") -> dict[str, str]:
    return {each.source: type(each).__name__ for each in read_bytes(data, name, OPTIONS)}


def test_read_zip_gives_every_member_and_reports_the_bad_ones():
    data = sample_files.packed(
        {"b.docx": sample_files.docx(), "hỏng.pdf": b"%PDF-1", "c.exe": b"MZ", ".d.txt": b"x"}
    )
    assert sources(data) == {
        "a.zip!b.docx": "Document", "a.zip!c.exe": "Unread", "a.zip!hỏng.pdf": "Unread",
    }  # fmt: skip


@pytest.mark.parametrize("name", ["../../b.txt", "/b.txt", "c:\\..\\b.txt", "..\\b.txt", "./b.txt"])
def test_read_zip_makes_paths_that_lead_outside_harmless(name):
    assert sources(sample_files.packed({name: sample_files.txt()})) == {"a.zip!b.txt": "Document"}


def test_read_zip_opens_one_zip_inside_another_and_no_more():
    inner = sample_files.packed({"c.txt": sample_files.txt()})
    middle = sample_files.packed({"b.zip": inner})
    assert sources(middle) == {"a.zip!b.zip!c.txt": "Document"}
    assert sources(sample_files.packed({"m.zip": middle})) == {"a.zip!m.zip!b.zip": "Unread"}


def test_read_zip_names_what_is_left_when_there_are_too_many_members():
    data = sample_files.packed({f"{n}.txt": b"a b" for n in range(5)})
    few = replace(OPTIONS, limits=replace(OPTIONS.limits, members=3))
    found = list(read_bytes(data, "a.zip", few))
    assert [type(each) for each in found] == [Document] * 3 + [Unread]
    assert "2 tệp chưa đọc" in found[-1].error


def test_read_mail_gives_the_body_and_the_attachments():
    data = sample_files.eml(sample_files.PARAGRAPHS[:2], docx=sample_files.docx(), exe=b"MZ")
    assert sources(data, "a.eml") == {
        "a.eml": "Document", "a.eml!tệp.docx": "Document", "a.eml!tệp.exe": "Unread",
    }  # fmt: skip


def test_read_mail_keeps_subject_and_sender_as_header():
    [mail] = read_bytes(sample_files.eml(), "a.eml", OPTIONS)
    heads = [each.text for each in mail.paragraphs if each.part == "header"]
    assert heads == ["Tiêu đề: Biên bản hội nghị", "Người gửi: van-phong@example.org"]
