"""Sees how a document is built before it is read: a bare list, a report of answers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from pipeline.extraction.flattened import flat_rows
from pipeline.extraction.forms import (
    ASIDE,
    CONTENT,
    SPEAKER,
    Field,
    field_of,
    is_form,
    is_form_of_groups,
    learned_fields,
)
from pipeline.extraction.heads import above, bare_names, headlines, names_alone
from pipeline.extraction.letters import letters_in
from pipeline.extraction.lines import Line, Piece
from pipeline.extraction.sections import announced_zone
from pipeline.extraction.shapes import replies_below, turn_shapes
from pipeline.extraction.signs import concludes, is_kind_of_document, is_order
from pipeline.extraction.talk import Habits
from pipeline.extraction.vocabulary import alternation, holding, opening

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
    plans = is_plan(full)
    learned = learned_fields(full) if is_form(full) else {}
    shapes, letters, names = turn_shapes(full), letters_in(full), names_alone(full)
    return Habits(
        _answers_items(full),
        not plans and _is_bare_list(full),
        names,
        affiliations=frozenset(n for n in bare_names(full).values() if n is not None),
        lists_requests=not plans and _lists_requests(full),
        plans=plans,
        form=is_form(full),
        messages=sum(field.kind == ASIDE for field in map(field_of, full) if field) >= _COUNTED,
        by_group=is_form_of_groups(full),
        learned=learned,
        concludes_each=sum(concludes(line.text) for line in full) >= _COUNTED,
        lists_dotted=_lists_dotted(full),
        speaker_after=_speaker_after(full, learned),
        announces=_announces(full),
        crossheads=_crossheads(full),
        programme=_programme(full),
        headlines=(headlines(full) | above(full, letters)) - names,
        shapes=shapes,
        flat_rows=flat_rows(full),
        replies_below=replies_below(full, shapes),
        letters=letters,
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
        and min(len(before.text), len(after.text)) > _LONGEST_CROSSHEAD
        and max(len(before.text), len(after.text)) > 2 * _LONGEST_CROSSHEAD
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


def _speaker_after(lines: Sequence[Line], learned: Mapping[int, Field]) -> bool:
    """Tell whether the person of a form stands below the words: no person before the first."""
    found = [field_of(line) or learned.get(line.piece.paragraph) for line in lines]
    kinds = [field.kind for field in found if field]
    first = kinds.index(CONTENT) if CONTENT in kinds else 0
    return SPEAKER in kinds and SPEAKER not in kinds[:first]


def is_plan(lines: Sequence[Line]) -> bool:
    """Tell whether the title speaks of a plan or of results and not of opinions."""
    for at, line in enumerate(lines[:_HEAD_LINES]):
        if is_order(line):
            return True
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
