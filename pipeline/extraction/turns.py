"""Walks through the lines of a document and tells turns, replies and formality apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.extraction.lines import Line
from pipeline.extraction.prose import OPINION, REPLY, Stretch, quotation, read_prose
from pipeline.extraction.roster import Roster
from pipeline.extraction.sections import announced_zone, announces_opinions, names_field
from pipeline.extraction.signs import (
    answers_many,
    asks_higher_level,
    attribution,
    concludes,
    goes_on_title,
    has_several_voices,
    is_bare_reply_opener,
    is_formality,
    is_headline,
    is_kind_of_document,
    is_name_of_list,
    is_quotable,
    may_be_matter,
    opens_reply,
    question,
    sender,
)
from pipeline.extraction.speakers import Introduction, Speaker, introduction, parse_speaker
from pipeline.extraction.splitting import ITEM, REPORT, SPEECH
from pipeline.extraction.talk import Habits, Talk, Turn
from pipeline.extraction.vocabulary import holding

_NUMBERED = ("number", "named", "dotted")
_HEADED = ("number", "roman", "letter", "dotted")


class TurnReader:
    """Takes lines in reading order; `talk` holds what was gathered.

    The zone tells what may stand here: "open" (only what is surely an
    opinion is one), "listing" (the title says that opinions are listed),
    "opinions", "replies", "answers" (replies after several turns, which new
    turns may follow) or "sealed" (no opinion).
    """

    def __init__(self, habits: Habits, roster: Roster) -> None:
        self.talk = Talk()
        self._habits = habits
        self._roster = roster
        self._zone = "opinions" if habits.bare_list else "open"
        self._speaker = Speaker()
        self._in_title = self._answering = self._to_many = False
        self._first = True
        self._pending: list[Line] = []

    def take_line(self, line: Line) -> None:
        """Take one paragraph outside opinion tables."""
        for step in (self._title, self._heading, self._furniture, self._in_replies, self._sealed,
                     self._attribution, self._question, self._name_alone, self._reply,
                     self._introduced, self._item, self._prose):  # fmt: skip
            rule = step(line)
            if rule:
                if rule not in ("blank", "formality.opening"):
                    self._pending.clear()
                break
        else:
            self.talk.formal(line, "unplaced")
            self._pending.append(line)
        self._first = self._first and not line.text

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
        return self.talk.formal(line, "title")

    def _heading(self, line: Line) -> str:
        zone = announced_zone(line, seen_opinions=bool(self.talk.turns))
        set_apart = line.mark in _HEADED or line.bold or line.text.isupper()
        if zone == "replies" and not set_apart and self._zone != "replies":
            return self._opener(line)
        if self._first and is_headline(line.text) and not set_apart and not line.mark:
            if zone == "opinions":
                self._zone = "listing"
            return self.talk.formal(line, "title")
        if zone == "replies" and (self._habits.answers_items or not self.talk.turns):
            zone = "opinions"
        if zone:
            if zone == "open" and self._zone == "opinions" and self.talk.turns:
                zone = "opinions"
            self._zone, self._answering = zone, False
            self._speaker = self._crowd_of(line) if zone == "opinions" else Speaker()
            return self.talk.formal(line, f"heading.{zone}")
        if self._zone == "opinions" and names_field(line) and line.mark != "bullet":
            self._answering = False
            crowd = self._crowd_of(line)
            self._speaker = crowd if crowd.name else self._speaker
            return self.talk.formal(line, "heading.field")
        return ""

    def _opener(self, line: Line) -> str:
        """`UBND xã trả lời:` alone on its line answers what stands before it."""
        if not self.talk.turns:
            return self.talk.mark(line.piece.paragraph, "reply", "reply.before-any-opinion")
        if self.talk.waiting() > 1 and not is_bare_reply_opener(line):
            self._zone = "answers"
            return self.talk.mark(line.piece.paragraph, "reply", "reply.to-several")
        self._answering = True
        return self._answer(line, "reply.opener")

    def _crowd_of(self, line: Line) -> Speaker:
        """`I. Cử tri thành phố kiến nghị:` speaks for all items below it."""
        found = introduction(line.text.rstrip(" :.") + ": x")
        known = found and not found.speaker.official and not line.text.isupper()
        return found.speaker if found and known else Speaker()

    def _furniture(self, line: Line) -> str:
        if not re.search(r"\w", line.text):
            return self.talk.formal(line, "blank")
        if concludes(line.text):
            self._zone = "sealed"
            return self.talk.formal(line, "conclusion")
        if sender(line.text):
            return ""
        marked = self._zone == "replies" and (line.mark or line.text[:1].islower())
        if is_formality(line.text, strict=bool(marked) or self._zone in ("opinions", "answers")):
            self._answering = False
            return self.talk.formal(line, "formality.opening")
        return ""

    def _in_replies(self, line: Line) -> str:
        if self._zone == "answers" and self._takes_up(line):
            self._zone = "opinions"
        if self._zone not in ("replies", "answers"):
            return ""
        self.talk.apart.append(line)
        return self.talk.mark(line.piece.paragraph, "reply", "zone.replies")

    def _takes_up(self, line: Line) -> bool:
        """Tell whether a line brings a new turn after replies to several turns."""
        last = self.talk.last
        found = introduction(line.text)
        if found and found.colon:
            return not self._is_official(found)
        numbered = last and line.number and last.number and line.mark == last.mark
        return line.piece.paragraph in self._habits.names or bool(
            numbered and line.number == last.number + 1
        )

    def _sealed(self, line: Line) -> str:
        return self.talk.formal(line, "zone.formal") if self._zone == "sealed" else ""

    def _attribution(self, line: Line) -> str:
        """A line that only names who said the paragraph before it."""
        speaker = sender(line.text) or attribution(line)
        if speaker is None:
            return ""
        last = self.talk.last
        if self._pending and is_quotable(self._pending[-1].text):
            self.talk.add(Turn(speaker, SPEECH, "quotation.first", [self._pending[-1].piece]))
            return self.talk.formal(line, "quotation.attribution")
        if last and not last.speaker.name and not last.replies:
            last.speaker = speaker
            return self.talk.formal(line, "quotation.attribution")
        return ""

    def _question(self, line: Line) -> str:
        """`Hỏi: ...` or `Nội dung kiến nghị: ...` without a speaker."""
        start = question(line.text)
        if start is None:
            return ""
        self._answering, self._zone = False, "opinions"
        turn = Turn(
            self._speaker, SPEECH, "question", [line.piece.cut(start)], line.number, line.mark
        )
        return self.talk.add(turn)

    def _name_alone(self, line: Line) -> str:
        """`1. Cử tri Lò Văn Inh - bản Nà Cóc`, with the words in the lines below."""
        if line.piece.paragraph not in self._habits.names:
            return ""
        self._zone, self._answering = "opinions", False
        self._speaker = parse_speaker(line.text)
        return self.talk.formal(line, "introduction.alone")

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
        last = self.talk.last
        if not last:
            return ""
        found = introduction(line.text)
        if found and not self._is_official(found):
            crowd = re.match(r"\W*(?:kiến nghị|ý kiến|cử tri|bà con|nhân dân)\b", line.text, re.I)
            if found.colon or (crowd and (found.speaker.commune or found.speaker.address)):
                return ""
        same_mark = line.mark and line.mark == last.mark
        new_number = line.mark in _NUMBERED and (not self._answering or last.mark in ("", "bullet"))
        return "" if same_mark or new_number else self._answer(line, "reply.goes-on")

    def _answer(self, line: Line, rule: str) -> str:
        goes_on = rule == "reply.goes-on"
        self._to_many = answers_many(line.text) or (goes_on and self._to_many)
        if self._to_many:
            self.talk.apart.append(line)
        elif self.talk.last:
            self.talk.last.replies.append(line.piece)
        return self.talk.mark(line.piece.paragraph, "reply", rule)

    def _is_official(self, found: Introduction) -> bool:
        return found.speaker.official or self._roster.knows(found.speaker.name)

    def _introduced(self, line: Line) -> str:
        """A paragraph that begins with its speaker and a colon."""
        found = introduction(line.text)
        if not found or not (found.colon or (self._zone == "opinions" and line.mark)):
            return ""
        if self._zone == "open" and is_name_of_list(line.text, found):
            return self.talk.formal(line, "list-of-names")
        if self._is_official(found) and not asks_higher_level(line.text, found):
            if self.talk.turns and not re.match(r"kết luận|khai mạc", found.verb):
                self._answering = True
                return self._answer(line, "reply.official")
            return self.talk.formal(line, "official.speaks")
        if found.start >= len(line.text):
            self._speaker, self._zone = found.speaker, "opinions"
            return self.talk.formal(line, "introduction.alone")
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
        rule = "introduction.colon" if found.colon else "introduction.verb"
        self._speaker = Speaker()
        return self.talk.add(
            Turn(found.speaker, manner, rule, [line.piece.cut(start)], line.number, line.mark, lead)
        )

    def _item(self, line: Line) -> str:
        """A numbered or bulleted item, or a plain paragraph under a heading of opinions."""
        if self._zone == "listing" and line.mark in ("number", "bullet", "named"):
            self._zone = "opinions"
        if self._zone != "opinions":
            if announces_opinions(line.text) and not line.mark:
                self._zone = "opinions"
                return self.talk.formal(line, "announcement")
            return ""
        if announces_opinions(line.text) and len(line.text) < 260:
            self._speaker = self._crowd_of(line)
            return self.talk.formal(line, "announcement")
        if not line.mark:
            return self._plain(line, self.talk.last)
        self._answering = False
        turn = Turn(self._speaker, ITEM, "list.item", [line.piece], line.number, line.mark)
        return self.talk.add(turn)

    def _plain(self, line: Line, last: Turn | None) -> str:
        """A paragraph without mark or speaker may go on with the turn before it."""
        if not last or last.replies or quotation(line.piece):
            return ""
        waiting = self._speaker.name and self._speaker is not last.speaker
        goes_on = line.text[:1].islower() or (last.manner == SPEECH and not waiting)
        goes_on = goes_on or (
            last.mark not in ("", "bullet") and not self._answering and not waiting
        )
        stretches = read_prose(line.piece, self._roster, inside_turn=True) if goes_on else []
        if not stretches or any(stretch.rule != "prose.goes-on" for stretch in stretches):
            return ""
        last.pieces.append(line.piece)
        return self.talk.mark(line.piece.paragraph, "opinion", "turn.goes-on", weak=True)

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
            return self.talk.mark(line.piece.paragraph, "reply", "prose.reply")
        plain = all(stretch.rule == "prose.narrative" for stretch in stretches)
        if self._zone == "opinions" and not line.mark and plain and may_be_matter(line.text):
            return self.talk.add(Turn(self._speaker, ITEM, "list.plain", [line.piece]))
        return "" if plain else self.talk.formal(line, stretches[0].rule)

    def _add_stretch(self, stretch: Stretch, place: Speaker) -> Speaker:
        speaker = stretch.speaker
        if speaker.collective and not (speaker.address or speaker.commune):
            speaker = replace(speaker, address=place.address, commune=place.commune)
        manner = REPORT if speaker.collective or not speaker.name else SPEECH
        self.talk.add(Turn(speaker, manner, stretch.rule, [stretch.piece], lead=stretch.lead))
        return speaker
