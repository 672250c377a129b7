"""Tells what a sentence of running text is by its form alone: an answer, a count, praise."""

from __future__ import annotations

import re

from pipeline.extraction.courtesy import is_courtesy
from pipeline.extraction.persons import named_pattern
from pipeline.extraction.sentences import sentences
from pipeline.extraction.speakers import introduction
from pipeline.extraction.vocabulary import alternation, holding, opening


def is_reply_sentence(text: str) -> bool:
    """Tell whether a sentence reports or gives an official's answer."""
    if opening("replies.openings").match(text) and re.match(
        rf"\W*(?:xin )?{alternation('replies.sentence_openings')}", text, re.I
    ):
        return True
    sure = re.search(
        r"(?:các|những|một số|toàn bộ)\s+(?:ý kiến|kiến nghị)[^.]{0,180}(?:đã |được )+"
        rf"[^.]{{0,90}}{alternation('replies.sure_verbs')}|(?:ghi nhận|tiếp thu)[^.]{{0,40}}(?:ý kiến|kiến nghị)"
        r"|(?:ý kiến|kiến nghị)[^.]{0,80}(?:trao đổi, làm rõ|giải trình|được ghi nhận|trả lời)",
        text, re.I,
    )  # fmt: skip
    officials = re.match(
        rf"\W*(?:phát biểu[^,]{{0,60}},\s*)?(?:các\s+)?{alternation('replies.told_answerers')}[^.:]{{0,90}}?"
        rf"(?:đã|được)\s[^.]{{0,30}}?{alternation('replies.told_verbs')}",
        text, re.I,
    )  # fmt: skip
    if officials:
        return True
    asked = opening("splitting.plain_requests").match(text)
    return bool(sure) and not asked and not re.search(r"chưa\s+(?:được\s+)?(?:trả lời|giải)", text)


def only_counts_opinions(text: str) -> bool:
    """`có 10 ý kiến, liên quan đến ...` tells no opinion."""
    found = introduction(text)
    if found and not found.speaker.collective:
        return False
    return (
        bool(holding("formalities.counting").search(text[:200]))
        and bool(holding("formalities.counted").search(text[:120]))
        and not holding("splitting.plain_requests").search(re.sub(r"kiến nghị", "", text))
    )


def only_praises(text: str) -> bool:
    """Tell whether a crowd only praises, or a sentence only thanks."""
    crowd = re.match(
        rf"\W*(?:[^,]{{0,60}},\s*)?(?:qua [^,]*,\s*)?{alternation('speakers.groups')}", text, re.I
    )
    praised = bool(holding("formalities.praise").search(text)) and not holding(
        "splitting.plain_requests"
    ).search(text)
    return (
        bool(crowd) and praised and not re.search(alternation("formalities.praise_but"), text)
    ) or (is_courtesy(text) and praised)


def answers_without_name(text: str) -> bool:
    """`Ông trưởng thôn giải thích luôn là ...`: an office without a name answers."""
    offices = alternation("speakers.official_roles", "speakers.presiding_roles")
    return bool(
        re.match(
            rf"\W*(?:{named_pattern()}|(?:(?:ông|bà|anh|chị|đồng chí|đ/c)\s+)?{offices})(?:(?!\s(?:chưa|không|được)\s)[^.;:,]){{0,25}}?\s"
            rf"(?:đã\s+|liền\s+|cũng\s+)?{alternation('replies.sure_verbs')}",
            text, re.I,
        )
    )  # fmt: skip


def only_counts(text: str) -> bool:
    """Tell whether an item only gives a number of opinions: "Đang giải quyết: 17 ý kiến;"."""
    return bool(
        re.fullmatch(
            rf"[^.;?]{{0,80}}?\b\d{{1,5}}\s+(?:lượt\s+)?{alternation('formalities.count_units')}"
            rf"(?:\s+{alternation('formalities.count_states')})?\s*(?:\([^()]*\))?[\s.;,]*", text, re.I,
        )
    ) and not holding("splitting.plain_requests").search(re.sub(r"kiến nghị", "", text))  # fmt: skip


def closes(text: str) -> bool:
    """Tell whether a line only closes a letter: it hopes for an answer, thanks, or greets."""
    hopes = rf"(?:rất\s+)?(?:kính\s+)?mong\s[^.]{{0,60}}{alternation('formalities.hoped_for')}"
    parts = [text[start:end] for start, end in sentences(text)]
    return bool(parts) and all(
        opening("formalities.closings").match(part)
        or re.match(rf"\W*{hopes}[^.]{{0,20}}[.!]?$", part, re.I)
        for part in parts
    )


def asks_plainly(text: str) -> bool:
    """Tell whether a line begins with a request in so many words."""
    return bool(opening("splitting.plain_requests").match(text))
