"""Reads the facts of a meeting that a document states: kind, date, place, unit, people."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from pipeline.extraction.dates import meeting_date, signed
from pipeline.extraction.identity import meeting_id
from pipeline.extraction.layout import is_plan
from pipeline.extraction.lines import Line
from pipeline.extraction.minutes import Meeting
from pipeline.extraction.sections import announced_zone
from pipeline.extraction.signs import is_name_of_list
from pipeline.extraction.speakers import introduction
from pipeline.extraction.vocabulary import UPPER, alternation, opening
from pipeline.reading.document import Document

MISSING = "Không tìm thấy trong văn bản:"
"""How the note about missing header facts begins."""

_NUMBER = re.compile(r"^Số\s*:?\s*(\d+[^\s,;]*)", re.I)
_LATER_CLAUSE = re.compile(
    r"\.\s|,\s*(?=\d+\s|(?:\S+\s+){0,14}?(?:tổ chức|đã|diễn ra|tiến hành|chủ trì|họp|phối hợp|gồm|có mặt|với|có \d+)\b)",
    re.I,
)
_DASHED_PLACE = re.compile(
    r"\d{4}\s*[-–,]\s*(?:tại\s+)?((?:hội trường|nhà|trụ sở|trung tâm|phòng họp|trường)\s[^-–;.]{3,80})",
    re.I,
)
_DATED_PLACE = re.compile(
    r"\d[./-]\d{2,4}[,;]\s*((?:NVH|HT|hội trường|nhà văn ho[áa]|trụ sở|nhà sinh hoạt|trường)\s[^-–;.()]{3,80})",
    re.I,
)
_HEAD_LINES = 40
_TAIL_LINES = 20
_COMMUNES = ("xã", "phường", "thị trấn", "đặc khu")
_PEOPLE_LIMIT = 100_000
NAMES = {
    "kind": "loại văn bản", "number": "số văn bản", "date": "ngày họp", "place": "địa điểm",
    "level": "cấp", "unit": "đơn vị", "chair": "chủ trì", "secretary": "thư ký",
    "delegates": "số đại biểu", "subject": "chủ đề hội nghị",
}  # fmt: skip


def read_meeting(
    document: Document, lines: Sequence[Line], opinions: Collection[int] = ()
) -> Meeting:
    """Return what a document says of its meeting; what it does not say stays empty.

    `opinions` are paragraphs that surely belong to opinions; the head ends
    before them. The notes name, in Vietnamese, every fact that was not found.
    """
    head = _head(lines, opinions)
    kind, at = _kind(head)
    place = _place(head)
    signed_at, signed_on = signed([one.text for one in lines[-_TAIL_LINES:] if one not in head])
    unit = _unit(head, at, place, signed_at)
    if is_plan([line for line in lines if line.text]):
        place = ""
    facts = {
        "kind": kind or _kind_without_title([line for line in lines if line.text][:_HEAD_LINES]),
        "number": _first(_NUMBER.match(line.text) for line in head),
        "title": _title(head, at),
        "date": _date(head, place, signed_on),
        "place": place,
        "unit": unit,
        "level": _level(unit),
        "chair": _person(head, "header.chair_words"),
        "secretary": _person(lines, "header.secretary_words"),
        "delegates": _delegates(head),
        "subject": _subject(head, at),
    }
    missing = [NAMES[key] for key in NAMES if facts[key] in ("", None)]
    notes = (f"{MISSING} {', '.join(missing)}.",) if missing else ()
    return Meeting(meeting_id(document), document.source, notes=notes, **facts)


def _date(head: Sequence[Line], place: str, signed_on: str) -> str:
    if not place and is_plan(head):
        return ""
    return meeting_date([_raw(line) for line in head]) or signed_on


def _head(lines: Sequence[Line], opinions: Collection[int]) -> list[Line]:
    """Return the lines that hold text up to where opinions begin, at most forty."""
    full = [line for line in lines if line.text][:_HEAD_LINES]
    for at, line in enumerate(full):
        if line.piece.paragraph in opinions or _begins_opinions(line):
            return full[:at]
    return full if not full or full[0].mark != "number" else []


def _begins_opinions(line: Line) -> bool:
    set_apart = line.mark or line.bold or line.text.isupper()
    if set_apart and announced_zone(line, seen_opinions=False) in ("opinions", "replies"):
        return not opening("header.kinds").match(line.text) and bool(line.mark)
    found = introduction(line.text)
    if not found or found.speaker.official or found.start >= len(line.text) - 20:
        return False
    return not is_name_of_list(line.text, found) and not opening("header.facts").match(line.text)


def _raw(line: Line) -> str:
    return f"{line.label} {line.text}" if line.mark == "named" else line.text


def _kind(head: Sequence[Line]) -> tuple[str, int]:
    pattern = re.compile(rf"{alternation('header.kinds')}", re.I)
    for at, line in enumerate(head[:25]):
        match = pattern.match(line.text)
        if match and (line.text.isupper() or line.bold or len(line.text) < 40):
            return match.group().lower(), at
    return "", -1


def _kind_without_title(head: Sequence[Line]) -> str:
    text = " ".join(line.text for line in head[:6]).lower()
    if re.search(alternation("header.petition_words"), text):
        return "danh sách kiến nghị"
    numbered = sum(line.mark == "number" for line in head)
    if head and numbered >= max(2, len(head) // 2):
        return "danh sách kiến nghị"
    return "bài báo" if re.search(r"ảnh:|bạn đọc|buổi đối thoại|tiếp xúc cử tri", text) else ""


def _title(head: Sequence[Line], at: int) -> str:
    if at < 0:
        return head[0].text if head and len(head[0].text) < 200 else ""
    title = [head[at].text]
    for line in head[at + 1 : at + 4]:
        if (
            line.mark
            or line.text.endswith((":", "."))
            or re.match(r"\(|Thực hiện|Căn cứ|Hôm nay|Thời gian", line.text)
        ):
            break
        title.append(line.text)
    return " ".join(title)


def _subject(head: Sequence[Line], at: int) -> str:
    for line in head:
        match = re.search(
            r"(?:chủ đề|chuyên đề|về việc|v/v)\s*:?\s*[“\"]?([^”\".;]{8,160})", line.text, re.I
        )
        if match:
            return match.group(1).strip()
    title = _title(head, at)
    match = re.search(r"(?:hội nghị|buổi|cuộc)\s.{8,}", title, re.I)
    return match.group() if match else ""


def _place(head: Sequence[Line]) -> str:
    for line in head:
        match = re.search(r"(?<!\w)địa điểm[^:;.]{0,20}:\s*(?:tại\s+)?([^;]+)", line.text, re.I)
        if match:
            return _LATER_CLAUSE.split(match.group(1))[0].strip(" .;),*")
    where = re.compile(
        r"(?:tại|Tại)\s+((?:hội trường|nhà văn hóa|nhà văn hoá|trụ sở|trung tâm|nhà sinh hoạt|sân|nhà họp|trường|nhà)"
        r"[^.;()]{3,110})", re.I,
    )  # fmt: skip
    for line in head:
        match = (
            where.search(line.text)
            or _DASHED_PLACE.search(line.text)
            or _DATED_PLACE.search(line.text)
        )
        if match:
            return _LATER_CLAUSE.split(match.group(1))[0].strip(" ,")
    return ""


def _unit(head: Sequence[Line], at: int, place: str, signed_at: str = "") -> str:
    kinds = alternation("header.unit_words")
    stop = rf"(?!(?i:{alternation('header.no_unit', 'header.unit_words')}))"
    name = rf"{stop}[{UPPER}][^\s,;:.()\-–]*(?:\s+{stop}[{UPPER}\d][^\s,;:.()\-–]*){{0,3}}"
    pattern = re.compile(rf"(?i:(?<!\w)({kinds}))\s+({name})")
    letterhead = [
        line.text for line in head[: at if at > 0 else 4] if at > 0 or line.mark != "bullet"
    ]
    letterhead = [part for text in letterhead for part in re.split(r"\s{3,}|\t|\|", text)]
    texts = [
        *(reversed(letterhead) if at > 0 else letterhead),
        *(line.text for line in head[max(at, 0) : at + 6]),
        place,
    ]
    for text in texts:
        found = sorted(pattern.findall(text), key=lambda named: named[0].lower() not in _COMMUNES)
        if found and not re.match(r"CỘNG H|Độc lập", text):
            kind, own = found[0]
            told = [line.text for line in head[at + 3 : at + 6]] if at >= 0 else []
            if text in told and kind.lower() == "tỉnh" and signed_at:
                return _signed_unit(head, signed_at)
            return f"{kind.lower()} {own.title() if own.isupper() else own}"
    return _signed_unit(head, signed_at) if signed_at and at >= 0 else ""


def _signed_unit(head: Sequence[Line], place: str) -> str:
    """The unit whose name stands before the date: a commune if the head speaks of one."""
    kinds = re.findall(r"(?<!\w)(xã|phường|thị trấn)(?!\w)", " ".join(line.text for line in head))
    return f"{kinds[0]} {place}" if kinds and " " not in place[:3] else place


def _level(unit: str) -> str:
    if re.match(r"xã|phường|thị trấn|đặc khu", unit):
        return "xã"
    return {
        "thị": "huyện",
        "huyện": "huyện",
        "quận": "huyện",
        "thành": "huyện",
        "tỉnh": "tỉnh",
    }.get(unit.split()[0] if unit else "", "")


def _person(lines: Sequence[Line], key: str) -> str:
    """Return the first person named after "Chủ trì" or "Thư ký"."""
    titles = alternation("speakers.titles")
    person = re.compile(
        rf"(?i:{titles}\s+)([{UPPER}][^\s,;:()\-–.]*(?:\s+[{UPPER}][^\s,;:()\-–.]*){{1,4}})"
    )
    label = re.compile(rf"\W*{alternation(key)}", re.I)
    for at, line in enumerate(lines):
        if label.match(line.text):
            for near in lines[at : at + 3]:
                match = person.search(near.text)
                if match:
                    return match.group(1)
            signed = [near.text for near in lines[at + 1 : at + 4] if _is_name(near.text)]
            if signed:
                return signed[0]
    before = re.compile(rf"(?i:{alternation(key)}[^.;]{{0,40}}?){person.pattern}")
    after = re.compile(rf"{person.pattern}[^.;]{{0,70}}?(?i:{alternation(key)})")
    for line in lines:
        match = before.search(line.text) or after.search(line.text)
        if match:
            return match.group(1)
    return ""


def _is_name(text: str) -> bool:
    return bool(re.fullmatch(rf"(?:[{UPPER}]\w*\s?){{2,5}}", text.strip()))


def _delegates(head: Sequence[Line]) -> int | None:
    """Return the number of people who came, the total if one is given."""
    people = alternation("header.people_words")
    number = r"(\d{1,3}(?:\.\d{3})+|\d{1,5})"
    attending = r"(?:tham dự|tham gia|dự họp|dự|có mặt)"
    patterns = (
        rf"tổng(?:\s+số|\s+cộng)?(?:(?!ý kiến|kiến nghị|câu hỏi|phiếu|\bhộ\b)[^.;\d]){{0,40}}:?\s*{number}\s*{people}",
        rf"tổng số(?:(?!ý kiến|kiến nghị|câu hỏi|phiếu|\bhộ\b|hồ sơ|vốn|tiền)[^.;\d]){{0,40}}:?\s*{number}",
        rf"(?<!\w)số(?:\s+lượng)?\s+(?:đại biểu|cử tri|người|công dân|nhân dân)(?:\s+{attending})?"
        rf"\s*:\s*{number}(?=\s*(?:$|[.,;](?!\d)|[(/]|{people}))",
        rf"(?:đại biểu|tham dự|có mặt|dự họp)[^.;\d]{{0,30}}?{number}\s*/\s*\d{{1,5}}\s*{people}",
        rf"có mặt\s+{number}\s*(?:/|trên)\s*\d{{1,5}}\s*(?:giấy mời|{people})",
        rf"thành phần[^.;\d]{{0,20}}:\s*{number}\s*{people}",
        rf"thành phần[^.]{{0,300}}?;\s*{number}\s*{people}",
        rf"(?:có mặt|tham dự|dự|họp|với|đại diện|gồm|có|của|hơn|trên|gần)[^.;\d]{{0,40}}?{number}\s*{people}(?:\s+(?:đại biểu|dự|tham dự|tham gia))?",
        rf"{number}\s*{people}\s+(?:tham dự|dự|tham gia|có mặt)",
        rf"{number}\s*(?:đại biểu|cử tri)",
    )
    for pattern in patterns:
        for line in head:
            if re.search(r"lượt người|lấy ý kiến|khách du lịch", line.text):
                continue
            match = re.search(pattern, line.text, re.I)
            if match and not re.match(
                r"\s*(?:lượt|ý kiến|nội dung|kiến nghị|câu)", line.text[match.end() :]
            ):
                count = int(match.group(1).replace(".", ""))
                return count if 0 < count < _PEOPLE_LIMIT else None
    return None


def _first(matches: Iterable[re.Match[str] | None]) -> str:
    return next((match.group(1).strip(" .;") for match in matches if match), "")
