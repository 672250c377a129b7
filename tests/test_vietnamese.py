"""Texts beyond labelled opinions: the project's documents, words, and names of places."""

from __future__ import annotations

import pytest

from pipeline.errors import DataError
from pipeline.topics.text import has_diacritics
from pipeline.training import vietnamese


def test_words_names_and_documents_are_all_there() -> None:
    *paragraphs, words, places = vietnamese.other_texts()
    assert len(paragraphs) > 1000
    assert ", giấy phép, " in words
    assert ", Phường Sa Pa, " in places
    assert all(map(has_diacritics, (words, places)))


def test_opinions_of_evaluation_are_not_among_them(real) -> None:
    learned = "\n".join(vietnamese.other_texts())
    assert not [text for text in real["text"] if text in learned]


def test_a_library_without_its_lists_is_named(monkeypatch) -> None:
    monkeypatch.setattr(vietnamese, "_WORDS", "corpus/data/missing.txt")
    with pytest.raises(DataError, match="underthesea .*missing.txt"):
        vietnamese.other_texts()
