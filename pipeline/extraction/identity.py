"""Gives the meeting of a document an id that is the same in every run."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath

from pipeline.reading.document import Document


def meeting_id(document: Document) -> str:
    """Return the slug of the file's name and six digits of the file's fingerprint."""
    stem = PurePosixPath(document.source.replace("\\", "/").replace("!", "/")).name.rsplit(".", 1)[
        0
    ]
    plain = unicodedata.normalize("NFD", stem.lower().replace("đ", "d"))
    slug = re.sub(r"[^a-z0-9]+", "-", "".join(c for c in plain if c.isascii())).strip("-")
    return f"{slug[:40].strip('-') or 'van-ban'}-{document.fingerprint[:6]}"
