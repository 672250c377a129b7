"""Walks through the lines of a document and tells turns, replies and formality apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.extraction.lines import Line
from pipeline.extraction.persons import Speaker, parse_speaker
from pipeline.extraction.prose import read_prose
from pipeline.extraction.sections import announces_opinions
from pipeline.extraction.signs import (
    answers_many,
    asks_higher_level,
    attribution,
    content_of_message,
    has_several_voices,
    is_name_of_list,
    is_quotable,
    may_be_matter,
    opens_reply,
    question,
    refers_back,
    sender,
)
from pipeline.extraction.speakers import Introduction, dashed, introduction
from pipeline.extraction.splitting import ITEM, REPORT, SPEECH
from pipeline.extraction.stretches import OPINION, REPLY, Stretch, quotation
from pipeline.extraction.talk import Turn
from pipeline.extraction.zones import ZoneReader

_NUMBERED = ("number", "named", "dotted")


class TurnReader(ZoneReader):
    """Takes lines in reading order; `talk` holds what was gathered."""

    def take_line(self, line: Line) -> None:
        """Take one paragraph outside opinion tables."""
        for step in (self._title, self._heading, self._roll_call, self._furniture, self._in_replies, self._sealed,
                     self._attribution, self._question, self._name_alone, self._reply,
                     self._quoted, self._introduced, self._item, self._prose):  # fmt: skip
            rule = step(line)
            if rule:
                if rule not in ("blank", "formality.opening"):
                    self._pending.clear()
                break
        else:
            self.talk.formal(line, "unplaced")
            self._pending.append(line)
        self._first = self._first and not line.text
        self._read += bool(line.text)

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
        if question(line.text) is not None:
            return True
        numbered = last and line.number and last.number and line.mark == last.mark
        return line.piece.paragraph in self._habits.names or bool(
            numbered and line.number == last.number + 1
        )

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
        if sender(line.text):
            self._speaker, self._sent, self._answering = speaker, True, False
            return self.talk.formal(line, "sender")
        return ""

    def _question(self, line: Line) -> str:
        """`Hỏi: ...` or `Nội dung kiến nghị: ...` without a speaker."""
        start = question(line.text)
        if start is None and self._sent:
            start = content_of_message(line.text)
        if start is None:
            return ""
        self._sent = False
        inner = introduction(line.text[start:])
        if inner and inner.colon:
            self._answering, self._zone = False, "opinions"
            return self._introduced(replace(line, piece=line.piece.cut(start)))
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
        if self.talk.turns and refers_back(line.text):
            self._zone = "answers"
            return self._in_replies(line)
        if opener:
            empty = line.text.rstrip().endswith(":")
            if empty and self.talk.waiting() > 1 and self._zone == "opinions":
                self._zone = "answers"
                return self.talk.mark(line.piece.paragraph, "reply", "reply.to-several")
            self._answering, self._block = True, empty
            return self._answer(line, f"reply.{opener}")
        if not self._answering and not self._answers_unmarked(line):
            return ""
        return self._unmarked_reply(line)

    def _answers_unmarked(self, line: Line) -> bool:
        """Plain paragraphs answer items here, told by the title or by the items before."""
        last = self.talk.last
        answered = sum(bool(turn.replies) for turn in self.talk.turns if turn.manner == ITEM)
        plain = last and last.mark in _NUMBERED and last.manner == ITEM and not line.mark
        return self._habits.answers_items or bool(plain and answered > 1 and not last.replies)

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
        block, self._block = self._block, False
        if block and line.mark == "bullet" and last.mark == "bullet":
            self._block = True
            return self._answer(line, "reply.block")
        same_mark = line.mark and line.mark == last.mark
        new_number = line.mark in _NUMBERED and (not self._answering or last.mark in ("", "bullet"))
        return "" if same_mark or new_number else self._answer(line, "reply.goes-on")

    def _quoted(self, line: Line) -> str:
        """An item that is a quotation, its speaker before or after it."""
        found = quotation(line.piece) if line.mark == "bullet" else None
        if not found or found.speaker.official or self._roster.knows(found.speaker.name):
            return ""
        self._answering = False
        return self.talk.add(Turn(found.speaker, SPEECH, found.rule, [found.piece], mark=line.mark))

    def _introduced(self, line: Line) -> str:
        """A paragraph that begins with its speaker and a colon."""
        listed = line.mark == "named" or (line.mark and self._zone == "opinions")
        found = introduction(line.text) or (dashed(line.text) if listed else None)
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
        self._zone = "opinions" if self._zone == "listing" and line.mark else self._zone
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
        listed = self._zone == "listing" and line.mark in ("number", "bullet")
        if listed or line.mark == "named":
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
        below_field = self._read == self._field_read + 1
        if not last or last.replies or below_field or quotation(line.piece):
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
        if found and (found.speaker.official or self._roster.knows(found.speaker.name)):
            found = replace(found, kind=REPLY)
        stretches = [found] if found else read_prose(line.piece, self._roster)
        if not any(stretch.kind == OPINION for stretch in stretches):
            return self._prose_without_opinion(line, stretches)
        place, after = Speaker(), False
        for stretch in stretches:
            if stretch.kind == OPINION:
                place = self._add_stretch(stretch, place)
                after = True
            elif stretch.kind == REPLY and after and not answers_many(stretch.piece.text):
                self.talk.last.replies.append(stretch.piece)
            elif stretch.kind == REPLY:
                self.talk.apart.append(Line(stretch.piece))
        self._answering = False
        return "prose"

    def _prose_without_opinion(self, line: Line, stretches: Sequence[Stretch]) -> str:
        if any(stretch.kind == REPLY for stretch in stretches):
            if not self.talk.turns:
                return self.talk.formal(line, "prose.before-any-opinion")
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
        speaker = self.talk.known_as(speaker)
        manner = REPORT if speaker.collective or not speaker.name else SPEECH
        self.talk.add(Turn(speaker, manner, stretch.rule, [stretch.piece], lead=stretch.lead))
        return speaker
