"""Pure functions that make two spellings of one text equal."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

_INVISIBLE = dict.fromkeys([0x00AD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF])
_SPACES = re.compile(r"\s+")
_LETTERS = re.compile(r"[^\W_]+")
_SENTENCE = re.compile(r"(?:^|(?<=[.!?…]\s))\w")
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_OLD_TONE = re.compile(r"(?<![qQ])([oOuU])([aAeEyY])([" + _TONES + r"])(?![a-zA-Z\u0302\u0306])")
_TONE_ON_QU = re.compile(r"([qQ][uU])([" + _TONES + r"])([aAeEiIoOyY])")


def normalize(text: str) -> str:
    """Return `text` in one canonical spelling, ready to be cut into words.

    Composed and decomposed Unicode look alike and compare unequal; "hoà" and
    "hòa" are one word. Letters that no one sees are dropped.

    Examples
    --------
    >>> normalize("  đề nghị   xã hoà thuận ")
    'đề nghị xã hòa thuận'
    """
    text = visible(unicodedata.normalize("NFC", text))
    text = _SPACES.sub(" ", text).strip()
    return " ".join(_unify_tone(word) for word in text.split(" "))


def visible(text: str) -> str:
    """Return `text` without letters that no one sees, such as soft hyphens."""
    return text.translate(_INVISIBLE)


@lru_cache(maxsize=50_000)
def _unify_tone(word: str) -> str:
    """Put the tone of open oa, oe, uy on the first vowel, as underthesea does."""
    if word.isascii():
        return word
    parts = unicodedata.normalize("NFD", word)
    moved = _TONE_ON_QU.sub(r"\1\3\2", _OLD_TONE.sub(r"\1\3\2", parts))
    return unicodedata.normalize("NFC", moved)


@lru_cache(maxsize=100_000)
def fold(text: str) -> str:
    """Return `text` in small letters without any diacritics.

    Examples
    --------
    >>> fold("Đường Ô Quý Hồ")
    'duong o quy ho'
    """
    parts = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


def syllables(text: str) -> list[str]:
    """Return the runs of letters and digits of `text`, in small letters.

    Examples
    --------
    >>> syllables("Km 9+200, ĐT152")
    ['km', '9', '200', 'đt152']
    """
    return _LETTERS.findall(text.lower())


def with_syllables(text: str, others: Sequence[str]) -> str:
    """Return `text` with other syllables in place of its own, in order, capitals kept.

    Parameters
    ----------
    text
        What is between its syllables stays.
    others
        As many as `syllables(text)` gives.

    Examples
    --------
    >>> with_syllables("Duong hong, 3 kWh.", ["đường", "hỏng", "3", "kwh"])
    'Đường hỏng, 3 kWh.'
    """
    waiting = iter(others)

    def next_one(match: re.Match[str]) -> str:
        other, written = next(waiting), match.group()
        if other == written.lower():
            return written
        if len(written) > 1 and written.isupper():
            return other.upper()
        return other[:1].upper() + other[1:] if written[:1].isupper() else other

    return _LETTERS.sub(next_one, text)


def written_syllables(text: str) -> list[str]:
    """Return the runs of letters and digits of `text` with their capitals."""
    return _LETTERS.findall(visible(unicodedata.normalize("NFC", text)))


def without_shouting(text: str) -> str:
    """Return `text` in small letters, sentences with a capital, if most of it is in capitals.

    Examples
    --------
    >>> without_shouting("ĐƯỜNG HỎNG. ĐỀ NGHỊ SỬA!")
    'Đường hỏng. Đề nghị sửa!'
    """
    letters = [letter for letter in text if letter.isalpha()]
    if 2 * sum(map(str.isupper, letters)) <= len(letters):
        return text
    return _SENTENCE.sub(lambda match: match.group().upper(), text.lower())


def has_diacritics(text: str) -> bool:
    """Tell whether any letter of `text` carries a Vietnamese mark."""
    return not text.isascii() and fold(text) != text.lower()


_SHAPE = re.compile(
    r"(?:ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdghklmnprstvx])?"
    r"(?:uye|uya|uyu|oai|oay|oeo|uay|uoi|uou|ieu|yeu|uao|oao|ai|ao|au|ay|eo|eu|ia|ie|iu|"
    r"oa|oe|oi|oo|ua|ue|ui|uo|uu|uy|ye|[aeiouy])"
    r"(?:ng|nh|ch|[cmnpt])?"
)


def looks_vietnamese(parts: Sequence[str]) -> float:
    """Return the share (0..1) of letter-only syllables that have a Vietnamese shape.

    Marks are ignored, so hasty text without diacritics passes; numbers and
    abbreviations without a vowel are left out of the count.
    """
    words = [fold(part) for part in parts if part.isalpha()]
    words = [word for word in words if len(word) > 1 and set(word) & set("aeiouy")]
    if not words:
        return 1.0
    return sum(bool(_SHAPE.fullmatch(word)) for word in words) / len(words)
