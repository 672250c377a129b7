"""Cuts an opinion into words; the only module that calls underthesea."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path

from pipeline.topics.text import normalize, syllables, written_syllables
from pipeline.topics.word_model import UnknownModel, WordModel


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
_MOST_KNOWN = 20_000
TRIALS = 200
"""Texts that underthesea cuts itself before its tables take over."""


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


def make_room(texts: int) -> None:
    """Let memory hold this many texts, if that is more than it holds as a rule.

    A training reads its texts once for each fold; a stream reads each once and
    must stay small.
    """
    global _MOST_KNOWN
    _MOST_KNOWN = max(_MOST_KNOWN, texts)


def remember(known: Mapping[str, CutText]) -> None:
    """Keep texts that are cut already; when memory is full, the oldest quarter goes."""
    if len(_KNOWN) + len(known) > _MOST_KNOWN:
        surplus = len(_KNOWN) + len(known) - _MOST_KNOWN * 3 // 4
        for text in list(islice(_KNOWN, surplus)):
            del _KNOWN[text]
    _KNOWN.update(known)


def _cut(text: str) -> CutText:
    words: list[str] = []
    parts: list[str] = []
    owners: list[int] = []
    tokens = _tokens(normalize(text).lower())
    for token, goes_on in zip(tokens, _goes_on(tokens), strict=True):
        if goes_on and words:
            words[-1] += " " + token
        else:
            words.append(token)
        found = _syllables(token)
        parts += found
        owners += [len(words) - 1] * len(found)
    # One copy of each word for all texts: a third of the memory.
    return CutText(tuple(map(sys.intern, words)), tuple(parts), tuple(owners))


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


def _tokens(text: str) -> list[str]:
    """Return underthesea's tokens, before they are joined to words.

    underthesea looks through all named groups of every match and normalises
    every token anew; the match itself is the token, and tokens repeat.
    """
    patterns, normalize_characters, _ = _parts()
    return [_token(match) for match in _matches(patterns, normalize_characters(text))]


def _matches(patterns, text: str) -> list[str]:
    return [match.group() for match in patterns.finditer(text)]


def _goes_on(tokens: list[str]) -> list[bool]:
    """Return which tokens belong to the word before, as underthesea says.

    The first texts are cut by underthesea itself, so a short job pays nothing
    for the tables of `WordModel`; then these take over, if they gave the same
    answer for every one of those texts.
    """
    if not tokens:
        return []
    if _state.model is not None:
        try:
            return _state.model.goes_on(tokens)
        except (UnknownModel, KeyError):
            return _asked(tokens)
    answer = _asked(tokens)
    if not _state.given_up:
        _state.trials.append((tokens, answer))
        if len(_state.trials) >= TRIALS:
            _take_over()
    return answer


class _State:
    """How words are found in this process: by underthesea, or by its tables."""

    def __init__(self) -> None:
        self.model: WordModel | None = None
        self.trials: list[tuple[list[str], list[bool]]] = []
        self.given_up = False


_state = _State()


def _take_over() -> None:
    """Use the tables of `WordModel` from now on, if they can be trusted."""
    trials, _state.trials = _state.trials, []
    try:
        model = _word_model()
        if all(model.goes_on(tokens)[1:] == answer[1:] for tokens, answer in trials):
            _state.model = model
    except (UnknownModel, OSError, KeyError, ValueError):
        # Another version of underthesea: its own way is slower and always right.
        pass
    _state.given_up = _state.model is None


def _word_model() -> WordModel:
    import joblib

    _, _, tagger = _parts()
    import underthesea.pipeline.word_tokenize as package

    (path,) = (Path(package.__file__).parent / "models").glob("*/models.bin")
    return WordModel(
        path.read_bytes(),
        joblib.load(path.with_name("features.bin")),
        joblib.load(path.with_name("dictionary.bin")),
        lambda token: tagger.featurizer.process([[[token]]])[0][0],
    )


def _asked(tokens: list[str]) -> list[bool]:
    _, _, tagger = _parts()
    return [tag == "I-W" for tag in tagger.predict([[token] for token in tokens])]


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


@lru_cache(maxsize=100_000)
def _syllables(token: str) -> list[str]:
    """Remembered lists are shared by all texts, which keeps memory small."""
    return syllables(token)
