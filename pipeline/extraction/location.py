"""Says in Vietnamese where a stretch of text stands in its file."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extraction.minutes import Span
from pipeline.reading.document import Paragraph


def location(spans: Sequence[Span], paragraphs: Sequence[Paragraph] = ()) -> str:
    """Return in Vietnamese where spans stand: "trang 2, đoạn 14, ký tự 10-245"."""
    places = {paragraph.number: paragraph for paragraph in paragraphs}
    named = []
    for span in spans:
        paragraph = places.get(span.paragraph)
        stands = where(paragraph) if paragraph else f"đoạn {span.paragraph}"
        named.append(f"{stands}, ký tự {span.start}-{span.end}")
    return "; ".join(named)


def where(paragraph: Paragraph) -> str:
    """Return in Vietnamese where a paragraph or cell stands: "trang tính Biểu, hàng 5, cột 3"."""
    place = paragraph.place
    parts = [
        f"trang {place.page}" if place.page else "",
        f"trang tính {place.sheet}" if place.sheet else "",
    ]
    if paragraph.part == "cell" and place.row:
        parts.append(f"bảng {place.table}" if place.table and not place.sheet else "")
        parts += [f"hàng {place.row}", f"cột {place.column}" if place.column else ""]
    else:
        parts.append(f"đoạn {paragraph.number}")
    return ", ".join(part for part in parts if part)
