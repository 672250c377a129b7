"""Tells whether a sentence or clause opens another matter than the words before it."""

from __future__ import annotations

import re

from pipeline.extraction.asking import asks, needs_answer
from pipeline.extraction.sentences import sentences
from pipeline.extraction.subjects import changes_subject, keeps_subject, share_words, shares_nothing
from pipeline.extraction.vocabulary import holding, opening

SPEECH, MESSAGE, ITEM, REPORT = "speech", "message", "item", "report"
"""Manners of a turn: one person's own words, spoken or written, an item of a list, a report of many voices."""

SHORTEST_MATTER = 18
"""Letters below which words are no matter of their own."""

SHORTEST_CLAUSE = 8
_LONG_REQUEST = 60
_ADDED = re.compile(
    r"\s*,?\s*(?:tôi\s+)?(?:cũng\s+)?(?:xin\s+)?(?:phản ánh|hỏi|nêu|báo)(?!\w)", re.I
)


def opens_matter(unit: str, current: str, manner: str, is_clause: bool) -> bool:
    """Tell whether a unit opens a matter after the words of the current one, in a manner."""
    if opening("splitting.ordinals").match(unit):
        return True
    if opening("splitting.connectives").match(unit):
        return len(unit) >= SHORTEST_MATTER and len(current) >= SHORTEST_CLAUSE
    request = opening("splitting.requests").match(unit)
    listed = manner == REPORT and is_clause and request
    if manner == ITEM or len(unit) < (SHORTEST_CLAUSE if listed else SHORTEST_MATTER):
        return False
    if (also := _asks_also(unit, current, manner, is_clause)) is not None:
        return also
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
    if _asks_anew(own, current) or _adds(unit, current):
        return True
    return manner != MESSAGE and _turns_to_another(unit, current)


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
        and len(unit) >= 2 * SHORTEST_MATTER
        and not share_words(unit, current)
    )


def _asks_also(unit: str, current: str, manner: str, is_clause: bool) -> bool | None:
    """`Đồng thời đề nghị ...`, `Đồng thời phản ánh ...`: whether it opens a matter; None if no such."""
    lead = opening("splitting.with_request").match(unit)
    if lead and opening("splitting.plain_requests").match(unit, lead.end()):
        return not is_clause or manner == REPORT or not share_words(unit, current)
    return not is_clause and needs_answer(unit) if lead and _ADDED.match(unit, lead.end()) else None


def _adds(unit: str, current: str) -> bool:
    """`Và rác dọc kinh nổi thành bè ...`: a sentence that adds a trouble of another kind."""
    added = re.match(r"(?:và|rồi còn|thêm cái)\s", unit, re.I)
    return bool(added) and needs_answer(unit) and shares_nothing(unit, current)


def _turns_to_another(unit: str, current: str) -> bool:
    """A sentence with a trouble of its own after a request or a question is over."""
    if len(unit) < 2 * SHORTEST_MATTER or not needs_answer(unit) or share_words(unit, current):
        return False
    last = current[slice(*sentences(current)[-1])] if current.strip() else ""
    if last.endswith("?"):
        return len(unit) >= 3 * SHORTEST_MATTER or not unit.rstrip().endswith("?")
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
    return len(current) >= SHORTEST_MATTER and not share_words(unit, current)


def _asks(text: str) -> bool:
    return bool(holding("splitting.plain_requests").search(text)) or _is_request(text)


def _is_request(text: str) -> bool:
    needed = re.search(r"(?<!\w)cần(?!\w)", text)
    return bool(opening("splitting.requests").match(text)) or bool(needed)
