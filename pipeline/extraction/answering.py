"""Takes the lines that answer: replies after a turn, to several turns, or on and on."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.extraction.asking import needs_answer
from pipeline.extraction.heads import speaker_alone
from pipeline.extraction.lines import Line
from pipeline.extraction.namings import question
from pipeline.extraction.office import office_paragraph, petitions
from pipeline.extraction.persons import Speaker, named_pattern, parse_speaker
from pipeline.extraction.records import RecordReader
from pipeline.extraction.sentences import sentences
from pipeline.extraction.signs import invites_answers, opens_reply, refers_back
from pipeline.extraction.speakers import Introduction, introduction
from pipeline.extraction.turning import ITEM
from pipeline.extraction.vocabulary import alternation

NUMBERED = ("number", "named", "dotted")
"""Marks of lines that count."""


class ReplyReader(RecordReader):
    """Tells which lines answer, and what they answer."""

    def _in_replies(self, line: Line) -> str:
        named = self._zone == "replies" and self._names_citizen(line)
        if named or (self._zone == "answers" and self._takes_up(line)):
            self._zone = "opinions"
        if self._zone not in ("replies", "answers"):
            return ""
        again = self._interrupts(line)
        if again:
            return self._begin(line, again)
        if not self._to_earlier:
            self.talk.apart.append(line)
        return self.talk.mark(line.piece.paragraph, "reply", "zone.replies")

    def _interrupts(self, line: Line) -> Introduction | None:
        """`Bà Sen đứng lên: ...`: one who has spoken asks again while others answer."""
        named = re.match(
            rf"{named_pattern()}[^.:;]{{0,20}}?\s{alternation('speakers.interrupting')}[^.:;]{{0,20}}:\s",
            line.text, re.I,
        )  # fmt: skip
        found = Introduction(parse_speaker(named.group("named")), named.end()) if named else None
        known = found and self.talk.known_as(found.speaker)
        spoke = known and any(turn.speaker.name == known.name for turn in self.talk.turns)
        if not spoke or self._is_official(found) or not needs_answer(line.text[found.start :]):
            return None
        return replace(found, speaker=known, colon=True)

    def _names_citizen(self, line: Line) -> bool:
        """Tell whether a line only names somebody new who speaks below, and no official."""
        alone = line.piece.paragraph in self._habits.names and line.mark not in NUMBERED
        speaker = speaker_alone(line) if alone else Speaker()
        known = speaker.official or self._roster.knows(speaker.name)
        name = self.talk.known_as(speaker).name
        spoke = any(turn.speaker.name == name for turn in self.talk.turns)  # answered by name here
        return bool(name) and not known and not spoke

    def _takes_up(self, line: Line) -> bool:
        """Tell whether a line brings a new turn after replies to several turns."""
        last = self.talk.last
        found = introduction(line.text)
        if found and (found.colon or len(found.speaker.name.split()) > 3):
            return not self._is_official(found)
        if question(line.text) is not None:
            return True
        numbered = last and line.number and last.number and line.mark == last.mark
        return line.piece.paragraph in self._habits.names or bool(
            numbered and line.number == last.number + 1
        )

    def _reply(self, line: Line) -> str:
        opener = opens_reply(line, self._roster, after_turn=bool(self.talk.turns))
        last = self.talk.last
        counts_on = last and last.replies and line.number and line.number == (last.number or 0) + 1
        if self.talk.turns and refers_back(line.text) and not counts_on:
            self._zone = "answers"
            return self._in_replies(line)
        led = introduction(line.text)
        chaired = led is None or self._is_official(led)
        if self.talk.waiting() > 1 and chaired and not line.mark and invites_answers(line.text):
            self._zone = "answers"
            return self.talk.formal(line, "reply.invitation")
        if opener:
            empty = line.text.rstrip().endswith(":")
            if empty and self.talk.waiting() > 1 and self._zone == "opinions":
                self._zone = "answers"
                return self.talk.mark(line.piece.paragraph, "reply", "reply.to-several")
            self._answering, self._block = True, empty
            return self._answer(line, f"reply.{opener}")
        if self.talk.turns and not self._takes_up(line) and office_paragraph(line.text):
            self._answering = True
            return self._answer(line, "reply.office")
        if not self._answering and not self._answers_unmarked(line):
            return ""
        return self._unmarked_reply(line)

    def _answers_unmarked(self, line: Line) -> bool:
        """Plain paragraphs answer items here, told by the title or by the items before."""
        last = self.talk.last
        answered = sum(bool(turn.replies) for turn in self.talk.turns if turn.manner == ITEM)
        marks = (*NUMBERED, "bullet", "letter")
        plain = last and last.mark in marks and last.manner == ITEM and not line.mark
        return self._habits.answers_items or bool(plain and answered > 1 and not last.replies)

    def _unmarked_reply(self, line: Line) -> str:
        """A paragraph after a reply goes on with it until something new is introduced."""
        last = self.talk.last
        if not last:
            return ""
        found = introduction(line.text)
        if found and not self._is_official(found):
            crowd = re.match(r"\W*(?:kiến nghị|ý kiến|cử tri|bà con|nhân dân)\b", line.text, re.I)
            again = self.talk.known_as(found.speaker)
            speaks_again = (
                found.first and "thêm" in line.text[: found.start] and again is not found.speaker
            )
            if (
                found.colon
                or speaks_again
                or (crowd and (found.speaker.commune or found.speaker.address))
            ):
                return ""
        if not line.mark and self._presents_person(line.text):
            self._answering = False
            return ""
        if not line.mark and petitions(line.text):
            self._answering = False
            return ""
        if line.piece.paragraph in self._habits.crossheads:
            self._answering = False
            return self.talk.formal(line, "crosshead")
        block, self._block = self._block, False
        if block and line.mark == "bullet" and last.mark == "bullet":
            self._block = True
            return self._answer(line, "reply.block")
        same_mark = line.mark and line.mark == last.mark
        new_number = line.mark in NUMBERED and (not self._answering or last.mark in ("", "bullet"))
        return "" if same_mark or new_number else self._answer(line, "reply.goes-on")

    def _presents_person(self, text: str) -> bool:
        """Tell whether one of the first sentences begins with a person who has not spoken yet."""
        known = {turn.speaker.name.split()[-1] for turn in self.talk.turns if turn.speaker.name}
        for start, end in sentences(text)[:2]:
            named = re.match(rf"\W*{named_pattern()}\s*[,(]", text[start:end])
            who = parse_speaker(text[start : start + 80]) if named else Speaker()
            new = len(who.name.split()) > 2 and who.name.split()[-1] not in known
            if new and not who.official and not self._roster.knows(who.name):
                return True
        return False
