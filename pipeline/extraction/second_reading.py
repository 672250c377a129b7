"""Mends what the rules made of a document where the unit tagger is sure of something else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from pipeline.extraction.answers import is_answer
from pipeline.extraction.drafting import Draft, with_place
from pipeline.extraction.lines import Line, Piece
from pipeline.extraction.persons import Speaker, is_official
from pipeline.extraction.reattaching import reattach_replies, without
from pipeline.extraction.roster import Roster, read_roster
from pipeline.extraction.speaker_attribution import SpeakerFinder, Told
from pipeline.extraction.speakers import introduction
from pipeline.extraction.splitting import Matter
from pipeline.extraction.talk import Talk, Turn
from pipeline.extraction.turning import ITEM
from pipeline.extraction.unit_tagger import BEGINS, GOES_ON, OUTSIDE, UnitTagger, tags_of
from pipeline.extraction.unit_traits import traits_of
from pipeline.extraction.units import Unit
from pipeline.reading.document import Paragraph

RULE = "second-reading"
_SHORTEST = 8


def read_again(
    talk: Talk,
    drafts: Sequence[Draft],
    units: Sequence[Unit],
    paragraphs: Sequence[Paragraph],
    tagger: UnitTagger,
    lines: Sequence[Line] = (),
) -> tuple[Talk, list[Draft]]:
    """Return the talk and its drafts with what the second reading changed.

    A draft whose units the second reading leaves together and alone stays as
    the rules made it. Others are made anew from their units; they keep the
    speaker of the draft they overlap most, unless they introduce their own.
    Who speaks in opinions without a name is then sought around them. Replies go to the turn that then stands before them. Rows of tables are
    never changed.

    Parameters
    ----------
    talk, drafts
        As the rules made them.
    units
        Of the whole document.
    paragraphs
        Of the document.
    tagger
        The second reader.
    lines
        Of the document, outside its opinion tables.
    """
    if not tagger.reads(len(units)):
        return talk, list(drafts)
    owners = _owners(units, drafts)
    places = _places(owners, len(drafts))
    first = tags_of(owners)
    fixed = [unit.in_row for unit in units]
    tags = tagger.mended(traits_of(units), first, fixed)
    tags = _items_whole(tags, first, places, drafts)
    roster = read_roster(lines)
    tags = _without_answers(tags, units, roster)
    if tags == first:
        return talk, _named(talk, drafts, units, places)
    texts = {paragraph.number: paragraph.text for paragraph in paragraphs}
    told = _Retold(talk, drafts, units, owners, places, texts, roster)
    for group in _groups(tags):
        told.take(group)
    told.name_speakers()
    return told.talk(tags), told.drafts


def _named(
    talk: Talk, drafts: Sequence[Draft], units: Sequence[Unit], places: Sequence[Sequence[int]]
) -> list[Draft]:
    """Return the drafts of the rules, with the speakers that only the units around tell."""
    told = [
        Told(replace(draft), own, fresh=False) for draft, own in zip(drafts, places, strict=True)
    ]
    SpeakerFinder(units, told, talk.known_as).name_all()
    return [one.draft for one in told]


def _items_whole(
    tags: Sequence[str],
    first: Sequence[str],
    places: Sequence[Sequence[int]],
    drafts: Sequence[Draft],
) -> list[str]:
    """Return the tags with every marked item of a list whole, or wholly left out.

    Whoever wrote a list says by its marks what one opinion is.
    """
    mended = list(tags)
    for draft, own in zip(drafts, places, strict=True):
        if draft.turn.manner != ITEM or not draft.turn.mark:
            continue
        if any(tags[at] != OUTSIDE for at in own):
            for at in own:
                mended[at] = first[at]
    return mended


def _without_answers(tags: Sequence[str], units: Sequence[Unit], roster: Roster) -> list[str]:
    """Return the tags without opinions in which an official answers the one before."""
    mended = list(tags)
    for group in _groups(tags)[1:]:
        if not units[group[0]].in_row and is_answer(units[group[0]].text, roster):
            for at in group:
                mended[at] = OUTSIDE
    return mended


def _owners(units: Sequence[Unit], drafts: Sequence[Draft]) -> list[int]:
    """Return for every unit the draft that holds most of its letters, or -1."""
    spans: dict[int, list[tuple[int, int, int]]] = {}
    for at, draft in enumerate(drafts):
        for piece in draft.matter.pieces:
            spans.setdefault(piece.paragraph, []).append((piece.start, piece.end, at))
    found = []
    for unit in units:
        shares = [
            (min(end, unit.piece.end) - max(start, unit.piece.start), -at)
            for start, end, at in spans.get(unit.paragraph, ())
        ]
        most, at = max(shares, default=(0, 1))
        found.append(-at if 2 * most > unit.piece.end - unit.piece.start else -1)
    return found


def _places(owners: Sequence[int], count: int) -> list[list[int]]:
    """Return the places of the units of each of `count` drafts."""
    places: list[list[int]] = [[] for _ in range(count)]
    for at, owner in enumerate(owners):
        if owner >= 0:
            places[owner].append(at)
    return places


def _groups(tags: Sequence[str]) -> list[list[int]]:
    """Return the places of the units of every opinion."""
    found: list[list[int]] = []
    for at, tag in enumerate(tags):
        if tag == BEGINS or (tag == GOES_ON and (not at or tags[at - 1] == OUTSIDE)):
            found.append([])
        if tag != OUTSIDE:
            found[-1].append(at)
    return found


class _Retold:
    """Collects the drafts of the second reading, in order, with their turns."""

    def __init__(
        self,
        talk: Talk,
        drafts: Sequence[Draft],
        units: Sequence[Unit],
        owners: Sequence[int],
        places: Sequence[Sequence[int]],
        texts: Mapping[int, str],
        roster: Roster,
    ) -> None:
        self.drafts: list[Draft] = []
        self._talk = talk
        self._first = drafts
        self._units = units
        self._owners = owners
        self._places = places
        self._texts = texts
        self._roster = roster
        self._turns: list[Turn] = []
        self._new: list[Piece] = []
        self._told: list[Told] = []

    def take(self, group: Sequence[int]) -> None:
        """Add the opinion of these units: as the rules drafted it, or made anew."""
        owner = self._owner(group)
        fresh = owner < 0 or list(self._places[owner]) != list(group)
        if not fresh:
            draft = self._first[owner]
            self._add(replace(draft, turn=self._turn_like(draft.turn)))
        else:
            self._add(self._made(group, owner))
        self._told.append(Told(self.drafts[-1], group, fresh=fresh))

    def name_speakers(self) -> None:
        """Say who speaks in the drafts, now that all are known."""
        SpeakerFinder(self._units, self._told, self._talk.known_as).name_all()

    def talk(self, tags: Sequence[str]) -> Talk:
        """Return the talk with the turns that are left, and every reply behind its turn."""
        talk = self._talk
        marks = {
            number: ("formality", f"{RULE}.no-opinion") if mark[0] == "opinion" else mark
            for number, mark in talk.marks.items()
        }
        kept = {piece.paragraph for draft in self.drafts for piece in draft.matter.pieces}
        marks |= {number: talk.marks[number] for number in kept if number in talk.marks}
        marks |= {piece.paragraph: ("opinion", RULE) for piece in self._new}
        found = Talk(
            self._turns,
            [
                replace(line, piece=rest)
                for line in talk.apart
                for rest in without(line.piece, self._new)
            ],
            marks,
            talk.page,
            talk.met,
        )
        reattach_replies(
            found,
            talk.turns,
            self._new,
            self._units,
            tags,
            self._roster,
            self._joined,
            RULE,
        )
        return found

    def _owner(self, group: Iterable[int]) -> int:
        """Return the draft that holds most of the units of a group, or -1."""
        letters: dict[int, int] = {}
        for at in group:
            if self._owners[at] >= 0:
                size = len(self._units[at].text)
                letters[self._owners[at]] = letters.get(self._owners[at], 0) + size
        return max(letters, key=lambda owner: (letters[owner], -owner), default=-1)

    def _add(self, draft: Draft) -> None:
        if not self._turns or draft.turn is not self._turns[-1]:
            self._turns.append(draft.turn)
        self.drafts.append(draft)

    def _turn_like(self, turn: Turn) -> Turn:
        """Return the turn, or its like where somebody else has spoken since."""
        if any(turn is one for one in self._turns[:-1]):
            return replace(turn, replies=[])
        return turn

    def _made(self, group: Sequence[int], owner: int) -> Draft:
        pieces = [
            self._joined([self._units[at].piece for at in part])
            for _, part in groupby(group, key=lambda at: self._units[at].paragraph)
        ]
        base = self._first[owner] if owner >= 0 else None
        speaker, start = self._speaker(pieces[0], group[0], base)
        lead = pieces[0].text[:start].strip()
        pieces[0] = pieces[0].cut(start)
        self._new += pieces
        own = bool(lead)
        if base and not own and self._turns and self._turns[-1] is base.turn:
            turn = base.turn
        elif base and not own:
            turn = self._turn_like(base.turn)
        else:
            turn = Turn(speaker, ITEM, RULE, list(pieces), lead=lead)
        context = lead or (base.matter.context if base else "")
        return with_place(Draft(turn, Matter(pieces, context), speaker))

    def _joined(self, pieces: Sequence[Piece]) -> Piece:
        first, last = pieces[0], pieces[-1]
        text = self._texts[first.paragraph][first.start : last.end]
        return Piece(first.paragraph, first.start, last.end, text)

    def _speaker(self, piece: Piece, at: int, base: Draft | None) -> tuple[Speaker, int]:
        """Return who says the words of a piece, and where in it they begin."""
        named = introduction(piece.text)
        if named and not is_official(piece.text[: named.start]):
            inside = named.first and len(piece.text) - named.start >= _SHORTEST
            return self._talk.known_as(named.speaker), named.start if inside else 0
        if base:
            return base.speaker, 0
        if self.drafts and self.drafts[-1].matter.pieces[-1].paragraph == piece.paragraph:
            return self.drafts[-1].speaker, 0
        return self._introduced_before(at), 0

    def _introduced_before(self, at: int) -> Speaker:
        """Return who is introduced by the unit above, if nobody speaks in it."""
        above = self._units[at - 1].text if at and self._owners[at - 1] < 0 else ""
        named = introduction(above if above.endswith(":") else f"{above}:") if above else None
        alone = named and len(above) - named.start < _SHORTEST and not is_official(above)
        return self._talk.known_as(named.speaker) if alone else Speaker()
