"""Finds cells of an xlsx that are set in legacy fonts (TCVN3, VNI)."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field

from pipeline.reading import legacy
from pipeline.reading.options import Limits


@dataclass
class LegacyFonts:
    """Which cells are in which legacy font: (sheet, row, column) from 0 to a font name."""

    cells: dict[tuple[str, int, int], str] = field(default_factory=dict)

    @property
    def encodings(self) -> set[str]:
        """The legacy encodings that some cell is in."""
        return {legacy.encoding_of_font(font) for font in self.cells.values()}

    def unicode(self, sheet: str, row: int, column: int, text: str) -> str:
        """Return the text of a cell as Unicode."""
        font = self.cells.get((sheet, row, column))
        return legacy.from_font(text, font) if font else text


def legacy_fonts(data: bytes, limits: Limits) -> LegacyFonts:
    """Return the legacy fonts of a workbook; none for formats that hide their fonts.

    openpyxl is slow, so it is used only where the styles name such a font.
    """
    if not data.startswith(b"PK") or not _names_legacy_font(data):
        return LegacyFonts()
    import openpyxl

    found = LegacyFonts()
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        for sheet in book.worksheets:
            for row in sheet.iter_rows():
                for cell in row:
                    font = getattr(getattr(cell, "font", None), "name", None)
                    if legacy.encoding_of_font(font) and isinstance(cell.value, str):
                        found.cells[sheet.title, cell.row - 1, cell.column - 1] = font
    except Exception:  # a damaged style table must not hide the values, which are read already
        return found
    return found


def _names_legacy_font(data: bytes) -> bool:
    try:
        styles = zipfile.ZipFile(io.BytesIO(data)).read("xl/styles.xml").lower()
    except Exception:  # no styles, or a damaged package that the reader proper reports
        return False
    return b'".vn' in styles or b'"vni-' in styles or b"&quot;.vn" in styles
