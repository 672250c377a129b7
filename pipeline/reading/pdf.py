"""Reads PDF files that carry text: words become lines, paragraphs and table cells."""

from __future__ import annotations

import io
import time
from typing import Any

from pipeline.reading import layout, legacy
from pipeline.reading.archive import locked
from pipeline.reading.content import Content, converted_note, finish
from pipeline.reading.document import Paragraph
from pipeline.reading.layout import Word
from pipeline.reading.letters import vietnamese_share
from pipeline.reading.options import ReadingOptions, settings
from pipeline.reading.pdf_tables import page_tables
from pipeline.reading.pdf_text import Page, page_drafts
from pipeline.reading.refusal import Refused


def read_pdf(data: bytes, options: ReadingOptions) -> Content:
    """Return the paragraphs and cells of a PDF.

    A text layer whose words are mostly no Vietnamese syllables (fonts without
    a usable letter table, old OCR) is not trusted: pdftotext is tried if it is
    installed, then OCR. A page without text is read by OCR.

    Raises
    ------
    Refused
        If the file is damaged, locked, or holds no readable page.
    """
    try:
        pages, notes, encodings = _pages(data, options)
    except _Broken as refusal:
        return _mended(data, options, refusal)
    notes += [converted_note(name, "theo phông chữ") for name in sorted(encodings)]
    drafts = list(page_drafts(pages, options))
    scans = [page.number for page in pages if page.is_scan]
    if options.ocr == "on" or not drafts or not _is_sound(drafts):
        return _another_way(data, options, drafts, notes, len(pages))
    if scans:
        drafts, more = _with_scans(data, options, drafts, scans)
        notes += more
    return finish(drafts, "pdf", notes=notes, guess=not encodings)


# A page with fewer letters and a picture over a third of it is a scan.
_FEWEST_LETTERS, _LARGE_PICTURE = 30, 0.33


class _Broken(Refused):
    """A PDF whose structure is damaged; its pages may still hold text."""


def _mended(data: bytes, options: ReadingOptions, refusal: Refused) -> Content:
    """Return what pdftotext, which mends damaged files, still finds in one."""
    from pipeline.reading.programs import pdf_to_text

    found = pdf_to_text(data, options, "Tệp PDF bị hỏng một phần, có thể thiếu nội dung")
    if found is None or not found.paragraphs:
        raise refusal
    return found


def _is_sound(drafts: list[Paragraph]) -> bool:
    share, count = vietnamese_share(" ".join(draft.text for draft in drafts))
    judged = settings().get("quality", {})
    return count < judged.get("tokens", 25) or share >= judged.get("syllables", 0.55)


def _another_way(
    data: bytes, options: ReadingOptions, drafts: list[Paragraph], notes: list[str], pages: int
) -> Content:
    """Read a PDF whose text layer is missing or cannot be trusted."""
    from pipeline.reading.programs import pdf_to_text

    content = finish(drafts, "pdf", notes=notes)
    if drafts and _is_sound(list(content.paragraphs)) and options.ocr != "on":
        return content
    if drafts and options.ocr != "on":
        found = pdf_to_text(data, options, "Phông chữ của tệp PDF bị lỗi")
        if found is not None and _is_sound(list(found.paragraphs)):
            return found
    if options.ocr == "off":
        if not drafts:
            raise Refused("Tệp PDF là bản quét (ảnh), không có chữ.", "Bật OCR rồi chạy lại.")
        return content
    try:
        scanned, more = _scanned(data, options, list(range(1, pages + 1)))
    except Refused:
        if not drafts:
            raise
        warning = "Chữ trong tệp PDF bị lỗi phông, đọc có thể sai; cần đối chiếu bản gốc."
        return finish(drafts, "pdf", notes=[*notes, warning])
    return finish(scanned, "pdf", notes=[*notes, *more])


def _with_scans(
    data: bytes, options: ReadingOptions, drafts: list[Paragraph], scans: list[int]
) -> tuple[list[Paragraph], list[str]]:
    """Add the scanned pages of a file that has pages with text as well."""
    unread = f"Trang {', '.join(map(str, scans))} là ảnh quét, chưa đọc"
    if options.ocr == "off":
        return drafts, [f"{unread} (OCR đang tắt)."]
    try:
        scanned, notes = _scanned(data, options, scans)
    except Refused as refusal:
        return drafts, [f"{unread}: {refusal} {refusal.remedy}"]
    kept = [draft for draft in drafts if draft.place.page not in scans]
    return sorted([*kept, *scanned], key=lambda draft: draft.place.page or 0), notes


def _scanned(
    data: bytes, options: ReadingOptions, numbers: list[int]
) -> tuple[list[Paragraph], list[str]]:
    from pipeline.reading.ocr import read_pdf_pages

    return read_pdf_pages(data, options, numbers)


def _pages(data: bytes, options: ReadingOptions) -> tuple[list[Page], list[str], set[str]]:
    deadline = time.monotonic() + 0.8 * options.limits.seconds
    notes: list[str] = []
    encodings: set[str] = set()
    pages: list[Page] = []
    with _opened(data) as pdf:
        total = len(pdf.pages)
        for number, page in enumerate(pdf.pages[: options.limits.pages], 1):
            if time.monotonic() > deadline:
                notes.append(f"Hết thời gian: trang {number}-{total} của tệp PDF chưa đọc.")
                break
            pages.append(_page(page, number, encodings, notes))
            page.close()
        else:
            if total > options.limits.pages:
                notes.append(
                    f"Tệp PDF có {total} trang, chỉ đọc {options.limits.pages} trang đầu; "
                    f"trang {options.limits.pages + 1}-{total} chưa đọc."
                )
    if not pages:
        raise _Broken("Tệp PDF không có trang nào.", "Xin lại bản gốc.")
    return pages, notes, encodings


def _opened(data: bytes) -> Any:
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect

    try:
        return pdfplumber.open(io.BytesIO(data))
    except Exception as error:  # pdfminer raises whatever its broken input leads to
        if isinstance(error, PDFPasswordIncorrect) or "Password" in repr(error):
            raise locked() from error
        raise _Broken(
            "Tệp PDF bị hỏng, không mở được.", "Xin lại bản gốc hoặc in lại ra PDF."
        ) from error


def _page(page: Any, number: int, encodings: set[str], notes: list[str]) -> Page:
    found = Page(number, float(page.height), float(page.width))
    try:
        words = _words(page, encodings)
        found.letters = sum(len(word.text) for word in words)
        found.is_scan = _has_large_picture(page) and _says_little(words)
        found.tables = page_tables(page, words, number)
        inside = {id(word) for table in found.tables for word in table.words}
        loose = [word for word in words if id(word) not in inside]
        found.lines = layout.lines_of(loose, number)
    except Exception:  # one broken page must not hide the others
        notes.append(f"Trang {number} của tệp PDF bị hỏng, không đọc được.")
    return found


def _says_little(words: list[Word]) -> bool:
    """Tell whether a page's text is missing, or what a foreign OCR made of Vietnamese.

    Copiers put a text layer without accents, or with wrong ones, behind the
    picture of a page.
    """
    text = " ".join(word.text for word in words)
    share, count = vietnamese_share(text)
    marked = vietnamese_share(text, marked_only=True)[1]
    return len(text) < _FEWEST_LETTERS or share < 0.7 or (count > 20 and marked < 0.15 * count)


def _has_large_picture(page: Any) -> bool:
    area = float(page.width * page.height) or 1.0
    covered = sum(float(image["width"] * image["height"]) for image in page.images)
    return covered > _LARGE_PICTURE * area


def _is_printed_twice(chars: list[dict[str, Any]]) -> bool:
    """Tell whether letters lie on each other: some programs print bold so. Dropping is slow."""
    places = {(char["text"], round(char["x0"]), round(char["top"])) for char in chars}
    return len(places) < 0.95 * len(chars)


def _words(page: Any, encodings: set[str]) -> list[Word]:
    page = page.dedupe_chars() if _is_printed_twice(page.chars) else page
    fonts = {str(char.get("fontname", "")) for char in page.chars}
    old = any(legacy.encoding_of_font(font) for font in fonts)
    # Asking for fonts cuts words where a letter comes from another font, so only if needed.
    attributes = ["fontname"] if old else []
    words = page.extract_words(
        x_tolerance_ratio=0.15, y_tolerance=3, extra_attrs=attributes, return_chars=True
    )
    found = []
    for word in words:
        text = word["text"]
        if old and legacy.encoding_of_font(word["fontname"]):
            encodings.add(legacy.encoding_of_font(word["fontname"]))
            text = legacy.from_font(text, word["fontname"])
        bold = all("bold" in str(char.get("fontname", "")).lower() for char in word["chars"])
        box = (word["x0"], word["x1"], word["top"], word["bottom"])
        found.append(Word(text, *map(float, box), bold=bold))
    return found
