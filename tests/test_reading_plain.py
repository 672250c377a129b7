"""Plain text: encodings, wrapped lines, and positions that lead back to the file."""

from __future__ import annotations

import textwrap
import unicodedata

import pytest
import sample_files
from hypothesis import given
from hypothesis import strategies as st
from test_reading_legacy import encoded

from pipeline.reading.options import default_options
from pipeline.reading.plain import decode, plain_paragraphs, raw_position, read_plain
from pipeline.reading.refusal import Refused

TEXTS = list(sample_files.PARAGRAPHS)
WHOLE = "\n".join(TEXTS)


def texts(data: bytes) -> list[str]:
    return [paragraph.text for paragraph in read_plain(data, default_options()).paragraphs]


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(WHOLE.encode(), id="utf-8"),
        pytest.param(WHOLE.encode("utf-8-sig"), id="utf-8 with mark"),
        pytest.param(WHOLE.encode("utf-16"), id="utf-16"),
        pytest.param(WHOLE.encode("utf-16-le"), id="utf-16 without mark"),
        pytest.param(WHOLE.encode("utf-16-be"), id="utf-16 big endian without mark"),
        pytest.param(WHOLE.replace("\n", "\r\n").encode(), id="windows lines"),
        pytest.param(unicodedata.normalize("NFD", WHOLE).encode(), id="nfd"),
    ],
)
def test_read_plain_gives_the_same_paragraphs_in_every_unicode_form(data):
    assert texts(data) == TEXTS


def windows_1258(text: str) -> bytes:
    """Return text as Windows stores it: some marks as letters of their own."""
    out = b""
    for letter in unicodedata.normalize("NFC", text):
        try:
            out += letter.encode("cp1258")
        except UnicodeEncodeError:
            parts = unicodedata.normalize("NFD", letter)
            base, tone = unicodedata.normalize("NFC", parts[:-1]), parts[-1]
            if unicodedata.combining(parts[1]) == 220 and len(parts) > 2:
                base, tone = unicodedata.normalize("NFC", parts[0] + parts[2]), parts[1]
            out += (base + tone).encode("cp1258")
    return out


@pytest.mark.parametrize(
    ("data", "lower"),
    [
        pytest.param(windows_1258(WHOLE), False, id="windows-1258"),
        pytest.param(encoded(WHOLE.lower(), "tcvn3").encode("latin-1"), True, id="tcvn3"),
        pytest.param(encoded(WHOLE.lower(), "vni").encode("latin-1"), True, id="vni"),
    ],
)
def test_read_plain_finds_one_byte_encodings_by_their_syllables(data, lower):
    assert texts(data) == [text.lower() if lower else text for text in TEXTS]


def test_read_plain_notes_a_legacy_encoding():
    content = read_plain(encoded(WHOLE.lower(), "tcvn3").encode("utf-8"), default_options())
    assert content.paragraphs[2].text == TEXTS[2].lower()
    assert "TCVN3" in content.notes[0]


def test_decode_refuses_binary_data():
    with pytest.raises(Refused, match="nhị phân"):
        decode(bytes(range(32)) * 50)


@pytest.mark.parametrize("width", [60, 72, 80])
def test_plain_paragraphs_joins_lines_that_were_wrapped_by_hand(width):
    wrapped = "\n".join(textwrap.fill(text, width) for text in TEXTS)
    found = [paragraph.text for paragraph in plain_paragraphs(wrapped).paragraphs]
    assert found[2:] == TEXTS[2:]


def test_plain_paragraphs_keeps_the_lines_of_a_list_apart_when_text_is_wrapped():
    item = "- Đề nghị xã xem xét hỗ trợ giống ngô cho các hộ bị lũ cuốn mất nương trong tháng tám"
    wrapped = "\n".join(textwrap.fill(f"{item} thứ {n} và tiếp.", 70) for n in range(6))
    assert len(plain_paragraphs(wrapped).paragraphs) == 6


def test_raw_offsets_lead_to_the_text_when_lines_are_not_wrapped():
    content = plain_paragraphs("\n\n".join(f"   {text}  " for text in TEXTS))
    raw = "\n\n".join(f"   {text}  " for text in TEXTS)
    for paragraph, offset in zip(content.paragraphs, content.raw_offsets, strict=True):
        assert raw[offset : offset + len(paragraph.text)] == paragraph.text


@given(
    st.lists(st.sampled_from(["đề", "nghị", "xã", "sửa", "đường"]), min_size=1, max_size=30),
    st.data(),
)
def test_raw_position_finds_every_character(words, data):
    spaces = [data.draw(st.sampled_from([" ", "  ", "\n", "\n  "])) for _ in words]
    raw = "".join(word + space for word, space in zip(words, spaces, strict=True))
    text = " ".join(words)
    position = data.draw(st.integers(0, len(text) - 1).filter(lambda at: text[at] != " "))
    assert raw[raw_position(raw, 0, position)] == text[position]


def test_table_copied_out_of_an_office_program_becomes_cells() -> None:
    text = "Kính gửi:\tPhòng A\tPhòng B\nSTT\tHọ tên\tNội dung\n1\tÔng A\tSửa đường\n\tBà B\tCấp sổ\nHết\n"
    found = read_plain(text.encode(), default_options())
    cells = [(p.place.row, p.place.column, p.text) for p in found.paragraphs if p.part == "cell"]
    assert cells[3:] == [
        (2, 1, "STT"), (2, 2, "Họ tên"), (2, 3, "Nội dung"),
        (3, 1, "1"), (3, 2, "Ông A"), (3, 3, "Sửa đường"),
        (4, 2, "Bà B"), (4, 3, "Cấp sổ"),
    ]  # fmt: skip
    starts = {p.text: found.raw_offsets[p.number - 1] for p in found.paragraphs}
    assert all(text[at:].startswith(words) for words, at in starts.items())


def test_a_letterhead_with_tabs_is_no_table() -> None:
    found = read_plain(
        "UBND XÃ\t\tCỘNG HÒA\nSố: 1\t\tĐộc lập\nNội dung\n".encode(), default_options()
    )
    assert {p.part for p in found.paragraphs} == {"body"}
