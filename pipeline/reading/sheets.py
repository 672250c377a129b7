"""Reads workbooks (xlsx, xls, ods) and csv: sheets become cells with headings."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from pipeline.reading.archive import locked, open_archive
from pipeline.reading.content import Content, converted_note, finish
from pipeline.reading.document import Paragraph, Place
from pipeline.reading.options import ReadingOptions
from pipeline.reading.plain import decode
from pipeline.reading.refusal import Refused
from pipeline.reading.sheet_fonts import LegacyFonts, legacy_fonts
from pipeline.reading.tables import (
    CONTENT_HEADING,
    Cell,
    cells_of,
    chosen_column,
    find_headings,
    paragraphs_of,
)

_WORD = re.compile(r"[^\W\d_]{2,}")
_SENTENCE = 4


def read_workbook(data: bytes, options: ReadingOptions) -> Content:
    """Return the cells of all sheets (or the chosen one), row by row.

    Formulas are not worked out: the value that was stored with them counts.

    Raises
    ------
    Refused
        If the workbook is damaged, locked, too large, or lacks the chosen
        sheet or column.
    """
    if data.startswith(b"PK"):
        open_archive(data, options.limits)
    book = _opened(data)
    names = _chosen_sheets(book.sheet_names, options.sheet)
    fonts = legacy_fonts(data, options.limits)
    drafts: list[Paragraph] = []
    notes = [converted_note(name, "theo phông chữ") for name in sorted(fonts.encodings)]
    headings: list[str] = []
    for number, name in enumerate(names, 1):
        cells = _sheet_cells(book, name, options, fonts)
        headings += find_headings(cells)[1].values()
        drafts += paragraphs_of(
            cells, Place(sheet=name, table=number), chosen=options.content_column
        )
    _check_choice(drafts, headings, options)
    return finish(drafts, "xlsx", notes=notes, guess=not fonts.encodings)


def _opened(data: bytes) -> Any:
    import python_calamine

    try:
        return python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    except python_calamine.PasswordError as error:
        raise locked() from error
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise Refused(
            "Bảng tính bị hỏng, không mở được.",
            "Mở bằng Excel, chọn sửa lỗi (Repair), lưu lại thành .xlsx.",
        ) from error


def _chosen_sheets(names: list[str], chosen: str) -> list[str]:
    if not chosen:
        return names
    if chosen not in names:
        raise Refused(
            f"Không có trang tính «{chosen}».", f"Chọn một trong: {', '.join(names[:20])}."
        )
    return [chosen]


def _sheet_cells(book: Any, name: str, options: ReadingOptions, fonts: LegacyFonts) -> list[Cell]:
    import python_calamine

    try:
        sheet = book.get_sheet_by_name(name)
        if sheet.total_height * sheet.total_width > options.limits.cells:
            raise Refused(
                f"Trang tính «{name}» quá lớn ({sheet.total_height} dòng x {sheet.total_width} cột).",
                "Xóa các dòng, cột thừa rồi lưu lại.",
            )
        rows = sheet.to_python(skip_empty_area=False)
    except (python_calamine.CalamineError, ValueError) as error:
        raise Refused(f"Trang tính «{name}» bị hỏng.", "Mở bằng Excel, lưu lại.") from error
    spans = {start: end for start, end in sheet.merged_cell_ranges or ()}
    texts = [
        [fonts.unicode(name, row, column, shown(value)) for column, value in enumerate(values)]
        for row, values in enumerate(rows)
    ]
    cells = cells_of(texts)
    return [_with_span(cell, spans) for cell in cells]


def _with_span(cell: Cell, spans: dict[tuple[int, int], tuple[int, int]]) -> Cell:
    end = spans.get((cell.row - 1, cell.column - 1))
    if end is None:
        return cell
    return Cell(cell.row, cell.column, cell.drafts, end[1] - cell.column + 2)


def shown(value: Any) -> str:
    """Return a cell's value as a Vietnamese reader would see it.

    Examples
    --------
    >>> shown(3.0), shown(0.5), shown(date(2025, 9, 3)), shown(True)
    ('3', '0,5', '03/09/2025', 'TRUE')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else f"{value:.10g}".replace(".", ",")
    if isinstance(value, datetime):
        bare = value.time() == time(0)
        return value.strftime("%d/%m/%Y" if bare else "%d/%m/%Y %H:%M")
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, (time, timedelta)):
        return str(value)
    return str(value)


def read_csv(data: bytes, options: ReadingOptions) -> Content:
    """Return the cells of a table in text form; encoding and delimiter are found."""
    text, notes = decode(data)
    drafts_cells = cells_of(_rows(text, options))
    drafts = list(paragraphs_of(drafts_cells, Place(table=1), chosen=options.content_column))
    _check_choice(drafts, list(find_headings(drafts_cells)[1].values()), options)
    return finish(drafts, "csv", notes=notes)


def _rows(text: str, options: ReadingOptions) -> Iterator[list[str]]:
    csv.field_size_limit(10_000_000)
    lines = io.StringIO(text.replace("\x00", ""), newline="")
    seen = 0
    try:
        for row in csv.reader(lines, delimiter=delimiter(text)):
            seen += len(row)
            if seen > options.limits.cells:
                raise Refused("Bảng quá lớn.", "Chia nhỏ bảng thành nhiều tệp.")
            yield row
    except csv.Error as error:
        raise Refused(
            f"Tệp csv sai cấu trúc ở gần dòng {lines.tell() and text[: lines.tell()].count(chr(10))}.",
            "Mở bằng Excel, lưu lại thành .xlsx.",
        ) from error


def delimiter(text: str) -> str:
    """Return the delimiter that cuts the first lines into the steadiest number of columns.

    Examples
    --------
    >>> delimiter("STT;Nội dung\\n1;Đường hỏng, lầy, tối")
    ';'
    """
    best, most = ",", 1.0
    for candidate in (";", "\t", ",", "|"):
        widths = _widths(text[:50_000], candidate)
        usual = max(set(widths), key=lambda width: (widths.count(width), width), default=1)
        steadiness = widths.count(usual) / max(1, len(widths))
        if usual > 1 and usual * steadiness**2 > most:
            best, most = candidate, usual * steadiness**2
    return best


def _widths(sample: str, candidate: str) -> list[int]:
    try:
        rows = csv.reader(io.StringIO(sample, newline=""), delimiter=candidate)
        return [len(row) for _, row in zip(range(50), rows, strict=False) if row]
    except csv.Error:
        return []


def _check_choice(drafts: list[Paragraph], headings: list[str], options: ReadingOptions) -> None:
    chosen = options.content_column
    if not chosen or any(draft.heading == CONTENT_HEADING for draft in drafts):
        return
    if not chosen_column(dict(enumerate(headings, 1)), chosen) or not drafts:
        raise Refused(
            f"Bảng không có cột «{chosen}».",
            f"Chọn một trong các cột: {', '.join(dict.fromkeys(headings)) or 'không có'}.",
        )


def require_text(content: Content) -> Content:
    """Return `content`, unless it is a table of figures: minutes hold a sentence somewhere.

    Raises
    ------
    Refused
        No cell holds four words.
    """
    texts = [paragraph.text for paragraph in content.paragraphs]
    if texts and not any(len(_WORD.findall(text)) >= _SENTENCE for text in texts):
        raise Refused(
            f"Bảng không có cột nội dung ý kiến (các ô đầu: {', '.join(texts[:12])[:120]}).",
            "Kiểm tra lại tệp, hoặc chỉ cột nội dung bằng --content-column.",
        )
    return content
