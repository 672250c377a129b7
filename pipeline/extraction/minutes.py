"""What extraction gives: a meeting, its opinions, and a ledger of every paragraph."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Meeting:
    """Facts of a meeting as its document states them; what is missing is "" or None.

    `kind` is the kind of document (biên bản, biểu tổng hợp, danh sách kiến nghị,
    bài báo...), `date` ISO, `level` one of "xã", "huyện", "tỉnh" or "", `unit` as
    written, `delegates` the number of people stated.
    """

    id: str
    source: str
    kind: str = ""
    number: str = ""
    title: str = ""
    date: str = ""
    place: str = ""
    level: str = ""
    unit: str = ""
    chair: str = ""
    secretary: str = ""
    delegates: int | None = None
    subject: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Span:
    """A stretch of one paragraph's text: `start` and `end` count its characters."""

    paragraph: int
    start: int
    end: int


@dataclass(frozen=True)
class Opinion:
    """One matter to be answered. `turn` counts speakers from 1, `part` matters in a turn.

    `text` and `reply` are the slices that `spans` and `reply_spans` name, joined
    by a space. `context` is what the text needs to be read alone, verbatim.
    `location` says in Vietnamese where the text stands in its file.
    """

    turn: int
    part: int
    text: str
    spans: tuple[Span, ...]
    speaker: str = ""
    role: str = ""
    address: str = ""
    commune: str = ""
    context: str = ""
    reply: str = ""
    reply_spans: tuple[Span, ...] = ()
    answered: bool = False
    location: str = ""


@dataclass(frozen=True)
class LedgerEntry:
    """What became of one paragraph: `outcome` is opinion, reply, formality or unread."""

    paragraph: int
    outcome: str
    rule: str
    opinions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Minutes:
    """All that one document held."""

    meeting: Meeting
    opinions: tuple[Opinion, ...]
    ledger: tuple[LedgerEntry, ...] = field(default_factory=tuple)
