"""Turns text in TCVN3 (ABC) and VNI letters into Unicode, where it surely is in them."""

from __future__ import annotations

import csv
import re
from functools import lru_cache

from pipeline.reading.letters import is_syllable, vietnamese_share
from pipeline.resources import data_dir

ENCODINGS = ("tcvn3", "vni")
NAMES = {"tcvn3": "TCVN3 (ABC)", "vni": "VNI"}

# Below this many marked words no statistics can be sure: half of all short strings
# that are guessed come out wrong.
_FEWEST_WORDS = 8
_SOUND, _UNSOUND = 0.85, 0.4
_PUNCTUATION = ".,;:!?…()[]\"'“”‘’-–/0123456789"
# Letters that only Unicode text holds; a run with one of them is not legacy text.
_UNICODE_ONLY = re.compile("[\u0100-\u024f\u0300-\u0323\u1ea0-\u1ef9]")


def encoding_of_font(font: str | None) -> str:
    """Return "tcvn3", "vni" or "" for the name of a font.

    Examples
    --------
    >>> encoding_of_font(".VnTimeH"), encoding_of_font("VNI-Times"), encoding_of_font("Arial")
    ('tcvn3', 'vni', '')
    """
    # Fonts embedded in a PDF carry a tag of six letters: "ABCDEF+.VnTime".
    name = (font or "").split("+")[-1].strip().lower()
    if name.startswith((".vn", "vntime")):
        return "tcvn3"
    return "vni" if name.startswith(("vni-", "vni ")) else ""


def font_kind(font: str) -> str:
    """Return a font's name if its letters are legacy ones (capitals told apart), else "".

    Examples
    --------
    >>> font_kind("Times New Roman"), font_kind(".VnArialH"), font_kind("VNI-Helve")
    ('', '.VnH', 'VNI-')
    """
    encoding = encoding_of_font(font)
    if encoding == "tcvn3":
        return ".VnH" if font.rstrip().endswith("H") else ".Vn"
    return "VNI-" if encoding else ""


def from_font(text: str, font: str | None) -> str:
    """Return a run of text as Unicode, after the name of its font.

    A run that already is Unicode stays as it is: Word shows such letters in
    another font and keeps the old font's name. The ".VnTimeH" fonts draw
    capitals for small letters.

    Examples
    --------
    >>> from_font("®Ò nghÞ", ".VnTime"), from_font("®Ò nghÞ", ".VnTimeH")
    ('đề nghị', 'ĐỀ NGHỊ')
    """
    encoding = encoding_of_font(font)
    if not encoding:
        return text
    if _UNICODE_ONLY.search(text):
        return _mixed(text, encoding)
    converted = convert(text, encoding)
    capitals = encoding == "tcvn3" and (font or "").rstrip().endswith("H")
    return converted.upper() if capitals else converted


def convert(text: str, encoding: str) -> str:
    """Return legacy `text` as Unicode.

    Parameters
    ----------
    text
        The codes of the old font as characters U+0000..U+00FF.
    encoding
        "tcvn3" or "vni".

    Examples
    --------
    >>> convert("Céng hßa x· héi", "tcvn3"), convert("ñeà nghò", "vni")
    ('Cộng hòa xã hội', 'đề nghị')
    """
    table, pattern = _table(encoding)
    return pattern.sub(lambda match: table[match[0]], text)


def guess(text: str) -> str:
    """Return the legacy encoding that `text` is surely in, "" if it is not sure.

    Sure means: at least eight marked words, most of them no Vietnamese
    syllables as they stand, and nearly all of them syllables once converted.

    Parameters
    ----------
    text
        As much of one document as there is: a whole document is judged, never
        a single line.
    """
    lines = [line for line in text.split("\n") if not _UNICODE_ONLY.search(line)]
    doubtful = "\n".join(lines)
    share, count = vietnamese_share(doubtful, marked_only=True)
    # A TCVN3 letter may be a symbol ("®", "¬"), so words are counted after converting.
    scored = {name: _converted_share(doubtful, name) for name in ENCODINGS}
    best = max(scored, key=lambda name: scored[name][0])
    good, words = scored[best]
    other = min(scored[name][0] for name in ENCODINGS)
    if words < _FEWEST_WORDS or good < _SOUND or good - other < 0.1:
        return ""
    return best if count == 0 or share < _UNSOUND else ""


def unlegacy(text: str, encoding: str) -> str:
    """Return one paragraph of a document whose encoding `guess` found, as Unicode.

    A paragraph that converting would not make more Vietnamese stays as it is.
    """
    if text.isascii():
        return text
    if _UNICODE_ONLY.search(text):
        return _mixed(text, encoding)
    converted = convert(text, encoding)
    before, _ = vietnamese_share(text)
    after, _ = vietnamese_share(converted)
    return converted if after >= before else text


def _mixed(text: str, encoding: str) -> str:
    """Return text with some Unicode letters: its other words converted if that makes sense."""
    words = re.split(r"(\s+)", text)
    mended = "".join(
        word if _UNICODE_ONLY.search(word) else convert(word, encoding) for word in words
    )
    return mended if _sound_words(mended) > _sound_words(text) + 0.2 else text


def _sound_words(text: str) -> float:
    """Return the share of words between spaces that are syllables, punctuation left out."""
    words = [word.strip(_PUNCTUATION) for word in text.split()]
    return sum(map(is_syllable, filter(None, words))) / max(1, len(words))


def _converted_share(text: str, encoding: str) -> tuple[float, int]:
    return vietnamese_share(convert(text, encoding), marked_only=True)


@lru_cache(maxsize=2)
def _table(encoding: str) -> tuple[dict[str, str], re.Pattern[str]]:
    path = data_dir() / "letters" / f"{encoding}.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        table = {_characters(row["code"]): row["letter"] for row in csv.DictReader(file)}
    codes = sorted(table, key=len, reverse=True)
    return table, re.compile("|".join(map(re.escape, codes)))


def _characters(codes: str) -> str:
    return "".join(chr(int(code, 16)) for code in re.findall(r"U\+([0-9A-F]{4})", codes))
