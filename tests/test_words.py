"""Cutting gives underthesea's words, once for equal texts."""

from __future__ import annotations

from underthesea import word_tokenize

from pipeline.topics import words
from pipeline.topics.text import normalize
from pipeline.topics.words import cut, spelled_as_written


def test_cut_gives_exactly_the_tokens_of_underthesea(labelled, real) -> None:
    for text in [*labelled["text"][:300], *real["text"]]:
        assert list(cut(text).words) == word_tokenize(normalize(text).lower())


def test_cut_gives_every_syllable_its_word() -> None:
    chopped = cut("Đề nghị cấp giấy chứng nhận.")
    assert [chopped.words[owner] for owner in chopped.owners][:2] == ["đề nghị", "đề nghị"]
    assert len(chopped.syllables) == len(chopped.owners) == 6


def test_cut_of_an_empty_text_is_empty() -> None:
    assert cut("  \n ").words == ()


def test_cut_remembers_equal_texts(monkeypatch) -> None:
    cut("một câu chỉ cắt một lần thôi")
    monkeypatch.setattr(words, "_tokens", lambda text: 1 / 0)
    assert cut("một câu chỉ cắt một lần thôi").words


def test_memory_of_cut_texts_is_bounded(monkeypatch) -> None:
    monkeypatch.setattr(words, "_MOST_KNOWN", 3)
    for number in range(10):
        cut(f"ý kiến số {number}")
    assert len(words._KNOWN) <= 3


def test_words_come_back_with_their_capitals() -> None:
    text = "UBND xã Tả Phìn hoà giải"
    assert " ".join(spelled_as_written(text, cut(text))) == text
