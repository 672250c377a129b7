"""What is gathered while a document is read: turns, replies, and a mark for every paragraph."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from pipeline.extraction.flattened import FlatRow
from pipeline.extraction.forms import Field
from pipeline.extraction.letters import Letter
from pipeline.extraction.lines import Line, Piece
from pipeline.extraction.office import reply_inside
from pipeline.extraction.persons import Speaker, parse_speaker
from pipeline.extraction.speakers import introduction
from pipeline.extraction.tables import Row
from pipeline.extraction.turning import ITEM, SPEECH
from pipeline.extraction.vocabulary import words

_SAME = re.compile(r"\W*(?:nt|n/t|như trên|ông nêu trên|bà nêu trên)\W*|[\"”″'’/-]{1,4}", re.I)
"""What a cell holds that repeats the speaker of the row above."""


@dataclass
class Turn:
    """What one speaker says, or one item of a list, with the replies that follow it.

    `together`: so many turns before this one are answered by the same replies.
    `beside`: replies that stand right behind its words, so that they are its own
    whatever they speak of.
    """

    speaker: Speaker
    manner: str
    rule: str
    pieces: list[Piece] = field(default_factory=list)
    number: int | None = None
    mark: str = ""
    lead: str = ""
    replies: list[Piece] = field(default_factory=list)
    together: int = 0
    beside: list[Piece] = field(default_factory=list)


@dataclass(frozen=True)
class Habits:
    """How this document is built, seen before it is read.

    `answers_items`: a paragraph without any mark after an item answers it.
    `bare_list`: the document is a list of items without headings.
    `lists_requests`: numbered items ask, though no heading announces them.
    `plans`: the title speaks of a plan or of results, so that proposals are
    the writer's own.
    `names`: paragraphs that hold only a name and whose words follow below;
    `affiliations`: paragraphs between such a name and the words.
    `form`: labelled fields come back; `speaker_after`: the person's field
    stands below the words. `announces`: a heading says where opinions begin.
    `crossheads`: short lines between the long paragraphs of a press article.
    `headlines`: short lines each above a
    citizen's own words. `programme`: the points of the meeting's programme. `shapes`: lines that
    open turns by a shape that comes back; `replies_below`: a bulleted line
    below such a turn answers it. `flat_rows`: rows of a table that lost its
    columns. `concludes_each`: "Kết luận:" stands below
    every opinion. `by_group`: the fields of a form name who speaks ("Ý kiến
    NLĐ:"), `messages`: they hold written messages with a title,
    `learned`: fields whose label comes back and is none we know. `lists_dotted`: the opinions are numbered 1.1, 1.2.
    `letters`: paragraphs that each tell a letter and what became of it.
    """

    answers_items: bool = False
    bare_list: bool = False
    names: frozenset[int] = frozenset()
    affiliations: frozenset[int] = frozenset()
    plans: bool = False
    lists_requests: bool = False
    form: bool = False
    speaker_after: bool = False
    announces: bool = False
    crossheads: frozenset[int] = frozenset()
    programme: frozenset[int] = frozenset()
    headlines: frozenset[int] = frozenset()
    shapes: Mapping[int, tuple[str, int]] = field(default_factory=dict)
    replies_below: bool = False
    flat_rows: Mapping[int, FlatRow] = field(default_factory=dict)
    concludes_each: bool = False
    by_group: bool = False
    learned: Mapping[int, Field] = field(default_factory=dict)
    messages: bool = False
    lists_dotted: bool = False
    letters: Mapping[int, Letter] = field(default_factory=dict)


@dataclass
class Talk:
    """All turns of a document, and replies that stand apart from what they answer."""

    turns: list[Turn] = field(default_factory=list)
    apart: list[Line] = field(default_factory=list)
    marks: dict[int, tuple[str, str]] = field(default_factory=dict)
    page: int | None = None
    met: list[Speaker] = field(default_factory=list)

    @property
    def last(self) -> Turn | None:
        """The turn that was added last."""
        return self.turns[-1] if self.turns else None

    def waiting(self) -> int:
        """Return how many turns at the end have no reply yet."""
        count = 0
        for turn in reversed(self.turns):
            if turn.replies:
                break
            count += 1
        return count

    def known_as(self, speaker: Speaker) -> Speaker:
        """Return the speaker in full: "Bà Mẳn" is the "Bà Quàng Thị Mẳn" who spoke before."""
        short = speaker.name.split()
        if len(short) != 2 or speaker.collective:
            return speaker
        for known in reversed([*(turn.speaker for turn in self.turns), *self.met]):
            full = known.name.split()
            heads = (short[0].lower(), *words("speakers", "surnames"))
            same = len(full) > 2 and full[-1] == short[-1] and full[0].lower() in heads
            if same:
                return known
        return speaker

    def add(self, turn: Turn) -> str:
        """Add a turn; a reply inside its last paragraph is set apart. Return its rule."""
        reply_from = reply_inside(turn.pieces[-1].text)
        if reply_from is not None:
            whole = turn.pieces[-1]
            turn.pieces[-1] = whole.cut(0, reply_from)
            turn.replies.insert(0, whole.cut(reply_from))
        self.turns.append(turn)
        for piece in turn.pieces:
            self.mark(piece.paragraph, "opinion", turn.rule)
        return turn.rule

    def mark(self, paragraph: int, outcome: str, rule: str, *, weak: bool = False) -> str:
        """Note what a paragraph is; a weak note changes only formality. Return the rule."""
        if not weak or self.marks.get(paragraph, ("formality",))[0] == "formality":
            self.marks[paragraph] = (outcome, rule)
        return rule

    def formal(self, line: Line, rule: str) -> str:
        """Note that a line is formality. Return the rule."""
        return self.mark(line.piece.paragraph, "formality", rule)


def take_row(talk: Talk, row: Row) -> None:
    """Add the opinion and the reply in one row of an opinion table."""
    content = row.of("content")
    told = any(re.search(r"\w{2}", piece.text) for piece in content)
    rule = (
        "table.heading" if row.is_heading else "table.other-column" if told else "table.no-content"
    )
    for paragraph in row.paragraphs:
        talk.mark(paragraph, "formality", rule)
    if row.is_heading or not told:
        return
    if _goes_on(talk, row):
        talk.last.pieces += content
        talk.last.replies += row.of("reply")
        for piece in content:
            talk.mark(piece.paragraph, "opinion", "table.row-goes-on")
        return
    talk.page = row.page
    speaker = _speaker_of(talk, row)
    lead = ""
    found = introduction(content[0].text) if not speaker.name else None
    if found and found.first and found.start < len(content[0].text):
        speaker, lead = found.speaker, content[0].text[: found.start].strip()
        content = [content[0].cut(found.start), *content[1:]]
    turn = Turn(
        speaker,
        SPEECH if speaker.name and not speaker.collective else ITEM,
        "table.row",
        content,
        _number(row.text_of("number")),
        "number",
        lead,
        replies=[piece for piece in row.of("reply") if re.search(r"\w", piece.text)],
    )
    replies = list(turn.replies)
    talk.add(turn)
    for piece in replies:
        talk.mark(piece.paragraph, "reply", "table.reply-column", weak=True)


def _goes_on(talk: Talk, row: Row) -> bool:
    """Tell whether a row goes on with the one above: cut by a page's end, or wrapped as text."""
    after_break = row.page is not None and talk.page is not None and row.page > talk.page
    bare = not (row.text_of("number") or row.text_of("speaker"))
    content = row.of("content")
    wrapped = row.table[:1] == (("pipe",),) and content and content[0].text[:1].islower()
    cut = after_break or wrapped
    return bool(cut and bare and talk.last and talk.last.rule == "table.row")


def _speaker_of(talk: Talk, row: Row) -> Speaker:
    named = row.text_of("speaker")
    same = _SAME.fullmatch(named)
    if talk.last and (same if named else not row.text_of("number")):
        return talk.last.speaker
    speaker = parse_speaker(named) if named else Speaker()
    if named and not speaker.name:
        speaker = replace(speaker, name=named)
    for part in re.split(r"[,;]\s*", row.text_of("address")):
        if re.match(r"(?:xã|phường|thị trấn)\b", part, re.I):
            speaker = replace(speaker, commune=speaker.commune or part)
        elif part:
            speaker = replace(speaker, address=speaker.address or part)
    return replace(speaker, role=speaker.role or row.text_of("role"))


def _number(text: str) -> int | None:
    digits = re.match(r"\D{0,3}(\d{1,4})\D{0,2}$", text.strip())
    return int(digits.group(1)) if digits else None
