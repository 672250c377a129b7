"""Pure `str -> str` functions that make Vietnamese letters of any origin comparable."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from pipeline.resources import data_dir
from pipeline.settings import read_toml

# Zero-width, directional and joining marks, soft hyphen, byte order mark, object and
# interlinear marks: they change nothing that a reader sees and break every comparison.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff"
    "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff]"
)
_WHITE = re.compile(r"\s+")
_WORD = re.compile(r"[^\W\d_]+")
_TONES = {"\u0300": 1, "\u0301": 2, "\u0309": 3, "\u0303": 4, "\u0323": 5}
_TONE_MARKS = re.compile("[\u0300\u0301\u0309\u0303\u0323]")
_STOPS = ("c", "p", "t", "ch")
# The tone on the second vowel of an open "oa", "oe", "uy" (but not after q: "quý").
_LATE_TONE = re.compile(
    r"(?<!q)(?:(o)([àáảãạèéẻẽẹ])|(u)([ỳýỷỹỵ]))(?!\w)", re.IGNORECASE | re.UNICODE
)


def clean(text: str) -> str:
    """Return `text` in NFC, without invisible characters, white space made one.

    Nothing else changes: case, punctuation and the place of tone marks stay as
    they were written.

    Examples
    --------
    >>> clean("  Ca\\u0302\\u0300u\\u200b  Mây \\n ")
    'Cầu Mây'
    """
    text = _INVISIBLE.sub("", text)
    return _WHITE.sub(" ", unicodedata.normalize("NFC", text)).strip()


def unify_tone_marks(text: str) -> str:
    """Return `text` with the tone mark of open oa, oe, uy on the first vowel.

    "hoà" and "hòa" are the same word; both spellings are common, often in one
    document. Displayed text stays as written: use this for comparing only.

    Examples
    --------
    >>> unify_tone_marks("Hoà thuỷ khoẻ quý hoàn thuở")
    'Hòa thủy khỏe quý hoàn thuở'
    """
    return _LATE_TONE.sub(_move_tone, unicodedata.normalize("NFC", text))


def _move_tone(match: re.Match[str]) -> str:
    first, second = (match[1], match[2]) if match[1] else (match[3], match[4])
    decomposed = unicodedata.normalize("NFD", second)
    return unicodedata.normalize("NFC", first + decomposed[1]) + decomposed[0]


def is_syllable(word: str) -> bool:
    """Tell whether `word` is built as a Vietnamese syllable is; names of hamlets often are not.

    Examples
    --------
    >>> is_syllable("nghiêm"), is_syllable("NghiÖm"), is_syllable("Đ")
    (True, False, False)
    """
    return _is_syllable(unicodedata.normalize("NFC", word).lower())


def vietnamese_share(text: str, *, marked_only: bool = False) -> tuple[float, int]:
    """Return the share of words that are Vietnamese syllables, and how many words there are.

    Parameters
    ----------
    text
        Text of any origin.
    marked_only
        Count only words with a letter outside ASCII: these tell legacy letters
        and garbled fonts from sound text.

    Returns
    -------
    tuple
        A share 0..1 (1.0 where there is no word) and a count.
    """
    words = _WORD.findall(unicodedata.normalize("NFC", text))
    if marked_only:
        words = [word for word in words if not word.isascii()]
    if not words:
        return 1.0, 0
    return sum(_is_syllable(word.lower()) for word in words) / len(words), len(words)


@lru_cache(maxsize=20_000)
def _is_syllable(word: str) -> bool:
    onsets, rimes, longest = _grammar()
    decomposed = unicodedata.normalize("NFD", word)
    marks = _TONE_MARKS.findall(decomposed)
    if len(marks) > 1 or len(word) > longest:
        return False
    bare = unicodedata.normalize("NFC", _TONE_MARKS.sub("", decomposed))
    if bare.endswith(_STOPS) and marks and _TONES[marks[0]] not in (2, 5):
        return False
    return any(bare[:cut] in onsets and bare[cut:] in rimes for cut in range(min(4, len(bare))))


@lru_cache(maxsize=1)
def _grammar() -> tuple[frozenset[str], frozenset[str], int]:
    found = read_toml(data_dir() / "letters" / "syllables.toml")
    onsets, rimes = frozenset(found["onsets"]), frozenset(found["rimes"].split())
    return onsets, rimes, max(map(len, onsets)) + max(map(len, rimes))
