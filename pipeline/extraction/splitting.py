"""Cuts a turn into matters: one matter that can be answered by itself, one opinion."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from pipeline.extraction.asking import asks, needs_answer
from pipeline.extraction.lines import Piece
from pipeline.extraction.sentences import clauses, sentences
from pipeline.extraction.subjects import changes_subject, keeps_subject, share_words, shares_nothing
from pipeline.extraction.vocabulary import alternation, holding, opening

SPEECH, ITEM, REPORT = "speech", "item", "report"
"""Manners of a turn: one person's own words, an item of a list, a report of many voices."""

_SHORTEST_MATTER = 18
_SHORTEST_CLAUSE = 8
_LONG_REQUEST = 60
_LONGEST_LEAD = 70
_LONGEST_CONTEXT = 240
_ENUMERATORS = (
    re.compile(r"\((\d{1,2})\)\s*"),
    re.compile(r"(?:(?<=[;.:]\s)|^)(\d{1,2})[).]\s+(?=\D)"),
    re.compile(r"(?:(?<=[;.:]\s)|^)([a-eđ])\)\s+"),
)
_BROKEN_OFF = re.compile(r"\W*(?:đề nghị|kiến nghị|cử tri|đề xuất|xem xét)\W*", re.I)
_DASH = re.compile(r"(?:^|(?<=[;.:]\s)|(?<=[;.:]))[-–+*•]\s+")
_MIDDLE = re.compile(
    r",\s+(?=(?:đồng thời|ngoài ra|bên cạnh đó)[,\s]+(?:cũng\s+)?(?:đề nghị|kiến nghị|đề xuất|mong))",
    re.I,
)


@dataclass
class Matter:
    """One matter of a turn: its pieces in reading order and what it needs to be read alone."""

    pieces: list[Piece] = field(default_factory=list)
    context: str = ""

    @property
    def text(self) -> str:
        """The words of the matter."""
        return " ".join(piece.text for piece in self.pieces)


def split_turn(pieces: Sequence[Piece], manner: str) -> list[Matter]:
    """Return the matters of one turn, in order.

    Parameters
    ----------
    pieces
        What the speaker said, without introduction; a piece that starts with
        an ordinal, a connective or a number of its own opens a new matter.
    manner
        `SPEECH` is cut only at clear signs, `REPORT` at every new request,
        `ITEM` only where it numbers its parts.

    Returns
    -------
    list of Matter
        Empty only if the pieces hold no word.
    """
    matters: list[Matter] = []
    for piece in pieces:
        for at, part in enumerate(_cut(piece, manner, before=matters)):
            part, opens = _without_marker(part)
            if not re.search(r"\w", part.text) or _BROKEN_OFF.fullmatch(part.text):
                continue
            if not matters or at > 0 or opens:
                matters.append(Matter([part]))
            else:
                matters[-1].pieces.append(part)
    matters = [matter for matter in matters if not _only_lead(matter, matters)] or matters
    return _with_context(matters)


def numbered_parts(piece: Piece) -> list[Piece]:
    """Return a piece cut where it numbers its parts, the numbers kept."""
    places = sorted({0, *_numbered_places(piece.text)})
    ends = [*places[1:], len(piece.text)]
    parts = [piece.cut(start, end) for start, end in zip(places, ends, strict=True)]
    return [part for part in parts if re.search(r"\w", part.text)]


def _cut(piece: Piece, manner: str, *, before: list[Matter]) -> list[Piece]:
    """Return the piece cut at every place where a new matter begins."""
    places = _numbered_places(piece.text)
    if manner == ITEM and places and places[0] > 0:
        places = []  # "Đề nghị làm rõ: (1) ...; (2) ..." asks one thing
    places = places or _sign_places(piece.text, manner)
    places = sorted({0, *places})
    ends = [*places[1:], len(piece.text)]
    return [piece.cut(start, end) for start, end in zip(places, ends, strict=True)]


def _numbered_places(text: str) -> list[int]:
    """Places of (1) ... (2), a) ... b) or dashes; none unless they count."""
    for pattern in _ENUMERATORS:
        found = list(pattern.finditer(text))
        labels = [match.group(1) for match in found]
        wanted = list("abcdđe") if labels and labels[0] == "a" else [str(n) for n in range(1, 30)]
        if len(found) > 1 and labels == wanted[: len(labels)]:
            return [match.start() for match in found]
    dashes = [match.start() for match in _DASH.finditer(text)]
    return dashes if len(dashes) > 1 else []


def _sign_places(text: str, manner: str) -> list[int]:
    places, start = [], 0
    units = _units(text)
    alternatives = _are_alternatives([text[left:right] for left, right, _ in units])
    for unit_start, unit_end, is_clause in units:
        unit = text[unit_start:unit_end]
        if alternatives and re.match(r"(?i)một (?:là|thì)", unit):
            continue
        if unit_start > 0 and _opens_matter(unit, text[start:unit_start], manner, is_clause):
            places.append(unit_start)
            start = unit_start
    if manner != ITEM:
        places += [match.end() for match in _MIDDLE.finditer(text)]
    return places


def _are_alternatives(units: list[str]) -> bool:
    """`Một là làm đi, hai là nhổ cái biển đi` names two ways out of one matter."""
    return not any(re.match(r"(?i)hai (?:là|thì)", unit) for unit in units)


def _units(text: str) -> list[tuple[int, int, bool]]:
    found = []
    for start, end in sentences(text):
        for n, (left, right) in enumerate(clauses(text[start:end])):
            found.append((start + left, start + right, n > 0))
    return found


def _opens_matter(unit: str, current: str, manner: str, is_clause: bool) -> bool:
    if opening("splitting.ordinals").match(unit):
        return True
    if opening("splitting.connectives").match(unit):
        return len(unit) >= _SHORTEST_MATTER and len(current) >= _SHORTEST_CLAUSE
    request = opening("splitting.requests").match(unit)
    listed = manner == REPORT and is_clause and request
    if manner == ITEM or len(unit) < (_SHORTEST_CLAUSE if listed else _SHORTEST_MATTER):
        return False
    with_request = opening("splitting.with_request").match(unit)
    if with_request and opening("splitting.plain_requests").match(unit, with_request.end()):
        return not is_clause or manner == REPORT or not share_words(unit, current)
    if listed and " " in request.group().strip():
        return True
    own = _without_subject(unit)
    if (
        own == unit
        and not _begins_new_story(unit)
        and (opening("splitting.continuations").match(unit) or unit[0] in '“"')
    ):
        return False
    if manner == REPORT:
        return is_clause or _asks(current) or _is_request(own)
    if is_clause:
        return _is_new_clause(own, current)
    return _asks_anew(own, current) or _turns_to_another(unit, current)


def _without_subject(unit: str) -> str:
    """`anh mong xã cho máy xúc`, `bà đề nghị ...` ask as `mong ...` and `đề nghị ...` do."""
    subject = opening("splitting.own_subjects").match(unit)
    rest = unit[subject.end() :].lstrip() if subject else unit
    return rest if opening("splitting.plain_requests").match(rest) else unit


def _asks_anew(unit: str, current: str) -> bool:
    """A request about something else than the request before it."""
    return (
        bool(opening("splitting.plain_requests").match(unit))
        and bool(holding("splitting.plain_requests").search(current))
        and len(unit) >= 2 * _SHORTEST_MATTER
        and not share_words(unit, current)
    )


def _turns_to_another(unit: str, current: str) -> bool:
    """A sentence with a trouble of its own after a request or a question is over."""
    if len(unit) < 2 * _SHORTEST_MATTER or not needs_answer(unit) or share_words(unit, current):
        return False
    last = current[slice(*sentences(current)[-1])] if current.strip() else ""
    if last.endswith("?"):
        return True
    if _begins_new_story(unit) or (_asks_firmly(last) and _asks_firmly(unit)):
        return not keeps_subject(unit, current)
    if len(current) >= _LONG_REQUEST and needs_answer(last) and shares_nothing(unit, current):
        return changes_subject(unit, current)
    return (asks(last) or (needs_answer(last) and asks(unit))) and changes_subject(unit, current)


def _asks_firmly(text: str) -> bool:
    firm = holding("splitting.plain_requests", "splitting.firm_requests").search(text)
    return text.rstrip().endswith("?") or bool(firm)


def _begins_new_story(unit: str) -> bool:
    """`Con tôi học xong ...`, `Rồi sân khấu tối thứ bảy ...` may go on or begin something else."""
    own = opening("splitting.own_stories").match(unit) and _asks_firmly(unit)
    left = re.match(r"còn\s(?:\S+\s){1,6}thì\s", unit, re.I)
    return bool(own or left or opening("splitting.new_stories").match(unit))


def _is_new_clause(unit: str, current: str) -> bool:
    """A request after a mere description asks for what was described."""
    asking = opening("splitting.requests", "splitting.plain_requests").match(unit)
    first = not holding("splitting.plain_requests", "splitting.soft_requests").search(current)
    if asking and first and len(unit) < _LONG_REQUEST:
        return False
    return len(current) >= _SHORTEST_MATTER and not share_words(unit, current)


def _asks(text: str) -> bool:
    return bool(holding("splitting.plain_requests").search(text)) or _is_request(text)


def _is_request(text: str) -> bool:
    needed = re.search(r"(?<!\w)cần(?!\w)", text)
    return bool(opening("splitting.requests").match(text)) or bool(needed)


def _without_marker(part: Piece) -> tuple[Piece, bool]:
    """Take away "(1)", "Thứ hai," or "-" at the head; tell whether one stood there."""
    for pattern in (*_ENUMERATORS, _DASH, _ordinal()):
        match = pattern.match(part.text)
        if match:
            return part.cut(match.end()), True
    match = opening("splitting.connectives").match(part.text)
    return (part.cut(_after_comma(part.text, match.end())), True) if match else (part, False)


def _after_comma(text: str, at: int) -> int:
    while at < len(text) and text[at] in " ,:":
        at += 1
    return at


@lru_cache(maxsize=1)
def _ordinal() -> re.Pattern[str]:
    return re.compile(rf"{alternation('splitting.ordinals')}\s*(?:là\s+)?[,:.]?\s*", re.I)


def _only_lead(matter: Matter, matters: list[Matter]) -> bool:
    """`có 02 ý kiến:` before "Thứ nhất" is no matter."""
    return (
        matter is matters[0]
        and len(matters) > 1
        and len(matter.text) <= _LONGEST_LEAD
        and (matter.text.rstrip().endswith(":") or bool(_lead().search(matter.text)))
    )


def _lead() -> re.Pattern[str]:
    return re.compile(
        r"(?:\d+|một số|hai|ba|bốn|mấy|vài|nhiều)\s+(?:ý kiến|ý|việc|vấn đề|nội dung|câu hỏi|kiến nghị)",
        re.I,
    )


def _with_context(matters: list[Matter]) -> list[Matter]:
    """Give every later matter the first sentence of the one before it."""
    for before, matter in zip(matters, matters[1:], strict=False):
        first = sentences(before.text)[:1]
        matter.context = before.text[: first[0][1]][:_LONGEST_CONTEXT] if first else ""
    return matters
