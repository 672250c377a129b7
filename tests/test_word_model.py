"""The tables of the word model give underthesea's words, and step back where they cannot."""

from __future__ import annotations

import pytest
from underthesea import word_tokenize

from pipeline.topics import words
from pipeline.topics.text import normalize
from pipeline.topics.word_model import UnknownModel, WordModel, read_weights

ODD = ["", "a", "đề nghị", "12,5 m2 ½ ①", "a-b c_d 😀", "https://sapa.vn/a?b=1 a@b.vn", "ß ǅ ª"]


@pytest.fixture(scope="module")
def tables():
    """The tables in force, whatever was cut before."""
    state = words._State()
    state.model = words._word_model()
    return state


def test_tables_give_exactly_the_words_of_underthesea(labelled, real, tables, monkeypatch) -> None:
    monkeypatch.setattr(words, "_state", tables)
    for text in [*labelled["text"][::3], *real["text"], *ODD]:
        assert list(words._cut(text).words) == word_tokenize(normalize(text).lower())


def test_tables_take_over_after_the_trials(labelled, monkeypatch) -> None:
    monkeypatch.setattr(words, "_state", words._State())
    monkeypatch.setattr(words, "TRIALS", 5)
    for text in labelled["text"][:6]:
        words._cut(text)
    assert words._state.model is not None and not words._state.trials


@pytest.mark.parametrize("fault", [UnknownModel("x"), OSError("gone"), ValueError("two files")])
def test_underthesea_goes_on_cutting_when_tables_fail(fault, labelled, monkeypatch) -> None:
    def broken() -> WordModel:
        raise fault

    monkeypatch.setattr(words, "_state", words._State())
    monkeypatch.setattr(words, "TRIALS", 1)
    monkeypatch.setattr(words, "_word_model", broken)
    text = labelled["text"][0]
    assert list(words._cut(text).words) == word_tokenize(normalize(text).lower())
    assert words._state.given_up


def test_tables_are_refused_when_one_trial_differs(labelled, monkeypatch) -> None:
    monkeypatch.setattr(words, "_state", words._State())
    monkeypatch.setattr(words, "TRIALS", 1)
    monkeypatch.setattr(WordModel, "goes_on", lambda self, tokens: [None] * len(tokens))
    words._cut(labelled["text"][0])
    assert words._state.model is None and words._state.given_up


@pytest.mark.parametrize("content", [b"", b"lCRF" + b"\0" * 60])
def test_weights_of_another_format_are_refused(content) -> None:
    with pytest.raises(UnknownModel):
        read_weights(content)
