"""What a clerk wrote into the summary workbook, and how it goes into the next one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pipeline.papers.audience import INTERNAL, PUBLIC, public_id
from pipeline.papers.columns import (
    ENTRY_COLUMNS,
    GONE_SHEET,
    STATUS,
    WORKBOOK_FILE,
    shortened,
)
from pipeline.papers.lines import Line
from pipeline.papers.masking import mask
from pipeline.papers.names import Names
from pipeline.topics.text import fold, normalize

_NAMED = 10
"""Ids that a note lists by name."""


@dataclass(frozen=True)
class Entry:
    """One cell that a clerk wrote; `machine` is what the program had put there itself."""

    text: str
    machine: str = ""

    def beside(self, now: str) -> str:
        """Return the cell for a program that would write `now`; nothing of either is lost.

        Examples
        --------
        >>> Entry("Vượt thẩm quyền. Đã gọi điện", machine="Vượt thẩm quyền").beside("Nay do Sở làm")
        'Nay do Sở làm. Đã gọi điện'
        >>> Entry("Đã gọi điện").beside("")
        'Đã gọi điện'
        """
        if not self.text.startswith(self.machine):
            return self.text
        added = self.text[len(self.machine) :].lstrip(" .;\n") if self.machine else self.text
        same = " ".join(added.split()) == " ".join(now.split())
        return added if same or not now else f"{now}. {added}"


@dataclass(frozen=True)
class Entries:
    """The entries of a workbook by opinion and column, and what was doubtful about them.

    `texts` holds what the workbook says of opinions that have entries, so that a
    person knows them again when they are gone; `doubts` are Vietnamese sentences.
    """

    by_opinion: Mapping[str, Mapping[str, Entry]] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    doubts: tuple[str, ...] = ()

    def of(self, opinion_id: str) -> Mapping[str, Entry]:
        """Return the entries of an opinion by column key; the workbook may have been a public one."""
        return self.by_opinion.get(opinion_id) or self.by_opinion.get(public_id(opinion_id), {})

    def gone(self, ids: Iterable[str]) -> list[str]:
        """Return the opinions with entries that are not among `ids`."""
        known = {name for one in ids for name in (one, public_id(one))}
        return [identity for identity in self.by_opinion if identity not in known]

    def notes(self, ids: Iterable[str]) -> list[tuple[str, str]]:
        """Return notes for people, each with the workbook's name: kept, homeless, doubtful."""
        ids = list(ids)
        gone = self.gone(ids)
        told = []
        kept = sum(bool(self.of(one)) for one in ids)
        if kept:
            told.append(f"giữ lại phần cán bộ đã ghi của {kept} ý kiến.")
        if gone:
            more = f" và {len(gone) - _NAMED} mã khác" if len(gone) > _NAMED else ""
            told.append(
                f"{len(gone)} ý kiến đã có ghi chép nhưng không còn trong kết quả; phần đã ghi "
                f"chuyển sang trang «{GONE_SHEET}»: {', '.join(gone[:_NAMED])}{more}."
            )
        return [(WORKBOOK_FILE, text) for text in (*told, *self.doubts)]


def with_entries(
    lines: Sequence[Line],
    kept: Sequence[Mapping[str, Entry]],
    names: Names,
    audience: str,
) -> list[Line]:
    """Return lines as a clerk left them: status, letters and note.

    Parameters
    ----------
    lines
        As the program sees them.
    kept
        The entries of each line, in the order of the lines.
    names
        The states that are known.
    audience
        Words of a clerk are masked like any other text.
    """
    return [
        _applied(line, entries, names, audience) if entries else line
        for line, entries in zip(lines, kept, strict=True)
    ]


def masked_entry(text: str, audience: str) -> str:
    """Return a clerk's words as an audience may read them."""
    return text if audience == INTERNAL else mask(text, level=audience).text


def gone_id(identity: str, audience: str) -> str:
    """Return the id of an opinion that is gone as an audience may read it."""
    return public_id(identity) if audience == PUBLIC else identity


def _applied(line: Line, entries: Mapping[str, Entry], names: Names, audience: str) -> Line:
    shown = {
        key: shortened(masked_entry(entry.beside(str(ENTRY_COLUMNS[key].value(line))), audience))
        for key, entry in entries.items()
        if key != STATUS
    }
    changed = replace(line, entries=shown)
    if STATUS not in entries:
        return changed
    return _with_status(changed, entries[STATUS].text, names, audience)


def _with_status(line: Line, text: str, names: Names, audience: str) -> Line:
    written = fold(normalize(text))
    for status in names.statuses.values():
        if fold(normalize(status.name)) == written:
            return replace(
                line, status=status.name, status_code=status.code, answered=status.answered
            )
    # The list of states is a help and no fence: an office has words of its own.
    own = masked_entry(text, audience)
    return replace(line, status=shortened(own), status_code="", answered=False)
