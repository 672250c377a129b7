"""Tells what a heading announces: opinions, replies, or formality."""

from __future__ import annotations

import re

from pipeline.extraction.lines import Line
from pipeline.extraction.vocabulary import UPPER, alternation, holding, opening

_LONGEST = 160
_OWN_SENTENCE = re.compile(r"[.;!?]\s+\S")


def announced_zone(line: Line, *, seen_opinions: bool) -> str:
    """Return the zone that a heading opens, or "" if the line is no such heading.

    Parameters
    ----------
    line
        The line without its label.
    seen_opinions
        Opinions came before: "đề xuất, kiến nghị" then are the reporter's own.

    Returns
    -------
    str
        "opinions", "replies", "sealed" (nothing in it is an opinion), "open"
        (only what is surely an opinion is one) or "".
    """
    text = line.text.strip(" .:;-–—*#")
    if not looks_like_heading(line) or not text:
        return ""
    office = opening("speakers.official_roles", "speakers.bodies", "sections.answering").match(text)
    if office and holding("replies.sure_verbs").search(text, office.end()):
        return "replies"
    if line.mark in ("roman", "number", "dotted") and opening("sections.boxes").match(text):
        return "opinions"
    if opening("sections.formal").match(text):
        return _formal_zone(text, seen_opinions)
    if opening("sections.sure_replies").match(
        re.sub(r"^(?:các|những|phần|nội dung)\s+", "", text, flags=re.I)
    ):
        return "replies"
    replies = holding("sections.replies").search(text)
    opinions = opening("sections.opinions").match(text) or re.match(
        rf"(?:phần|nội dung|tổng hợp|các|những|tiếp nhận)\s.*{holding('sections.opinions').pattern}",
        text,
        re.I,
    )
    if replies and not (opinions and opinions.start() < replies.start()):
        return "replies" if line.mark or replies.start() < 40 else ""
    return "opinions" if opinions else ""


def looks_like_heading(line: Line) -> bool:
    """Tell whether a line has the form of a heading: short, set apart, no sentence."""
    text = line.text.strip()
    if not text or len(text) > _LONGEST:
        return False
    if _OWN_SENTENCE.search(text) and not text.isupper():
        return False
    if len(text) > 60 and opening("formalities.loose_openings").match(text):
        return False
    if not text.isupper() and re.match(r"(?:đề nghị|yêu cầu|mong|xin)\s", text, re.I):
        return False
    if text.endswith(".") and len(text.split()) > 8:
        return False
    shouted = text.isupper() and len(text) > 6
    set_apart = line.mark in ("number", "roman", "letter", "dotted") or line.bold or shouted
    plain = not line.mark and text[0].isupper() and len(text.split()) <= 12 and text[-1].isalnum()
    if not (set_apart or plain or text.endswith(":")):
        return False
    colon = text.find(":")
    return shouted or colon in (-1, len(text) - 1)


def names_field(line: Line) -> bool:
    """Tell whether a line only names the field of the opinions after it."""
    text = line.text.strip()
    if re.sub(r"\s*\([^()]*\)$", "", text).isupper() and 3 < len(text) <= _LONGEST:
        return True
    if len(text) > 110 or _OWN_SENTENCE.search(text) or text.endswith((".", ";", ",", "…", "?")):
        return False
    if opening("splitting.plain_requests").match(text):
        return False
    if re.search(r"\(\s*\d+\s+(?:ý kiến|kiến nghị|phiếu|lượt|câu hỏi)[^()]*\)$", text):
        return True
    named = opening("sections.fields").match(text)
    short = len(text.split()) <= 4 and line.mark in ("roman", "letter", "dotted")
    level = re.match(r"cấp (?:tỉnh|huyện|xã|thị xã|thành phố|trung ương)$", text, re.I)
    if level or (short and not opening("splitting.requests").match(text)):
        return True
    high = line.mark in ("roman", "letter", "number", "dotted") or line.bold or text.endswith(":")
    return (
        bool(named)
        and (high or not line.mark)
        and not holding("splitting.plain_requests").search(text)
    )


def heads_field(line: Line) -> bool:
    """Tell whether a bulleted line is a heading by its very words: "* Lĩnh vực đất đai"."""
    said = holding("splitting.plain_requests", "asking.questions").search(line.text)
    short = len(line.text) <= 110 and line.text.rstrip()[-1:] not in (".", ";", ",", "…", "?")
    return short and bool(opening("sections.sure_fields").match(line.text)) and not said


def names_village(line: Line) -> bool:
    """Tell whether a line only names a village, a group of households or a commune: "* Thôn Thượng Phúc"."""
    villages = "speakers.villages" if line.mark else "speakers.speaking_villages"
    return bool(
        re.fullmatch(
            rf"(?i:{alternation(villages, 'speakers.communes', 'speakers.above')})\s+(?:(?:số\s+)?\d{{1,3}}|[{UPPER}]\S*"
            rf"(?:\s+[{UPPER}\d]\S*){{0,4}})\s*(?:\([^)]*\))?\s*[:.]?", line.text.strip(),
        )
    )  # fmt: skip


def announces_opinions(text: str) -> bool:
    """Tell whether a sentence ends in a colon after which opinions follow."""
    stripped = text.rstrip()
    if not stripped.endswith(":"):
        return False
    last = stripped.rstrip(": ")
    tail = last[-60:]
    ends = re.search(rf"{holding('sections.triggers').pattern}$", tail, re.I)
    about = holding("sections.opinions").search(last) or re.search(
        r"phản ánh|đề nghị|hỏi", last, re.I
    )
    return bool(ends and about) or announces_worries(text)


def announces_worries(text: str) -> bool:
    """Tell whether a sentence says that people ask or complain of what follows its colon."""
    crowd = alternation("speakers.groups")
    return bool(
        re.search(
            rf"(?<!\w){crowd}[^.;:]{{0,60}}?\s{alternation('sections.worries')}[^.;:]{{0,90}}:\s*$",
            text,
            re.I,
        )
    ) and not opening("speakers.bodies", "speakers.official_roles").match(text)


def _formal_zone(text: str, seen_opinions: bool) -> str:
    own = opening("sections.formal").match(text)
    word = own.group().strip().lower() if own else ""
    if word in ("kiến nghị, đề xuất", "đề xuất, kiến nghị", "đề xuất"):
        people = re.search(r"nhân dân|cử tri|bà con|người dân", text, re.I)
        return "sealed" if seen_opinions and not people else "opinions"
    loose = ("nội dung", "nội dung hội nghị", "diễn biến", "mở đầu", "phần mở đầu", "báo cáo", "căn cứ",
             "chương trình", "đại biểu")  # fmt: skip
    if word == "kết luận" and re.search(
        r"(?:từng|các|những)\s+(?:ý kiến|kiến nghị|nội dung|vấn đề)", text, re.I
    ):
        return "opinions"
    if word == "nội dung" and holding("sections.opinions").search(text[len(word) :]):
        return "opinions"
    return "open" if word in loose else "sealed"
