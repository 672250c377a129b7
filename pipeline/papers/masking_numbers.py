"""Finds numbers that lead to a person: telephones, papers, accounts, plates, houses."""

from __future__ import annotations

import re
from functools import lru_cache

_D = r"(?:[\s.\-–]{0,3}\d)"
_UPTO = r"[^\d\n]{0,24}?"
_PAPERS = r"(?:cccd|cmnd|cmt|cmtnd|căn\s+cước(?:\s+công\s+dân)?|chứng\s+minh(?:\s+nhân\s+dân|\s+thư)?|bhyt|bảo\s+hiểm\s+y\s+tế|mã\s+số\s+thuế|mst|định\s+danh|mã\s+thẻ)"
_ACCOUNT = r"(?:tài\s+khoản|stk|số\s+tk|tk)"
_CALL = r"(?:điện\s+thoại|đt|sđt|số\s+máy|zalo|di\s+động|hotline|liên\s+hệ|alo)"
_NOT_MONEY = r"(?!\s*(?:đồng|đ\b|vnđ|vnd|m2|m3|m²|kg|ha\b|tỷ|triệu|usd|%))"
_STREET = r"(?:đường|phố)"
# A range such as À-Ỹ would hold small letters too: capitals stand between small ones there.
CAPITAL = "[" + "".join(c for c in map(chr, range(0x41, 0x1EFA)) if c.isupper()) + "]"

_PATTERNS = (
    ("email", r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
    ("link", r"(?i:(?:https?://|www\.)\S+|(?:facebook|fb|tiktok|zalo)\.(?:com|me)/[^\s,;)]+)"),
    ("id", rf"(?i:{_PAPERS}){_UPTO}(?P<x>(?:[A-Za-z]{{2}}\s?\d?\s?)?\d{_D}{{5,14}})"),
    ("account", rf"(?i:{_ACCOUNT})(?!\w){_UPTO}(?P<x>\d{_D}{{5,18}})"),
    ("id", r"(?i:hộ\s+chiếu)\D{0,12}(?P<x>[A-Za-z]\d{7,8})(?!\d)"),
    ("id", r"(?<!\w)[A-Z]\d{7,8}(?!\w)"),
    ("id", r"(?<!\w)[A-Z]{2}\s?\d\s?\d{2}\s?\d{10}(?!\d)"),
    ("id", r"(?i:sổ\s+đỏ|gcn\w*|giấy\s+chứng\s+nhận|sê\s*-?ri|seri|số\s+vào\s+sổ)[^\n\d]{0,30}?(?P<x>(?<!\w)[A-ZĐ]{1,2}\s?\d{5,8})(?!\d)"),
    ("plate", r"(?i:(?<![\w/.])\d{2}\s?-?\s?[a-zđ]{1,2}\d?\s?[-–.\s]?\s?\d{3}[.\s]?\d{2}(?![\w/]))"),
    ("plate", r"(?i:(?<![\w/.])\d{2}\s?-?\s?[a-zđ]{1,2}\d?\s?[-–.\s]\s?\d{4}(?![\w/]))"),
    ("phone", rf"(?<![\w.,/])(?:\+\s?84|\(\s?\+?84\s?\)|84)[\s.]?(?:\(0\))?[\s.]?\d{_D}{{7,9}}(?!\d)"),
    ("phone", rf"(?<![\w.,/])\(0\d{{2,3}}\)\s?\d{_D}{{6,8}}(?!\d)"),
    ("phone", rf"(?i:{_CALL}){_UPTO}(?P<x>\d{_D}{{6,11}})(?!\d){_NOT_MONEY}"),
    ("id", rf"(?<![\w.,/])0{_D}{{11}}(?!\d)"),
    ("phone", rf"(?<![\w.,/])0{_D}{{8,10}}(?!\d)"),
    ("id", rf"(?<![\w.,/])\d{{8,19}}(?![\d/]){_NOT_MONEY}"),
)  # fmt: skip
_PUBLIC = (
    ("house", r"(?i:số\s+nhà|nhà\s+số|(?<!\w)sn)\s*:?\s*(?:số\s*)?\d+[A-Za-z]?(?:/\d+[A-Za-z]?)*"),
    ("house", rf"(?i:(?<!\w)số)\s+\d+[A-Za-z]?(?:/\d+)*(?=\s+(?i:{_STREET})\s|\s+(?i:ngõ|ngách|hẻm)\s|\s*,\s*(?i:{_STREET})\s)"),
    ("house", r"(?i:(?<!\w)(?:ngõ|ngách|hẻm|kiệt))\s+(?:số\s+)?\d+(?!\d|[,.]\d|\s*m(?!\w))[A-Za-z]?(?:/\d+[A-Za-z]?)*"),
    ("house", rf"(?i:(?<!\w)nhà)\s+\d+[A-Za-z]?(?:/\d+)*(?=\s*,?\s+(?i:ngõ|ngách|hẻm|đường|phố)\s|\s+{CAPITAL})"),
    ("house", rf"(?i:địa\s+chỉ)\s*:?\s*(?:số\s+)?(?P<x>\d+[A-Za-z]?(?:/\d+)*)(?=\s+(?:(?i:{_STREET})\s+)?{CAPITAL})"),
    ("house", rf"(?<![\w./,])(?P<x>\d+[A-Za-z]?(?:/\d+)*)(?=\s+(?i:{_STREET})\s+{CAPITAL})"),
    ("parcel", r"(?i:thửa(?:\s+đất)?)\s*(?i:số)?\s*:?\s*\d+(?!\d|[.,]\d|\s*m)[A-Za-z]?"),
    ("parcel", r"(?i:tờ(?:\s+bản\s+đồ)?)\s*(?i:số)\s*:?\s*\d+[A-Za-z]?"),
    ("birth", r"(?i:sinh\s+ngày|ngày\s+sinh|sinh\s+năm)\s*:?\s*(?P<x>\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{4})"),
)  # fmt: skip


def find_numbers(text: str, digits: tuple[str, ...], *, public: bool) -> list[tuple[str, int, int]]:
    """Return the kind, start and end of each number that leads to a person.

    Parameters
    ----------
    text
        Any text.
    digits
        The words for digits: a telephone number may be spelt out.
    public
        Find also what an agency needs to answer: house, parcel, day of birth.

    Notes
    -----
    Numbers of decisions ("2318/QĐ-UBND"), sums of money, areas and road markers
    are no personal data and stay.
    """
    found = []
    for kind, pattern in _compiled(public):
        for match in pattern.finditer(text):
            group = "x" if "x" in pattern.groupindex else 0
            found.append((kind, *match.span(group)))
    found += [("phone", *match.span()) for match in _spelt(digits).finditer(text)]
    return found


@lru_cache(maxsize=2)
def _compiled(public: bool) -> tuple[tuple[str, re.Pattern[str]], ...]:
    patterns = _PATTERNS + (_PUBLIC if public else ())
    return tuple((kind, re.compile(pattern)) for kind, pattern in patterns)


@lru_cache(maxsize=4)
def _spelt(digits: tuple[str, ...]) -> re.Pattern[str]:
    word = "|".join(sorted(digits, key=len, reverse=True))
    return re.compile(rf"(?i:(?<!\w)(?:{word})(?:[\s,.-]+(?:{word})){{7,11}}(?!\w))")
