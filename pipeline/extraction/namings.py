"""Lines that name a speaker apart from the words: a sender, an attribution, a group, "Hỏi:"."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from pipeline.extraction.asking import needs_answer
from pipeline.extraction.lines import Line
from pipeline.extraction.persons import (
    WORD,
    Speaker,
    group_pattern,
    is_official,
    named_pattern,
    parse_speaker,
    parts_of,
    with_part,
)
from pipeline.extraction.speakers import Introduction, introduction
from pipeline.extraction.vocabulary import UPPER, alternation, opening, words


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


def presents_himself(text: str) -> Speaker | None:
    """Return who writes, if a paragraph only says so: "Chúng tôi gồm 27 hộ dân xóm Đình (...)." """
    match = re.match(
        r"\W*(?:tập thể\s+)?(?:chúng tôi|tôi)\s+(?:gồm|là|đại diện cho|thay mặt)\s+(?:có\s+)?(?:các\s+)?(?P<who>[^.;:?]{4,150})[.;]?\s*$",
        text, re.I,
    )  # fmt: skip
    who = re.sub(r"\s*\((?:có|theo)[^()]*\)", "", match.group("who")) if match else ""
    speaker = parse_speaker(who) if who and not needs_answer(who) else Speaker()
    return speaker if speaker.name and not speaker.official else None


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
    signed = re.fullmatch(
        rf"[{UPPER}]+(?:\s+[{UPPER}]+){{1,4}}\s*\([^()]+\)", line.text.strip(" .")
    )
    if signed and text.split()[0].lower() in words("speakers", "surnames"):
        return replace(parse_speaker(text.title()), name=text.split("(")[0].strip().title())
    if not (dashed and (titled or plain or grouped)):
        return None
    found = introduction(text)
    said = found and len(text) - found.start > 12
    speaker = parse_speaker(re.sub(r"\btên\s+", "", text))
    return None if said or speaker.official else speaker


def read_out(text: str) -> Introduction | None:
    """`MC: Câu hỏi của bạn "Hoa Đá": Trường em ...`: who asked what the host of a talk reads out."""
    nick = rf"(?i:{alternation('speakers.titles')})\s+[“\"][^“”\"]{{2,40}}[”\"]"
    found = re.match(
        rf"\W*(?i:{alternation('speakers.hosts')})(?:\s[^:.;?]{{1,40}})?:\s(?P<lead>[^:.?]{{0,120}}?)(?P<who>{nick}|{named_pattern()})[^:.?]{{0,60}}:\s+",
        text,
    )
    if not found or not needs_answer(text[found.end() :]) or is_official(found.group("who")):
        return None
    return Introduction(Speaker(found.group("who")), found.end(), colon=True)


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
        return _delegation(text)
    who = re.compile(
        rf"(?P<who>{named_pattern()})\s*(?:(?:lên\s+)?(?:trình bày|đọc|phát biểu|báo cáo|nêu|nói|đại diện)[^.:;]{{0,60}}[.:]|[.:])\s*"
    ).match(text, head.end())
    return head.group("group").strip().title(), who.group("who") if who else "", (who or head).end()


def _delegation(text: str) -> tuple[str, str, int] | None:
    """`Đoàn Bản Mới do ông Lò Văn Ún trình bày. ...`, `Nhóm chợ, bà Sen đọc giấy: ...`."""
    speaks = r"(?:trình bày|đọc|phát biểu|báo cáo|nêu|nói|đại diện)"
    who = named_pattern()
    told = rf"(?:(?:,|[-–—]|\sdo)\s+(?P<who>{who})\s+(?:lên\s+)?{speaks}[^.:;]{{0,60}}|\s*\([^()]{{0,40}}?(?P<whom>{who.replace('<named>', '<naming>')})[^()]{{0,30}}\))"
    found = re.match(
        rf"\W*(?P<group>(?i:{alternation('speakers.delegations')})\s(?:(?!\sdo\s)[^.,:;()–]){{2,60}}?){told}\s*[.:]\s+(?=\S)",
        text,
    )
    crowd = None if found else _speaking_as_one().match(text)
    if crowd and needs_answer(text[crowd.end() :]) and not is_official(crowd.group()):
        return crowd.group("group").strip(), "", crowd.end()
    if not found or is_official(found.group()):
        return None
    return found.group("group").strip(), found.group("who") or found.group("whom"), found.end()


@lru_cache(maxsize=1)
def _speaking_as_one() -> re.Pattern[str]:
    """`Đoàn Bản Mới (không xưng tên): ...`: nobody is named, so the delegation speaks."""
    return re.compile(
        rf"\W*(?P<group>(?i:{alternation('speakers.delegations')})\s[^.,:;()–]{{2,60}}?)\s*\([^()]{{4,60}}\)\s*:\s+(?=\S.{{40}})"
    )


def dashed(text: str) -> Introduction | None:
    """`Lù Seo Phừ – Hộ tôi ba khẩu ...`: a dash closes the introduction of a listed item."""
    title = alternation("speakers.titles")
    match = re.match(
        rf"\W{{0,3}}((?:(?i:{title})\s+)?{WORD}(?:\s+{WORD}){{1,4}})\s+[-–—]\s+(?=\S)", text
    )
    rest = text[match.end() :] if match else ""
    if not match or len(rest.split()) < 7 or is_official(rest[:60]):
        return None
    return Introduction(parse_speaker(match.group(1)), match.end(), colon=True)


def bracketed(text: str) -> Introduction | None:
    """`(Đội 3, Nông trường 7). Tiền cạo ...`: brackets at the head of a counted item name who asks."""
    match = re.match(rf"\W{{0,3}}\((?P<who>[^()]{{3,90}})\)\s*[.:–-]?\s*(?=[{UPPER}“\"])", text)
    who = match.group("who").strip() if match else ""
    if not match or len(text) - match.end() < 20 or is_official(who):
        return None
    named = re.match(rf"{named_pattern()}|(?i:{group_pattern()})", who)
    placed = opening("speakers.villages", "speakers.communes", "speakers.above").match(who)
    if not (named or placed):
        return None
    speaker = (
        parse_speaker(who) if named else with_part(Speaker(parts_of(who)[0], collective=True), who)
    )
    return Introduction(speaker, match.end(), colon=True)
