"""Makes drafts of opinions from turns: one matter each, trimmed, with its speaker and place."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pipeline.extraction.asking import needs_none
from pipeline.extraction.courtesy import trimmed, without_courtesies, without_place
from pipeline.extraction.lines import Piece
from pipeline.extraction.persons import Speaker, parse_speaker
from pipeline.extraction.splitting import Matter, cut_as_answered, split_turn
from pipeline.extraction.talk import Talk, Turn
from pipeline.extraction.turning import MESSAGE, SPEECH
from pipeline.extraction.vocabulary import opening

_TOLD = ("prose.introduction", "transcript.turn")
"""Rules of turns in which words of no kind ask nothing."""


@dataclass
class Draft:
    """An opinion before its replies and numbers are known: who says what in which turn."""

    turn: Turn
    matter: Matter
    speaker: Speaker


def drafts_of(talk: Talk) -> list[Draft]:
    """Return the drafts of all turns in reading order; courtesies and bare consent give none."""
    return [draft for turn in talk.turns for draft in _drafts(turn)]


def with_place(draft: Draft) -> Draft:
    """Return the draft without closing marks and without the place that ends it in brackets.

    The place is noted with the speaker, where the speaker has none.
    """
    matter, speaker = draft.matter, draft.speaker
    last, place = without_place(trimmed(matter.pieces[-1]))
    if not last.text:
        last, place = trimmed(matter.pieces[-1]), ""
    matter.pieces[-1] = last
    return Draft(draft.turn, matter, _at_place(speaker, place))


def _drafts(turn: Turn) -> list[Draft]:
    pieces = list(turn.pieces)
    if turn.manner in (SPEECH, MESSAGE) and pieces:
        pieces = _without_courtesies(pieces)
    found = []
    for matter in cut_as_answered(pieces, turn.replies) or split_turn(pieces, turn.manner):
        if needs_none(matter.text, turn.lead, told=turn.rule in _TOLD):
            continue
        matter.context = matter.context or turn.lead
        found.append(with_place(Draft(turn, matter, turn.speaker)))
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
