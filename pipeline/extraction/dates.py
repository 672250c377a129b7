"""Finds the day of a meeting among the dates in the head of a document."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from pipeline.extraction.vocabulary import UPPER

_DIGITS = {
    "không": 0, "một": 1, "mốt": 1, "giêng": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5,
    "lăm": 5, "nhăm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9, "chạp": 12,
}  # fmt: skip
_FILLERS = {"linh", "lẻ"}
_DAY = (
    re.compile(r"(?:ngày\s+)?(\d{1,2})\s*(?:/|-|\.)\s*(\d{1,2})\s*(?:/|-|\.)\s*(\d{4})", re.I),
    re.compile(r"ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})", re.I),
)
_SHORT_YEAR = re.compile(r"(?<![\d./-])(\d{1,2})([./-])(\d{1,2})\2([1-3]\d)(?![\d./-]|\s*%)")
_FILE_NAME = re.compile(r"(?<=[_-])(\d{2})(\d{2})(20\d{2})(?=\.\w{2,5}\b)")
_SIGNED = re.compile(rf"\W*([{UPPER}][^,.;:]{{1,40}}),\s*(?=ngày\s+\d)")
_DAY_IN_WORDS = re.compile(
    r"ngày\s+(?:mồng\s+|mùng\s+)?([a-zà-ỹ ]{2,20}?)\s+tháng\s+([a-zà-ỹ]{1,10}(?:\s+(?:một|hai|mốt))?)\s+năm\s+"
    r"((?:hai nghìn|hai ngàn)[a-zà-ỹ ]{0,60})", re.I,
)  # fmt: skip
_DECIDED = re.compile(
    r"(?:kế hoạch|công văn|nghị quyết|quyết định|thông báo|chỉ thị|luật|nghị định|biên bản)[^.;]{0,60}$",
    re.I,
)


def meeting_date(texts: Sequence[str]) -> str:
    """Return the ISO date of the meeting named in the head of a document, or "".

    The line that says "Thời gian" comes first, then a date near "hội nghị" or
    "hôm nay", then the date beside the place of issue.
    """
    scored: list[tuple[int, int, str]] = []
    published = [_published(text) for text in texts]
    years = [found[:4] for text in texts for _, found in _dates(text)]
    for at, text in enumerate(texts):
        for start, found in _dates(text):
            score = 0 if published[at] else _date_score(text, start)
            scored.append((-score, at, found))
        if years and any(published):
            scored += [(-2, at, found) for found in _days_without_year(text, int(years[0]))]
    return min(scored)[2] if scored and min(scored)[0] < 0 else ""


def _published(text: str) -> bool:
    """Tell whether a line gives the day of a newspaper page, not of a meeting."""
    return bool(
        re.search(
            r"GMT|lượt xem|ngày đăng|cập nhật|ngày xuất bản"
            r"|(?:thứ|chủ)\s\S+,\s*(?:ngày\s*)?\d{1,2}/\d{1,2}/\d{4}\s*[-–,|]\s*\d{1,2}[:h]",
            text,
            re.I,
        )
    )


def _days_without_year(text: str, year: int) -> list[str]:
    """`Sáng 25/11, tại hội trường ...` of a page that was published in a year."""
    pattern = r"\b(?:sáng|chiều|tối|trưa|ngày)\s+(?:ngày\s+)?(\d{1,2})/(\d{1,2})(?![/\d])"
    days = [_iso(int(m[1]), int(m[2]), year) for m in re.finditer(pattern, text[:120], re.I)]
    return [day for day in days if day]


def _dates(text: str) -> list[tuple[int, str]]:
    found = []
    for pattern in _DAY:
        for match in pattern.finditer(text):
            found.append((match.start(), _iso(*(int(part) for part in match.groups()))))
    for match in _DAY_IN_WORDS.finditer(text):
        parts = [number_of_words(part) for part in match.groups()]
        if all(parts):
            found.append((match.start(), _iso(*parts)))
    for match in _FILE_NAME.finditer(text):
        found.append((match.start(), _iso(*(int(part) for part in match.groups()))))
    for match in _SHORT_YEAR.finditer(text):
        day, _, month, year = match.groups()
        found.append((match.start(), _iso(int(day), int(month), 2000 + int(year))))
    return [(start, iso) for start, iso in found if iso]


def signed(texts: Sequence[str]) -> tuple[str, str]:
    """Return place and ISO date of the last line such as "Mường Bo, ngày 3 tháng 5 năm 2024"."""
    for text in reversed(texts):
        match = _SIGNED.match(text)
        found = _dates(text) if match else []
        if match and found:
            return match.group(1).strip(), found[0][1]
    return "", ""


def _iso(day: int, month: int, year: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


def _date_score(text: str, start: int) -> int:
    before = text[:start].lower()
    if re.match(r"\W*(?:\d\.\s*)?(?:thời gian|ngày họp|ngày tổ chức|ngày tiếp)", text.lower()):
        return 5
    if re.search(
        r"(?:hội nghị|đối thoại|tiếp xúc|cuộc họp|buổi họp|hôm nay|hồi|tổ chức)[^.;]{0,80}$", before
    ):
        if re.search(r"từ(?: ngày)? \d[^.;]{0,30}đến(?: ngày)?\s*$", before):
            return 0
        last = re.search(r"(?:kế hoạch|công văn|nghị quyết|quyết định)[^.;]{0,40}$", before)
        return 2 if last else 4
    if _DECIDED.search(before) or re.search(r"từ(?: ngày)? \d[^.;]{0,30}đến(?: ngày)?\s*$", before):
        return 0
    placed = re.match(rf"[{UPPER}][^,.;:]{{1,40}},\s*$", text[:start])
    return 3 if placed else 1


def number_of_words(text: str) -> int | None:
    """Return the number that Vietnamese words name, below ten thousand, else None.

    Examples
    --------
    >>> number_of_words("hai mươi lăm"), number_of_words("hai nghìn không trăm hai mươi lăm")
    (25, 2025)
    """
    total = last = 0
    words = [word for word in text.lower().split() if word not in _FILLERS]
    if not words:
        return None
    for word in words:
        if word in _DIGITS:
            last = _DIGITS[word]
        elif word == "mười":
            total, last = total + 10, 0
        elif word == "mươi":
            total, last = total + 10 * last, 0
        elif word == "trăm":
            total, last = total + 100 * last, 0
        elif word in ("nghìn", "ngàn"):
            total, last = 1000 * (total + last), 0
        else:
            return None
    return total + last
