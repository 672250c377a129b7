"""Cuts an opinion into words; the only module that touches underthesea."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.topics.text import normalize, syllables, written_syllables


@dataclass(frozen=True, slots=True)
class CutText:
    """An opinion cut into words.

    `words` are in small letters; `syllables` are their letters and digits in
    order, and `owners[i]` is the index of the word that syllable `i` belongs to.
    """

    words: tuple[str, ...]
    syllables: tuple[str, ...]
    owners: tuple[int, ...]


_KNOWN: dict[str, CutText] = {}
_MOST_KNOWN = 50_000


def cut(text: str) -> CutText:
    """Return `text` cut into words by underthesea.

    The text is lowered first: a sentence in capitals would otherwise become
    one long name. Equal texts are cut once (the cache is bounded), which
    matters for lists where one petition is signed by many.

    Parameters
    ----------
    text
        One opinion in any spelling of Unicode.
    """
    known = _KNOWN.get(text)
    if known is None:
        known = _cut(text)
        remember({text: known})
    return known


def cut_many(texts: Sequence[str]) -> list[CutText]:
    """Return `cut` of every text."""
    return [cut(text) for text in texts]


def remember(known: Mapping[str, CutText]) -> None:
    """Keep texts that are cut already; when memory is full, all older ones go."""
    if len(_KNOWN) + len(known) > _MOST_KNOWN:
        _KNOWN.clear()
    _KNOWN.update(known)


def _cut(text: str) -> CutText:
    words = tuple(_segment(normalize(text).lower()))
    parts: list[str] = []
    owners: list[int] = []
    for index, word in enumerate(words):
        found = syllables(word)
        parts += found
        owners += [index] * len(found)
    return CutText(words, tuple(parts), tuple(owners))


def spelled_as_written(text: str, chopped: CutText) -> list[str]:
    """Return the words of `chopped` with the capitals and tones of `text`.

    Where the two disagree on the number of syllables, the small-letter words
    are returned as they are.
    """
    original = written_syllables(text)
    if len(original) != len(chopped.syllables):
        return list(chopped.words)
    written: list[list[str]] = [[] for _ in chopped.words]
    for syllable, owner in zip(original, chopped.owners, strict=True):
        written[owner].append(syllable)
    return [" ".join(parts) or word for parts, word in zip(written, chopped.words, strict=True)]


def _segment(text: str) -> list[str]:
    """Return what `underthesea.word_tokenize(text)` returns, with less overhead.

    underthesea looks through all named groups of every match and normalises
    every token anew; the match itself is the token, and tokens repeat.
    """
    patterns, normalize_characters, tagger = _parts()
    tokens = [_token(match.group()) for match in patterns.finditer(normalize_characters(text))]
    if not tokens:
        return []
    words: list[str] = []
    for tag, token in zip(tagger.predict([[token] for token in tokens]), tokens, strict=True):
        if tag == "I-W" and words:
            words[-1] += " " + token
        else:
            words.append(token)
    return words


@lru_cache(maxsize=1)
def _parts() -> tuple:
    """Load underthesea's segmenter once; it reads two megabytes from its wheel."""
    import underthesea.pipeline.word_tokenize as package
    from underthesea.pipeline.text_normalize.character_normalize import (
        normalize_characters_in_text,
    )
    from underthesea.pipeline.word_tokenize.regex_tokenize import patterns

    package.word_tokenize("a")
    return patterns, normalize_characters_in_text, package.word_tokenize_model


@lru_cache(maxsize=100_000)
def _token(token: str) -> str:
    from underthesea.pipeline.text_normalize import token_normalize

    return token_normalize(token, use_character_normalize=True)
