"""Reads letters told in one paragraph each: who wrote, about what, and what an office did with it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.extraction.asking import needs_answer, needs_none
from pipeline.extraction.lines import Line
from pipeline.extraction.office import office_from, office_paragraph
from pipeline.extraction.persons import Speaker, group_pattern, named_pattern, parse_speaker
from pipeline.extraction.speakers import introduction
from pipeline.extraction.vocabulary import alternation

_REPEATED = 3
_SHORTEST_MATTER = 30
_LONGEST_LEAD = 260


@dataclass(frozen=True)
class Letter:
    """Who wrote, and where the matter begins and ends; the office's words begin at `reply`."""

    speaker: Speaker
    start: int
    end: int
    reply: int


def letters_in(lines: Sequence[Line]) -> Mapping[int, Letter]:
    """Return the paragraphs that each tell a letter, if such paragraphs come back.

    A letter names its writer and ends in an office's words ("Báo đã chuyển
    ..."), or names first the office that answers and then the letter.
    """
    found: dict[int, Letter] = {}
    sure = 0
    for line in lines:
        letter = _letter(line.text)
        if letter:
            found[line.piece.paragraph] = letter
            sure += letter.end < len(line.text.rstrip(" .;"))
    if sure < _REPEATED:
        return {}
    signed = ((line, _signed_by_crowd().search(line.text)) for line in lines if line.mark)
    crowds = {
        line.piece.paragraph: letter
        for line, match in signed
        if match and (letter := _signed_letter(line.text, match))
    }
    return {**crowds, **found} if any(one.start == 0 for one in found.values()) else found


@lru_cache(maxsize=1)
def _signed_by_crowd() -> re.Pattern[str]:
    """A crowd in brackets, where others sign so by name."""
    return re.compile(rf"\s*\((?P<who>(?i:{group_pattern()})[^()]{{0,90}})\)[\s.;]*$")


def _letter(text: str) -> Letter | None:
    signed = _signed().search(text)
    if signed and not introduction(text):
        return _signed_letter(text, signed)
    answered = _answered().match(text)
    if answered:
        start, who = answered.end(), answered.group("who") or ""
        speaker = parse_speaker(who) if who else Speaker()
    else:
        writer = _writer().match(text)
        opened = (
            _matter().search(text, writer.end(), writer.end() + _LONGEST_LEAD) if writer else None
        )
        told = introduction(text) if writer and not opened else None
        if not writer or not (opened or (told and told.verb)):
            return None
        start = opened.end() if opened else told.start
        speaker = parse_speaker(_head().split(text, maxsplit=1)[0]) if opened else told.speaker
    if speaker.official:
        return None
    ends = office_from(text[start:])
    end = len(text) if ends is None else start + ends
    matter = text[start:end]
    if len(matter) < _SHORTEST_MATTER or not needs_answer(matter) or (answered and ends is None):
        return None
    return Letter(speaker, start, end, end)


def _signed_letter(text: str, signed: re.Match[str]) -> Letter | None:
    """`Gần tháng nay, đêm nào cũng ... (Anh A, đường B)`: the writer stands in brackets at the end."""
    speaker = parse_speaker(signed.group("who"))
    matter = text[: signed.start()]
    asks = not needs_none(matter) and not office_paragraph(matter)
    if speaker.official or not asks or len(matter) < _SHORTEST_MATTER:
        return None
    return Letter(speaker, 0, len(matter), len(text))


@lru_cache(maxsize=1)
def _signed() -> re.Pattern[str]:
    unnamed = r"(?:một|nhiều|những)\s(?:bạn đọc|người dân|cư dân|công dân|phụ huynh|cử tri)"
    return re.compile(
        rf"\s*\((?P<who>(?:{named_pattern()}|(?i:{unnamed}|bạn đọc giấu tên))[^()]{{0,90}})\)[\s.;]*$"
    )


@lru_cache(maxsize=1)
def _writer() -> re.Pattern[str]:
    return re.compile(rf"\W*(?:{named_pattern()}|(?i:{group_pattern()}))")


@lru_cache(maxsize=1)
def _head() -> re.Pattern[str]:
    return re.compile(rf"(?:,?\s+{alternation('speakers.writing')})|\.\s|:\s", re.I)


@lru_cache(maxsize=1)
def _matter() -> re.Pattern[str]:
    return re.compile(
        r"(?<!\w)(?:(?:tóm tắt\s+)?nội dung(?:\s+(?:đơn|thư|phản ánh|kiến nghị|khiếu nại))?\s*:"
        rf"|{alternation('speakers.verbs')}(?:\s+(?:rằng|như sau))?\s*:"
        r"|theo\s+(?:nội dung\s+)?(?:đơn|thư|phản ánh|trình bày)(?:\s+thư)?\s*,"
        r"|[^\s:]{1,30}\s*:(?=\s*[“\"]))\s*[“\"]?",
        re.I,
    )


@lru_cache(maxsize=1)
def _answered() -> re.Pattern[str]:
    offices = alternation("speakers.bodies", "speakers.official_roles")
    sent = r"(?:đơn|thư|ý kiến|phản ánh|kiến nghị|câu hỏi|khiếu nại|tố cáo)"
    return re.compile(
        rf"\W*{offices}[^.;“\"]{{0,160}}?\s(?:về|nhận được|đối với)\s+{sent}(?:\s+(?:thư|khiếu nại|tố cáo|kiến nghị|phản ánh))*"
        r"(?:\s+của\s+(?P<who>(?:(?!\svề\s)[^:;.]){3,90}?)|[^:;.]{0,80}?)\s*(?::|về\s+việc|về\s+tình trạng)\s+",
        re.I,
    )
