"""Two spellings of one text become equal."""

import unicodedata

import pytest

from pipeline.topics.text import fold, has_diacritics, looks_vietnamese, normalize, syllables
from pipeline.training.robustness import other_tone_placement


@pytest.mark.parametrize(
    ("old", "new"),
    [("hoà", "hòa"), ("thuỷ", "thủy"), ("khoẻ", "khỏe"), ("toà", "tòa"), ("qúy", "quý")],
)
def test_normalize_moves_the_tone_to_one_place(old: str, new: str) -> None:
    assert normalize(old) == normalize(unicodedata.normalize("NFD", old)) == new


@pytest.mark.parametrize("word", ["hoàn", "quý", "suýt", "khuỷu", "thuở", "toán", "quà", "giúp"])
def test_normalize_leaves_other_words_alone(word: str) -> None:
    assert normalize(word) == word


def test_normalize_drops_what_no_one_sees() -> None:
    assert normalize("đề\u200b nghị\u00ad \u00a0 xã") == "đề nghị xã"


def test_fold_handles_the_letter_that_does_not_decompose() -> None:
    assert fold("ĐƯỜNG Đất") == "duong dat"


def test_syllables_keep_numbers_and_letters() -> None:
    assert syllables("QL4D, km 9+200") == ["ql4d", "km", "9", "200"]


@pytest.mark.parametrize(
    ("text", "marked"), [("de nghi", False), ("đề nghị", True), ("TDP 2", False)]
)
def test_has_diacritics_tells_marked_text(text: str, marked: bool) -> None:
    assert has_diacritics(text) is marked


def test_looks_vietnamese_separates_languages() -> None:
    english = "please repair the bridge because children cannot cross the stream"
    assert looks_vietnamese(syllables(english)) < 0.5
    assert looks_vietnamese(syllables("de nghi sua cau de hoc sinh qua suoi")) > 0.9


def test_other_tone_placement_is_undone_by_normalize() -> None:
    text = "ủy ban xã hòa bình, thủy lợi"
    assert other_tone_placement(text) != text
    assert normalize(other_tone_placement(text)) == text
