"""Knows where in a document we stand: headings, titles, furniture, sealed parts."""

from __future__ import annotations

import re

from pipeline.extraction.lines import Line
from pipeline.extraction.namings import read_out, sender
from pipeline.extraction.persons import Speaker
from pipeline.extraction.roster import Roster
from pipeline.extraction.sections import (
    announced_zone,
    announces_worries,
    heads_field,
    looks_like_heading,
    names_field,
    names_village,
)
from pipeline.extraction.signs import (
    answers_many,
    concludes,
    goes_on_title,
    hosts,
    is_bare_reply_opener,
    is_formality,
    is_headline,
    is_kind_of_document,
    is_person_of_list,
    presides,
)
from pipeline.extraction.speakers import Introduction, introduction
from pipeline.extraction.talk import Habits, Talk
from pipeline.extraction.vocabulary import alternation, opening

_MANY_WAITING = 3
_HEADED = ("number", "roman", "letter", "dotted")


class ZoneReader:
    """Moves from zone to zone as headings announce them, and sets formality apart.

    The zone tells what may stand here: "open" (only what is surely an
    opinion is one), "listing" (the title says that opinions are listed),
    "opinions", "replies", "answers" (replies after several turns, which new
    turns may follow) or "sealed" (no opinion). Each step returns the rule
    that took the line, or "" to leave it to the next step.
    """

    def __init__(self, habits: Habits, roster: Roster) -> None:
        self.talk = Talk()
        self._habits = habits
        self._roster = roster
        self._zone = "listing" if habits.lists_requests else "open"
        self._zone = "opinions" if habits.bare_list else self._zone
        self._before_sealed = "open"
        self._sealed_by = ""
        self._block = self._minutes = False
        self._speaker = Speaker()
        self._in_title = self._answering = self._to_many = False
        self._first = True
        self._to_earlier = False
        self._rolling = False
        self._read = 0
        self._sent = False
        self._field_read = -2
        self._pending: list[Line] = []
        self._ground = ""
        self._turns_above = 0
        self._named: tuple[int, Line | None] = (-2, None)

    def _title(self, line: Line) -> str:
        """The title of the document, which may itself say that opinions are listed."""
        if not self._in_title and not (
            self._zone in ("open", "listing") and is_kind_of_document(line)
        ):
            return ""
        if self._in_title and not goes_on_title(line):
            self._in_title = False
            return ""
        self._in_title = True
        if line.text.lower().startswith("biên bản"):
            self._minutes = True
        listed = re.search(r"ý kiến|kiến nghị|phản ánh|câu hỏi", line.text, re.I)
        if listed and not self._minutes and not self._habits.announces:
            self._zone = self._before_sealed = "listing"
        return self.talk.formal(line, "title")

    def _programme(self, line: Line) -> str:
        """A point of the meeting's programme, which may look like a heading."""
        listed = line.piece.paragraph in self._habits.programme
        return self.talk.formal(line, "programme") if listed else ""

    def _headline(self, line: Line) -> str:
        """A title above somebody's own words: what stood before is over."""
        if line.piece.paragraph not in self._habits.headlines:
            return ""
        self._answering, self._speaker, self._named = False, Speaker(), (self._read, line)
        return self.talk.formal(line, "headline")

    def _heading(self, line: Line) -> str:
        if line.piece.paragraph in self._habits.names:
            return ""
        zone = announced_zone(line, seen_opinions=bool(self.talk.turns))
        set_apart = line.mark in _HEADED or line.bold or line.text.isupper()
        if zone == "replies" and not set_apart and self._zone != "replies":
            return self._opener(line)
        if self._leads_page(line) and not set_apart:
            if zone == "opinions":
                self._zone = "listing"
            return self.talk.formal(line, "title")
        if zone == "replies" and (self._habits.answers_items or not self.talk.turns):
            later = self._habits.announces and self._zone != "opinions"
            zone = "sealed" if later and not self._habits.answers_items else "opinions"
        if zone == "opinions" and self._habits.plans and not _of_people(line.text):
            zone = "sealed"
        if zone:
            if zone == "open" and self._zone == "opinions" and self.talk.turns:
                zone = "opinions"
            self._zone, self._answering = zone, False
            self._to_earlier = bool(opening("sections.answers_to_earlier").match(line.text))
            self._sealed_by, self._ground = line.mark, ""
            self._turns_above = len(self.talk.turns)
            self._speaker = self._crowd_of(line) if zone == "opinions" else Speaker()
            return self.talk.formal(line, f"heading.{zone}")
        ranked = line.mark in ("roman", "letter") and line.mark == self._sealed_by
        if (
            self._zone == "sealed"
            and (ranked or (line.mark == "roman" and not self._sealed_by))
            and looks_like_heading(line)
        ):
            self._zone = self._before_sealed
            return self.talk.formal(line, "heading.unseals")
        return self._group_heading(line)

    def _group_heading(self, line: Line) -> str:
        """A heading that names the village or the field of the items below it."""
        in_form = self._habits.form and (line.mark or self.talk.turns)
        if (self._zone in ("opinions", "listing") or in_form) and names_village(line):
            self._answering, self._zone = False, "opinions"
            self._speaker = _village(line.text)
            self._ground = self._speaker.address or self._speaker.commune
            return self.talk.formal(line, "heading.village")
        if self._zone in ("opinions", "listing") and (
            heads_field(line) if line.mark == "bullet" else names_field(line)
        ):
            self._answering = False
            crowd = self._crowd_of(line)
            outranks = line.mark == "roman"
            self._speaker = crowd if crowd.name or outranks else self._speaker
            self._field_read = self._read
            return self.talk.formal(line, "heading.field")
        return ""

    def _leads_page(self, line: Line) -> bool:
        """The first line, or one of the first three above the first sentence of a page."""
        early = self._read < 3 and not self.talk.turns and self._zone == "open"
        told = introduction(line.text) if not self._first else None
        plain = is_headline(line.text) and not line.mark
        return plain and (self._first or (early and bool(told) and not told.colon))

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
        if line.text.isupper() and opening("speakers.speaking_villages").match(line.text):
            return _village(line.text)
        known = found and not found.speaker.official and not line.text.isupper()
        return found.speaker if found and known else Speaker()

    def _roll_call(self, line: Line) -> str:
        """`Tham dự:` and the list of those who came."""
        listed = line.mark == "bullet" or is_person_of_list(line.text)
        if self._rolling and listed and len(line.text) < 160:
            return self.talk.formal(line, "list-of-names")
        self._rolling = bool(
            re.match(rf"\W*{alternation('header.roll_calls')}[^:]{{0,30}}:\s*$", line.text, re.I)
            or re.match(r"\W*kính gửi\s*:[^.?]{0,120}$", line.text, re.I)
        )
        if self._rolling or (not self.talk.turns and is_person_of_list(line.text)):
            return self.talk.formal(line, "list-of-names")
        return ""

    def _furniture(self, line: Line) -> str:
        if not re.search(r"[^\W\d_]", line.text):
            return self.talk.formal(line, "blank")
        if concludes(line.text) and self._habits.concludes_each and self.talk.turns:
            self._answering = True
            return self._answer(line, "reply.conclusion")
        if concludes(line.text):
            self._zone = "sealed"
            return self.talk.formal(line, "conclusion")
        if hosts(line.text) and not read_out(line.text):
            self._answering = False
            return self.talk.formal(line, "host.speaks")
        if sender(line.text) or (self.talk.turns and presides(line.text)):
            return ""
        if re.match(r"\W*nơi nhận\b", line.text, re.I):
            self._zone = "sealed"
            return self.talk.formal(line, "recipients")
        marked = self._zone == "replies" and (line.mark or line.text[:1].islower())
        if is_formality(line.text, strict=bool(marked) or self._zone in ("opinions", "answers")):
            self._answering = False
            return self.talk.formal(line, "formality.opening")
        return ""

    def _sealed(self, line: Line) -> str:
        if self._zone == "sealed" and announces_worries(line.text):
            self._zone = "opinions"
            return self.talk.formal(line, "announcement")
        opens = (
            line.piece.paragraph in self._habits.names
            or line.piece.paragraph in self._habits.letters
        )
        return self.talk.formal(line, "zone.formal") if self._zone == "sealed" and not opens else ""

    def _answer(self, line: Line, rule: str) -> str:
        goes_on = rule == "reply.goes-on"
        self._to_many = answers_many(line.text) or (goes_on and self._to_many)
        spoken = rule in ("reply.official", "reply.body", "reply.chair", "reply.goes-on")
        if self._to_many or (spoken and self.talk.waiting() >= _MANY_WAITING):
            self.talk.apart.append(line)
        elif self.talk.last:
            self.talk.last.replies.append(line.piece)
        return self.talk.mark(line.piece.paragraph, "reply", rule)

    def _is_official(self, found: Introduction) -> bool:
        return found.speaker.official or self._roster.knows(found.speaker.name)


def _of_people(text: str) -> bool:
    return bool(re.search(r"nhân dân|cử tri|bà con|người dân|công dân|đại biểu", text, re.I))


def _village(heading: str) -> Speaker:
    """`TỔ DÂN PHỐ SỐ 9 (NAY LÀ ...)` speaks for the items below it."""
    bare = re.sub(r"\s*\(.*", "", heading).strip(" .:")
    unit = opening("speakers.communes", "speakers.above").match(bare)
    if unit:
        named = f"{unit.group().strip().lower()} {bare[unit.end() :].strip()}"
        return Speaker("Cử tri", commune=named.title() if bare.isupper() else bare, collective=True)
    kind = opening("speakers.speaking_villages", "speakers.villages").match(bare).group().strip()
    if not bare.isupper():
        return Speaker(bare, address=bare, collective=True)
    name = f"{kind.capitalize()} {bare[len(kind) :].strip().title().replace('Số ', 'số ')}"
    return Speaker(name, address=name, collective=True)
