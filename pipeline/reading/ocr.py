"""Reads scans and photographs by Tesseract, and says how well each page was read."""

from __future__ import annotations

from pipeline.reading.content import Content
from pipeline.reading.document import Paragraph
from pipeline.reading.options import ReadingOptions
from pipeline.reading.programs import missing


def read_pdf_pages(
    data: bytes, options: ReadingOptions, numbers: list[int]
) -> tuple[list[Paragraph], list[str]]:
    raise missing("tesseract", "Bản quét")


def read_image(data: bytes, options: ReadingOptions) -> Content:
    raise missing("tesseract", "Ảnh")
