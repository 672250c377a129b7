"""A document as lines: every paragraph with its list label set apart from its text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.extraction.minutes import Span
from pipeline.extraction.vocabulary import UPPER
from pipeline.reading.document import Paragraph


@dataclass(frozen=True)
class Piece:
    """A stretch of one paragraph together with its text."""

    paragraph: int
    start: int
    end: int
    text: str

    @property
    def span(self) -> Span:
        """The stretch without its text."""
        return Span(self.paragraph, self.start, self.end)

    def cut(self, start: int, end: int | None = None) -> Piece:
        """Return a part of the piece without white space at its ends.

        `start` and `end` count characters of the piece's own text.
        """
        text = self.text[start:end]
        left = len(text) - len(text.lstrip())
        text = text.strip()
        begin = self.start + start + left
        return Piece(self.paragraph, begin, begin + len(text), text)


@dataclass(frozen=True)
class Line:
    """One paragraph's piece; `mark` is the kind of its label, `label` the label's core.

    `mark` is "number", "roman", "letter", "dotted" (4.1), "bullet", "named"
    ("Ý kiến thứ hai:") or ""; `bracketed` tells "(1)" from "1.".
    """

    piece: Piece
    mark: str = ""
    label: str = ""
    bold: bool = False
    bracketed: bool = False

    @property
    def text(self) -> str:
        """The text after the label."""
        return self.piece.text

    @property
    def number(self) -> int | None:
        """The label as a number, if it is one."""
        return int(self.label) if self.label.isdigit() else None


_ORDINALS = {
    "nhất": 1, "một": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7,
    "tám": 8, "chín": 9, "mười": 10,
}  # fmt: skip
_MARKS = (
    ("named", re.compile(
        r"(?:(?:lượt\s+)?ý kiến|câu hỏi|kiến nghị|câu|phản ánh|nội dung|vấn đề|vụ việc|vụ|trường hợp|lượt|người|phiếu|mẩu|mẩu giấy|lá thư|thư|tờ giấy|tin nhắn)"
        r"\s+(?:thứ\s+|số\s+)?(\d{1,3}|nhất|một|hai|ba|tư|bốn|năm|sáu|bảy|tám|chín|mười)"
        r"\s*(?:[:.\-–]\s*|,\s+|(?=\s+(?:của|\()))", re.I)),
    ("roman", re.compile(r"(?i:phần|mục|chương)\s+(?i:thứ\s+)?([IVX]{1,5}|\d{1,2}|nhất|hai|ba)\s*[.:)–-]\s*")),
    ("bullet", re.compile(r"(\d{1,2}/\d{1,2}(?:/\d{2,4})?)\s*[.:–-]\s+(?=[^\W\d])")),
    ("dotted", re.compile(r"(\d{1,2}(?:\.\d{1,2})+)[.):]?\s+(?=\D)")),
    ("number", re.compile(r"\(?(\d{1,3})\s?(?:[.)/]|[:\-–](?=\s))\s*(?![\d])")),
    ("roman", re.compile(r"([IVX]{1,5})\s?[.)/:\-–]\s*")),
    ("letter", re.compile(r"([A-ZĐa-zđ])\s?[.)]\s+")),
    ("bullet", re.compile(r"(?![-=–]>)([-–—+•●▪◦‣·*○■□➢►✓]|o(?=\s))\s*(?!\d+\s*%)")),
)  # fmt: skip
_FRAMED = re.compile(r"[-–—=*_~]{2,}\s*(?P<text>[^\W_](?:(?![*]{2}).)*?)[\s:]*[-–—=*_~]{2,}")
_HEADED = re.compile(r"#{1,6}\s+(?:\*{2})?|\*{2}(?=\w)")
_GLUED = re.compile(rf"(\d{{1,3}})(?=[{UPPER}“\"])")
_LONE = re.compile(r"\(?(\d{1,3})[.)]?$")
_NAMED_REST = re.compile(r"(?:của|từ)\s+")


def read_lines(paragraphs: Sequence[Paragraph]) -> list[Line]:
    """Return the paragraphs as lines in the same order, list labels set apart.

    A number that is glued to its text ("1Hỗ trợ") or stands alone on its line
    counts as a label only if the document goes on counting that way.
    """
    lines = [_line(paragraph) for paragraph in paragraphs]
    return _with_lone_numbers(_with_glued_numbers(lines))


def as_line(piece: Piece, *, drawn: str = "", bold: bool = False) -> Line:
    """Return a piece as a line; `drawn` is a label that Word draws itself."""
    if drawn:
        marked = _label(drawn.strip() + " x")
        if marked:
            return Line(piece, marked[0], marked[1], bold)
    heading = _HEADED.match(piece.text)
    if heading:  # "## Ý kiến", "**Bà Sen:** ..." as text programs mark headings and bold words
        piece, bold = piece.cut(heading.end()), bold or "#" in heading.group()
    marked = _label(piece.text)
    if not marked:
        return Line(piece, bold=bold)
    mark, label, end = marked
    inner = _MARKS[0][1].match(piece.text, end) if mark == "bullet" else None
    if inner:
        mark, label, end = "named", str(_ORDINALS.get(inner[1].lower(), inner[1])), inner.end()
    if mark == "named":
        rest = _NAMED_REST.match(piece.text, end)
        end = rest.end() if rest else end
    return Line(piece.cut(end), mark, label, bold, bracketed=piece.text.startswith("("))


def _line(paragraph: Paragraph) -> Line:
    whole = Piece(paragraph.number, 0, len(paragraph.text), paragraph.text).cut(0)
    framed = _FRAMED.fullmatch(whole.text)
    if framed:  # "--- Ý kiến ---" is a heading
        return Line(whole.cut(framed.start("text"), framed.end("text")), bold=True)
    return as_line(whole, drawn=paragraph.label, bold=paragraph.bold)


def _label(text: str) -> tuple[str, str, int] | None:
    for mark, pattern in _MARKS:
        match = pattern.match(text)
        if match:
            label = match.group(1)
            return mark, str(_ORDINALS.get(label.lower(), label)), match.end()
    return None


def _with_glued_numbers(lines: list[Line]) -> list[Line]:
    glued = {
        at: int(match.group(1))
        for at, line in enumerate(lines)
        if not line.mark and (match := _GLUED.match(line.text))
    }
    counted = _counting(glued)
    return [
        replace(line, piece=line.piece.cut(len(str(glued[at]))), mark="number",
                label=str(glued[at])) if at in counted else line
        for at, line in enumerate(lines)
    ]  # fmt: skip


def _with_lone_numbers(lines: list[Line]) -> list[Line]:
    """Give a number that stands alone to the next line that has text."""
    lone = {
        at: int(match.group(1))
        for at, line in enumerate(lines)
        if (match := _LONE.match(_whole_text(line)))
    }
    counted = _counting(lone)
    result = list(lines)
    for at in counted:
        after = next((n for n in range(at + 1, len(lines)) if lines[n].text), None)
        if after is not None and after not in lone and lines[after].mark in ("", "bullet"):
            result[after] = replace(result[after], mark="number", label=str(lone[at]))
            result[at] = replace(result[at], piece=result[at].piece.cut(0, 0), mark="", label="")
    return result


def _whole_text(line: Line) -> str:
    return line.label if line.mark == "number" and not line.text else line.text


def _counting(numbers: dict[int, int]) -> set[int]:
    """Return the places whose number goes on from, or is gone on by, another one."""
    places = sorted(numbers)
    counted = set()
    for here, there in zip(places, places[1:], strict=False):
        if numbers[there] == numbers[here] + 1:
            counted |= {here, there}
    return counted
