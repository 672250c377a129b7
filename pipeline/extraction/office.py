"""Tells an office's words from a citizen's, where the layout does not tell who speaks."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.extraction.asking import complains, needs_answer
from pipeline.extraction.sentences import sentences
from pipeline.extraction.signs import concludes, hosts, is_formality
from pipeline.extraction.speakers import introduction
from pipeline.extraction.vocabulary import UPPER, alternation, holding, opening, words

_SHORTEST_MATTER = 30
_SHORTEST_PLEA = 35
_ORDER = re.compile(rf"[,;]\s+(?=[{UPPER}])")


def office_speaks(sentence: str) -> bool:
    """Tell whether a sentence is an office's own: it answers, orders, or hands a matter on.

    Examples
    --------
    >>> office_speaks("Báo đã chuyển đơn đến UBND huyện.")
    True
    >>> office_speaks("UBND xã đã lập biên bản nhưng họ vẫn đổ rác.")
    False
    """
    if _orders().match(sentence):
        return True
    if _asks_the_asker().search(sentence) and not re.search(r"(?<!\w)tôi(?!\w)", sentence):
        return True
    head = opening("replies.office_heads").match(sentence)
    if head:
        return not _citizen().search(sentence[head.end() :])
    if _citizen().search(sentence):
        return False
    if opening("replies.recorded").match(sentence):
        return not re.search(rf"(?<!\w){alternation('replies.recorded_but')}", sentence)
    if _handles().match(sentence):
        return True
    return bool(_acts().match(sentence)) and not _turns().search(sentence)


def speaks_of_himself(text: str) -> bool:
    """Tell whether somebody speaks of himself and his own: "tôi", "chúng tôi", "nhà em"."""
    return bool(holding("speakers.himself").search(text))


def citizen_speaks(text: str) -> bool:
    """Tell whether somebody speaks for himself or asks: "tôi", "xin hỏi", a question mark."""
    return bool(_citizen().search(text) or holding("speakers.own_people").search(text))


def petitions(text: str) -> bool:
    """Tell whether a paragraph begins with somebody's own trouble and asks: no office speaks so."""
    own = opening("replies.own_troubles").match(text)
    official = re.match(r"\W*(?:tôi|chúng tôi)\s", text, re.I) and holding(
        "replies.sure_verbs", "replies.office_acts"
    ).search(text[:60])
    return (
        bool(own) and not official and ("?" in text or bool(holding("asking.pleas").search(text)))
    )


def citizen_asks(text: str) -> bool:
    """Tell whether a paragraph is a citizen's own words that ask or complain."""
    if (
        len(text) < _SHORTEST_PLEA
        or text.isupper()
        or is_formality(text, strict=True)
        or hosts(text)
    ):
        return False
    told = introduction(text)
    if told and told.speaker.official or concludes(text) or office_paragraph(text):
        return False
    asks = (
        citizen_speaks(text)
        or bool(told and told.verb)
        or opening("splitting.plain_requests").match(text)
    )
    asks = asks or re.fullmatch(r"[“\"][^“”\"]+[”\"][.\s]*", text)
    asks = asks or (complains(text) and holding("splitting.plain_requests").search(text))
    return bool(asks) and needs_answer(text)


def office_from(text: str) -> int | None:
    """Return where an office's words begin that follow a citizen's in one paragraph, or None."""
    spans = sentences(text)
    starts = sorted({start for start, _ in spans} | {cut.end() for cut in _ORDER.finditer(text)})
    for start in starts:
        rest = text[start:]
        if start < _SHORTEST_MATTER or not office_speaks(rest[: sentences(rest)[0][1]]):
            continue
        if not any(_citizen().search(rest[left:right]) for left, right in sentences(rest)[1:]):
            return start
    return None


def reply_inside(text: str) -> int | None:
    """Return where an answer begins inside a paragraph: at "Trả lời:", an arrow, an office's words."""
    match = _inline().search(text)
    return match.start() if match and match.start() > 10 else office_from(text)


def office_paragraph(text: str) -> bool:
    """Tell whether a whole paragraph is an office's: its first sentence is, and nobody asks after it."""
    spans = sentences(text)
    return bool(spans) and office_speaks(text[slice(*spans[0])])


@lru_cache(maxsize=1)
def _citizen() -> re.Pattern[str]:
    # "Chúng tôi" may be an office's own, so "tôi" counts alone only.
    return re.compile(
        rf"\?|(?<!\w)(?:(?<!chúng )tôi|{alternation('speakers.citizen_words')})(?!\w)", re.I
    )


@lru_cache(maxsize=1)
def _turns() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){alternation('replies.turning')}\s", re.I)


@lru_cache(maxsize=1)
def _inline() -> re.Pattern[str]:
    # Inside a paragraph only the capital tells a label from a word of the sentence.
    labels = "|".join(word[:1].upper() + word[1:] for word in words("replies", "inside"))
    return re.compile(
        rf"(?:(?<=[.;?!…]\s)|(?<=[.;?!…]))[-–>→(]*\s*(?=(?:{labels})\s*:)|\s*[→]\s*|\s*=>\s*"
    )


@lru_cache(maxsize=1)
def _orders() -> re.Pattern[str]:
    offices = alternation("speakers.bodies", "speakers.official_roles")
    return re.compile(rf"\W*(?-i:Giao)\s+(?:cho\s+)?(?:các\s+)?{offices}", re.I)


@lru_cache(maxsize=1)
def _asks_the_asker() -> re.Pattern[str]:
    return re.compile(
        rf"(?:^|[,;.]\s+)\W*{alternation('replies.office_invites')}"
        rf"\s+{alternation('replies.office_addresses')}"
        rf"[^.,;:?]{{0,30}}?\s{alternation('replies.office_asks')}",
        re.I,
    )


@lru_cache(maxsize=1)
def _handles() -> re.Pattern[str]:
    return re.compile(
        rf"\W*{alternation('replies.handled')}\s+(?:này|nêu trên|trên)[^.;:]{{0,20}}?\s"
        rf"{alternation('replies.office_handles')}",
        re.I,
    )


@lru_cache(maxsize=1)
def _acts() -> re.Pattern[str]:
    offices = alternation("speakers.bodies", "speakers.official_roles", "replies.presses")
    offices = rf"(?:{offices}|(?-i:Báo\s[{UPPER}]\w*))"
    return re.compile(
        rf"\W*(?:(?:về|đối với|với|riêng)\s[^,.;:]{{3,80}}[,:]\s+)?(?:hiện nay,?\s+)?{offices}"
        rf"(?:(?!\s(?:chưa|không)\s)[^.:;?]){{0,70}}?\s{alternation('replies.office_acts')}",
        re.I,
    )
