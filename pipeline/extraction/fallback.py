"""Judges paragraphs by their content alone, where every known mechanism stayed silent."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.extraction.asking import needs_answer
from pipeline.extraction.lines import Line
from pipeline.extraction.namings import attribution, question, sender
from pipeline.extraction.office import citizen_asks, office_paragraph, speaks_of_himself
from pipeline.extraction.persons import WORD, Speaker, parse_speaker
from pipeline.extraction.roster import Roster
from pipeline.extraction.sections import announced_zone
from pipeline.extraction.signs import hosts, is_formality, opens_reply
from pipeline.extraction.speakers import introduction
from pipeline.extraction.talk import Habits, Talk, Turn
from pipeline.extraction.turning import SPEECH
from pipeline.extraction.vocabulary import opening

_LONGEST_HEAD = 100
_SHORTEST = 35
_FEWEST = 2
_ONE_LETTER = 15
_TITLE_WITHIN = 14
_MOST_UNHEARD = 0.34


def stays_silent(talk: Talk, lines: Sequence[Line], habits: Habits) -> bool:
    """Tell whether citizens ask or complain in a document of which next to nothing was taken.

    In a document as short as a letter one such paragraph is enough. Never of a plan, a notice or a programme: what they ask is their writer's own.
    """
    if habits.plans or habits.programme or _notifies(lines):
        return False
    asking = {line.piece.paragraph for line in lines if citizen_asks(line.text)}
    if not talk.turns and len(lines) <= _ONE_LETTER:
        return any(speaks_of_himself(line.text) and citizen_asks(line.text) for line in lines)
    heard = {piece.paragraph for turn in talk.turns for piece in turn.pieces}
    heard |= {piece.paragraph for turn in talk.turns for piece in turn.replies}
    few = len(talk.turns) <= max(_FEWEST, _MOST_UNHEARD * len(asking))
    return few and len(asking) >= _FEWEST and len(asking & heard) <= _MOST_UNHEARD * len(asking)


def read_by_content(lines: Sequence[Line], roster: Roster) -> Talk:
    """Return the turns of a document whose layout says nothing.

    A paragraph in which a citizen asks or complains is a turn; what an office
    says after it answers; a short line above names who speaks.
    """
    talk, speaker, answering, sealed, before = Talk(), Speaker(), False, False, ""
    for line in lines:
        kind, found = _kind(line, roster, answering=answering, asked=bool(talk.turns))
        if (
            before == "head"
            and kind == "plain"
            and len(line.text) > _SHORTEST
            and needs_answer(line.text)
        ):
            kind = "opinion"
        zone = announced_zone(line, seen_opinions=bool(talk.turns)) if _is_set_apart(line) else ""
        sealed = zone == "sealed" if zone and talk.turns else sealed
        if sealed or zone:
            talk.formal(line, "content.sealed" if sealed else "content.heading")
            speaker, answering = Speaker(), False
        elif kind == "signature":
            talk.last.speaker = found if not talk.last.speaker.name else talk.last.speaker
            talk.formal(line, "content.signature")
        elif kind == "head":
            speaker, answering = found, False
            talk.formal(line, "content.head")
        elif kind == "office":
            answering = True
            talk.formal(line, "content.office")
        elif kind == "reply" and talk.turns:
            answering = True
            talk.last.replies.append(line.piece)
            talk.mark(line.piece.paragraph, "reply", "content.reply")
        elif kind == "opinion":
            answering = False
            told = introduction(line.text)
            own = told if told and not told.speaker.official else None
            quoted = re.match(r"\s*[“\"]", line.text)
            start = question(line.text) or (own.start if own else quoted.end() if quoted else 0)
            who = talk.known_as(own.speaker) if own else speaker
            if before == "opinion" and not (own or line.mark or start):
                talk.last.pieces.append(line.piece)
                talk.mark(line.piece.paragraph, "opinion", "content.goes-on")
            else:
                talk.add(
                    Turn(who, SPEECH, "content", [line.piece.cut(start)], line.number, line.mark)
                )
        else:
            answering = answering and not (line.text and len(line.text) <= _LONGEST_HEAD)
            talk.formal(line, "content.formality")
        before = kind if line.text else before
    return talk


def _kind(line: Line, roster: Roster, *, answering: bool, asked: bool) -> tuple[str, Speaker]:
    text = line.text
    named = sender(text)
    if named:
        return "head", named
    signed = attribution(line)
    if signed and asked:
        return "signature", signed
    if not re.search(r"[^\W\d_]", text) or hosts(text) or is_formality(text, strict=asked):
        return "formality", Speaker()
    bare = text.strip(" :.")
    if (
        len(bare) <= _LONGEST_HEAD
        and opening("speakers.bodies").match(bare)
        and bare[-1:].isalnum()
    ):
        return "office", Speaker()
    if re.fullmatch(rf"{WORD}(?:\s+{WORD}){{0,5}}", bare) and not bare.isupper():
        return "head", Speaker(bare)
    told = introduction(text)
    official = told and (told.speaker.official or roster.knows(told.speaker.name))
    if official or opens_reply(line, roster, after_turn=asked) or office_paragraph(text):
        return "reply", Speaker()
    if citizen_asks(line.text):
        return "opinion", Speaker()
    if len(text) <= _LONGEST_HEAD and not text.rstrip().endswith((".", "?", "!", ";")):
        head = introduction(text.rstrip(" :.") + ": x")
        if (
            head
            and head.first
            and head.start > len(text.rstrip(" :."))
            and not head.speaker.official
        ):
            return "head", parse_speaker(text.strip(" :()"))
        return "plain", Speaker()
    return ("reply" if answering else "plain"), Speaker()


def _is_set_apart(line: Line) -> bool:
    return line.mark in ("roman", "letter") or line.bold or line.text.isupper()


def _notifies(lines: Sequence[Line]) -> bool:
    """Tell whether the title is that of a notice or a programme and not of opinions."""
    for at, line in enumerate(lines[:_TITLE_WITHIN]):
        if line.mark or not (line.text.isupper() or line.bold or len(line.text) < _LONGEST_HEAD):
            continue
        if opening("header.notices").match(line.text):
            title = " ".join(one.text for one in lines[at : at + 3])
            return not re.search(
                r"ý kiến|kiến nghị|phản ánh|trả lời|kết luận|hỏi|tiếp công dân|tiếp dân",
                title,
                re.I,
            )
    return False
