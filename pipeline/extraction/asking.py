"""Tells whether words ask or complain, or need no answer: agreement, thanks, a report."""

from __future__ import annotations

import re

from pipeline.extraction.sentences import sentences
from pipeline.extraction.vocabulary import alternation, holding, opening

_LONGEST_REPEAT = 80
_REPEATS = re.compile(
    r"(?:(?:như|trùng|trùng với|giống)\s+ý kiến\s+(?:số\s+)?\d+|không có ý kiến(?:\s+gì)?)\W*$",
    re.I,
)
_TURNING = re.compile(r"(?<=[,;.]\s)(?:nhưng|tuy nhiên|song|chỉ có điều|có điều)\s", re.I)

_TOLD_HOW = re.compile(r"(?<!hỏi )(?:như )?(?:thế nào|ra sao)(?=[,.])", re.I)

_NOTHING = re.compile(
    r"(?<!\w)(?:không|chẳng|chưa)\s+(?:có\s+|còn\s+)?(?:gì|điều gì|vấn đề gì|ý kiến|kiến nghị|thắc mắc|câu hỏi)"
    r"(?:\s+(?:gì|để|phải|nào|thêm|nữa|phản ánh|kiến nghị|thắc mắc|hỏi|nói))*(?!\w)", re.I,
)  # fmt: skip


def asks(text: str) -> bool:
    """Tell whether a text asks: a question, or a verb of asking."""
    plain = _judged(text)
    return "?" in plain or bool(holding("asking.questions", "asking.requests").search(plain))


def complains(text: str) -> bool:
    """Tell whether a text tells of something that is wrong."""
    return bool(holding("asking.complaints").search(_judged(text)))


def needs_answer(text: str) -> bool:
    """Tell whether a text asks or complains at all."""
    return asks(text) or complains(text)


def needs_none(text: str, lead: str = "", *, told: bool = False) -> bool:
    """Tell whether a turn is only agreement, thanks, modesty or a report of one's own work.

    Parameters
    ----------
    text
        The words of the turn.
    lead
        The introduction before them: "ông hỏi" asks, whatever follows.
    told
        Somebody else tells what was said, so that words of no kind ask nothing.
    """
    if told:
        text = _TOLD_HOW.sub(" ", text)
    short = len(text) < _LONGEST_REPEAT
    if short and says_nothing(text):
        return True
    repeats = short and (opening("asking.repeats").match(text) or _REPEATS.search(text))
    if repeats and not holding("splitting.plain_requests").search(text):
        return True
    if opening("asking.channels").match(text):
        return True
    if asks(lead) or complains(lead) or opening("splitting.requests").match(text):
        return False
    if opening("asking.declining").match(text) and not _TURNING.search(text):
        return True
    if _praises(text) and not asks(text):
        return True
    content = holding("asking.content", "asking.reports").search(text)
    return bool(told or content) and not needs_answer(text)


def says_nothing(value: str) -> bool:
    """Tell whether the value of a field says that one has nothing to say: "Không", "Tốt, anh em nhiệt tình"."""
    bare = value.strip(" .,;:()-–_…")
    if not re.search(r"\w", bare):
        return True
    match = opening("asking.nothing").match(bare)
    if not match:
        return False
    rest = bare[match.end() :].strip(" .,;")
    return not rest or (
        bare[match.end() :][:1] in ",.;" and not asks(rest) and not _TURNING.search(bare)
    )


def _praises(text: str) -> bool:
    """`Cử tri phường A đánh giá cao việc ...`: what is praised may name what was bad before."""
    crowd = alternation("speakers.groups")
    praise = alternation("asking.praising")
    return bool(
        re.match(rf"\W*{crowd}[^.;:]{{0,60}}?\s(?:rất\s+)?{praise}", text, re.I)
    ) and not _TURNING.search(text)


def leads_in(sentence: str, following: str) -> bool:
    """Tell whether a sentence only leads up to the matter that follows it.

    Thanks, praise and modesty lead in when nothing in them asks; a report of
    one's own work does when the speaker then says that he comes to his request.
    """
    if needs_answer(sentence):
        return False
    if holding("asking.content").search(sentence) or opening("asking.modest").match(sentence):
        return True
    report = holding("asking.reports").search(sentence) and asks(following)
    return bool(report or opening("asking.comes_to").match(following))


def comes_to(text: str) -> int:
    """Return where the matter starts after "Về đề xuất, ..." at the head of a text, or 0."""
    match = opening("asking.comes_to").match(text)
    comma = re.compile(r"\s*[,:]\s*").match(text, match.end()) if match else None
    return comma.end() if comma else 0


def matter_start(text: str) -> int:
    """Return where the first sentence starts that does not merely lead in."""
    spans = sentences(text)
    for start, end in spans[:-1]:
        if not leads_in(text[start:end], text[end:].lstrip()):
            return start
    return spans[-1][0] if spans else 0


def _judged(text: str) -> str:
    return holding("asking.harmless").sub(" ", _NOTHING.sub(" ", text))
