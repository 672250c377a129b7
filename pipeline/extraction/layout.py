"""Sees how a document is built before it is read: a bare list, a report of answers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.extraction.flattened import flat_rows
from pipeline.extraction.forms import (
    ASIDE,
    CONTENT,
    SPEAKER,
    field_of,
    is_form,
    is_form_of_groups,
    unknown_labels,
)
from pipeline.extraction.lines import Line, Piece
from pipeline.extraction.persons import WORD, named_pattern
from pipeline.extraction.sections import announced_zone
from pipeline.extraction.shapes import replies_below, turn_shapes
from pipeline.extraction.signs import concludes, is_kind_of_document
from pipeline.extraction.speakers import introduction
from pipeline.extraction.talk import Habits
from pipeline.extraction.vocabulary import alternation, holding, opening, words

_HEAD_LINES = 14
_COUNTED = 3
_TITLE_LINES = 5
_SHORTEST_WORDS = 45
_LONGEST_CROSSHEAD = 70
_CROSSHEADS = 2
_LONGEST_POINT = 120
_MOST = 0.6


def habits_of(lines: Sequence[Line]) -> Habits:
    """Return the habits of a document, told by its lines before any of them is judged."""
    full = [line for line in lines if line.text]
    shapes = turn_shapes(full)
    return Habits(
        _answers_items(full),
        _is_bare_list(full),
        _names_alone(full),
        affiliations=frozenset(n for n in _bare_names(full).values() if n is not None),
        lists_requests=_lists_requests(full),
        plans=is_plan(full),
        form=is_form(full),
        messages=sum(field.kind == ASIDE for field in map(field_of, full) if field) >= _COUNTED,
        by_group=is_form_of_groups(full),
        unknown_labels=unknown_labels(full) if is_form(full) else frozenset(),
        concludes_each=sum(concludes(line.text) for line in full) >= _COUNTED,
        lists_dotted=_lists_dotted(full),
        speaker_after=_speaker_after(full),
        announces=_announces(full),
        crossheads=_crossheads(full),
        programme=_programme(full),
        shapes=shapes,
        flat_rows=flat_rows(full),
        replies_below=replies_below(full, shapes),
    )


def _answers_items(lines: Sequence[Line]) -> bool:
    """A report of answers: its title says so, and plain paragraphs follow its items."""
    first = next((at for at, line in enumerate(lines) if line.mark == "number"), _HEAD_LINES)
    head = lines[: min(max(first, 4), _HEAD_LINES)]
    title = " ".join(line.text for line in head if line.mark != "bullet")
    if not re.search(alternation("replies.answering_titles"), title, re.I):
        return False
    followed = sum(
        before.mark in ("number", "named") and not after.mark and len(after.text) > 40
        for before, after in zip(lines, lines[1:], strict=False)
    )
    return followed > 0


def _lists_dotted(lines: Sequence[Line]) -> bool:
    """Tell whether whole sentences are numbered 1.1, 1.2, as in a list that is grouped."""
    dotted = [line for line in lines if line.mark == "dotted" and len(line.text.split()) > 8]
    return len(dotted) >= _COUNTED


def _crossheads(lines: Sequence[Line]) -> frozenset[int]:
    """Short lines between long paragraphs, as newspapers set them: "Rác và chuyện xóm trọ"."""
    found = {
        here.piece.paragraph
        for before, here, after in zip(lines, lines[1:], lines[2:], strict=False)
        if not (before.mark or here.mark or after.mark)
        and len(here.text) <= _LONGEST_CROSSHEAD
        and (here.text[-1].isalnum() or re.fullmatch(r"[“\"][^“”\"]+[”\"]", here.text))
        and min(len(before.text), len(after.text)) > 2 * _LONGEST_CROSSHEAD
    }
    return frozenset(found) if len(found) >= _CROSSHEADS else frozenset()


def _programme(lines: Sequence[Line]) -> frozenset[int]:
    """The points of a programme: short numbered lines in a row that name its parts."""
    found: set[int] = set()
    run: list[Line] = []
    for line in [*lines, Line(Piece(0, 0, 0, ""))]:
        counts = line.mark in ("number", "bullet") and len(line.text) <= _LONGEST_POINT
        if counts and (not run or line.mark == run[-1].mark):
            run.append(line)
            continue
        named = sum(bool(holding("header.programme").search(one.text)) for one in run)
        asked = any(opening("splitting.plain_requests").match(one.text) for one in run)
        if len(run) >= _COUNTED and named >= _MOST * len(run) and not asked:
            found |= {one.piece.paragraph for one in run}
        run = [line] if counts else []
    return frozenset(found)


def _announces(lines: Sequence[Line]) -> bool:
    """Tell whether a heading that is set apart from the text says that opinions follow."""
    return any(
        (line.mark == "roman" or line.bold or line.text.isupper())
        and not is_kind_of_document(line)
        and announced_zone(line, seen_opinions=False) == "opinions"
        for line in lines[_TITLE_LINES:]
    )


def _speaker_after(lines: Sequence[Line]) -> bool:
    """Tell whether the person of a form stands below the words: no person before the first."""
    kinds = [field.kind for field in map(field_of, lines) if field]
    first = kinds.index(CONTENT) if CONTENT in kinds else 0
    return SPEAKER in kinds and SPEAKER not in kinds[:first]


def is_plan(lines: Sequence[Line]) -> bool:
    """Tell whether the title speaks of a plan or of results and not of opinions."""
    for at, line in enumerate(lines[:_HEAD_LINES]):
        if not line.mark and is_kind_of_document(line):
            title = " ".join(one.text for one in lines[at : at + 3] if not one.mark)
            told = re.search(r"ý kiến|kiến nghị|phản ánh|biên bản|trả lời", title, re.I)
            return not told and bool(re.search(alternation("header.plan_titles"), title, re.I))
    return False


def _is_bare_list(lines: Sequence[Line]) -> bool:
    """Numbered items and next to nothing else, not even a heading."""
    numbered = sum(line.mark == "number" for line in lines)
    zones = any(announced_zone(line, seen_opinions=False) for line in lines)
    others = sum(not line.mark and not line.text[:1].islower() for line in lines)
    return numbered >= 2 and numbered >= 0.6 * (numbered + others) and not zones


def _lists_requests(lines: Sequence[Line]) -> bool:
    """Several numbered items ask for something, and no heading announces them."""
    if any(announced_zone(line, seen_opinions=False) == "opinions" for line in lines):
        return False
    asking = [
        line.number or 0
        for line in lines
        if line.mark == "number"
        and opening("splitting.requests", "splitting.plain_requests").match(line.text)
    ]
    return len(asking) >= 2 and asking == sorted(asking)


def _names_alone(lines: Sequence[Line]) -> frozenset[int]:
    """Lines that only name a person and a place, each with somebody's words after it."""
    named = [_is_name_alone(line) for line in lines]
    found = [
        line
        for at, line in enumerate(lines[:-1])
        if (at or line.mark) and named[at] and not named[at + 1] and len(lines[at + 1].text) > 20
    ]
    told = frozenset(line.piece.paragraph for line in found)
    return told | _names_counted(lines) | frozenset(_bare_names(lines))


def _bare_names(lines: Sequence[Line]) -> dict[int, int | None]:
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
    if len(text) > 100 or text.endswith((".", ";", ",")) or line.mark in ("bullet", "letter"):
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
