"""Reads plain text: its bytes become letters, its lines become paragraphs."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from itertools import groupby

from pipeline.reading import legacy
from pipeline.reading.content import Content, converted_note, finish
from pipeline.reading.document import Paragraph, Place
from pipeline.reading.letters import vietnamese_share
from pipeline.reading.options import ReadingOptions
from pipeline.reading.refusal import Refused

# A line that opens a list item, a turn or a heading is never glued to the line before.
LIST_START = re.compile(
    r"^\s*(?:[-+*•–—]\s*\S|\(?\d{1,3}(?:\.\d{1,2}){0,3}[.):/](?!\d)|[a-zđA-ZĐ][.)]\s|[IVXLC]{1,5}[.)/])"
)
SENTENCE_END = re.compile(r"[.;:!?…][\"”’')\]]*\s*$")
_WIDEST, _NARROWEST = 110, 45
_LEAST_TABS, _LEAST_ROWS = 2, 3


def read_plain(data: bytes, options: ReadingOptions) -> Content:
    """Return the paragraphs of a text file: one line is one paragraph.

    Text that was wrapped by hand at a fixed width (old mail and text programs)
    is joined into paragraphs first.
    """
    text, notes = decode(data)
    return plain_paragraphs(text, notes)


def plain_paragraphs(text: str, notes: tuple[str, ...] = (), format: str = "txt") -> Content:
    """Return the paragraphs of decoded text, with the offset at which each starts.

    Lines below each other with tabs between their parts are a table, as it
    looks when it was copied out of Word or Excel: each part is a cell.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")
    drafts, offsets = [], []
    for start, draft in _with_cells(list(_stretches(text))):
        drafts.append(draft)
        offsets.append(start + len(draft.text) - len(draft.text.lstrip()))
    return finish(drafts, format, notes=notes, offsets=offsets)


def _with_cells(stretches: list[tuple[int, str]]) -> Iterator[tuple[int, Paragraph]]:
    """Give each paragraph or cell with its start."""
    table = 0
    runs = groupby(stretches, key=lambda stretch: stretch[1].count("\t") >= _LEAST_TABS)
    for tabbed, run in runs:
        lines = list(run)
        if not tabbed or len(lines) < _LEAST_ROWS:
            yield from ((start, Paragraph(0, line)) for start, line in lines)
            continue
        table += 1
        for row, (start, line) in enumerate(lines, 1):
            for column, cell in enumerate(line.split("\t"), 1):
                if cell.strip():
                    place = Place(table=table, row=row, column=column)
                    yield start, Paragraph(0, cell, place, part="cell")
                start += len(cell) + 1


def raw_position(raw: str, start: int, position: int) -> int:
    """Return where character `position` of a paragraph stands in the decoded file.

    Reading makes white space one and joins wrapped lines; this walks the raw
    text beside the paragraph, letting any run of white space count as one.

    Parameters
    ----------
    raw
        The decoded file, lines ending in "\\n".
    start
        The paragraph's entry of `Document.raw_offsets`.
    position
        A character of `Paragraph.text`, from 0 to its length.

    Examples
    --------
    >>> raw_position("A\\n  đề nghị\\n  xã sửa", 4, 8)
    14
    """
    place, seen = start, 0
    while seen < position and place < len(raw):
        space = raw[place].isspace()
        place += 1
        if space:
            while place < len(raw) and raw[place].isspace():
                place += 1
        seen += 1
    return place


def decode(data: bytes, declared: str = "") -> tuple[str, tuple[str, ...]]:
    """Return the text of some bytes and notes on how it was found.

    Tried in this order: byte order marks, UTF-8, UTF-16 without a mark, the
    encoding that the file declares, then windows-1258, TCVN3 and VNI, of which
    the one that gives most Vietnamese syllables is taken.

    Raises
    ------
    Refused
        If the bytes are no text.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data.decode(name, "replace").lstrip("\ufeff"), ()
    try:
        return _checked(data.decode("utf-8")), ()
    except UnicodeDecodeError:
        pass
    wide = _wide(data)
    if wide:
        return data.decode(wide, "replace"), ()
    return _narrow(data, declared)


_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def _checked(text: str) -> str:
    """Refuse binary data that happens to be valid UTF-8."""
    sample = text[:20_000]
    odd = sum(ord(letter) < 9 or 14 <= ord(letter) < 27 for letter in sample)
    if odd > 0.05 * len(sample):
        wide = _wide(text.encode("utf-8"))
        if wide:
            return text.encode("utf-8").decode(wide, "replace")
        raise Refused(
            "Tệp không chứa văn bản (dữ liệu nhị phân).",
            "Kiểm tra lại đuôi tệp; mở bằng đúng phần mềm rồi lưu thành .docx, .pdf hoặc .txt.",
        )
    return text


def _wide(data: bytes) -> str:
    """Return the name of UTF-16 without a mark, where the zero bytes show it."""
    sample = data[:4000]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = max(1, len(sample) // 2)
    if odd > 0.25 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.25 * half and odd < 0.05 * half:
        return "utf-16-be"
    return ""


# Even a text full of names and figures has more Vietnamese syllables among its marked words.
_FOREIGN = 0.15


def _narrow(data: bytes, declared: str) -> tuple[str, tuple[str, ...]]:
    """Return text in one-byte letters, or UTF-8 with a few broken bytes."""
    sample = data[:200_000]
    mended = data.decode("utf-8", "replace")
    if mended.count("\ufffd") < 0.02 * len(mended):
        return _checked(mended), ("Tệp có ký tự hỏng, đã thay bằng dấu �.",)
    scored = {name: _score(_as(sample, name), name) for name in _one_byte(declared)}
    best = max(scored, key=lambda name: scored[name])
    text = _checked(_as(data, best))
    if scored[best] < _FOREIGN:
        raise Refused(
            "Không nhận ra bảng mã của tệp, không có chữ tiếng Việt nào đọc được.",
            "Mở tệp bằng phần mềm tạo ra nó, lưu lại với bảng mã UTF-8.",
        )
    if scored[best] < 0.6:
        return text, ("Không nhận ra bảng mã của tệp; chữ có thể sai, cần đối chiếu bản gốc.",)
    if best in legacy.ENCODINGS:
        return legacy.convert(text, best), (converted_note(best, "theo thống kê chữ"),)
    return text, ()


def _one_byte(declared: str) -> list[str]:
    names = ["cp1258", *legacy.ENCODINGS]
    try:
        if declared and codecs.lookup(declared).name not in ("utf-8", "cp1258", "utf-16"):
            names.append(declared)
    except LookupError:
        pass
    return names


def _as(data: bytes, name: str) -> str:
    return data.decode("latin-1" if name in legacy.ENCODINGS else name, "replace")


def _score(text: str, name: str) -> float:
    converted = legacy.convert(text, name) if name in legacy.ENCODINGS else text
    return vietnamese_share(converted, marked_only=True)[0]


def _stretches(text: str) -> Iterator[tuple[int, str]]:
    """Give each paragraph with its start; wrapped lines together."""
    width = _wrap_width([line.rstrip() for line in text.split("\n") if line.strip()])
    start, held = 0, ""
    position = 0
    for line in text.split("\n"):
        if held and _continues(held, line, width):
            held = text[start : position + len(line)]
        else:
            if held.strip():
                yield start, held
            start, held = position, line
        position += len(line) + 1
    if held.strip():
        yield start, held


def _continues(held: str, line: str, width: int) -> bool:
    last = held.rsplit("\n", 1)[-1].rstrip()
    return bool(width and line.strip()) and joins(last, line, len(last), width)


def joins(last: str, line: str, length: float, width: float, word: float | None = None) -> bool:
    """Tell whether `line` goes on with the paragraph that `last` belongs to.

    A line was wrapped if the first word of the next would not have fitted on it.

    Parameters
    ----------
    last, line
        Two lines below each other.
    length, width
        Of `last` and of a full line, in any one unit.
    word
        Width of the first word of `line`, in the same unit; None counts its characters.
    """
    if not last.strip():
        return False
    first = line.split(None, 1)[0] if line.strip() else ""
    needed = len(first) if word is None else word
    wrapped = length + 0.9 * needed > 0.97 * width
    if LIST_START.match(line):
        return wrapped and not SENTENCE_END.search(last) and opens_by_chance(line)
    return wrapped


def opens_by_chance(line: str) -> bool:
    """Tell whether the dash or figure that opens a line may stand inside a sentence.

    Examples
    --------
    >>> opens_by_chance("- xã hội"), opens_by_chance("1.200 hộ"), opens_by_chance("- Đề nghị")
    (True, True, False)
    """
    found = re.match(r"\s*(?:[-–]|\d+[.,]\d+)\s*(\w)", line)
    return bool(found and found[1].islower())


def _wrap_width(lines: list[str]) -> int:
    """Return the width at which the text was wrapped by hand, 0 if it was not."""
    widest = max(map(len, lines), default=0)
    if len(lines) < 4 or not _NARROWEST <= widest <= _WIDEST:
        return 0
    pairs = list(zip(lines, lines[1:], strict=False))
    going_on = sum(
        line.lstrip()[:1].islower() and not SENTENCE_END.search(last) and len(last) > 0.7 * widest
        for last, line in pairs
    )
    return widest if going_on >= max(2, 0.25 * len(pairs)) else 0
