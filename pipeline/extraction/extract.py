"""The way from a document to its minutes, as one page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.extraction.asking import needs_none
from pipeline.extraction.courtesy import trimmed, without_courtesies, without_place
from pipeline.extraction.fallback import read_by_content, stays_silent
from pipeline.extraction.header import read_meeting
from pipeline.extraction.layout import habits_of
from pipeline.extraction.ledger import keep_ledger
from pipeline.extraction.lines import Line, Piece, read_lines
from pipeline.extraction.location import location
from pipeline.extraction.minutes import Minutes, Opinion
from pipeline.extraction.persons import Speaker, parse_speaker
from pipeline.extraction.replies import attach_apart, attach_following
from pipeline.extraction.roster import read_roster
from pipeline.extraction.splitting import Matter, cut_as_answered, split_turn
from pipeline.extraction.subjects import Asked, Subjects
from pipeline.extraction.tables import Row, lay_out
from pipeline.extraction.talk import Habits, Talk, Turn, take_row
from pipeline.extraction.transcript import is_transcript, read_transcript
from pipeline.extraction.turning import MESSAGE, SPEECH
from pipeline.extraction.turns import TurnReader
from pipeline.extraction.vocabulary import opening
from pipeline.reading.document import Document, Paragraph

NO_OPINION = "Không tìm thấy ý kiến nào trong văn bản."
"""The note of a meeting whose document gave no opinion, so that a clerk looks at it."""

_TOLD = ("prose.introduction", "transcript.turn")
"""Rules of turns in which words of no kind ask nothing."""


def extract_minutes(document: Document) -> Minutes:
    """Return the meeting, opinions, replies and ledger of one document.

    Pure: nothing is read but the words in `data/extraction`. Every text of an
    opinion or reply is made of slices of paragraphs, which its spans name.

    Parameters
    ----------
    document
        What `pipeline.reading` made of a file.

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
    opinions = _opinions(talk, document.paragraphs)
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


def _opinions(talk: Talk, paragraphs: Sequence[Paragraph]) -> tuple[Opinion, ...]:
    drafts: list[tuple[Turn, Matter, Speaker, Asked]] = []
    for at, turn in enumerate(talk.turns, 1):
        for matter, speaker in _matters(turn):
            asked = Asked(
                at, turn.number, speaker, f"{matter.text} {speaker.role} {speaker.address}"
            )
            drafts.append((turn, matter, speaker, asked))
    subjects = Subjects(draft[3] for draft in drafts)
    for at, turn in enumerate(talk.turns, 1):
        if turn.replies:
            attach_following(subjects, at, turn.replies, together=turn.together)
    attach_apart(subjects, talk.apart)
    return tuple(
        replace(opinion, location=location(opinion.spans, paragraphs))
        for opinion in _numbered(drafts)
    )


def _matters(turn: Turn) -> list[tuple[Matter, Speaker]]:
    """Return the matters of a turn, trimmed, with the place that each names for itself."""
    pieces = list(turn.pieces)
    if turn.manner in (SPEECH, MESSAGE) and pieces:
        pieces = _without_courtesies(pieces)
    found = []
    for matter in cut_as_answered(pieces, turn.replies) or split_turn(pieces, turn.manner):
        if needs_none(matter.text, turn.lead, told=turn.rule in _TOLD):
            continue
        last, place = without_place(trimmed(matter.pieces[-1]))
        if not last.text:
            last, place = trimmed(matter.pieces[-1]), ""
        matter.pieces[-1] = last
        matter.context = matter.context or turn.lead
        found.append((matter, _at_place(turn.speaker, place)))
    return found


def _without_courtesies(pieces: list[Piece]) -> list[Piece]:
    if len(pieces) == 1:
        return [without_courtesies(pieces[0])]
    return [without_courtesies(piece) for piece in pieces]


def _at_place(speaker: Speaker, place: str) -> Speaker:
    own = speaker.address or (speaker.commune and not speaker.collective)
    if not place or own:
        return speaker
    named = parse_speaker(place)
    if named.name and not named.collective:
        return named
    crowd = opening("speakers.groups").match(place)
    if crowd:
        speaker = replace(speaker, name=speaker.name or crowd.group().strip(), collective=True)
        place = place[crowd.end() :].strip(" ,") or place
    if opening("speakers.communes", "speakers.above").match(place):
        return replace(speaker, commune=place)
    return replace(speaker, address=place)


def _numbered(drafts: Sequence[tuple[Turn, Matter, Speaker, Asked]]) -> list[Opinion]:
    opinions: list[Opinion] = []
    turn_before, number, part = None, 0, 0
    for turn, matter, speaker, asked in drafts:
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
                reply=" ".join(piece.text for piece in asked.replies),
                reply_spans=tuple(piece.span for piece in asked.replies),
                answered=bool(asked.replies),
            )
        )
    return opinions
