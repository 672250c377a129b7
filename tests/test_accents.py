"""Text without diacritics gets them back; other text is left alone."""

from __future__ import annotations

import pickle

import pytest

from pipeline.topics.accents import AccentRestorer

TEXTS = ["đề nghị cấp sổ đỏ cho các hộ", "đề nghị sửa đường vào thôn", "cấp sổ đỏ đã lâu chưa xong"]


@pytest.fixture(scope="module")
def restorer() -> AccentRestorer:
    return AccentRestorer().fit(TEXTS)


def test_restore_gives_the_likeliest_spelling(restorer) -> None:
    assert restorer.restore("De nghi: cap so do!") == "Đề nghị: cấp sổ đỏ!"


@pytest.mark.parametrize("text", ["", "  ", "Đề nghị sửa đường", "đe nghị"])
def test_text_that_has_marks_or_nothing_is_unchanged(restorer, text) -> None:
    assert restorer.restore(text) == text


def test_unknown_syllables_stay_as_they_are(restorer) -> None:
    assert restorer.restore("xyzzy so do").startswith("xyzzy ")


def test_saved_and_loaded_restorer_says_the_same(restorer) -> None:
    loaded = pickle.loads(pickle.dumps(restorer))
    again = pickle.loads(pickle.dumps(loaded))
    assert loaded.restore("sua duong vao thon") == again.restore("sua duong vao thon")
    assert loaded.restore("sua duong vao thon") == "sửa đường vào thôn"


def test_evidence_of_unmarked_text_keeps_its_spelling(tagger) -> None:
    text = "De nghi cap giay chung nhan quyen su dung dat cho 43 ho"
    assert all(word in text for word in tagger.tag([text])[0].evidence)


def test_numbers_and_punctuation_stay_where_they_are(restorer) -> None:
    assert restorer.restore("12 ho: cap so do, 2024...") == "12 hộ: cấp sổ đỏ, 2024..."


def test_punctuation_parts_what_stands_on_its_sides() -> None:
    texts = ["xin cấp sổ, đo lại đất", "xin cấp sổ, đo lại đất", "cấp sổ đỏ", "màu đỏ"]
    assert AccentRestorer().fit(texts).restore("cap so, do lai") == "cấp sổ, đo lại"
