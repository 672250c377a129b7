"""Masks personal data in a text for those who need not or must not see it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from pipeline.papers.masking_names import find_names
from pipeline.papers.masking_numbers import CAPITAL, find_numbers
from pipeline.papers.masking_words import MaskingWords, load_masking_words
from pipeline.topics.text import fold

NAME, VILLAGE = "name", "village"
_SENTENCE = re.compile(r"[.!?;\n]+")


@dataclass(frozen=True)
class Finding:
    """One thing that was masked: its kind, its text and where it stood."""

    kind: str
    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Masked:
    """A masked text, and what was masked in it, for a last look."""

    text: str
    findings: tuple[Finding, ...] = ()


def mask(
    text: str,
    *,
    level: str = "public",
    known: Iterable[str] = (),
    words: MaskingWords | None = None,
) -> Masked:
    """Return `text` with the personal data masked that an audience must not see.

    Parameters
    ----------
    text
        Any text.
    level
        "internal" masks nothing. "agency" masks telephones, papers, accounts and
        every person but those whose matter the agency must answer: `known`
        names, and households named outside an accusation. "public" masks every
        person, house, parcel, birthday, and places below the commune.
    known
        Names known from elsewhere, as the speaker's: masked for the public,
        kept for an agency.
    words
        Word lists; those of the data folder if None.

    Examples
    --------
    >>> mask("Ông Giàng A Sềnh, thôn Sín Chải, gọi 0915 204 377").text
    'Ông [tên], thôn [thôn, tổ], gọi [số điện thoại]'
    """
    if level == "internal" or not text:
        return Masked(text)
    words = words or load_masking_words()
    names = tuple(name for name in known if len(name) > 1)
    public = level == "public"
    found = [
        Finding(kind, text[start:end], start, end)
        for kind, start, end in find_numbers(text, words.digits, public=public)
    ]
    found += [
        Finding(NAME, text[start:end], start, end)
        for start, end in find_names(text, words, names if public else ())
        if public or not _needed(text, start, end, names, words)
    ]
    if public:
        found += [Finding(VILLAGE, text[s:e], s, e) for s, e in _villages(text, words)]
    chosen = _apart(found)
    return Masked(_replaced(text, chosen, words.replacements), tuple(chosen))


def _needed(text: str, start: int, end: int, known: tuple[str, ...], words: MaskingWords) -> bool:
    """Tell whether an agency needs this name to answer."""
    name = text[start:end].lower()
    if any(name == one.lower() or one.lower().endswith(f" {name}") for one in known):
        return True
    if _is_accused(text, start, words.accusing):
        return False
    before = tuple(re.findall(r"\w+", text[:start].lower())[-3:])
    return any(before[-size:] in words.needed_before for size in (1, 2, 3))


def _is_accused(text: str, start: int, accusing: tuple[str, ...]) -> bool:
    """Tell whether the sentence of a name holds a word of accusation."""
    begin = max((m.end() for m in _SENTENCE.finditer(text, 0, start)), default=0)
    stop = _SENTENCE.search(text, start)
    sentence = text[begin : stop.start() if stop else len(text)].lower()
    return any(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", sentence) for word in accusing)


def _villages(text: str, words: MaskingWords) -> list[tuple[int, int]]:
    found = [
        match.span("x")
        for match in _village_pattern(words.village_kinds).finditer(text)
        if not _is_no_village(match, words)
    ]
    for match in re.finditer(rf"{CAPITAL}\w*(?:\s+{CAPITAL}\w*)+(?:\s+\d+)?", text):
        name = tuple(fold(match.group()).lower().split())
        bare = tuple(word for word in name if not word.isdigit())
        if len(bare) > 1 and bare in words.villages:
            found.append(match.span())
    return found


def _is_no_village(match: re.Match[str], words: MaskingWords) -> bool:
    """ "Bản Hồ" is a commune, and "Đội Quản lý thị trường" an agency."""
    whole = tuple(fold(match.group()).lower().split())
    if whole[:1] == ("khu",) and tuple(fold(match["x"]).lower().split()) in words.units:
        return True
    return whole[:2] in words.units or match["x"].split()[0].lower() in words.not_villages


@lru_cache(maxsize=4)
def _village_pattern(kinds: tuple[str, ...]) -> re.Pattern[str]:
    kind = "|".join(re.escape(k) for k in sorted(kinds, key=len, reverse=True))
    name = rf"{CAPITAL}\w*(?:\s+{CAPITAL}\w*){{0,3}}(?:\s+\d+)?"
    return re.compile(rf"(?<!\w)(?i:{kind})\s+(?P<x>(?i:số\s+)?\d+\w?(?:/\d+)?(?!\w)|{name})")


def _apart(found: list[Finding]) -> list[Finding]:
    """Keep findings that do not overlap: numbers before names before places, then the longest."""
    order = sorted(found, key=lambda f: (f.kind == VILLAGE, f.start - f.end, f.start))
    chosen: list[Finding] = []
    for finding in order:
        if all(finding.end <= one.start or finding.start >= one.end for one in chosen):
            chosen.append(finding)
    return sorted(chosen, key=lambda f: f.start)


def _replaced(text: str, found: list[Finding], replacements: dict[str, str]) -> str:
    parts, last = [], 0
    for finding in found:
        parts += [text[last : finding.start], replacements[finding.kind]]
        last = finding.end
    return "".join([*parts, text[last:]])
