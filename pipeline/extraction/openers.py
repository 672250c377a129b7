"""Takes the lines that open a turn by their form: a shape, a table row, a name alone, a question."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.extraction.answering import ReplyReader
from pipeline.extraction.asking import needs_answer
from pipeline.extraction.forms import CONTENT, field_of
from pipeline.extraction.heads import speaker_alone
from pipeline.extraction.lines import Line
from pipeline.extraction.namings import (
    attribution,
    content_of_message,
    group_head,
    question,
    sender,
)
from pipeline.extraction.persons import Speaker, parse_speaker, with_part
from pipeline.extraction.selfnaming import selfnaming
from pipeline.extraction.signs import is_quotable, opens_reply
from pipeline.extraction.speakers import introduction
from pipeline.extraction.talk import Turn
from pipeline.extraction.turning import ITEM, REPORT, SPEECH
from pipeline.extraction.vocabulary import holding, opening

_SHORTEST_SPEECH = 40
_SHORTEST_SAID = 12
_SHORTEST_LETTER = 80


class OpeningReader(ReplyReader):
    """Tells which lines begin a turn although no introduction and no list says so."""

    def _shaped(self, line: Line) -> str:
        """A line whose shape opens turns in this document, or a reply below such a line."""
        shape = self._habits.shapes.get(line.piece.paragraph)
        if shape is None or self._zone in ("sealed", "replies"):
            below = self.talk.last and self.talk.last.rule == "turn.shaped"
            if below and self._habits.replies_below and line.mark == "bullet":
                self._answering = True
                return self._answer(line, "reply.below")
            return ""
        speaker, said = self.talk.known_as(parse_speaker(shape[0])), line.text[shape[1] :]
        speaker = speaker if speaker.name else Speaker(shape[0])
        if len(re.sub(r"\[[^\]]*\]", "", said).strip()) < _SHORTEST_SAID:
            return self.talk.formal(line, "shape.no-words")
        presides = opening("speakers.presiding_roles").match(shape[0])
        if self.talk.turns and presides and holding("replies.sure_verbs").search(said):
            self._answering = True
            return self._answer(line, "reply.official")
        if speaker.official or self._roster.knows(speaker.name):
            self._answering = bool(self.talk.turns)
            return (
                self._answer(line, "reply.official")
                if self.talk.turns
                else self.talk.formal(line, "official.speaks")
            )
        self._zone, self._answering = "opinions", False
        return self.talk.add(Turn(speaker, SPEECH, "turn.shaped", [line.piece.cut(shape[1])]))

    def _flat_row(self, line: Line) -> str:
        """A row of a table that lost its columns."""
        row = self._habits.flat_rows.get(line.piece.paragraph)
        if row is None:
            return ""
        name = line.text[: row.name_end].lstrip("0123456789.) ")
        speaker = parse_speaker(name) if name else Speaker()
        turn = Turn(replace(speaker, name=speaker.name or name), ITEM, "table.flat-row",
                    [line.piece.cut(row.start, row.end)], row.number, "number")  # fmt: skip
        reply = line.piece.cut(row.reply)
        turn.replies += [reply] if re.search(r"\w{2}", reply.text) else []
        self._answering = False
        return self.talk.add(turn)

    def _group(self, line: Line) -> str:
        """`NHÓM HOA ĐÀO (thôn A, B) – chị Pham trình bày. ...`: a group and who speaks for it."""
        found = group_head(line.text)
        if found is None or self._zone in ("sealed", "replies"):
            return ""
        group, who, start = found
        self._zone, self._answering = "opinions", False
        speaker = parse_speaker(who) if who else Speaker(group, collective=True)
        self._speaker, rest = speaker, line.piece.cut(start)
        self.talk.met.append(speaker)
        if not who and needs_answer(rest.text) and line.text[start - 2 : start - 1] == ":":
            return self.talk.add(Turn(speaker, REPORT, "group.speaks", [rest], mark=line.mark))
        if not who or len(rest.text) < _SHORTEST_SPEECH or rest.text.endswith(":"):
            return self.talk.formal(line, "heading.group")
        return self.talk.add(Turn(speaker, SPEECH, "group.speaks", [rest], mark=line.mark))

    def _attribution(self, line: Line) -> str:
        """A line that only names who said the paragraph before it."""
        speaker = sender(line.text) or attribution(line)
        if speaker is None or line.piece.paragraph in self._habits.names:
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
        crowd = inner if inner and inner.first and inner.speaker.collective else None
        start = start + crowd.start if crowd else start
        speaker = crowd.speaker if crowd and not crowd.speaker.official else self._speaker
        manner = ITEM if speaker.collective else SPEECH
        turn = Turn(speaker, manner, "question", [line.piece.cut(start)], line.number, line.mark)
        return self.talk.add(turn)

    def _name_alone(self, line: Line) -> str:
        """`1. Cử tri Lò Văn Inh - bản Nà Cóc`, with the words in the lines below."""
        if line.piece.paragraph in self._habits.affiliations and self._named[0] == self._read - 1:
            self._speaker, self._named = with_part(self._speaker, line.text), (self._read, line)
            return self.talk.formal(line, "introduction.affiliation")
        if line.piece.paragraph not in self._habits.names:
            return ""
        speaker = self.talk.known_as(speaker_alone(line))
        if self.talk.turns and (speaker.official or self._roster.knows(speaker.name)):
            self._answering = True
            return self._answer(line, "reply.official")
        self._zone, self._answering = "opinions", False
        self._speaker, self._named = speaker, (self._read, line)
        return self.talk.formal(line, "introduction.alone")

    @property
    def _heads(self) -> frozenset[int]:
        """Lines whose words stand below them."""
        return self._habits.names | self._habits.affiliations | self._habits.headlines

    def _below_name(self, line: Line) -> str:
        """The words of the person whose name stands alone in the line above."""
        read, named = self._named
        if (
            self._read != read + 1
            or named is None
            or not (line.mark == "dotted" or named.piece.paragraph in self._heads)
            or opens_reply(line, self._roster, after_turn=True)
        ):
            return ""
        manner = ITEM if self._speaker.collective else SPEECH
        label = field_of(line)
        words = line.piece.cut(label.start if label and label.kind == CONTENT else 0)
        mark = line.mark or named.mark
        turn = Turn(self._speaker, manner, "introduction.alone", [words], named.number, mark)
        return self.talk.add(turn)

    def _letter(self, line: Line) -> str:
        """A letter told in one paragraph, with what an office did with it."""
        letter = self._habits.letters.get(line.piece.paragraph)
        if letter is None or self._roster.knows(letter.speaker.name):
            return ""
        self._zone, self._answering = "opinions", False
        said, reply = line.piece.cut(letter.start, letter.end), line.piece.cut(letter.reply)
        replies = [reply] if re.search(r"\w{2}", reply.text) else []
        turn = Turn(letter.speaker, ITEM, "letter", [said], line.number, line.mark)
        rule = self.talk.add(turn)
        turn.replies += replies
        return rule

    def _self_named(self, line: Line) -> str:
        """`Tôi tên là Mùa A Chu, trú tại bản Háng Lìa. ...`: a letter whose writer names himself."""
        found = (
            selfnaming(line.text) if not line.mark and len(line.text) > _SHORTEST_LETTER else None
        )
        own = found and re.match(r"(?:tôi|tui|em|cháu)\s", line.text[found.start :], re.I)
        if not own or found.start > _SHORTEST_SAID or self._roster.knows(found.speaker.name):
            return ""
        self._zone, self._answering = "opinions", False
        return self.talk.add(Turn(found.speaker, SPEECH, "self-named", [line.piece.cut(found.end)]))
