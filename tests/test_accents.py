"""Text without diacritics gets them back; other text is left alone."""

from __future__ import annotations

import pickle
from concurrent.futures import ThreadPoolExecutor

import pytest

from pipeline.errors import DataError
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


def test_words_that_get_no_marks_keep_their_capitals(restorer) -> None:
    assert restorer.restore("VNeID cap so do") == "VNeID cấp sổ đỏ"


def test_letters_that_no_one_sees_do_not_hide_a_syllable(restorer) -> None:
    assert restorer.restore("de ng\u00adhi cap so do") == "đề nghị cấp sổ đỏ"


def test_dot_leaders_of_forms_take_no_time(restorer) -> None:
    text = "ho ten " + "." * 200_000 + "x"
    assert restorer.restore(text).endswith(".x")


def test_a_loaded_restorer_can_learn_anew(restorer) -> None:
    loaded = pickle.loads(pickle.dumps(restorer)).fit(["đo số ruộng"])
    assert loaded.restore("do so") == "đo số"
    assert pickle.loads(pickle.dumps(loaded)).restore("do so") == "đo số"


def test_threads_may_ask_a_loaded_restorer_at_once(restorer) -> None:
    loaded = pickle.loads(pickle.dumps(restorer))
    with ThreadPoolExecutor(8) as threads:
        answers = set(threads.map(loaded.restore, ["cap so do"] * 64))
    assert answers == {"cấp sổ đỏ"}


@pytest.mark.parametrize("texts", [[], ["abc"]])
def test_nothing_to_learn_from_is_said(texts) -> None:
    with pytest.raises(DataError, match="No text carries diacritics"):
        AccentRestorer().fit(texts)


@pytest.mark.parametrize("tokens", ["đề", "đề\nđề\nđề\nđề", "a b\nc", "", "s\u0316o"], ids=repr)
def test_tokens_that_do_not_fit_the_counts_are_refused(restorer, tokens) -> None:
    damaged = AccentRestorer.from_plain({**restorer.as_plain(), "tokens": tokens})
    for _ in range(2):
        with pytest.raises(ValueError, match="tokens"):
            damaged.restore("cap so")
