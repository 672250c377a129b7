"""Reads rows of a table whose columns were lost: one line a row, its cells run together."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.extraction.lines import Line
from pipeline.extraction.vocabulary import UPPER, alternation, words

_ENOUGH_ROWS = 3
_ENOUGH_COLUMNS = 3
_SHORTEST_CONTENT = 25
_ROW = re.compile(rf"(?P<number>\d{{1,3}})[.)]?\s+(?=[{UPPER}(“\"a-zà-ỹđ])")
_NAME = re.compile(
    rf"(?:[{UPPER}][^\W\d_]*\s+){{1,3}}[{UPPER}][^\W\d_]*(?=\s+[^{UPPER}]|\s+[{UPPER}][^\W\d_]*\s+[^{UPPER}\s])"
)
_CELL = re.compile(rf"(?<=[^\W\d_{UPPER}]\s)(?P<word>[{UPPER}][^\W\d_]*)(?=\s+[^{UPPER}\W]|,\s)")
_CALLED = re.compile(r"(?<!\w)(?:nhà|họ|nương|ruộng|đất)\s+$", re.I)
_DATE = re.compile(
    r"\d{1,2}/\d{1,2}/\d{4}|Quý\s+[IV]+(?:/\d{4})?|Thường xuyên|Ngay(?=\s)|\s-(?=\s)"
)


@dataclass(frozen=True)
class FlatRow:
    """Places in a line's text: the number, who speaks (if told), the words, and the answer."""

    number: int
    name_end: int
    start: int
    end: int
    reply: int


def flat_rows(lines: Sequence[Line]) -> Mapping[int, FlatRow]:
    """Return the rows of a table that lost its columns, by paragraph.

    A line that names several columns beside a number is its heading; the rows
    below count on from one. Where the heading names an office, the words end
    before the first office that stands after them, and what follows its date
    is the answer; where it names an answer only, that is the last cell.
    """
    at = next((n for n, line in enumerate(lines) if _is_heading(line)), None)
    if at is None:
        return {}
    heading = lines[at].text.lower()
    rows: dict[int, FlatRow] = {}
    wanted = 1
    for line in lines[at + 1 :]:
        match = _ROW.match(line.text) if not line.mark else None
        if match and int(match.group("number")) == wanted:
            rows[line.piece.paragraph] = _row(line.text, match.end(), wanted, heading)
            wanted += 1
    return rows if len(rows) >= _ENOUGH_ROWS else {}


def _is_heading(line: Line) -> bool:
    text = line.text
    if not re.match(rf"{alternation('columns.number')}\s", text, re.I) or len(text) > 160:
        return False
    kinds = ("speaker", "address", "content", "reply", "note", "status", "role")
    known = {word for kind in kinds for word in words("columns", kind)}
    return (
        sum(bool(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text.lower())) for word in known)
        >= _ENOUGH_COLUMNS
    )


def _row(text: str, start: int, number: int, heading: str) -> FlatRow:
    named = bool(re.search(alternation("columns.speaker"), heading))
    office = bool(re.search(r"cơ quan|đơn vị|thẩm quyền|chủ trì", heading))
    name = _NAME.match(text, start) if named else None
    begin = name.end() if name else start
    answered = bool(re.search(r"trả lời|kết quả|giải quyết|xử lý", heading))
    if answered and not office:
        cut = _last_cell(text, begin + _SHORTEST_CONTENT)
        return FlatRow(number, begin, begin, cut, cut)
    agency = _agency().search(text, begin + _SHORTEST_CONTENT) if office else None
    if agency is None:
        return FlatRow(number, begin, begin, len(text), len(text))
    dates = list(_DATE.finditer(text, agency.end()))
    answer = dates[0].end() if dates else len(text)
    return FlatRow(number, begin, begin, agency.start(), answer)


def _last_cell(text: str, start: int) -> int:
    """Return where the last cell begins: at a capital without a stop before it, in no name."""
    found = [
        match.start()
        for match in _CELL.finditer(text, start)
        if not _CALLED.search(text[: match.start()]) and not _called().search(text[: match.start()])
    ]
    return found[-1] if found else len(text)


@lru_cache(maxsize=1)
def _called() -> re.Pattern[str]:
    titles = alternation("speakers.titles", "speakers.villages")
    return re.compile(rf"(?<!\w){titles}\s+$", re.I)


@lru_cache(maxsize=1)
def _agency() -> re.Pattern[str]:
    bodies = "|".join(word.capitalize() if not word.startswith(("ubnd", "hđnd")) else word.upper()
                      for word in words("speakers", "bodies") if word not in ("đồng chí", "đội", "bộ"))  # fmt: skip
    return re.compile(rf"(?<=[\w%)”])\s+(?=(?:{bodies}|TT|UBMTTQ)\s[{UPPER}a-z])")
