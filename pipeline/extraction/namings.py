"""Lines that name a speaker apart from the words: a sender, an attribution, a group, "Hỏi:"."""

from __future__ import annotations

import re

from pipeline.extraction.lines import Line
from pipeline.extraction.persons import Speaker, named_pattern, parse_speaker
from pipeline.extraction.speakers import introduction
from pipeline.extraction.vocabulary import UPPER, alternation


def question(text: str) -> int | None:
    """Return where the words start after "Hỏi:" or "Nội dung kiến nghị:", or None."""
    match = re.match(rf"\W*{alternation('sections.questions')}\s*:\s*", text, re.I)
    return match.end() if match and len(text) - match.end() > 14 else None


def content_of_message(text: str) -> int | None:
    """Return where the words start after "Nội dung:" in a message whose sender was named."""
    match = re.match(r"\W*(?:nội dung|tin nhắn|lời nhắn|ý kiến)\s*:\s*", text, re.I)
    return match.end() if match and len(text) - match.end() > 14 else None


def sender(text: str) -> Speaker | None:
    """Return the speaker that "Người gửi: ..." names."""
    match = re.match(
        r"\W*(?:\d[\d/. :h-]*\W+)?(?:người gửi|người hỏi|họ và tên|họ tên|công dân|độc giả)\s*:\s*",
        text,
        re.I,
    )
    if not match:
        return None
    name = re.split(r"\s+[-–]\s+(?=email|điện thoại|sđt)|;|\|", text[match.end() :], flags=re.I)[0]
    speaker = parse_speaker(name)
    return speaker if speaker.name else None


def attribution(line: Line) -> Speaker | None:
    """Return the speaker if a line only names one: "- bạn đọc Nguyễn Văn A (phường B)"."""
    text = line.text.strip().strip("()[]").strip(" .-–—")
    if not 4 <= len(text) <= 130 or ":" in text or ";" in text:
        return None
    dashed = line.mark == "bullet" or line.text.strip().startswith(("(", "—", "–"))
    name = rf"[{UPPER}][^\s,;:()]*(?:\s+[{UPPER}][^\s,;:()]*){{1,4}}"
    titled = re.match(rf"(?i:{alternation('speakers.titles')})\s+(?i:tên\s+)?{name}", text)
    plain = re.match(rf"{name}\s*(?:[,(–-]|$)", text)
    grouped = re.match(rf"(?i:{alternation('speakers.groups')})\s*(?:[,(–-]|ở\b|$)", text)
    if not (dashed and (titled or plain or grouped)):
        return None
    found = introduction(text)
    said = found and len(text) - found.start > 12
    speaker = parse_speaker(re.sub(r"\btên\s+", "", text))
    return None if said or speaker.official else speaker


def group_head(text: str) -> tuple[str, str, int] | None:
    """Return a group in capitals at the head of a line, who speaks for it, and where that begins.

    Examples
    --------
    >>> group_head("NHÓM HOA ĐÀO (thôn A) – chị Tẩn Mẩy đọc. Nước bị sạt.")[1]
    'chị Tẩn Mẩy'
    """
    head = re.match(
        rf"\W*(?P<group>(?:NHÓM|TỔ|CHI HỘI|CỤM)\s[{UPPER}\d][{UPPER}\d\s]*?)\s*(?:\([^()]*\))?\s*[-–—,:]?\s+(?=[^{UPPER}\W(])",
        text,
    )
    if not head:
        return None
    who = re.compile(
        rf"(?P<who>{named_pattern()})\s*(?:(?:lên\s+)?(?:trình bày|đọc|phát biểu|báo cáo|nêu|nói|đại diện)[^.:;]{{0,60}}[.:]|[.:])\s*"
    ).match(text, head.end())
    return head.group("group").strip().title(), who.group("who") if who else "", (who or head).end()
