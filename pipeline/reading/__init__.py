"""Reading: a file of any kind becomes documents of paragraphs that know where they stand."""

from __future__ import annotations

from pipeline.reading.document import Document, Paragraph, Place
from pipeline.reading.documents import Unread, read_documents
from pipeline.reading.files import READABLE, find_files
from pipeline.reading.options import Limits, ReadingOptions, default_options
from pipeline.reading.tables import CONTENT_HEADING

__all__ = [
    "CONTENT_HEADING",
    "READABLE",
    "Document",
    "Limits",
    "Paragraph",
    "Place",
    "ReadingOptions",
    "Unread",
    "default_options",
    "find_files",
    "read_documents",
]
