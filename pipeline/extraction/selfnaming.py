"""Finds who speaks in the words themselves: "tôi là Vàng Thị Sen ở thôn ...", capitals or none."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from pipeline.extraction.persons import WORD, Speaker, with_part
from pipeline.extraction.vocabulary import alternation, words

_LONGEST_PLACE = 4


@dataclass(frozen=True)
class Selfnaming:
    """A speaker who names himself, and where that begins and ends in the text."""

    speaker: Speaker
    start: int
    end: int


def selfnaming(text: str) -> Selfnaming | None:
    """Return the first place where a speaker says his own name, with office and village.

    Examples
    --------
    >>> selfnaming("dạ tôi là lò văn pành trưởng bản nà sáy ạ tôi hỏi").speaker.name
    'lò văn pành'
    """
    match = _own_name().search(text) or _capital_name().match(text)
    return _with_places(text, match) if match else None


def interpreted(text: str) -> Selfnaming | None:
    """Return the person for whom an interpreter speaks: "bà Phàn Sử Mẩy bà nói là ..."."""
    match = _for_another().match(text)
    if not match:
        return None
    name = f"{match.group('title')} {match.group('name').strip()}"
    return Selfnaming(Speaker(name), match.start(), match.end())


def _with_places(text: str, match: re.Match[str]) -> Selfnaming:
    speaker, at = Speaker(match.group("name").strip()), match.end("name")
    role = _role().match(text, at)
    if role:
        speaker, at = with_part(speaker, role.group("role")), role.end()
    place = _place().match(text, at)
    if place:
        speaker, at = with_part(speaker, place.group("place")), place.end()
    closing = re.compile(r"[\s,.]*(?:ạ|dạ|thưa)?[\s,.]*").match(text, at)
    return Selfnaming(speaker, match.start(), closing.end())


def _name(stop: str) -> str:
    surname = "|".join(map(re.escape, words("speakers", "surnames")))
    return (
        rf"(?P<name>(?:{surname})(?:\s(?!{stop})[^\W\d]+){{1,3}}?)(?=\s+{stop}|\s*[,.;:(–-]|\s*$)"
    )


def _stop() -> str:
    marks = alternation(
        "speakers.titles", "speakers.villages", "speakers.communes", "speakers.grassroots",
        "speakers.official_roles", "speakers.selfnaming_stops",
    )  # fmt: skip
    return rf"(?:{marks})"


@lru_cache(maxsize=1)
def _own_name() -> re.Pattern[str]:
    me = r"(?:tôi|tui|em|cháu|con|mình|chị|bà|ông|bác)"
    return re.compile(
        rf"(?<!\w){me}\s+(?:xin\s+)?(?:tự\s+)?(?:giới thiệu\s+)?(?:tên\s+là|tên|là|tên tôi là)\s+{_name(_stop())}", re.I
    )  # fmt: skip


@lru_cache(maxsize=1)
def _capital_name() -> re.Pattern[str]:
    """`Tôi Đinh Văn Cử, cựu chiến binh.`, `Chào cán bộ. Chảo Mẩy. ...`: capitals tell the name."""
    greeting = r"(?:(?:Dạ|Vâng|Thưa|Kính thưa|Chào|Xin chào|Em chào|Cháu chào|Tôi chào)[^.:!]{0,30}[.,!]\s+)?"
    me = r"(?:(?:Tôi|Em|Cháu|Tui|Mình|Con)\s+(?:tên\s+là\s+|tên\s+|là\s+)?)?"
    one = r"(?:(?<=là )[A-ZĐ]\w+|NAME)".replace("NAME", rf"{WORD}(?:\s+{WORD}){{1,3}}")
    return re.compile(rf"\W*{greeting}{me}(?P<name>{one})(?=\s*[,.])")


@lru_cache(maxsize=1)
def _for_another() -> re.Pattern[str]:
    says = r"(?:nói|bảo|hỏi|kể|muốn|ý kiến|có ý kiến)"
    return re.compile(
        rf"\W*(?:dạ\s+)?(?P<title>bà|ông|cụ|chị|anh|bác)\s+{_name(_stop())}\s+(?:(?:bà|ông|cụ|chị|anh|ấy|bác)\s+){{0,2}}{says}"
        r"(?:\s+(?:là|rằng))?\s+", re.I,
    )  # fmt: skip


@lru_cache(maxsize=1)
def _role() -> re.Pattern[str]:
    roles = alternation("speakers.titles")
    return re.compile(
        rf"[\s,–-]*(?:là\s+)?(?P<role>{roles}(?:\s+(?:phụ nữ|nông dân))?)(?=\W|$)", re.I
    )


@lru_cache(maxsize=1)
def _place() -> re.Pattern[str]:
    villages = alternation("speakers.villages")
    stop = alternation("speakers.titles", "speakers.selfnaming_stops")
    return re.compile(
        rf"[\s,–-]*(?:ở\s+|tại\s+|người\s+)?(?P<place>{villages}(?:\s(?!{stop})[^\W_]+){{1,{_LONGEST_PLACE}}}?)"
        rf"(?=\s+{stop}|\s*[,.;:(–-]|\s*$)", re.I,
    )  # fmt: skip
