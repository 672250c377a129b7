"""Reads scans and photographs by Tesseract, and says how well each page was read."""

from __future__ import annotations

import io
import os
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import lru_cache, partial
from itertools import islice
from typing import TYPE_CHECKING, Any

from pipeline.reading import joining
from pipeline.reading.content import Content, finish
from pipeline.reading.document import Paragraph
from pipeline.reading.ocr_words import ReadPage, page_of
from pipeline.reading.options import Ocr, ReadingOptions
from pipeline.reading.pdf_text import text_drafts
from pipeline.reading.programs import find_program, missing, run
from pipeline.reading.refusal import Refused

if TYPE_CHECKING:
    from PIL.Image import Image

_LARGEST_PICTURE = 120_000_000
_A4_WIDTH_AT_150_DPI = 1240
_HOPELESS = 0.5
on_page: list[Callable[[], None]] = []
"""Called after each page, so that a watching process knows that work goes on."""


def read_image(data: bytes, options: ReadingOptions) -> Content:
    """Return the text of a picture; a tiff may hold many pages.

    Raises
    ------
    Refused
        If OCR is off or not installed, or the picture is damaged or too large.
    """
    if options.ocr == "off":
        raise Refused("Tệp là ảnh, OCR đang tắt.", "Bật OCR rồi chạy lại.")
    drafts, notes = _read(enumerate(_frames(data, options), 1), options, "Ảnh")
    return finish(drafts, "image", notes=notes, guess=False)


def read_pdf_pages(
    data: bytes, options: ReadingOptions, numbers: list[int]
) -> tuple[list[Paragraph], list[str]]:
    """Return the drafts of some pages of a PDF, and notes on pages that were read badly.

    Parameters
    ----------
    data
        The PDF.
    options
        `scan` holds resolution and language.
    numbers
        Pages to read, from 1.
    """
    return _read(_rendered(data, options.scan, numbers), options, "Bản quét")


def _read(
    pictures: Iterable[tuple[int, Image]], options: ReadingOptions, what: str
) -> tuple[list[Paragraph], list[str]]:
    deadline = time.monotonic() + options.scan.seconds
    drafts: list[Paragraph] = []
    notes: list[str] = []
    left = iter(pictures)
    # Pages are drawn one batch at a time: a page at 300 dpi takes some 9 MB.
    workers = min(4, os.cpu_count() or 1)
    batch = list(islice(left, workers))
    # Only now, so that a damaged picture is called damaged on every machine.
    program = _ready(options.scan, what)
    with ThreadPoolExecutor(workers) as pool:
        while batch:
            if time.monotonic() > deadline:
                notes.append(f"Hết thời gian OCR: từ trang {batch[0][0]} trở đi chưa đọc.")
                break
            for page in pool.map(partial(_page, program, options.scan), batch):
                drafts += _drafts(page)
                notes += _notes(page, options.scan)
            batch = list(islice(left, workers))
    return drafts, notes


def _ready(scan: Ocr, what: str) -> str:
    program = find_program("tesseract")
    if not program:
        raise missing("tesseract", what)
    if scan.language not in _languages(program):
        raise Refused(
            f"Tesseract chưa có dữ liệu tiếng Việt ({scan.language}).",
            "Debian: apt install tesseract-ocr-vie; Windows: chạy lại bộ cài, chọn Vietnamese.",
        )
    return program


@lru_cache(maxsize=4)
def _languages(program: str) -> frozenset[str]:
    listed = run([program, "--list-langs"], b"", 30).decode("utf-8", "replace")
    return frozenset(listed.split())


def _page(program: str, scan: Ocr, picture: tuple[int, Image]) -> ReadPage:
    """Read one picture; one that makes no sense is tried lying on its other sides."""
    number, image = picture
    page = _attempt(program, scan, number, image)
    if page.confidence < _HOPELESS:
        turned = (image.rotate(angle, expand=True) for angle in (90, 270, 180))
        others = (_attempt(program, scan, number, each) for each in turned)
        for other in others:
            if other.words_read > page.words_read:
                page = other
            if page.confidence >= scan.page_confidence:
                break
    for tell in on_page:
        tell()
    return page


def _attempt(program: str, scan: Ocr, number: int, image: Image) -> ReadPage:
    stored = io.BytesIO()
    image.save(stored, "BMP")
    command = [
        program, "stdin", "stdout", "-l", scan.language, "--psm", "3",
        "--dpi", str(scan.dpi), "tsv",
    ]  # fmt: skip
    try:
        table = run(command, stored.getvalue(), scan.seconds_a_page)
    except Refused:
        # A page that takes too long must not cost the others.
        table = b""
    return page_of(table.decode("utf-8", "replace"), number, scan)


def _drafts(page: ReadPage) -> Iterator[Paragraph]:
    fixed = joining.furniture([page.lines], [page.height])
    kept = [line for at, line in enumerate(page.lines) if (0, at) not in fixed]
    for draft in text_drafts(kept):
        yield replace(draft, confidence=round(page.confidence, 3))


def _notes(page: ReadPage, scan: Ocr) -> list[str]:
    if not page.lines:
        return [f"Trang {page.number}: OCR không đọc được chữ nào."]
    if page.confidence < scan.page_confidence:
        share = round(100 * page.confidence)
        return [f"Trang {page.number}: OCR chỉ đọc rõ {share}% số chữ, cần đối chiếu bản gốc."]
    return []


def _rendered(data: bytes, scan: Ocr, numbers: list[int]) -> Iterator[tuple[int, Image]]:
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise Refused("Tệp PDF bị hỏng, không vẽ được trang.", "Xin lại bản gốc.") from error
    try:
        for number in numbers:
            page = pdf[number - 1]
            width, height = page.get_size()
            scale = scan.dpi / 72
            # A poster-sized page is drawn smaller rather than refused.
            largest = (_LARGEST_PICTURE / 4 / max(1.0, width * height)) ** 0.5
            yield number, page.render(scale=min(scale, largest), grayscale=True).to_pil()
            page.close()
    finally:
        pdf.close()


def _frames(data: bytes, options: ReadingOptions) -> Iterator[Image]:
    from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

    try:
        picture = Image.open(io.BytesIO(data))
        for frame in islice(ImageSequence.Iterator(picture), options.limits.pages):
            _check_size(frame)
            upright = ImageOps.exif_transpose(frame).convert("L")
            yield _enlarged(upright)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise Refused("Ảnh bị hỏng, không mở được.", "Chụp hoặc quét lại.") from error
    except Image.DecompressionBombError as error:
        raise Refused("Ảnh quá lớn.", "Quét lại ở 300 dpi.") from error


def _check_size(frame: Any) -> None:
    if frame.width * frame.height > _LARGEST_PICTURE:
        raise Refused(f"Ảnh quá lớn ({frame.width} x {frame.height}).", "Quét lại ở 300 dpi.")


def _enlarged(image: Image) -> Image:
    """Return small pictures at twice their size: Tesseract wants letters 30 points high."""
    if image.width >= _A4_WIDTH_AT_150_DPI:
        return image
    return image.resize((2 * image.width, 2 * image.height))
