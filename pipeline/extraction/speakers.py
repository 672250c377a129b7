"""Finds who speaks: the introductions that minutes, lists and newspapers use."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from pipeline.extraction.persons import (
    WORD,
    Speaker,
    group_pattern,
    is_official,
    named_pattern,
    parse_speaker,
    parts_of,
    with_part,
    without_contact,
)
from pipeline.extraction.vocabulary import UPPER, alternation, opening

_LONGEST_INTRODUCTION = 220
_LONGEST_REQUEST_LEAD = 25
_UNNAMED = re.compile(
    r"(?<=\s)(?:đề nghị|xin|yêu cầu)\s+(?:được\s+)?(?:không nêu|giấu|không ghi|không nói)\s+(?:rõ\s+)?tên(?!\w)",
    re.I,
)


@dataclass(frozen=True)
class Introduction:
    """A speaker and the place in the text where the words of the speaker begin.

    `verb` is the verb of saying, if there is one; `colon` tells that a colon
    closes the introduction, which makes it sure. `first` tells that nothing
    stands before the speaker.
    """

    speaker: Speaker
    start: int
    verb: str = ""
    colon: bool = False
    first: bool = True


def introduction(text: str) -> Introduction | None:
    """Return the introduction that a paragraph or sentence begins with, if any."""
    text = _UNNAMED.sub(lambda found: " " * len(found.group()), without_contact(text))
    text = text.replace("**", "  ")
    return _with_colon(text) or _with_verb(text) or _with_stop(text) or _according(text)


def _with_colon(text: str) -> Introduction | None:
    """`Ông X, thôn Y:`, `Bà A (tổ 4) nêu ý kiến:`, `Theo các hộ dân ở ...:`."""
    colon = _first_colon(text)
    if colon is None:
        return None
    subject = _subject().match(text, 0, colon)
    if not subject:
        return _untitled(text, colon)
    verb = _verb_after(text, subject.end("who"), colon)
    if verb and _holds_matter(text, verb, colon):
        return None
    who = text[subject.start("who") : verb.start() if verb else colon]
    if not verb and subject.lastgroup == "group" and len(who.split()) > 14:
        return None
    speaker = parse_speaker(who)
    start = _skip_space(text, colon + 1)
    return Introduction(speaker, start, verb.group("verb") if verb else "", colon=True)


def _untitled(text: str, colon: int) -> Introduction | None:
    """`Vàng A Dê, thôn Cát Cát: ...`: a bare name before the colon."""
    name = re.compile(rf"\W{{0,4}}(?P<name>{WORD}(?:\s+{WORD}){{1,4}})(?=\s*[,(:–-]|$)").match(
        text, 0, colon
    )
    if not name or text[:colon].isupper():
        return None
    speaker = Speaker(name.group("name"), official=is_official(text[:colon]))
    if opening("speakers.communes", "speakers.above").match(speaker.name):
        place = Speaker("cử tri", commune=speaker.name, collective=True)
        return Introduction(place, _skip_space(text, colon + 1), colon=True)
    for part in parts_of(text[name.end() : colon]):
        speaker = with_part(speaker, part)
    bracket = len(speaker.name.split()) > 2 and text[name.end() :].lstrip().startswith("(")
    known = bracket or (
        speaker.address
        or speaker.commune
        or (len(speaker.name.split()) > 2 and not text[name.end() : colon].strip(" ,()-–—"))
    )
    return Introduction(speaker, _skip_space(text, colon + 1), colon=True) if known else None


def _with_verb(text: str) -> Introduction | None:
    """`Cử tri xã X đề nghị ...`, `bản X xin ...`, `Chị N, chợ M, cho biết ...`."""
    subject = _subject().match(text)
    if not subject:
        return None
    limit = min(len(text), subject.end("who") + 170)
    verb = _verb_after(text, subject.end("who"), limit)
    if not verb:
        return None
    between = text[subject.end("who") : verb.start()]
    who = text[subject.start("who") : verb.start()]
    if not is_official(who) and not opening("speakers.verbs").match(verb.group("verb")):
        return None
    if subject.group("office") and who.rstrip().endswith(","):
        return None
    if not _apposition(between, named=bool(subject.group("named"))):
        return None
    speaker = _from_scene(parse_speaker(who), text[: subject.start("who")])
    after = _after_verb().match(text, verb.end())
    start = after.end() if after else verb.end()
    return Introduction(
        speaker, start, verb.group("verb"), first=not re.search(r"\w", text[: subject.start("who")])
    )


def _with_stop(text: str) -> Introduction | None:
    """`Bà N, tổ dân phố M. Bãi rác tạm ...`: a full stop closes the introduction."""
    subject = _subject().match(text)
    if not subject or not subject.group("named"):
        return None
    stop = re.compile(rf"\.\s+(?=[{UPPER}“\"])").search(text, subject.end("who"))
    if not stop or stop.start() - subject.end("who") > 80 or len(text) - stop.end() < 20:
        return None
    between = text[subject.end("who") : stop.start()]
    speaker = parse_speaker(text[subject.start("who") : stop.start()])
    if not re.match(r"\s*[,(–-]", between) or not (speaker.address or speaker.commune):
        return None
    return Introduction(speaker, stop.end(), colon=True)


def _according(text: str) -> Introduction | None:
    """`Theo ông H (ấp 2, xã T), chợ xây xong ...`: a comma closes the introduction."""
    told = re.match(
        r"\W*theo (?:(?:phản ánh|ý kiến|đơn|thư|lời|lời kể) của ([^,:;.]{3,90})"
        r"|((?:một|nhiều|các|những|mấy|vài)\s[^,:;.]{3,90})),\s+", text, re.I,
    )  # fmt: skip
    who = (told.group(1) or told.group(2)) if told else ""
    if told and len(text) - told.end() > 20 and not is_official(who, named=False):
        return Introduction(
            _unnamed(who) if told.group(2) else parse_speaker(who),
            told.end(),
            "theo",
            colon=bool(told.group(1)),
        )
    subject = _subject().match(text)
    if not subject or not subject.group("named"):
        return None
    lead = text[: subject.start("who")]
    if not re.search(r"(?<!\w)theo\s+(?:lời\s+|phản ánh của\s+)?$", lead, re.I):
        return None
    close = re.compile(
        rf"(?:\s+(?i:{alternation('speakers.titles')})[^,:;.]{{0,40}}?)?"
        r"\s*(?:\([^)]*\))?(?:,\s*(?i:"
        + alternation("speakers.villages", "speakers.communes", "speakers.above")
        + r")\s[^,:;.]{1,40})*,\s+"
    ).match(text, subject.end("who"))
    if not close or len(text) - close.end() < 20:
        return None
    who = text[subject.start("who") : close.start() + len(close.group().rstrip(", "))]
    return Introduction(_from_scene(parse_speaker(who), lead), close.end(), "theo")


def _unnamed(who: str) -> Speaker:
    """`một người phụ nữ không nêu tên ở tổ 3`: who speaks without a name."""
    parts = re.split(r"\s(?:ở|tại|của)\s", who, maxsplit=1)
    return with_part(Speaker(parts[0], collective=True), parts[1] if len(parts) > 1 else "")


def _from_scene(speaker: Speaker, lead: str) -> Speaker:
    """`Cũng ở bản Nà Lốc, anh Sơn ...`: the place that stands before the name."""
    scene = re.search(
        rf"(?i:ở|tại|lượt|đến|của)\s+((?i:{alternation('speakers.speaking_villages')})\s+[^,:;.]{{2,40}}),",
        lead,
    )
    if not scene or speaker.address or speaker.commune:
        return speaker
    return with_part(speaker, scene.group(1))


def _apposition(between: str, *, named: bool) -> bool:
    """Tell whether words between subject and verb only describe the subject."""
    bare = re.sub(r"\([^)]*\)", " ", between)
    if re.search(r"[.;!?]\s|[;:“\"]", bare):
        return False
    bare = bare.strip(" ,-–—")
    if not bare:
        return True
    if named:
        apart = bool(re.match(r"\s*(?:[,(–—-]|\s[-–—])", between))
        return apart or _describes(bare) or _is_trade(bare)
    return bool(_group_place().match(bare))


def _is_trade(bare: str) -> bool:
    """`Chú Hai xe ôm hỏi ...`: a few small words after the name, as neighbours are called."""
    return bool(
        re.fullmatch(r"[a-zà-ỹ]+(?:\s[a-zà-ỹ]+){0,3}(?:\s(?:thì|cũng))?", bare)
    ) and not opening("speakers.no_role", "asking.complaints", "replies.verbs").match(bare)


def _describes(bare: str) -> bool:
    places = ("speakers.villages", "speakers.communes", "speakers.above", "speakers.grassroots")
    lead = r"(?:ở|tại|trú tại|ngụ|của|thuộc|là|thay mặt|đại diện|người|hộ|một|nguyên|đồng tình|đồng ý|nhất trí|tán thành|cùng ý|có)\s"
    return bool(opening(*places).match(bare) or re.match(lead, bare))


def _first_colon(text: str) -> int | None:
    """Return the place of the colon that may close an introduction."""
    depth = 0
    for at, letter in enumerate(text[:_LONGEST_INTRODUCTION]):
        depth += (letter in "([") - (letter in ")]")
        if letter == ":" and depth <= 0 and not text[at + 1 : at + 2].isdigit():
            before = re.sub(r"\([^)]*\)", "", text[:at])
            return None if re.search(r"[!?;“\"]|[a-zà-ỹ0-9]{2}\.\s|\s\d\.\s", before) else at
    return None


def _holds_matter(text: str, verb: re.Match[str], colon: int) -> bool:
    """`Bà A đề nghị xem lại đơn giá: ...`: the colon stands inside the matter itself."""
    tail = text[verb.end() : colon].strip()
    asks = opening("splitting.plain_requests").match(verb.group("verb"))
    counted = re.match(r"(?:một số|các|những|mấy|\d+|hai|ba|nhiều)\s", tail)
    tells = re.match(r"(?:cho biết|cho hay|cho rằng|phản ánh|kể)$", verb.group("verb"))
    return bool(asks or tells) and len(tail) > _LONGEST_REQUEST_LEAD and not counted


def _verb_after(text: str, start: int, end: int) -> re.Match[str] | None:
    """Return the first verb of saying between two places, outside brackets."""
    masked = re.sub(r"\([^)]*\)?", lambda found: "(" * len(found.group()), text[start:end])
    match = _verb().search(text[:start] + masked, start, end)
    return match


def _skip_space(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


@lru_cache(maxsize=1)
def _subject() -> re.Pattern[str]:
    lead = rf"(?i:(?:{alternation('speakers.prefixes')}[^,:;.()]{{0,40}}?,?\s*)?)"
    comma = (
        r"(?:[\[(]?\d{1,2}\s*(?:giờ|h|g|:)\s*(?:kém\s*)?(?:\d{1,2})?\s*(?:phút|p|')?(?!\w)[\])]?\s*[,:–-]?\s*)?"
        rf"(?i:{alternation('speakers.scenes')}(?:(?!\s{alternation('speakers.titles')}\s(?-i:[{UPPER}]))[^,:;.]){{0,60}},\s*)?(?i:(?:và\s+)?người\s[^,:;.]{{1,30}}?\slà\s+|(?:người|ông|bà|anh|chị)\s+thứ\s\w+\s*[(,]\s*)?"
    )
    role = rf"(?i:{alternation('speakers.official_roles', 'speakers.bodies')})[^,:;.]{{0,60}}?"
    return re.compile(
        rf"\W{{0,4}}{comma}{lead}(?P<who>(?:{named_pattern()})|(?P<group>(?i:{group_pattern()}))"
        rf"|(?P<office>{role}))"
    )


@lru_cache(maxsize=1)
def _group_place() -> re.Pattern[str]:
    places = alternation("speakers.villages", "speakers.communes", "speakers.above")
    lead = r"(?:,?\s*(?:ở|tại|của|thuộc|trên địa bàn|các|một số|hai|ba|và|nhân dân|\d+)\s+){0,3}"
    return re.compile(rf"{lead}{places}(?:\s[^:;.]{{0,120}})?$|{lead}$", re.I)


@lru_cache(maxsize=1)
def _verb() -> re.Pattern[str]:
    adverbs = rf"(?:{alternation('speakers.before_verb')}\s+){{0,3}}"
    verbs = alternation("speakers.verbs", "replies.verbs")
    compound = r"(?!\s+(?:vệ|hiểm|tồn|đảm|trợ|dưỡng|hành|lắng nghe|chí|cáo|viên|sinh|lý do)(?!\w))"
    return re.compile(rf"(?<![\w(]){adverbs}(?P<verb>{verbs}){compound}")


@lru_cache(maxsize=1)
def _after_verb() -> re.Pattern[str]:
    return re.compile(rf"\s*(?:{alternation('speakers.after_verb')}\s*)?[:,]?\s*[“\"]?")
