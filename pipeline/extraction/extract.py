"""The way from a document to its minutes, as one page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.extraction.drafting import Draft, drafts_of
from pipeline.extraction.fallback import read_by_content, stays_silent
from pipeline.extraction.header import read_meeting
from pipeline.extraction.layout import habits_of
from pipeline.extraction.ledger import keep_ledger
from pipeline.extraction.lines import Line, read_lines
from pipeline.extraction.location import location
from pipeline.extraction.minutes import Minutes, Opinion
from pipeline.extraction.replies import attach_apart, attach_following
from pipeline.extraction.roster import read_roster
from pipeline.extraction.second_reading import read_again
from pipeline.extraction.subjects import Asked, Subjects
from pipeline.extraction.tables import Row, lay_out
from pipeline.extraction.talk import Habits, Talk, take_row
from pipeline.extraction.transcript import is_transcript, read_transcript
from pipeline.extraction.turns import TurnReader
from pipeline.extraction.unit_tagger import UnitTagger
from pipeline.extraction.units import read_units
from pipeline.reading.document import Document, Paragraph

NO_OPINION = "Không tìm thấy ý kiến nào trong văn bản."
"""The note of a meeting whose document gave no opinion, so that a clerk looks at it."""


def extract_minutes(document: Document, tagger: UnitTagger | None = None) -> Minutes:
    """Return the meeting, opinions, replies and ledger of one document.

    Pure: nothing is read but the words in `data/extraction`. Every text of an
    opinion or reply is made of slices of paragraphs, which its spans name.

    Parameters
    ----------
    document
        What `pipeline.reading` made of a file.
    tagger
        Reads the document a second time; without one the rules alone do.

    Returns
    -------
    Minutes
        The ledger names every paragraph of the document exactly once.
    """
    items = lay_out(document.paragraphs)
    lines = read_lines([item for item in items if isinstance(item, Paragraph)])
    habits = habits_of(lines)
    meeting = read_meeting(document, lines, habits.names)
    talk = _walk(items, lines, habits)
    drafts = drafts_of(talk)
    if tagger:
        units = read_units(items, lines)
        talk, drafts = read_again(talk, drafts, units, document.paragraphs, tagger, lines)
    opinions = _answered(talk, drafts, document.paragraphs)
    if not opinions:
        meeting = replace(meeting, notes=(*meeting.notes, NO_OPINION))
    return Minutes(meeting, opinions, keep_ledger(document, talk.marks, opinions, meeting.id))


def _walk(items: Sequence[Paragraph | Row], lines: Sequence[Line], habits: Habits) -> Talk:
    if is_transcript(lines):
        return read_transcript(lines)
    roster = read_roster(lines)
    reader = TurnReader(habits, roster)
    waiting = iter(lines)
    for item in items:
        if isinstance(item, Row):
            take_row(reader.talk, item)
        else:
            reader.take_line(next(waiting))
    plain = all(isinstance(item, Paragraph) for item in items)
    if plain and stays_silent(reader.talk, lines, habits):
        by_content = read_by_content(lines, roster)
        return by_content if len(by_content.turns) > len(reader.talk.turns) else reader.talk
    return reader.talk


def _answered(
    talk: Talk, drafts: Sequence[Draft], paragraphs: Sequence[Paragraph]
) -> tuple[Opinion, ...]:
    """Return the drafts as opinions, with their replies, numbers and places in the file."""
    turns = {id(turn): at for at, turn in enumerate(talk.turns, 1)}
    subjects = Subjects(
        Asked(
            turns[id(draft.turn)],
            draft.turn.number,
            draft.speaker,
            f"{draft.matter.text} {draft.speaker.role} {draft.speaker.address}",
        )
        for draft in drafts
    )
    asked = list(subjects)
    for at, turn in enumerate(talk.turns, 1):
        if turn.replies:
            attach_following(subjects, at, turn.replies, together=turn.together)
        if turn.beside:
            attach_following(subjects, at, turn.beside, beside=True)
    attach_apart(subjects, talk.apart)
    return tuple(
        replace(opinion, location=location(opinion.spans, paragraphs))
        for opinion in _numbered(drafts, asked)
    )


def _numbered(drafts: Sequence[Draft], asked: Sequence[Asked]) -> list[Opinion]:
    opinions: list[Opinion] = []
    turn_before, number, part = None, 0, 0
    for draft, told in zip(drafts, asked, strict=True):
        turn, matter, speaker = draft.turn, draft.matter, draft.speaker
        number, part = (number, part + 1) if turn is turn_before else (number + 1, 1)
        turn_before = turn
        opinions.append(
            Opinion(
                turn=number,
                part=part,
                text=matter.text,
                spans=tuple(piece.span for piece in matter.pieces),
                speaker=speaker.name,
                role=speaker.role,
                address=speaker.address,
                commune=speaker.commune,
                context=matter.context,
                reply=" ".join(piece.text for piece in told.replies),
                reply_spans=tuple(piece.span for piece in told.replies),
                answered=bool(told.replies),
            )
        )
    return opinions
