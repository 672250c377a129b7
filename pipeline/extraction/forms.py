"""Reads the labelled fields of a form: "Họ tên:", "Nội dung:", "Trả lời:", in any order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from pipeline.extraction.asking import needs_answer, says_nothing
from pipeline.extraction.lines import Line, Piece
from pipeline.extraction.persons import Speaker, is_official, named_pattern, parse_speaker
from pipeline.extraction.sentences import sentences
from pipeline.extraction.speakers import introduction
from pipeline.extraction.vocabulary import UPPER, alternation, opening

SPEAKER, ADDRESS, ROLE, CONTENT, REPLY, ASIDE = (
    "speaker", "address", "role", "content", "reply", "aside",
)  # fmt: skip
"""Kinds of a field."""

_REPEATED = 2
_AFTER_NAME = re.compile(
    r"\s+(?:-\s*)?(?=(?:tuổi|sinh năm|năm sinh|giới tính|dân tộc|cccd|cmnd|số điện thoại|điện thoại|sđt)\s*:)",
    re.I,
)


@dataclass(frozen=True)
class Field:
    """A label at the head of a line: what it holds, where its value begins, and who speaks."""

    kind: str
    start: int
    who: str = ""


def field_of(line: Line) -> Field | None:
    """Return the field that a line opens, or None."""
    if line.mark in ("named", "roman"):
        return None
    match = _labels().match(line.text)
    if match is None:
        return _field_of_group(line)
    kind = str(match.lastgroup)
    bracket = re.search(r"\(([^()]{3,80})\)\s*:\s*$", match.group())
    who = bracket.group(1).strip() if bracket and kind == CONTENT else ""
    return Field(kind, match.end(), who)


def _field_of_group(line: Line) -> Field | None:
    """`Ý kiến NLĐ:`, `Ý kiến của NSDLĐ:`: a label that says who speaks."""
    match = _grouped().match(line.text)
    if match is None:
        return None
    who = match.group("who")
    if is_official(who, named=False):
        return Field(REPLY, match.end())
    crowd = opening("speakers.groups").fullmatch(who.strip())
    return Field(CONTENT, match.end(), who.strip()) if crowd else None


def field_of_another(line: Line) -> Field | None:
    """`Ý kiến ông A - Liên đoàn Lao động:` in a form whose labels name who speaks: an answer."""
    match = _grouped().match(line.text)
    return Field(REPLY, 0) if match else None


def is_form_of_groups(lines: Sequence[Line]) -> bool:
    """Tell whether labels that name who speaks come back, for questions and for answers."""
    grouped = [field.kind for field in map(_field_of_group, lines) if field]
    return min(grouped.count(CONTENT), grouped.count(REPLY)) >= _REPEATED


def is_form(lines: Sequence[Line]) -> bool:
    """Tell whether fields come back: contents, and who speaks or what is answered."""
    learned = learned_fields(lines)
    count = Counter(
        field.kind
        for line in lines
        if (field := field_of(line) or learned.get(line.piece.paragraph))
    )
    beside = max(count[SPEAKER], count[ADDRESS], count[ASIDE])
    beside = max(beside, min(count[REPLY], _asked_by_one(lines)))
    if count[SPEAKER] and count[CONTENT] and (count[ADDRESS] or count[ROLE]):
        return True
    return (count[CONTENT] >= _REPEATED and beside >= _REPEATED) or is_form_of_groups(lines)


def _asked_by_one(lines: Sequence[Line]) -> int:
    """Count the fields of contents that name who asks: `Hỏi (bà Mơ, thôn Đông): ...`."""
    fields = [field for field in map(field_of, lines) if field]
    return sum(field.kind == CONTENT and bool(field.who) for field in fields)


def persons_named(value: str) -> list[Speaker]:
    """Return the persons that the field of a speaker names, one or several.

    Examples
    --------
    >>> [one.name for one in persons_named("Bà Đỗ Thị Sen, ông Hà Văn Lợi (hộ dân)")]
    ['Bà Đỗ Thị Sen', 'ông Hà Văn Lợi']
    """
    cuts = list(re.finditer(rf"\s*;\s*|(?:,|\s+và)\s+(?={named_pattern()})", value))
    starts, ends = [0, *(cut.end() for cut in cuts)], [*(cut.start() for cut in cuts), len(value)]
    parts = [
        _AFTER_NAME.split(value[start:end].strip())[0]
        for start, end in zip(starts, ends, strict=True)
    ]
    value = parts[0] if len(parts) == 1 else value
    texts = [part for part in parts if re.search(r"[^\W\d_]", part)]
    found = [_person(text) for text in texts if text == value or re.match(named_pattern(), text)]
    return [one for one in found if one.name]


def _person(text: str) -> Speaker:
    if re.match(r"\W*(?:\d|không\b|chưa\b)", text, re.I):
        return Speaker()
    speaker = parse_speaker(text)
    named = re.match(r"[^,;(–]+?(?=\s*[,;(–]|\s+-\s|$)", text)
    if not re.match(named_pattern(), text) and named:
        bare = parse_speaker(f"ông {named.group()}{text[named.end() :]}")
        return replace(bare, name=named.group().strip(), collective=False)
    return speaker


def voices_in(piece: Piece) -> list[tuple[Speaker | None, Piece]]:
    """Return a content cut where another person is introduced: `Bà Sen: ...; Ông Lợi: ...`.

    The speaker is None where nobody is introduced, so that the person of the
    field speaks.
    """
    cuts: list[tuple[int, Speaker | None, int]] = [(0, None, 0)]
    for start, _ in sentences(piece.text):
        found = introduction(piece.text[start:])
        person = re.match(rf"\W*{named_pattern()}", piece.text[start:])
        if found and found.colon and person and not found.speaker.official:
            cuts.append((start, found.speaker, start + found.start))
    ends = [cut[0] for cut in cuts[1:]] + [len(piece.text)]
    parts = [
        (speaker, piece.cut(begin, end))
        for (_, speaker, begin), end in zip(cuts, ends, strict=True)
    ]
    return [(speaker, part) for speaker, part in parts if re.search(r"\w", part.text)]


@lru_cache(maxsize=1)
def _labels() -> re.Pattern[str]:
    reply = (
        rf"(?:{alternation('fields.reply_before')}\s+)?"
        rf"(?:{alternation('replies.openings', 'fields.reply')})(?:\s+{alternation('fields.reply_after')}|\s+của\s[^:.;]{{2,40}}?)?"
    )
    kinds = "|".join(
        rf"(?P<{kind}>{alternation(f'fields.{kind}')}){_BRACKET}"
        for kind in (SPEAKER, ADDRESS, ROLE, CONTENT, ASIDE)
    )
    return re.compile(rf"\W*(?:(?P<{REPLY}>{reply}){_BRACKET}|{kinds})", re.I)


@lru_cache(maxsize=1)
def _grouped() -> re.Pattern[str]:
    return re.compile(
        r"\W*(?:ý kiến|câu hỏi|kiến nghị|trả lời|phản hồi|giải trình)\s+(?:của\s+)?(?P<who>[^:.;]{2,60}?)\s*:\s*",
        re.I,
    )


_BRACKET = r"\s*(?:\([^()]{1,80}\))?\s*:(?!\d)\s*"


def learned_fields(lines: Sequence[Line]) -> Mapping[int, Field]:
    """Return the fields whose label is not known but comes back, each paragraph with its field.

    What such a label holds is told by the known label it begins with ("Ý kiến
    về vệ sinh:"), else by what is written there: most values ask or complain.
    Whatever else comes back belongs to neither opinion nor answer.
    """
    heads: dict[str, list[tuple[Line, int]]] = {}
    for line in lines:
        match = _UNKNOWN.match(line.text)
        if match and not field_of(line) and not _names_voice(match.group("label"), line.text):
            heads.setdefault(match.group("label").lower(), []).append((line, match.end()))
    found: dict[int, Field] = {}
    for label, places in heads.items():
        if len(places) <= _REPEATED or (kind := _kind_of(label, places)) is None:
            continue
        found |= {line.piece.paragraph: Field(kind, start) for line, start in places}
    return found


def _names_voice(label: str, text: str) -> bool:
    """Tell whether a label is a person, a crowd or an office that speaks."""
    named = re.search(rf"(?:^|\s)[{UPPER}]\S*\s+[{UPPER}]", label) and not label.isupper()
    return bool(named or introduction(text)) or is_official(label, named=False)


def _kind_of(label: str, places: Sequence[tuple[Line, int]]) -> str | None:
    values = [line.text[start:] for line, start in places]
    told = [value for value in values if not says_nothing(value)]
    asking = sum(needs_answer(value) for value in told)
    begins = _beginnings().match(label)
    if begins and begins.lastgroup in (REPLY, SPEAKER, ADDRESS, ROLE):
        return str(begins.lastgroup)
    if asking and asking >= _MOST_ASK * len(told) and (begins or asking > _REPEATED):
        return CONTENT
    return ASIDE if len(label.split()) <= _LONGEST_LABEL else None


def inner_fields(value: str) -> list[tuple[str, int, int]]:
    """Return further fields on the line of a short one: kind, where its label and its value begin.

    Examples
    --------
    >>> inner_fields("Đỗ Văn An | Địa chỉ: tổ 4")
    [('address', 9, 21)]
    """
    found = [
        (str(match.lastgroup), match.start(), match.end()) for match in _inside().finditer(value)
    ]
    return found


@lru_cache(maxsize=1)
def _inside() -> re.Pattern[str]:
    kinds = "|".join(
        rf"(?P<{kind}>{alternation(f'fields.{kind}')})" for kind in (SPEAKER, ADDRESS, ROLE, ASIDE)
    )
    return re.compile(rf"(?:\s*[|;]\s*|\s+(?:[-–]\s+)?)(?:{kinds})\s*:(?!\d)\s*", re.I)


@lru_cache(maxsize=1)
def _beginnings() -> re.Pattern[str]:
    reply = alternation("replies.openings", "fields.reply")
    kinds = "|".join(
        rf"(?P<{kind}>{alternation(f'fields.{kind}')})" for kind in (SPEAKER, ADDRESS, ROLE)
    )
    asked = alternation("fields.content", "fields.asking")
    return re.compile(rf"(?:(?P<{REPLY}>{reply})|{kinds}|(?P<{CONTENT}>{asked}))(?=\s)", re.I)


_UNKNOWN = re.compile(r"(?P<label>[^\W\d_][^:.;]{1,80}?)\s*:(?!\d)\s*")
_MOST_ASK = 0.5
_LONGEST_LABEL = 5
