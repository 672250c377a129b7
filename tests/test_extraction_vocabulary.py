"""Every list of words that extraction names stands in the office's files, and the other way round."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import pipeline.extraction
from pipeline.extraction.vocabulary import FILES, words
from pipeline.resources import data_dir
from pipeline.settings import read_toml

CODE = "\n".join(
    path.read_text(encoding="utf-8")
    for path in sorted(Path(pipeline.extraction.__file__).parent.glob("*.py"))
)
KEYS = {
    (file, key) for file in FILES for key in read_toml(data_dir() / "extraction" / f"{file}.toml")
}


@pytest.mark.parametrize(
    "name", sorted(set(re.findall(rf"""["']((?:{"|".join(FILES)})\.[a-z_]+)["']""", CODE)))
)
def test_every_list_that_is_named_is_there_in_small_letters(name) -> None:
    found = words(*name.split("."))
    assert found and all(word and word == word.lower() for word in found)


def test_no_list_stands_there_unread() -> None:
    unread = {
        f"{file}.{key}"
        for file, key in KEYS
        if not re.search(rf"""["'](?:{file}\.)?{key}["']""", CODE)
    }
    assert not unread
