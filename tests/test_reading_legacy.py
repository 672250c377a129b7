"""TCVN3 and VNI: converted where they surely are, untouched where they may not be."""

from __future__ import annotations

import csv
import shutil
import subprocess

import pytest
import sample_files

from pipeline.reading import legacy
from pipeline.reading.letters import is_syllable
from pipeline.resources import data_dir

TEXT = " ".join(sample_files.PARAGRAPHS)


def encoded(text: str, encoding: str) -> str:
    """Return text as an old program would have stored it (capitals with tones left out)."""
    with (data_dir() / "letters" / f"{encoding}.csv").open(encoding="utf-8") as file:
        rows = [(row["letter"], row["code"]) for row in csv.DictReader(file)]
    table = {letter: legacy._characters(code) for letter, code in reversed(rows)}
    return "".join(table.get(letter, letter) for letter in text)


@pytest.mark.skipif(not shutil.which("iconv"), reason="needs iconv")
def test_tcvn3_table_agrees_with_iconv():
    with (data_dir() / "letters" / "tcvn3.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    codes = b" ".join(bytes([int(row["code"][2:], 16)]) for row in rows)
    made = subprocess.run(["iconv", "-f", "TCVN", "-t", "UTF-8"], input=codes, capture_output=True)
    assert made.stdout.decode().split() == [row["letter"] for row in rows]
    assert len(rows) == 74


def test_vni_table_has_every_letter_once():
    with (data_dir() / "letters" / "vni.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    small = {row["letter"] for row in rows if row["letter"].islower()}
    assert len(small) == 67
    assert len({row["code"] for row in rows}) == len(rows)


@pytest.mark.parametrize("encoding", legacy.ENCODINGS)
def test_convert_undoes_the_encoding(encoding):
    assert legacy.convert(encoded(TEXT.lower(), encoding), encoding) == TEXT.lower()


@pytest.mark.parametrize("encoding", legacy.ENCODINGS)
def test_guess_finds_the_encoding_when_there_is_enough_text(encoding):
    assert legacy.guess(encoded(TEXT.lower(), encoding)) == encoding


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(TEXT, id="unicode"),
        pytest.param("Công ty ABC® giá 10€ – §5, ½ khối, 30°C", id="symbols"),
        pytest.param("®Ò nghÞ x·", id="too short to be sure"),
        pytest.param("Café Zürich naïve façade über Straße señor coração tôi à été", id="french"),
        pytest.param("", id="empty"),
    ],
)
def test_guess_is_silent_when_it_cannot_be_sure(text):
    assert legacy.guess(text) == ""


def test_unlegacy_leaves_a_unicode_paragraph_of_a_legacy_document_alone():
    assert legacy.unlegacy("liên thôn đã hỏng", "tcvn3") == "liên thôn đã hỏng"


@pytest.mark.parametrize(
    ("text", "font", "expected"),
    [
        pytest.param("®Þnh c\u00ad", ".VnTime", "định cư", id="soft hyphen is u-horn"),
        pytest.param("®¶ng uû", ".VnTimeH", "ĐẢNG UỶ", id="capitals font"),
        pytest.param("ñònh cö", "VNI-Times", "định cư", id="vni"),
        pytest.param(
            "liên thôn, đường", ".VnTime", "liên thôn, đường", id="unicode in an old font"
        ),
        pytest.param("Ủy ban nh©n d©n x·", ".VnTime", "Ủy ban nhân dân xã", id="one unicode word"),
        pytest.param("xã", "Times New Roman", "xã", id="other font"),
        pytest.param("®Þnh", "ABCDEF+.VnTime", "định", id="embedded in a pdf"),
    ],
)
def test_from_font_converts_by_the_name_of_the_font(text, font, expected):
    assert legacy.from_font(text, font) == expected


def test_converted_sample_is_made_of_syllables():
    words = legacy.convert(encoded("đề nghị sớm sửa đường", "vni"), "vni").split()
    assert all(map(is_syllable, words))
