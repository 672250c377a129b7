"""Walks through the lines of a document and tells turns, replies and formality apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.extraction.answering import NUMBERED
from pipeline.extraction.lines import Line
from pipeline.extraction.namings import bracketed, dashed, presents_himself, read_out
from pipeline.extraction.narration import told_after
from pipeline.extraction.openers import OpeningReader
from pipeline.extraction.persons import Speaker
from pipeline.extraction.prose import read_prose
from pipeline.extraction.sections import announces_opinions
from pipeline.extraction.sentence_forms import asks_plainly, closes, only_counts
from pipeline.extraction.signs import (
    answers_many,
    asks_higher_level,
    has_several_voices,
    is_name_of_list,
    may_be_matter,
)
from pipeline.extraction.speakers import Introduction, introduction
from pipeline.extraction.stretches import OPINION, REPLY, Stretch, quotation
from pipeline.extraction.talk import Turn
from pipeline.extraction.turning import ITEM, REPORT, SPEECH
from pipeline.extraction.vocabulary import opening

_WRITTEN = ("list.plain", "self-named", "introduction.alone")
"""Rules of turns that a letter may go on with, paragraph by paragraph."""


class TurnReader(OpeningReader):
    """Takes lines in reading order; `talk` holds what was gathered."""

    def take_line(self, line: Line) -> None:
        """Take one paragraph outside opinion tables."""
        for step in (self._source, self._in_form, self._shaped, self._letter, self._flat_row, self._group, self._title, self._programme, self._headline, self._heading, self._roll_call, self._furniture, self._in_replies, self._sealed,
                     self._attribution, self._question, self._name_alone, self._below_name, self._reply,
                     self._quoted, self._introduced, self._item, self._self_named, self._prose):  # fmt: skip
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

    def _quoted(self, line: Line) -> str:
        """An item that is a quotation or is told after, its speaker before or after it."""
        after = line.mark == "bullet" and self._zone in ("opinions", "listing")
        if after and told_after(line.piece, self._roster):
            return self._prose(line)
        found = quotation(line.piece) if line.mark == "bullet" else None
        if not found or found.speaker.official or self._roster.knows(found.speaker.name):
            return ""
        self._answering = False
        return self.talk.add(Turn(found.speaker, SPEECH, found.rule, [found.piece], mark=line.mark))

    def _introduced(self, line: Line) -> str:
        """A paragraph that begins with its speaker and a colon."""
        listed = line.mark == "named" or (line.mark and self._zone == "opinions")
        counted = line.mark in ("named", "number")
        found = (bracketed(line.text) if counted else None) or read_out(line.text)
        found = found or introduction(line.text)
        found = found or (dashed(line.text) if listed else None)
        if not found or not (found.colon or (self._zone in ("opinions", "listing") and line.mark)):
            return ""
        if self._zone == "open" and is_name_of_list(line.text, found):
            return self.talk.formal(line, "list-of-names")
        if self._is_official(found) and not asks_higher_level(line.text, found):
            if self.talk.turns and not re.match(r"kết luận|khai mạc", found.verb):
                self._answering = True
                return self._answer(line, "reply.official")
            return self.talk.formal(line, "official.speaks")
        if found.start >= len(line.text):
            self._speaker, self._zone, self._answering = found.speaker, "opinions", False
            self._named = (self._read, line)
            return self.talk.formal(line, "introduction.alone")
        if not line.mark and (found.speaker.collective or has_several_voices(line.text, found)):
            return self._prose(line)
        return self._begin(line, found)

    def _begin(self, line: Line, found: Introduction) -> str:
        self._answering = False
        self._zone = "opinions" if self._zone == "listing" and line.mark else self._zone
        manner = SPEECH if not found.speaker.collective else REPORT
        if found.speaker.collective and (line.mark in NUMBERED or not found.colon):
            manner = ITEM
        start = found.start
        if line.mark and not found.colon and not found.first:
            start, manner = 0, ITEM
        lead = "" if found.colon else line.text[:start].strip()
        rule = "introduction.colon" if found.colon else "introduction.verb"
        self._speaker = Speaker()
        return self.talk.add(
            Turn(
                self.talk.known_as(found.speaker),
                manner,
                rule,
                [line.piece.cut(start)],
                line.number,
                line.mark,
                lead,
            )
        )

    def _item(self, line: Line) -> str:
        """A numbered or bulleted item, or a plain paragraph under a heading of opinions."""
        marks = ("number", "bullet", *(("dotted",) if self._habits.lists_dotted else ()))
        listed = self._zone == "listing" and line.mark in marks
        if listed or line.mark == "named":
            self._zone = "opinions"
        below_field = self._zone == "listing" and self._read == self._field_read + 1
        if below_field and not line.mark and asks_plainly(line.text):
            return self.talk.add(Turn(self._speaker, REPORT, "list.below-field", [line.piece]))
        if self._zone != "opinions":
            if announces_opinions(line.text) and not line.mark:
                self._zone = "opinions"
                return self.talk.formal(line, "announcement")
            return ""
        if announces_opinions(line.text) and len(line.text) < 260:
            self._speaker = self._crowd_of(line)
            return self.talk.formal(line, "announcement")
        if only_counts(line.text):
            return self.talk.formal(line, "counts")
        if self._habits.shapes:
            return self.talk.formal(line, "outside-shape")
        if not line.mark and len(line.text) < 120 and closes(line.text):
            return self.talk.formal(line, "closing")
        if not line.mark:
            return self._plain(line, self.talk.last)
        self._answering = False
        turn = Turn(self._speaker, ITEM, "list.item", [line.piece], line.number, line.mark)
        return self.talk.add(turn)

    def _plain(self, line: Line, last: Turn | None) -> str:
        """A paragraph without mark or speaker may go on with the turn before it."""
        below_field = self._read == self._field_read + 1
        below_field = below_field or len(self.talk.turns) == self._turns_above
        if (
            not last
            or last.replies
            or last.rule == "form.content"
            or below_field
            or quotation(line.piece)
        ):
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
        writer = presents_himself(line.text) if plain else None
        if writer:
            self._speaker = writer
            return self.talk.formal(line, "writer")
        last, matter = self.talk.last, not line.mark and plain and line.text.rstrip()[-1:] != ":"
        follows = last and not last.replies and opening("splitting.therefore").match(line.text)
        if self._zone == "opinions" and matter and follows and last.rule in _WRITTEN:
            last.pieces.append(line.piece)
            return self.talk.mark(line.piece.paragraph, "opinion", "turn.goes-on")
        if self._zone == "opinions" and matter and may_be_matter(line.text):
            return self.talk.add(Turn(self._speaker, ITEM, "list.plain", [line.piece]))
        return "" if plain else self.talk.formal(line, stretches[0].rule)

    def _add_stretch(self, stretch: Stretch, place: Speaker) -> Speaker:
        speaker = stretch.speaker
        if speaker.collective and not (speaker.address or speaker.commune):
            speaker = replace(speaker, address=place.address, commune=place.commune)
            speaker = self._grounded(speaker)
        speaker = self.talk.known_as(speaker)
        manner = REPORT if speaker.collective or not speaker.name else SPEECH
        self.talk.add(Turn(speaker, manner, stretch.rule, [stretch.piece], lead=stretch.lead))
        return speaker
