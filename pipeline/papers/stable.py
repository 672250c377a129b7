"""Makes Word and Excel files whose bytes depend on their content only."""

from __future__ import annotations

import io
import re
import zipfile

_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
_CORE = "docProps/core.xml"
_DATES = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
_SAVED = rb"\g<1>2000-01-01T00:00:00Z"


def stable_zip(content: bytes) -> bytes:
    """Return an Office file with the clock taken out of it.

    The parts keep their order and content; the times of the zip entries and the
    dates of the document's properties become constants, so that the same input
    gives the same bytes and two runs can be compared.
    """
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for entry in source.infolist():
            part = source.read(entry)
            if entry.filename == _CORE:
                part = _DATES.sub(_SAVED, part)
            info = zipfile.ZipInfo(entry.filename, _FIRST_DAY)
            info.compress_type = zipfile.ZIP_DEFLATED
            # ZipInfo notes the system it runs on; Word does not care, comparisons do.
            info.create_system, info.external_attr = 0, 0
            target.writestr(info, part)
    return made.getvalue()
