"""Takes the lines of a form: who speaks, what is asked and what is answered, field by field."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from pipeline.extraction import forms
from pipeline.extraction.asking import says_nothing
from pipeline.extraction.forms import (
    Field,
    field_of,
    field_of_another,
    inner_fields,
    persons_named,
    voices_in,
)
from pipeline.extraction.lines import Line, Piece
from pipeline.extraction.persons import Speaker, parse_speaker, with_part
from pipeline.extraction.sections import looks_like_heading, names_village
from pipeline.extraction.talk import Turn
from pipeline.extraction.turning import MESSAGE, SPEECH
from pipeline.extraction.vocabulary import alternation, opening
from pipeline.extraction.zones import ZoneReader

_LONGEST_SUBJECT = 60


class RecordReader(ZoneReader):
    """Reads the records of a form; outside its fields a document is read as any other."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self._field = ""
        self._record: list[Turn] = []

    def _in_form(self, line: Line) -> str:
        """A line that opens a field, or goes on with the field above it."""
        if not self._habits.form:
            return ""
        if self._habits.by_group and line.mark == "named" and _is_short(line):
            self._field = ""
            return self.talk.formal(line, "form.heading")
        field = field_of(line)
        if field is None and self._habits.by_group and self._field:
            field = field_of_another(line)
        learned = self._habits.learned.get(line.piece.paragraph)
        if field is None and learned and (self._field or learned.kind != forms.ASIDE):
            field = learned
        if field is None:
            return self._below(line) if self._field else ""
        self._field = field.kind
        return self._take_field(field, line)

    def _source(self, line: Line) -> str:
        """`Nơi có ý kiến: làng Bông` below an item tells where it comes from."""
        source = _source_label().match(line.text) if self.talk.last else None
        if not source or self.talk.last.speaker.name:
            return ""
        self.talk.last.speaker = _from(line.text[source.end() :])
        return self.talk.formal(line, "source")

    def _take_field(self, field: Field, line: Line) -> str:
        value = line.piece.cut(field.start)
        if field.kind not in (forms.CONTENT, forms.REPLY) and (inner := inner_fields(value.text)):
            ends = [*(at for _, at, _ in inner[1:]), len(value.text)]
            self._take_value(field, line, value.cut(0, inner[0][1]))
            for (kind, _, start), end in zip(inner, ends, strict=True):
                self._take_value(Field(kind, 0), line, value.cut(start, end))
            return self.talk.formal(line, f"form.{field.kind}")
        return self._take_value(field, line, value)

    def _take_value(self, field: Field, line: Line, value: Piece) -> str:
        if field.kind == forms.CONTENT:
            self._record, self._zone, self._answering = [], "open", False
            if field.who:
                named = persons_named(field.who)
                self._speaker = named[0] if named else Speaker(field.who, collective=True)
            if value.text and says_nothing(value.text):
                return self.talk.formal(line, "form.nothing")
            return self._content(value) if value.text else self.talk.formal(line, "form.label")
        if field.kind == forms.REPLY:
            return self._form_reply(value, line)
        if field.kind == forms.SPEAKER:
            self._introduce(persons_named(value.text))
        elif field.kind in (forms.ADDRESS, forms.ROLE) and value.text:
            self._describe(field.kind, value.text)
        return self.talk.formal(line, f"form.{field.kind}")

    def _below(self, line: Line) -> str:
        heading = line.text.isupper() or line.mark == "roman" or names_village(line)
        heading = heading or (line.mark == "number" and looks_like_heading(line))
        aside = re.fullmatch(r"\s*(?:\[[^\]]*\]\s*)+", line.text)
        if not re.search(r"\w", line.text) and not line.text and not line.mark:
            return ""
        if line.mark == "named" and _is_short(line):
            self._field = ""
            return self.talk.formal(line, "form.heading")
        if aside or heading or not re.search(r"\w", line.text):
            self._field = ""
            return self.talk.formal(line, "form.separator") if not heading else ""
        if self._field == forms.CONTENT:
            return self._content(line.piece, anew=bool(line.mark))
        if self._field == forms.REPLY:
            return self._form_reply(line.piece, line)
        return ""

    def _content(self, piece: Piece, *, anew: bool = False) -> str:
        for speaker, part in voices_in(piece):
            if speaker is None and self._record and not anew:
                self._record[-1].pieces.append(part)
                self.talk.mark(part.paragraph, "opinion", "form.content")
                continue
            who = self._grounded(self.talk.known_as(speaker)) if speaker else self._speaker
            manner = MESSAGE if self._habits.messages else SPEECH
            turn = Turn(who, manner, "form.content", [part])
            self.talk.add(turn)
            self._record.append(turn)
        return "form.content"

    def _form_reply(self, value: Piece, line: Line) -> str:
        pending = opening("replies.pending").match(value.text)
        if not self.talk.turns or pending:
            return self.talk.formal(line, "form.reply")
        if re.search(r"\w", value.text):
            self.talk.last.replies.append(value)
            self.talk.last.together = max(len(self._record) - 1, 0)
        return self.talk.mark(line.piece.paragraph, "reply", "form.reply")

    def _introduce(self, persons: list[Speaker]) -> None:
        persons = [self._grounded(one) for one in persons]
        self.talk.met += persons
        alone = persons[0] if len(persons) == 1 else self._grounded(Speaker())
        if self._habits.speaker_after and self._record:
            for turn in self._record:
                turn.speaker = turn.speaker if turn.speaker.name else alone
            return
        self._speaker, self._record = alone, []

    def _describe(self, kind: str, value: str) -> None:
        """An address or office that stands in a field of its own."""
        after = self._habits.speaker_after and self._record
        speaker = self._record[-1].speaker if after else self._speaker
        if kind == forms.ROLE:
            speaker = replace(speaker, role=speaker.role or value)
        else:
            for part in re.split(r"\s*[,;]\s*", value):
                speaker = with_part(speaker, part)
            if not (speaker.address or speaker.commune):
                speaker = replace(speaker, address=value)
        if not after:
            self._speaker = speaker
            return
        for turn in self._record:
            turn.speaker = speaker

    def _grounded(self, speaker: Speaker) -> Speaker:
        """Return a speaker with the village of the heading above, if he has no place."""
        if speaker.address or speaker.commune or not self._ground:
            return speaker
        ground = parse_speaker(self._ground)
        return replace(speaker, address=ground.address or self._ground, commune=ground.commune)


@lru_cache(maxsize=1)
def _source_label() -> re.Pattern[str]:
    return re.compile(rf"\W*{alternation('fields.source')}\s*:\s*(?=\S)", re.I)


def _from(value: str) -> Speaker:
    """`làng Bông (34 phiếu)`, `các già làng`: the place an opinion comes from, or the people."""
    bare = re.sub(r"\s*\([^()]*\)", "", value).strip(" .;")
    speaker = with_part(Speaker(collective=True), bare)
    placed = speaker.address or speaker.commune
    return speaker if placed and not speaker.role else Speaker(bare, collective=True)


def _is_short(line: Line) -> bool:
    """`Nội dung 2. Nhà xe`: a counted line that only names what the fields below are about."""
    return len(line.text) <= _LONGEST_SUBJECT and not line.text.rstrip().endswith(
        (".", "?", "!", ";")
    )
