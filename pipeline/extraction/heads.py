"""Sees the lines that only say who speaks or what about, each with somebody's words below."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import lru_cache

from pipeline.extraction.asking import needs_answer
from pipeline.extraction.forms import SPEAKER, field_of
from pipeline.extraction.lines import Line, Piece
from pipeline.extraction.namings import attribution
from pipeline.extraction.office import citizen_asks, speaks_of_himself
from pipeline.extraction.persons import (
    WORD,
    Speaker,
    is_official,
    named_pattern,
    parse_speaker,
)
from pipeline.extraction.sections import announced_zone
from pipeline.extraction.sentences import sentences
from pipeline.extraction.speakers import introduction
from pipeline.extraction.vocabulary import UPPER, alternation, opening, words

_COUNTED = 3
_FEWEST = 2
_SHORTEST_WORDS = 45
_LONGEST_HEADLINE = 70
_LONGEST_NAMING = 110
_MOST = 0.6
_FRAMED = re.compile(
    r"\W*(?:[(\[<][^()\[\]<>]{3,100}[)\]>]|[^:;“”?]{0,80}[\w.*]+@[\w.*]+[^:;?]{0,40})"
    r"(?:\s+(?:hỏi|viết|gửi|nêu|phản ánh))?[\s.:]*",
    re.I,
)


def names_alone(lines: Sequence[Line]) -> frozenset[int]:
    """Lines that only name a person and a place, each with somebody's words after it."""
    named = [_is_name_alone(line) for line in lines]
    found = [
        line
        for at, line in enumerate(lines[:-1])
        if (at or line.mark) and named[at] and not named[at + 1] and len(lines[at + 1].text) > 20
    ]
    told = frozenset(line.piece.paragraph for line in found)
    told |= _names_counted(lines) | frozenset(bare_names(lines)) | _framed_names(lines)
    return told | _labelled_names(lines) | _names_in_capitals(lines)


def speaker_alone(line: Line) -> Speaker:
    """Return the person whom a line of `names_alone` names.

    Examples
    --------
    >>> speaker_alone(Line(Piece(0, 0, 0, "Ông ĐỖ VĂN AN, tổ 4"))).name
    'Ông Đỗ Văn An'
    """
    field = field_of(line)
    if field and field.kind == SPEAKER:
        first = line.text[field.start :].split(";")[0].strip()
        return parse_speaker(first) if parse_speaker(first).name else Speaker(first)
    bare = line.text.strip(" :")
    shouted = _shouted().match(bare)
    if shouted:
        group = (shouted.group("group") or "").strip(" ,-–—")
        speaker = parse_speaker(bare[shouted.start("who") :])
        return replace(speaker, name=speaker.name.title(), role=group or speaker.role)
    return parse_speaker(bare[1:-1] if bare[:1] + bare[-1:] == "()" else bare)


def _labelled_names(lines: Sequence[Line]) -> frozenset[int]:
    """Lines such as `Người hỏi: ...` above the words, told by the words below the last of them too."""
    padded = [*lines, Line(Piece(0, 0, 0, ""))]
    heads = [
        (line, below)
        for line, below in zip(padded, padded[1:], strict=False)
        if (field := field_of(line)) and field.kind == SPEAKER and line.text[field.start :]
    ]
    asked = [
        line
        for line, below in heads
        if len(below.text) >= _SHORTEST_WORDS and not field_of(below) and needs_answer(below.text)
    ]
    enough = len(asked) >= _COUNTED and len(asked) >= _MOST * len(heads)
    whole = enough and asked[-1] is heads[-1][0]
    return frozenset(line.piece.paragraph for line in asked) if whole else frozenset()


def _names_in_capitals(lines: Sequence[Line]) -> frozenset[int]:
    """Names set in capitals on a line of their own, most above words that ask: `ĐỖ VĂN AN, tổ 4`."""
    heads = [
        (line, below)
        for line, below in zip(lines, lines[1:], strict=False)
        if _is_shouted_name(line) and not _is_shouted_name(below) and below.mark in ("", "bullet")
    ]
    asked = sum(needs_answer(below.text) for _, below in heads)
    enough = len(heads) >= _COUNTED and asked >= _MOST * len(heads)
    return frozenset(line.piece.paragraph for line, _ in heads) if enough else frozenset()


def _is_shouted_name(line: Line) -> bool:
    text = line.text.strip()
    found = None if line.mark or len(text) > _LONGEST_NAMING else _shouted().match(text)
    if not found or text.endswith((".", ";", "?", "!")) or is_official(text):
        return False
    named = found.group("title") or found.group("name").split()[0].lower() in words(
        "speakers", "surnames"
    )
    return bool(named) and not announced_zone(line, seen_opinions=True)


@lru_cache(maxsize=1)
def _shouted() -> re.Pattern[str]:
    word, title = rf"[{UPPER}]{{2,}}|[{UPPER}](?=\s)", alternation("speakers.titles")
    name = rf"(?:{word})(?:\s(?:{word})){{1,4}}"
    alone = rf"(?P<title>(?i:{title})\s)?(?P<name>{name}|(?<=\s)(?:{word}))"
    return re.compile(
        rf"(?P<group>[{UPPER}][{UPPER}\s]{{4,60}}\s[-–—,]\s+(?=(?i:{title})\s))?"
        rf"(?P<who>{alone})(?=\s*$|\s*[,(]|\s[-–—]|\s[a-zà-ỹ])"
    )


def _framed_names(lines: Sequence[Line]) -> frozenset[int]:
    """Lines that stand whole in brackets or name a writer and his mail, each above words that ask or complain."""
    heads = [
        (line, below)
        for line, below in zip(lines, lines[1:], strict=False)
        if _FRAMED.fullmatch(line.text) and not _FRAMED.fullmatch(below.text)
    ]
    asked = [line for line, below in heads if needs_answer(below.text) and not below.mark]
    enough = len(asked) >= _COUNTED and len(asked) >= _MOST * len(heads)
    return frozenset(line.piece.paragraph for line in asked) if enough else frozenset()


def bare_names(lines: Sequence[Line]) -> dict[int, int | None]:
    """Lines that are a name and nothing else, each with words below it; and the line between, if any.

    `Hà Thị Thương`, below it perhaps `Chi đoàn bản Nà Phát`, below that the words.
    """
    found: dict[int, int | None] = {}
    for at, line in enumerate(lines[:-2]):
        below, further = lines[at + 1], lines[at + 2]
        if not _is_bare_name(line) or below.mark or _is_bare_name(below):
            continue
        if len(below.text) >= _SHORTEST_WORDS:
            found[line.piece.paragraph] = None
        elif (
            below.text[-1:].isalnum() and len(further.text) >= _SHORTEST_WORDS and not further.mark
        ):
            found[line.piece.paragraph] = below.piece.paragraph
    return found if len(found) >= _COUNTED else {}


def _is_bare_name(line: Line) -> bool:
    text = line.text.rstrip(" :")
    named = re.fullmatch(rf"(?:{named_pattern()}|{WORD}(?:\s+{WORD}){{1,4}})", text)
    if line.mark or not named or len(text) > 40 or text.isupper():
        return False
    return text.split()[0].lower() in words("speakers", "surnames") or bool(named.group("named"))


def _names_counted(lines: Sequence[Line]) -> frozenset[int]:
    """Numbered lines that only say who speaks, one after another: `(3) Bà Sen - chợ` and below it the words.

    Once most numbered lines of a kind do so, the others of that kind do too.
    """
    kinds: dict[tuple[str, bool], list[int]] = {}
    for at, line in enumerate(lines[:-1]):
        if line.mark in ("number", "named"):
            kinds.setdefault((line.mark, line.bracketed), []).append(at)
    found: set[int] = set()
    for places in kinds.values():
        heads = [at for at in places if _heads_words(lines[at], lines[at + 1])]
        told = [at for at in heads if _says_who(lines[at].text)]
        inside = [at for at in places if told and told[0] <= at <= told[-1]]
        if len(told) >= _COUNTED and len(told) >= _MOST * len(inside):
            found |= {lines[at].piece.paragraph for at in heads if at >= told[0]}
    return frozenset(found)


def _heads_words(line: Line, below: Line) -> bool:
    text = line.text.strip()
    closed = text.endswith((".", ";", "?", "!", ",")) and not re.search(r"\b\w{1,3}\.$", text)
    apart = below.mark in ("", "bullet") and len(below.text) > len(text) / 2
    return len(text) <= 100 and not closed and not text.isupper() and apart


def _says_who(text: str) -> bool:
    """`Bà Sen - chợ`, `Cử tri xã X`, `(Cử tri các xã X, Y)`: a person or a crowd and no words."""
    bare = text.strip(" :.").removeprefix("(").removesuffix(")")
    if introduction(bare) and not introduction(bare).speaker.official:
        return False
    found = introduction(f"{bare}: x")
    return bool(found and found.first and not found.verb and found.start > len(bare))


def _is_name_alone(line: Line) -> bool:
    text = line.text.rstrip(" :")
    if (
        len(text) > 100
        or text.endswith((".", ";", ",", "?", "!"))
        or line.mark in ("bullet", "letter")
    ):
        return False
    if text.isupper() or not opening(
        "speakers.titles", "speakers.groups", "speakers.prefixes"
    ).match(text):
        return False
    found = introduction(f"{text}: x")
    if not found or found.verb or found.speaker.official:
        return False
    if found.speaker.collective and line.mark not in ("number", "roman", "dotted"):
        return False
    return bool(found.speaker.address or found.speaker.commune)


def headlines(lines: Sequence[Line]) -> frozenset[int]:
    """Short lines that come back, each above a letter in somebody's own words or one that is signed."""
    padded = [*lines, Line(Piece(0, 0, 0, ""))]
    found = {
        here.piece.paragraph
        for here, after, below in zip(padded, padded[1:], padded[2:], strict=False)
        if _is_headline(here)
        and not after.mark
        and len(after.text) > _LONGEST_HEADLINE
        and citizen_asks(after.text)
        and (speaks_of_himself(after.text) or attribution(below))
        and not any(introduction(after.text[start:]) for start, _ in sentences(after.text))
    }
    return frozenset(found) if len(found) >= _FEWEST else frozenset()


def above(lines: Sequence[Line], places: Collection[int]) -> frozenset[int]:
    """Return the short lines right above given paragraphs: the titles of letters."""
    return frozenset(
        here.piece.paragraph
        for here, below in zip(lines, lines[1:], strict=False)
        if below.piece.paragraph in places
        and here.piece.paragraph not in places
        and here.mark in ("", "bullet", "number")
        and _is_headline(replace(here, mark=""))
    )


def _is_headline(line: Line) -> bool:
    text = line.text
    names = introduction(f"{text.rstrip(' :.')}: x") or attribution(line)
    short = (
        len(text) <= _LONGEST_HEADLINE
        and text[0].isupper()
        and (text[-1].isalnum() or text[-1] in '?”"')
    )
    return short and not (line.mark or names or re.search(r"\d[/:]\d", text) or _is_bare_name(line))
