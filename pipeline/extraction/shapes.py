"""Sees which shape of line carries the turns of a document: "PH em A: ...", "19h27 chú B >> ..."."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from pipeline.extraction.asking import needs_answer
from pipeline.extraction.forms import field_of
from pipeline.extraction.lines import Line
from pipeline.extraction.persons import is_official
from pipeline.extraction.signs import is_formality, opens_with_reply_word
from pipeline.extraction.speakers import introduction
from pipeline.extraction.vocabulary import UPPER, opening

_REPEATED = 3
_MOST = 0.5
_LONGEST_HEAD = 80
_SHORTEST_WORDS = 15
_DAY = r"(?:\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?)"
_HOUR = r"(?:\d{1,2}\s?[:hg]\s?\d{2}(?::\d{2}|['p]|\sphút)?(?:\s?[AP]M)?)"
_STAMPED = re.compile(
    rf"\W{{0,2}}(?:{_DAY}\W{{1,3}}{_HOUR}|{_HOUR}(?:\W{{1,3}}{_DAY})?)\W{{0,3}}\s*[-–,]?\s*"
    r"(?P<who>[^\W\d][^>→»:]{1,78}?)\s*(?P<sign>>>|»|=>|→|:)\s+(?=\S)"
)
_HANDLE = re.compile(
    r"\W*(?:(?:email|e-mail|thư điện tử|số máy|sđt|số điện thoại|số|thuê bao|bạn đọc)\s+)?"
    r"(?P<who>(?:\+84|0)\d{1,4}[\d.\s*xX]{3,14}|[\w.*-]+@[\w.*-]+)\s*[:–-]\s+(?=\S)",
    re.I,
)
_KEYED = re.compile(
    rf"(?P<who>(?P<key>[^\W\d_]{{1,12}})\s(?P<rest>[^:]{{1,{_LONGEST_HEAD}}}?))\s*:\s*[-–]?\s*(?=\S)"
)


def turn_shapes(lines: Sequence[Line]) -> Mapping[int, tuple[str, int]]:
    """Return the lines that open turns by a shape which comes back, each with who speaks.

    A head before a colon opens turns if heads with the same first word but
    another rest come back, and most of what follows them asks or complains; a
    time of day opens turns if lines with a time and a sign after the name do.

    Returns
    -------
    dict
        For each paragraph who speaks, as written, and where the words begin.
    """
    found = [(line, match) for line in lines if (match := _STAMPED.match(line.text))]
    signs = Counter(match.group("sign") for _, match in found)
    stamped = {
        line.piece.paragraph: (match.group("who").strip(), match.end())
        for line, match in found
        if match.group("sign") == signs.most_common(1)[0][0]
    }
    if len(stamped) >= _REPEATED and _most_ask(lines, stamped):
        return stamped
    return {**_handles(lines), **_keyed(lines)}


def _handles(lines: Sequence[Line]) -> Mapping[int, tuple[str, int]]:
    """Lines that a telephone number or a mail address opens, as readers call and write."""
    found = {}
    for line in lines:
        match = _HANDLE.match(line.text)
        if match and len(line.text) - match.end() > 2 * _SHORTEST_WORDS:
            said = line.text[match.end() :]
            if needs_answer(said) and not is_formality(said, strict=False):
                found[line.piece.paragraph] = (match.group("who").strip(), match.end())
    return found


def replies_below(lines: Sequence[Line], shapes: Mapping[int, tuple[str, int]]) -> bool:
    """Tell whether a bulleted line stands below most of the turns: it answers them."""
    below = [
        after.mark == "bullet" or bool(re.match(r"\s*(?:->|=>|→|⇒|>>)", after.text))
        for line, after in zip(lines, lines[1:], strict=False)
        if line.piece.paragraph in shapes and after.piece.paragraph not in shapes
    ]
    return len(below) >= _REPEATED and sum(below) >= _MOST * len(shapes)


def _keyed(lines: Sequence[Line]) -> Mapping[int, tuple[str, int]]:
    heads: dict[str, dict[int, tuple[str, int]]] = defaultdict(dict)
    for line in lines:
        match = _KEYED.match(line.text)
        if match and _may_be_speaker(line, match):
            at = (match.group("who").strip(), match.end())
            heads[match.group("key")][line.piece.paragraph] = at
    found: dict[int, tuple[str, int]] = {}
    for places in heads.values():
        different = len({who for who, _ in places.values()})
        if different >= _REPEATED and _most_ask(lines, places):
            found |= places
    return found


def _may_be_speaker(line: Line, match: re.Match[str]) -> bool:
    if line.mark in ("number", "named", "roman") or len(line.text) - match.end() < _SHORTEST_WORDS:
        return False
    who = match.group("who")
    if opening("splitting.requests", "sections.no_speaker", "header.facts").match(who):
        return False
    if field_of(line) or introduction(line.text) or opens_with_reply_word(who) or is_official(who):
        return False
    return bool(re.search(rf"(?:^|\s)[{UPPER}\d]", match.group("rest")))


def _most_ask(lines: Sequence[Line], places: Mapping[int, tuple[str, int]]) -> bool:
    texts = {line.piece.paragraph: line.text for line in lines}
    asking = sum(needs_answer(texts[place][start:]) for place, (_, start) in places.items())
    return asking >= _MOST * len(places)
