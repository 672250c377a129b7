"""Tests whether a topic stays the same when the same text is spelled another way."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from pipeline.topics.text import fold

if TYPE_CHECKING:
    from pipeline.topics.classify import Tagger

_NEW_STYLE = dict(
    zip(
        ("óa", "òa", "ỏa", "õa", "ọa", "óe", "òe", "ỏe", "õe", "ọe", "úy", "ùy", "ủy", "ũy", "ụy"),
        ("oá", "oà", "oả", "oã", "oạ", "oé", "oè", "oẻ", "oẽ", "oẹ", "uý", "uỳ", "uỷ", "uỹ", "uỵ"),
        strict=True,
    )
)


def other_tone_placement(text: str) -> str:
    """Return `text` with tones as in "hoà, thuỷ" where it had "hòa, thủy"."""
    text = unicodedata.normalize("NFC", text)
    for old, new in _NEW_STYLE.items():
        text = text.replace(old, new)
    return text


SPELLINGS: dict[str, Callable[[str], str]] = {
    "decomposed (NFD)": lambda text: unicodedata.normalize("NFD", text),
    "other tone placement": other_tone_placement,
    "upper case": str.upper,
    "extra spaces and line breaks": lambda text: "  " + text.replace(" ", " \n ") + "\n",
    "without diacritics": lambda text: fold(text),
}


def agreement(texts: Sequence[str], tagger: Tagger) -> dict[str, float]:
    """Return the share (0..1) of texts whose topic each other spelling leaves unchanged."""
    plain = [verdict.topic for verdict in tagger.tag(list(texts))]
    return {
        name: sum(
            verdict.topic == topic
            for verdict, topic in zip(tagger.tag([spell(t) for t in texts]), plain, strict=True)
        )
        / max(1, len(plain))
        for name, spell in SPELLINGS.items()
    }
