"""Walks through a document and gathers turns, their replies, and what is formality."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from pipeline.extraction.lines import Line, Piece
from pipeline.extraction.prose import (
    OPINION,
    REPLY,
    Stretch,
    quotation,
    read_prose,
)
from pipeline.extraction.roster import Roster
from pipeline.extraction.sections import (
    announced_zone,
    announces_opinions,
    names_field,
)
from pipeline.extraction.signs import (
    answers_many,
    attribution,
    concludes,
    goes_on_title,
    has_several_voices,
    inline_reply,
    is_bare_reply_opener,
    is_formality,
    is_kind_of_document,
    is_name_of_list,
    is_quotable,
    opens_reply,
)
from pipeline.extraction.speakers import Introduction, Speaker, introduction, parse_speaker
from pipeline.extraction.splitting import ITEM, REPORT, SPEECH
from pipeline.extraction.tables import Row
from pipeline.extraction.vocabulary import holding, opening

_NUMBERED = ("number", "named", "dotted")


@dataclass
class Turn:
    """What one speaker says, or one item of a list, with the replies that follow it."""

    speaker: Speaker
    manner: str
    rule: str
    pieces: list[Piece] = field(default_factory=list)
    number: int | None = None
    mark: str = ""
    lead: str = ""
    replies: list[Piece] = field(default_factory=list)


@dataclass
class Talk:
    """All turns of a document, replies that stand apart, and a mark for every paragraph."""

    turns: list[Turn] = field(default_factory=list)
    apart: list[Line] = field(default_factory=list)
    marks: dict[int, tuple[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Habits:
    """How this document is built, seen before it is read.

    `answers_items`: a paragraph without any mark after an item answers it.
    `bare_list`: the document is a list of items without headings.
    """

    answers_items: bool = False
    bare_list: bool = False


class TurnReader:
    """Takes lines and rows in reading order; `talk` holds what was gathered."""

    def __init__(self, habits: Habits, roster: Roster) -> None:
        self.talk = Talk()
        self._habits = habits
        self._roster = roster
        self._zone = "opinions" if habits.bare_list else "open"
        self._in_title = False
        self._to_many = False
        self._seen_zone = False
        self._speaker = Speaker()
        self._answering = False
        self._pending: list[Line] = []

    # -- rows of tables -------------------------------------------------------

    def take_row(self, row: Row) -> None:
        """Take one row of an opinion table."""
        content = row.of("content")
        if row.is_heading or not any(re.search(r"\w{2}", piece.text) for piece in content):
            self._mark_all(
                row, "formality", "table.heading" if row.is_heading else "table.no-content"
            )
            return
        speaker = self._speaker_of(row)
        manner = SPEECH if speaker.name else ITEM
        turn = Turn(speaker, manner, "table.row", content, _number(row.text_of("number")), "number")
        turn.replies = [piece for piece in row.of("reply") if re.search(r"\w", piece.text)]
        self._mark_all(row, "formality", "table.other-column")
        self._add(turn)
        for piece in turn.replies:
            self._mark(piece.paragraph, "reply", "table.reply-column", weak=True)

    def _speaker_of(self, row: Row) -> Speaker:
        named = row.text_of("speaker")
        if not named and not row.text_of("number") and self.talk.turns:
            return self.talk.turns[-1].speaker
        speaker = parse_speaker(named) if named else Speaker()
        if named and not speaker.name:
            speaker = replace(speaker, name=named)
        for part in re.split(r"[,;]\s*", row.text_of("address")):
            if re.match(r"(?:xã|phường|thị trấn)\b", part, re.I):
                speaker = replace(speaker, commune=speaker.commune or part)
            elif part:
                speaker = replace(speaker, address=speaker.address or part)
        return replace(speaker, role=speaker.role or row.text_of("role"))

    # -- lines ----------------------------------------------------------------

    def take_line(self, line: Line) -> None:
        """Take one paragraph outside opinion tables."""
        for step in (
            self._title,
            self._heading,
            self._furniture,
            self._in_replies,
            self._sealed,
            self._attribution,
            self._reply,
            self._introduced,
            self._item,
            self._prose,
        ):
            rule = step(line)
            if rule:
                return
        self._formal(line, "unplaced")
        self._pending.append(line)

    def _title(self, line: Line) -> str:
        """The title of the document, which may itself say that opinions are listed."""
        if not self._in_title and not (self._zone == "open" and is_kind_of_document(line)):
            return ""
        if self._in_title and not goes_on_title(line):
            self._in_title = False
            return ""
        self._in_title = True
        if holding("sections.opinions").search(line.text):
            self._zone = "listing"
        return self._formal(line, "title")

    def _furniture(self, line: Line) -> str:
        if not re.search(r"\w", line.text):
            return self._formal(line, "blank")
        loose = self._zone in ("opinions", "replies") and (line.mark or line.text[:1].islower())
        if concludes(line.text):
            self._zone = "sealed"
            return self._formal(line, "conclusion")
        if is_formality(line.text, strict=bool(loose) or self._zone == "opinions"):
            self._answering = False
            return self._formal(line, "formality.opening")
        return ""

    def _heading(self, line: Line) -> str:
        zone = announced_zone(line, seen_opinions=bool(self.talk.turns))
        if zone == "replies" and is_bare_reply_opener(line) and self.talk.turns:
            return ""
        if zone == "replies" and (self._habits.answers_items or not self.talk.turns):
            zone = "opinions"
        if zone:
            if zone == "open" and self._zone == "opinions" and self.talk.turns:
                zone = "opinions"
            self._zone, self._answering = zone, False
            self._speaker = self._crowd_of(line) if zone == "opinions" else Speaker()
            self._seen_zone = True
            self._pending.clear()
            return self._formal(line, f"heading.{zone}")
        if self._zone == "opinions" and names_field(line) and line.mark != "bullet":
            self._answering = False
            self._speaker = self._crowd_of(line) or self._speaker
            return self._formal(line, "heading.field")
        return ""

    def _crowd_of(self, line: Line) -> Speaker:
        """`I. Cử tri thành phố kiến nghị:` speaks for all items below it."""
        found = introduction(line.text.rstrip(" :.") + ": x")
        known = found and not found.speaker.official and not line.text.isupper()
        return found.speaker if found and known else Speaker()

    def _in_replies(self, line: Line) -> str:
        if self._zone != "replies":
            return ""
        self.talk.apart.append(line)
        return self._mark(line.piece.paragraph, "reply", "zone.replies")

    def _sealed(self, line: Line) -> str:
        return self._formal(line, "zone.formal") if self._zone == "sealed" else ""

    def _attribution(self, line: Line) -> str:
        """A line that only names who said the paragraph before it."""
        speaker = attribution(line)
        if speaker is None:
            return ""
        last = self.talk.turns[-1] if self.talk.turns else None
        if self._pending and is_quotable(self._pending[-1].text):
            turn = Turn(speaker, SPEECH, "quotation.first", [self._pending[-1].piece])
            self._add(turn)
            self._pending.clear()
            return self._formal(line, "quotation.attribution")
        if last and not last.speaker.name and not last.replies:
            last.speaker = speaker
            return self._formal(line, "quotation.attribution")
        return ""

    def _reply(self, line: Line) -> str:
        opener = opens_reply(line, self._roster, after_turn=bool(self.talk.turns))
        if opener:
            self._answering = True
            return self._answer(line, f"reply.{opener}")
        if not self._answering and not self._habits.answers_items:
            return ""
        return self._unmarked_reply(line)

    def _unmarked_reply(self, line: Line) -> str:
        """A paragraph after a reply goes on with it until something new is introduced."""
        if not self.talk.turns:
            return ""
        last = self.talk.turns[-1]
        found = introduction(line.text)
        if found and found.colon and not self._is_official(found):
            return ""
        if line.mark and line.mark == last.mark:
            return ""
        if line.mark in _NUMBERED and not self._answering:
            return ""
        if self._answering and last.mark in ("", "bullet") and line.mark in _NUMBERED:
            return ""
        return self._answer(line, "reply.goes-on")

    def _answer(self, line: Line, rule: str) -> str:
        goes_on = rule == "reply.goes-on"
        self._to_many = answers_many(line.text) or (goes_on and self._to_many)
        if self._to_many:
            self.talk.apart.append(line)
        elif self.talk.turns:
            self.talk.turns[-1].replies.append(line.piece)
        return self._mark(line.piece.paragraph, "reply", rule)

    def _is_official(self, found: Introduction) -> bool:
        return found.speaker.official or self._roster.knows(found.speaker.name)

    def _introduced(self, line: Line) -> str:
        """A paragraph that begins with its speaker and a colon."""
        found = introduction(line.text)
        if not found or not (found.colon or (self._zone == "opinions" and line.mark)):
            return ""
        if self._zone == "open" and is_name_of_list(line.text, found):
            return self._formal(line, "list-of-names")
        if self._is_official(found) and not self._raises(found, line):
            if self.talk.turns:
                self._answering = True
                return self._answer(line, "reply.official")
            return self._formal(line, "official.speaks")
        if found.colon and announces_opinions(line.text) and found.start >= len(line.text):
            self._speaker, self._zone = found.speaker, "opinions"
            return self._formal(line, "introduction.alone")
        if found.start >= len(line.text):
            self._speaker, self._zone = found.speaker, "opinions"
            return self._formal(line, "introduction.alone")
        if not line.mark and (found.speaker.collective or has_several_voices(line.text, found)):
            return self._prose(line)
        return self._begin(line, found)

    def _begin(self, line: Line, found: Introduction) -> str:
        self._answering = False
        manner = SPEECH if not found.speaker.collective else REPORT
        if found.speaker.collective and (line.mark in _NUMBERED or not found.colon):
            manner = ITEM
        start = found.start
        if line.mark and not found.colon and not found.first:
            start, manner = 0, ITEM
        lead = "" if found.colon else line.text[:start].strip()
        turn = Turn(found.speaker, manner, "introduction.colon" if found.colon else "introduction.verb",
                    [line.piece.cut(start)], line.number, line.mark, lead)  # fmt: skip
        self._speaker = Speaker()
        self._add(turn)
        return turn.rule

    def _raises(self, found: Introduction, line: Line) -> bool:
        """An official of a lower level who asks a higher one raises an opinion."""
        above = (
            r"(?:tỉnh|huyện|thị xã|trung ương|chính phủ|quốc hội|sở|bộ|các cấp|cấp trên|nhà nước)"
        )
        said = f"{found.verb} {line.text[found.start : found.start + 60]}"
        return bool(
            re.match(rf"(?:có ý kiến\s*|nêu\s*)?\W*(?:đề nghị|kiến nghị)\W+{above}\b", said, re.I)
        )

    def _item(self, line: Line) -> str:
        """A numbered or bulleted item, or a plain paragraph under a heading of opinions."""
        if self._zone == "listing" and line.mark in ("number", "bullet", "named"):
            self._zone = "opinions"
        if self._zone != "opinions":
            if announces_opinions(line.text) and not line.mark:
                self._zone = "opinions"
                return self._formal(line, "announcement")
            return ""
        if announces_opinions(line.text) and len(line.text) < 260:
            self._speaker = self._crowd_of(line)
            return self._formal(line, "announcement")
        last = self.talk.turns[-1] if self.talk.turns else None
        if not line.mark:
            return self._plain(line, last)
        self._answering = False
        speaker = self._speaker
        turn = Turn(speaker, ITEM, "list.item", [line.piece], line.number, line.mark)
        self._add(turn)
        return turn.rule

    def _plain(self, line: Line, last: Turn | None) -> str:
        goes_on = line.text[:1].islower() or (last and last.manner == SPEECH)
        if last and last.mark and not last.replies and not self._answering:
            goes_on = goes_on or last.mark != "bullet"
        if last and goes_on and not last.replies and not quotation(line.piece):
            stretches = read_prose(line.piece, self._roster, inside_turn=True)
            if all(stretch.rule == "prose.goes-on" for stretch in stretches):
                last.pieces.append(line.piece)
                return self._mark(line.piece.paragraph, "opinion", "turn.goes-on", weak=True)
        return ""

    def _prose(self, line: Line) -> str:
        found = quotation(line.piece)
        stretches = [found] if found else read_prose(line.piece, self._roster)
        if not any(stretch.kind == OPINION for stretch in stretches):
            return self._prose_without_opinion(line, stretches)
        place = Speaker()
        for stretch in stretches:
            if stretch.kind == OPINION:
                place = self._add_stretch(stretch, place)
            elif stretch.kind == REPLY:
                self.talk.apart.append(Line(stretch.piece))
        self._answering = False
        return "prose"

    def _prose_without_opinion(self, line: Line, stretches: Sequence[Stretch]) -> str:
        if any(stretch.kind == REPLY for stretch in stretches):
            self.talk.apart.append(line)
            return self._mark(line.piece.paragraph, "reply", "prose.reply")
        if self._zone == "opinions" and not line.mark and _may_be_matter(line.text, stretches):
            self._add(Turn(self._speaker, ITEM, "list.plain", [line.piece]))
            return "list.plain"
        if any(stretch.rule != "prose.narrative" for stretch in stretches):
            return self._formal(line, stretches[0].rule)
        return ""

    def _add_stretch(self, stretch: Stretch, place: Speaker) -> Speaker:
        speaker = stretch.speaker
        if speaker.collective and not (speaker.address or speaker.commune):
            speaker = replace(speaker, address=place.address, commune=place.commune)
        manner = REPORT if speaker.collective or not speaker.name else SPEECH
        self._add(Turn(speaker, manner, stretch.rule, [stretch.piece], lead=stretch.lead))
        return speaker

    # -- keeping the books ----------------------------------------------------

    def _add(self, turn: Turn) -> None:
        reply_from = inline_reply(turn.pieces[-1].text)
        if reply_from is not None:
            whole = turn.pieces[-1]
            turn.pieces[-1] = whole.cut(0, reply_from)
            turn.replies.insert(0, whole.cut(reply_from))
        self.talk.turns.append(turn)
        self._pending.clear()
        for piece in turn.pieces:
            self._mark(piece.paragraph, "opinion", turn.rule)

    def _formal(self, line: Line, rule: str) -> str:
        return self._mark(line.piece.paragraph, "formality", rule)

    def _mark(self, paragraph: int, outcome: str, rule: str, *, weak: bool = False) -> str:
        if not weak or self.talk.marks.get(paragraph, ("formality",))[0] == "formality":
            self.talk.marks[paragraph] = (outcome, rule)
        return rule

    def _mark_all(self, row: Row, outcome: str, rule: str) -> None:
        for paragraph in row.paragraphs:
            self._mark(paragraph, outcome, rule)


def _number(text: str) -> int | None:
    digits = re.match(r"\D{0,3}(\d{1,4})\D{0,2}$", text.strip())
    return int(digits.group(1)) if digits else None


def _may_be_matter(text: str, stretches: Sequence[Stretch]) -> bool:
    """Tell whether a plain paragraph under a heading of opinions may be an opinion."""
    plain = all(stretch.rule == "prose.narrative" for stretch in stretches)
    asks = holding("splitting.plain_requests").search(text) or opening("splitting.requests").match(
        text
    )
    return plain and (bool(asks) or len(text) >= 40)
