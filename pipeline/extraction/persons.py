"""Takes an introduction apart: name, role, village, commune, and whether it is an official."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from pipeline.extraction.vocabulary import UPPER, alternation, holding, opening

WORD = rf"[{UPPER}][^\s,;:()\[\]–—\"“”!?]*"
NAME = rf"{WORD}(?:\s+{WORD}){{0,5}}"
_AGE = re.compile(r"^(?:\d{2,3}\s*tuổi|sinh năm \d{4}|sn\.?\s*\d{4})$", re.I)


@dataclass(frozen=True)
class Speaker:
    """Who speaks, as written: `address` is the village or group, `commune` what is above."""

    name: str = ""
    role: str = ""
    address: str = ""
    commune: str = ""
    official: bool = False
    collective: bool = False


def parse_speaker(who: str) -> Speaker:
    """Return the parts of an introduction such as "Bà A (tổ 4, xã B), hộ kinh doanh".

    Examples
    --------
    >>> parse_speaker("Bà Trần Thị Thoa - TDP số 3, chủ quán ăn").address
    'TDP số 3'
    """
    who = without_contact(who).strip(" ,;:-–—\t")
    head = re.match(rf"(?:{named_pattern()})|(?i:{group_pattern()})", who)
    bare = (
        None if head else re.match(rf"{WORD}(?:\s+{WORD}){{1,4}}(?=\s*(?:[,;(]|\s[-–—]\s|$))", who)
    )
    name = who[: (head or bare).end()] if head or bare else ""
    named = bool(bare or (head and head.group("named")))
    rest = who[len(name) :]
    speaker = Speaker(name.strip(), collective=not named)
    for part in parts_of(rest):
        speaker = with_part(speaker, part)
    if not name:
        speaker = _role_alone(speaker, who)
    return replace(speaker, official=is_official(who, named=named))


def without_contact(text: str) -> str:
    """Return a text of the same length with blanks for telephone numbers and mail addresses.

    A list of speakers often tells how to reach them; that is no part of a name,
    and the colon of "ĐT: 0912..." closes no introduction.
    """
    return _contact().sub(lambda found: " " * len(found.group()), text)


def is_official(who: str, *, named: bool = True) -> bool:
    """Tell whether an introduction names an official or a body that answers."""
    offices = holding("speakers.official_roles").finditer(who)
    if any(not _grassroots_follows(who[match.end() :]) for match in offices):
        return not opening("speakers.groups").match(who) or "lãnh đạo" in who.lower()
    body = None if named else opening("speakers.bodies").match(who)
    spoken_for = body and re.search(r"đại diện$", body.group(), re.I)
    own = spoken_for and opening("speakers.grassroots").match(who, body.end())
    return bool(body) and not own


def _grassroots_follows(rest: str) -> bool:
    return bool(holding("speakers.grassroots").search(rest[:40]))


def with_part(speaker: Speaker, part: str) -> Speaker:
    """Return a speaker to whom one part between commas, brackets or dashes is added."""
    part = re.sub(
        r"^(?:ở|tại|trú(?: tại)?|ngụ(?: tại)?|của|thuộc|là|hiện ở|các|hai|ba)\s+", "", part.strip()
    )
    part = part.strip(" .,:;-–—")
    if not part or _AGE.match(part):
        return speaker
    if opening("speakers.communes", "speakers.above").match(part):
        return replace(speaker, commune=_joined(speaker.commune, part))
    if opening("speakers.villages").match(part) and not opening("speakers.titles").match(part):
        return _with_village(speaker, part)
    if re.fullmatch(rf"{WORD}(?:\s+{WORD}){{0,3}}(?:\s+\d{{1,2}})?", part) and len(part) > 3:
        return replace(speaker, address=_joined(speaker.address, part))
    inside = re.search(rf"{_village_pattern()}\s*(?:số\s+)?(?:[{UPPER}\d].*)$", part)
    if not opening("speakers.no_role").match(part):
        speaker = replace(speaker, role=_joined(speaker.role, part))
    if inside and not speaker.address:
        speaker = _with_village(speaker, inside.group())
    return speaker


def _with_village(speaker: Speaker, part: str) -> Speaker:
    """`thôn Y xã X` holds both the village and the commune."""
    commune = re.search(rf"\s(?={_commune_pattern()}\s+[{UPPER}\d])", part)
    if commune:
        speaker = replace(speaker, commune=_joined(speaker.commune, part[commune.end() :]))
        part = part[: commune.start()]
    return replace(speaker, address=_joined(speaker.address, part))


def _role_alone(speaker: Speaker, who: str) -> Speaker:
    """`Trưởng thôn Y:` or `Đại diện Hội Phụ nữ:` has a role and no name."""
    first = parts_of(who)[0].strip() if parts_of(who) else who
    return replace(speaker, name=first, role="" if speaker.role == first else speaker.role)


def _joined(known: str, part: str) -> str:
    return f"{known}, {part}" if known and part not in known else known or part


def parts_of(text: str) -> list[str]:
    """Return the parts of an introduction between commas, brackets and dashes."""
    return [part for part in re.split(r"\s*[,;()\[\]]\s*|\s+[-–—]\s+", text) if part.strip()]


@lru_cache(maxsize=1)
def _contact() -> re.Pattern[str]:
    label = rf"(?<!\w){alternation('speakers.contacts')}\s*[:.]?\s*"
    mail = r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,6}"
    grouped = r"(?<!\d)(?:\+84[ .-]?\d{1,3}|0\d{2,4})[ .-]?\d{3,4}[ .-]?\d{3,4}(?!\d)"
    # Any grouping of digits is a number only after a label: "01.02.2023 15" is a day and an hour.
    labelled = r"(?:\+84|[01])(?:[ .-]?\d){7,10}(?!\d)"
    return re.compile(rf"{label}(?:{mail}|{labelled})|{mail}|{grouped}", re.I)


@lru_cache(maxsize=1)
def named_pattern() -> str:
    """Return the pattern of a title with a name."""
    title = alternation("speakers.titles")
    return rf"(?P<named>(?i:(?:{title}\s+){{1,2}}){NAME})"


@lru_cache(maxsize=1)
def group_pattern() -> str:
    """Return the pattern of a crowd, a village that speaks, or an office without a name."""
    village = alternation("speakers.speaking_villages")
    many = (
        r"(?:(?:một số|một vài|một|nhiều|các|những|đa số|phần lớn|hầu hết|tập thể|đại diện|có)\s+)?"
    )
    group = many + alternation("speakers.groups") + r"(?:\s+khác)?"
    grass = alternation("speakers.titles")
    number = r"\d{1,2}(?!\d)"
    return (
        rf"nhóm\s+\d+\s+hộ(?:\s+dân)?|(?:tập thể\s+)?\d+\s+hộ(?:\s+dân)?|{group}"
        rf"|{village}\s+(?:số\s+)?(?:(?-i:{NAME})(?:\s+\d+)?|{number})|{grass}(?=\s*[,:(]|\s+(?:thôn|bản|tổ|tdp|khu))"
    )


@lru_cache(maxsize=1)
def _village_pattern() -> str:
    return rf"(?i:(?<!\w){alternation('speakers.villages')})"


@lru_cache(maxsize=1)
def _commune_pattern() -> str:
    return rf"(?i:{alternation('speakers.communes', 'speakers.above')})"
