"""What one reader hands over: paragraphs cleaned, numbered and freed of legacy letters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pipeline.reading import legacy
from pipeline.reading.document import Paragraph
from pipeline.reading.letters import clean

# Bullets that a program draws, not a person: they become the label, as Word's own do.
_DRAWN_BULLET = re.compile(r"^\s*([•▪‣◦●■□○◾▸►➢➤✓✔❖\uf000-\uf0ff])\s*")
_PRIVATE_USE = re.compile("[\ue000-\uf8ff]")


@dataclass(frozen=True)
class Content:
    """The paragraphs of one file in reading order, and what reading had to do."""

    format: str
    paragraphs: tuple[Paragraph, ...]
    notes: tuple[str, ...] = ()
    raw_offsets: tuple[int, ...] = ()


def finish(
    drafts: Iterable[Paragraph],
    format: str,
    *,
    notes: Iterable[str] = (),
    offsets: Sequence[int] = (),
    guess: bool = True,
) -> Content:
    """Return the drafts of a reader as content: converted, cleaned, numbered from 1.

    Parameters
    ----------
    drafts
        Paragraphs with raw text (numbers are ignored); empty ones are dropped.
    format
        Name of the format, such as "docx".
    notes
        Vietnamese sentences for the ledger.
    offsets
        For plain text, where each draft starts in the file.
    guess
        Whether legacy letters may be found by statistics.

    Returns
    -------
    Content
    """
    drafts, notes = list(drafts), list(notes)
    encoding = legacy.guess("\n".join(draft.text for draft in drafts)) if guess else ""
    if encoding:
        notes.append(converted_note(encoding, "theo thống kê chữ"))
    paragraphs, kept = [], []
    for index, draft in enumerate(drafts):
        paragraph = _finished(draft, encoding, len(paragraphs) + 1)
        if paragraph.text:
            paragraphs.append(paragraph)
            kept.append(index)
    kept_offsets = tuple(offsets[index] for index in kept) if offsets else ()
    return Content(format, tuple(paragraphs), tuple(dict.fromkeys(notes)), kept_offsets)


def converted_note(encoding: str, how: str) -> str:
    """Return the note that legacy letters were converted, and how they were known."""
    return f"Văn bản dùng bảng mã {legacy.NAMES[encoding]}, đã chuyển sang Unicode ({how})."


def _finished(draft: Paragraph, encoding: str, number: int) -> Paragraph:
    text, heading, label = draft.text, draft.heading, draft.label
    if encoding:
        text, heading = (legacy.unlegacy(value, encoding) for value in (text, heading))
    drawn = _DRAWN_BULLET.match(text)
    if drawn:
        label, text = label or "•", text[drawn.end() :]
    text = _PRIVATE_USE.sub(" ", text)
    return replace(
        draft, number=number, text=clean(text), heading=clean(heading), label=clean(label)
    )
