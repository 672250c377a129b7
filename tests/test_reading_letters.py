"""Letters: one spelling for comparing, nothing changed for showing."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.reading.letters import clean, is_syllable, unify_tone_marks, vietnamese_share


@given(st.text())
def test_clean_is_stable_and_composed(text):
    once = clean(text)
    assert clean(once) == once
    assert once == unicodedata.normalize("NFC", once).strip()


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        pytest.param(unicodedata.normalize("NFD", "Đề nghị"), "Đề nghị", id="nfd"),
        pytest.param("đường\u200b liên\u00a0thôn\ufeff", "đường liên thôn", id="invisible"),
        pytest.param("a\u202eb\u00adc\x00d", "abcd", id="direction, soft hyphen, control"),
        pytest.param("hoà thuận", "hoà thuận", id="tone marks stay"),
    ],
)
def test_clean_returns_what_a_reader_sees(written, expected):
    assert clean(written) == expected


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("hoà", "hòa"), ("HOÀ", "HÒA"), ("khoẻ", "khỏe"), ("thuỷ", "thủy"), ("Uỷ ban", "Ủy ban"),
        ("tuỳ", "tùy"), ("loá", "lóa"),
    ],
)  # fmt: skip
def test_unify_tone_marks_moves_the_mark_when_the_syllable_is_open(old, new):
    assert unify_tone_marks(old) == new
    assert unify_tone_marks(new) == new


@pytest.mark.parametrize(
    "word", ["hoàn", "quý", "thuở", "suýt", "khuỷu", "toán", "quỳ", "xoài", "nguyễn", "huýt"]
)
def test_unify_tone_marks_leaves_other_syllables_alone(word):
    assert unify_tone_marks(word) == word


@pytest.mark.parametrize(
    "word",
    [
        "nghiêm",
        "quyết",
        "giếng",
        "gì",
        "Tả",
        "Phìn",
        "Séo",
        "Mý",
        "Tỷ",
        "Giàng",
        "Chớ",
        "khuya",
        "ngoằn",
        "ngoèo",
        "quốc",
        "yên",
        "Đảng",
    ],
)
def test_is_syllable_accepts_vietnamese_words(word):
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["NghiÖm", "®êng", "xyz", "nghịt̃", "cacs", "đườnx", "bâh"])
def test_is_syllable_refuses_noise(word):
    assert not is_syllable(word)


def test_vietnamese_share_counts_only_marked_words_when_asked():
    assert vietnamese_share("table đường xã", marked_only=True) == (1.0, 2)
    assert vietnamese_share("table đường xã")[1] == 3
