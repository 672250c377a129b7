"""Reads scans that were pasted into a Word document instead of text."""

from __future__ import annotations

from dataclasses import replace

from pipeline.reading.archive import open_archive, read_member
from pipeline.reading.content import Content, finish
from pipeline.reading.options import ReadingOptions
from pipeline.reading.refusal import Refused

_PICTURES = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp")
_FEWEST_LETTERS = 200
# Logos and signatures are smaller than a scanned page.
_SMALLEST_SCAN = 40_000


def has_only_pictures(content: Content, data: bytes, options: ReadingOptions) -> bool:
    """Tell whether a document has next to no text but pictures as large as scans."""
    letters = sum(len(paragraph.text) for paragraph in content.paragraphs)
    return letters < _FEWEST_LETTERS and bool(_scans(data, options))


def read_pictures(content: Content, data: bytes, options: ReadingOptions) -> Content:
    """Return the document with the text of its pictures, read by OCR, after its own.

    Raises
    ------
    Refused
        If there is no text at all and OCR is not installed.
    """
    from pipeline.reading.ocr import read_image

    archive = open_archive(data, options.limits)
    drafts, notes = list(content.paragraphs), list(content.notes)
    for number, name in enumerate(_scans(data, options), 1):
        try:
            read = read_image(read_member(archive, name, options.limits), options)
        except Refused as refusal:
            if not drafts:
                raise
            notes.append(f"Ảnh thứ {number} trong tệp chưa đọc: {refusal} {refusal.remedy}")
            continue
        drafts += [
            replace(draft, place=replace(draft.place, page=number)) for draft in read.paragraphs
        ]
        notes += [f"Ảnh thứ {number} trong tệp: {note}" for note in read.notes]
    return finish(drafts, content.format, notes=notes, guess=False)


def _scans(data: bytes, options: ReadingOptions) -> list[str]:
    archive = open_archive(data, options.limits)
    found = [
        member.filename
        for member in archive.infolist()
        if member.filename.startswith("word/media/")
        and member.filename.lower().endswith(_PICTURES)
        and member.file_size >= _SMALLEST_SCAN
    ]
    # "image2.png" stands before "image10.png".
    return sorted(found, key=lambda name: (len(name), name))[: options.limits.pages]
