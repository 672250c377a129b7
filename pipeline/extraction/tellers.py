"""Finds who says an opinion that was made anew: in its words, at its end, in the lines around."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.extraction.lines import Piece
from pipeline.extraction.persons import (
    WORD,
    Speaker,
    is_official,
    named_pattern,
    parse_speaker,
)
from pipeline.extraction.speakers import introduction
from pipeline.extraction.stretches import quotation, quoted_sentence
from pipeline.extraction.vocabulary import UPPER, alternation, opening, words

_HEAD = 170
_FARTHEST_VERB = 70
_LONGEST_LINE = 100
_LONGEST_CROWD = 90
_SHORTEST_SAID = 25
_LONGEST_AFTER_STAMP = 8
_STAMP = re.compile(
    r"[\[(]?(?:(?<!\d)\d{1,2}\s?(?:[:h]|giờ)\s?(?:\d{2})?(?:\s?phút)?(?!\d)|(?<!\d)\d{1,2}[/-]\d{1,2}(?:[/-]\d{2,4})?(?!\d))[\])]?"
)
_PERSON = rf"[{UPPER}](?:['’][{UPPER}])?[^\W\d_{UPPER}]*"  # noqa: RUF001
_PHONE = re.compile(r"0\d{2,3}[.\s]?[\d*x]{3,4}[.\s]?[\d*x]{2,4}")


def told_at_head(text: str) -> Speaker:
    """Return who takes the word in the first sentence of an opinion, or nobody.

    Examples
    --------
    >>> told_at_head("Chị Rơ Mah Hyăm, giáo viên mầm non, thổ lộ sáu cô ở chung.").name
    'Chị Rơ Mah Hyăm'
    """
    text = _without_stamp(text)
    number = re.match(rf"\W*(?P<who>(?:số\s(?:máy\s)?)?{_PHONE.pattern})(?=\s*:)", text, re.I)
    if number:
        return Speaker(number.group("who"))
    found = introduction(text)
    if found and (found.colon or found.verb) and not is_official(text[: found.start]):
        return found.speaker
    head = text[:_HEAD]
    named = _named_before_verb(head)
    if named.name:
        return named
    bare = _bare_name().match(head)
    if bare and not is_official(bare.group()) and _is_name(bare.group("name")):
        return Speaker(bare.group("name"), role=(bare.group("rest") or "").strip(" ,()"))
    crowd = _crowd().match(head)
    if crowd and not is_official(crowd.group("who"), named=False):
        return Speaker(crowd.group("who").strip(" ,"), collective=True)
    return Speaker()


def _without_stamp(text: str) -> str:
    """`21 giờ 35 phút, 6-5: Ông A, tổ 4: ...` without the time before the speaker."""
    stamp = re.match(
        rf"\W*{_STAMP.pattern}(?:[,\s]+{_STAMP.pattern})?[^:.]{{0,12}}?[:.\s]\s*", text
    )
    return text[stamp.end() :] if stamp else text


def told_at_end(text: str) -> Speaker:
    """Return whom the end of an opinion names: after a quotation, in brackets, as a signature."""
    piece = Piece(0, 0, len(text), text)
    said = quoted_sentence(piece) or quotation(piece)
    if said and said.speaker.name and not said.speaker.official:
        return said.speaker
    behind = re.search(
        rf"(?:[”\"]|[^\W\d_])[\s.,]*\s[-–—]\s+(?P<who>(?:{named_pattern()}|(?i:{alternation('speakers.groups')})\s)[^-–—“”\".;:]{{0,60}})[.\s]*$",
        text,
    ) or re.search(rf"[”\"][.,]?\s*,?\s*(?P<who>{named_pattern()})(?:[,\s][^“”\"]{{0,60}})?$", text)
    if behind and behind.start() >= _SHORTEST_SAID:
        speaker = parse_speaker(behind.group("who"))
        return Speaker() if speaker.official else speaker
    initials = re.search(
        rf"\s[-–—]\s+(?P<who>(?:[{UPPER}]\.){{2,4}})\s*(?:\([^()]*\))?[.\s]*$", text
    )
    if initials:
        return Speaker(initials.group("who"))
    inside = re.search(r"\((?P<who>[^()]{2,90})\)[\s.;]*$", text)
    if inside:
        return _in_brackets(inside.group("who"))
    signed = re.search(
        rf"[.?!…”\"]\s+(?P<who>(?:[{UPPER}]{{2,}}\s){{1,4}}[{UPPER}]{{2,}}|(?:[{UPPER}]\.){{2,4}}[{UPPER}]?\.?)[.\s]*$", text
    )  # fmt: skip
    if signed and (
        signed.group("who").split()[0].lower() in words("speakers", "surnames")
        or "." in signed.group("who")
    ):
        return Speaker(signed.group("who").strip())
    return Speaker()


def told_by_line(text: str) -> Speaker:
    """Return whom a line of its own names and says nothing more, or nobody.

    A name, a title with a name, or whatever stands beside a time of day; a
    place, a trade or a date may follow.
    """
    stamps = list(_STAMP.finditer(text))
    stamped = bool(stamps) and stamps[-1].end() >= len(text.rstrip()) - _LONGEST_AFTER_STAMP
    bare = _STAMP.sub(" ", text).strip()
    if stamped and (bare.endswith(":") or re.search(r"\d|[·|]\s*\S", bare)):
        stamped = False
    framed = re.fullmatch(r"[(\[](.*)[)\]][.\s]*", bare)
    bare = (framed.group(1) if framed else bare).strip(" -–—·•|,:\t")
    sender = labelled_sender(text)
    if sender.name:
        return sender
    if not 2 <= len(bare) <= _LONGEST_LINE or re.search(r"[:;?!“”\"]|[a-zà-ỹ]{2}\.(?:\s|$)", bare):
        return Speaker()
    places = ("speakers.villages", "speakers.communes", "speakers.above", "speakers.bodies")
    titled = opening("speakers.titles").match(bare)
    if is_official(bare) or opening("header.kinds", "speakers.no_speakers").match(bare):
        return Speaker()
    if opening(*places).match(bare) and not titled:
        return Speaker()
    name = re.match(
        rf"(?:{named_pattern()}|(?P<name>{WORD}(?:\s+{WORD}){{1,4}}|H['’]\w+))(?=\s*(?:$|[,(]|[-–—]\s))",
        bare,
    )
    long = name and not bare.isupper() and len(name.group().split()) > 2
    if name and bare.isupper() and not (titled or len(name.group().split()) > 2):
        return Speaker()
    if name and (name.group("named") or long or _is_name(name.group("name"))):
        return _as_written(bare, name.group())
    if stamped and len(bare.split()) <= 4:
        return Speaker(bare)
    if framed and opening("speakers.groups", "speakers.callings").match(bare):
        return Speaker(bare, collective=True)
    initials = re.fullmatch(rf"(?:[{UPPER}]\.){{1,4}}[{UPPER}]?\.?|[{UPPER}]\w+\s[{UPPER}]\.", bare)
    return Speaker(bare) if initials else Speaker()


def labelled_sender(text: str) -> Speaker:
    """Return whom "Người gửi: ..." or "Hỏi bởi: ..." anywhere in a line names."""
    found = _labelled().search(text)
    return Speaker(_STAMP.sub(" ", found.group("who")).strip(" ·-–|")) if found else Speaker()


def last_person(text: str) -> Speaker:
    """Return the last person whom a text names in full and as no official."""
    for named in reversed(list(_named().finditer(text))):
        before = text[: named.start()].split()[-1:]
        around = text[max(0, named.start() - 50) : named.end() + 50]
        if len(named.group().split()) < 3 or is_official(around):
            continue
        if before and before[0].lower() in words("speakers", "belonging"):
            continue
        return parse_speaker(named.group())
    return Speaker()


def pronoun_at_head(text: str) -> str:
    """Return the pronoun in small letters that an opinion begins with: "Ông không phản đối"."""
    found = _pronoun().match(text)
    return found.group("title").lower() if found else ""


def _named_before_verb(head: str) -> Speaker:
    """The person named right before the first verb of saying, colon or quotation of a sentence."""
    found = [
        named for named in _named().finditer(head) if _may_speak().search(head[: named.start()])
    ]
    for at, named in enumerate(found):
        until = found[at + 1].start() if at + 1 < len(found) else len(head)
        rest = head[named.end() : until]
        verb = _says().search(rest)
        apart = re.match(r"\s*[,(]", rest)
        if not verb or verb.start() > (_HEAD if apart else _FARTHEST_VERB):
            continue
        if re.search(r"[.;?!]\s", rest[: verb.start()]):
            continue
        close = re.match(r"\s*(?:\([^()]*\)|,[^,:]*(?=[,:]))", rest) if apart else None
        before = head[max(0, named.start() - 40) : named.start()].rpartition(".")[2]
        if is_official(named.group() + (close.group() if close else "")) or is_official(before):
            return Speaker()
        return parse_speaker(named.group() + (close.group() if close else ""))
    return Speaker()


def _in_brackets(who: str) -> Speaker:
    who = re.sub(rf"^{alternation('speakers.bracket_leads')}\s*:?\s*", "", who, flags=re.I)
    nameless = re.search(rf"(?:[^,]*\s)?{alternation('speakers.nameless')}", who, re.I)
    if nameless:
        return Speaker(nameless.group().strip(" ,"), collective=True)
    first = re.split(r"\s*[,–-]\s+", who)[0]
    if is_official(who) or opening(
        "speakers.villages", "speakers.communes", "speakers.above"
    ).match(who):
        return Speaker()
    if re.fullmatch(rf"(?:[{UPPER}]\.){{1,4}}[{UPPER}]?\.?", first):
        return Speaker(first)
    if re.match(named_pattern(), who):
        return parse_speaker(who)
    if opening("speakers.groups", "speakers.callings", "speakers.titles").match(who):
        return Speaker(who, collective=True)
    apart = re.search(r"\s[-–—]\s", who)
    return (
        Speaker(first)
        if re.fullmatch(rf"{WORD}(?:\s+{WORD}){{1,4}}", first) and (apart or _is_name(first))
        else Speaker()
    )


def _as_written(bare: str, name: str) -> Speaker:
    speaker = parse_speaker(bare)
    if speaker.name and not speaker.collective:
        return Speaker(
            name.title() if name.isupper() else name, speaker.role, speaker.address, speaker.commune
        )
    return Speaker(name.title() if name.isupper() else name)


def _is_name(name: str) -> bool:
    """Tell whether capitalised words are a person's: a surname first, "Y Blir Niê", "H'Loan Mlô"."""
    first = name.split()[0]
    return first.lower() in words("speakers", "surnames") or bool(
        re.match(r"(?:Y|A|Già|H['’]\w+|K['’]\w+)$", first)
    )


@lru_cache(maxsize=1)
def _named() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){named_pattern()}")


@lru_cache(maxsize=1)
def _says() -> re.Pattern[str]:
    verbs = alternation("speakers.verbs", "speakers.telling", "speakers.saying_besides")
    return re.compile(rf"(?<![\w(]){verbs}(?!\w)|:\s|\s[“\"]", re.I)


@lru_cache(maxsize=1)
def _may_speak() -> re.Pattern[str]:
    """After these a name is the one who takes the word, not one who is spoken of."""
    return re.compile(
        rf"(?:^\W*|[,:.;()\]–-]\s*|(?<!\w){alternation('speakers.before_speaker')}\s+)$", re.I
    )


@lru_cache(maxsize=1)
def _bare_name() -> re.Pattern[str]:
    """`Vi Thị Quế HPN bản Lạp: ...`, `Y Nguê, mới lấy chồng, rụt rè hỏi ...`."""
    verbs = alternation("speakers.verbs")
    return re.compile(
        rf"\W*(?P<name>{_PERSON}(?:\s+{_PERSON}){{1,5}})(?=[\s,(:])"
        rf"(?P<rest>[^:;.?!“”\"]{{0,70}}?)(?::\s|\s(?i:{verbs})(?!\w))"
    )


@lru_cache(maxsize=1)
def _crowd() -> re.Pattern[str]:
    """`Dù vậy, cử tri thành phố A cho biết ...`: a crowd, and whatever describes it, before the verb."""
    lead = (
        rf"(?:(?:{alternation('speakers.crowd_leads')}|về\s[^,.:;]{{2,50}}|cũng[^,.:;]{{2,40}})[,\s]\s*)?"
        r"(?:còn\s|có\s|đối tượng\s)?"
    )
    return re.compile(
        rf"\W*(?i:{lead})(?P<who>(?i:{alternation('speakers.groups', 'speakers.callings')})(?!\w)(?!\s(?:này|ấy))[^.;:?!“”\"]{{0,{_LONGEST_CROWD}}}?)"
        rf"\s*(?:\s(?:còn|cũng|tiếp tục|đều|rất)\s)?(?:\s(?i:{alternation('speakers.crowd_verbs')})(?!\w)|:\s)"
    )


@lru_cache(maxsize=1)
def _labelled() -> re.Pattern[str]:
    return re.compile(
        rf"(?:(?<=^)|(?<=[·|\-–—])\s*)\W*{alternation('fields.speaker', 'speakers.senders')}\s*:\s*(?P<who>[^·|:;–—]{{1,60}}?)(?=\s+[-·|–—]\s|\s*$|\s*[|·])",
        re.I,
    )


@lru_cache(maxsize=1)
def _pronoun() -> re.Pattern[str]:
    return re.compile(
        r"\W*(?:\[[^\]]*\]\s*)?(?:(?:theo|còn|qua\s[^,.:;]{2,30}|rồi|sau đó|ngoài ra)[,\s]\s*)?"
        r"(?P<title>ông|bà|anh|chị|cô|chú|bác|cụ|em|già)(?=\s[a-zà-ỹ]|,)",
        re.I,
    )
