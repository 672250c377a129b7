"""Cuts a turn into matters: one matter that can be answered by itself, one opinion."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from pipeline.extraction.asking import needs_answer
from pipeline.extraction.lines import Piece
from pipeline.extraction.sentences import clauses, sentences
from pipeline.extraction.subjects import shares_nothing
from pipeline.extraction.turning import (
    ITEM,
    MESSAGE,
    SHORTEST_MATTER,
    SPEECH,
    opens_matter,
)
from pipeline.extraction.vocabulary import alternation, opening

_LONGEST_LEAD = 70
_LONGEST_CONTEXT = 240
_ENUMERATORS = (
    re.compile(r"\((\d{1,2})\)\s*"),
    re.compile(r"(?:(?<=[;.:]\s)|^)(\d{1,2})[).]\s+(?=\D)"),
    re.compile(r"(?:(?<=[;.:]\s)|^)\(?([a-eđ])\)\s+"),
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
            anew = at == 0 and manner in (SPEECH, MESSAGE) and _on_its_own_line(part.text, matters)
            if not matters or at > 0 or opens or anew:
                matters.append(Matter([part]))
            else:
                matters[-1].pieces.append(part)
    matters = [matter for matter in matters if not _only_lead(matter, matters)] or matters
    return _with_context(matters)


def cut_as_answered(pieces: Sequence[Piece], replies: Sequence[Piece]) -> list[Matter]:
    """Return one piece cut at its semicolons where each part has a reply of its own, else nothing.

    `Đối với bãi rác: ...` and `Đối với camera: ...` below an item of two
    requests answer them one by one.
    """
    if len(pieces) != 1 or len(replies) < 2:
        return []
    parts = clauses(pieces[0].text)
    apart = all(re.match(r"\W*(?:đối với|về|riêng|còn)\s", one.text, re.I) for one in replies)
    if not apart or len(parts) != len(replies):
        return []
    return [Matter([pieces[0].cut(start, end)]) for start, end in parts]


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
        if unit_start > 0 and opens_matter(unit, text[start:unit_start], manner, is_clause):
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


def _on_its_own_line(text: str, matters: Sequence[Matter]) -> bool:
    """Tell whether a line of its own tells a trouble that shares nothing with the one above."""
    current = matters[-1].text if matters else ""
    if not (current and text[:1].isupper()) or len(text) < 2 * SHORTEST_MATTER:
        return False
    return needs_answer(text) and needs_answer(current) and shares_nothing(text, current)


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
