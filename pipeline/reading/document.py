"""What reading gives: a document as a list of paragraphs that know where they stand."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Place:
    """Where a paragraph or cell stands in its file; what a format lacks is None.

    `page`, `row` and `column` count from 1. `member` is the file inside a zip
    or the attachment of a mail.
    """

    page: int | None = None
    sheet: str | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None


@dataclass(frozen=True)
class Paragraph:
    """One paragraph or table cell in reading order.

    `text` is Unicode NFC with white space made one, otherwise verbatim.
    `label` is a list number or bullet that Word draws itself ("1.", "-") and
    that is not part of `text`. `part` is "body", "cell", "header", "footer" or
    "textbox". `heading` is the column heading of a cell, else "". `confidence`
    is the share (0..1) of an OCR page's words that were read well, else None.
    `bold` tells that the whole paragraph is bold or a heading style.
    """

    number: int
    text: str
    place: Place = field(default_factory=Place)
    part: str = "body"
    label: str = ""
    heading: str = ""
    bold: bool = False
    confidence: float | None = None


@dataclass(frozen=True)
class Document:
    """One document: where it came from, its paragraphs, and what reading had to do.

    `source` is the file as given on the command line ("folder.zip!a.docx" for
    a member). `fingerprint` is the sha256 of the file's bytes. `notes` are
    Vietnamese sentences for the ledger and the summary, such as a legacy font
    that was converted or a page that was read badly. `raw_offsets` holds, for a
    plain text file only, where each paragraph starts in the decoded file, in
    characters (`plain.raw_position` maps the characters of a paragraph).
    """

    source: str
    format: str
    paragraphs: tuple[Paragraph, ...]
    fingerprint: str
    notes: tuple[str, ...] = ()
    raw_offsets: tuple[int, ...] = ()
