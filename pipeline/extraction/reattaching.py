"""Gives every reply to the turn before it, once a second reading has changed the turns."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pipeline.extraction.answers import answers_after
from pipeline.extraction.lines import Line, Piece
from pipeline.extraction.roster import Roster
from pipeline.extraction.signs import answers_many, refers_back
from pipeline.extraction.talk import Talk, Turn
from pipeline.extraction.tellers import last_person
from pipeline.extraction.unit_tagger import OUTSIDE
from pipeline.extraction.units import Unit

_LONGEST_NAMING = 60


def reattach_replies(
    talk: Talk,
    before: Sequence[Turn],
    fresh: Sequence[Piece],
    units: Sequence[Unit],
    tags: Sequence[str],
    roster: Roster,
    joined: Callable[[Sequence[Piece]], Piece],
    rule: str,
) -> None:
    """Put every reply of the rules, and every answer newly found, behind its turn.

    Parameters
    ----------
    talk
        With the turns as they now are; its replies are replaced.
    before
        The turns of the rules, with their replies.
    fresh
        The words of opinions made anew; a reply that holds them gives them up.
    units, tags
        Of the whole document.
    roster
        The officials whom it names.
    joined
        Makes one piece of pieces of one paragraph.
    rule
        Of the second reading.
    """
    waiting = [
        (rest, turn, turn.together)
        for turn in before
        for piece in turn.replies
        for rest in without(piece, fresh)
        if rest.text == piece.text or not _only_names(rest)
    ]
    for turn in talk.turns:
        turn.replies, turn.beside = [], []
    for piece, home, together in waiting:
        since = [one for one in talk.turns if place_of(home) <= place_of(one) < at(piece)]
        turn = since[-1] if since else _nearest(talk.turns, home)
        if turn and turn.rule == rule and turn is not home and not answers_many(piece.text):
            turn.beside.append(piece)
        elif turn:
            turn.replies.append(piece)
            turn.together = max(together, len(since) - 1, turn.together)
    _bring_back(talk, units, tags, rule)
    known = [piece for piece, _, _ in waiting] + [line.piece for line in talk.apart]
    runs = answers_after(
        units,
        tags,
        roster,
        is_known=lambda piece: covered(piece, known),
        is_fresh=lambda piece: covered(piece, fresh),
    )
    for run in runs:
        piece = joined([unit.piece for unit in run])
        since = [one for one in talk.turns if place_of(one) < at(piece)]
        if not since:
            continue
        if answers_many(piece.text):
            talk.apart.append(Line(piece))
        else:
            since[-1].beside.append(piece)
        talk.mark(piece.paragraph, "reply", f"{rule}.answer", weak=True)


def _only_names(rest: Piece) -> bool:
    """`- anh Lộc báo tin.`: what is left behind somebody's words only says whose they are."""
    return len(rest.text) < _LONGEST_NAMING and bool(last_person(rest.text).name)


def _bring_back(talk: Talk, units: Sequence[Unit], tags: Sequence[str], rule: str) -> None:
    """Take replies that stand apart back to the new turn right above them."""
    after = {at(unit.piece) for tag, unit in zip(tags, units[1:], strict=False) if tag != OUTSIDE}
    left = []
    for line in talk.apart:
        since = [one for one in talk.turns if place_of(one) < at(line.piece)]
        beside = at(line.piece) in after and since and since[-1].rule == rule
        if beside and not (answers_many(line.text) or refers_back(line.text)):
            since[-1].beside.append(line.piece)
        else:
            left.append(line)
    talk.apart[:] = left


def _nearest(turns: Sequence[Turn], home: Turn) -> Turn | None:
    if any(home is turn for turn in turns):
        return home
    since = [turn for turn in turns if place_of(turn) <= place_of(home)]
    return since[-1] if since else None


def without(piece: Piece, taken: Sequence[Piece]) -> list[Piece]:
    """Return what is left of a piece when other pieces of its paragraph are cut out."""
    left, begin = [], piece.start
    inside = sorted((one.start, one.end) for one in taken if _share(one, piece))
    for start, end in inside:
        left.append(piece.cut(max(0, begin - piece.start), max(0, start - piece.start)))
        begin = max(begin, end)
    left.append(piece.cut(max(0, begin - piece.start)))
    return [rest for rest in left if any(letter.isalnum() for letter in rest.text)]


def covered(piece: Piece, pieces: Sequence[Piece]) -> bool:
    """Tell whether a piece shares letters with one of others."""
    return any(_share(one, piece) for one in pieces)


def _share(one: Piece, other: Piece) -> bool:
    return one.paragraph == other.paragraph and one.start < other.end and one.end > other.start


def place_of(turn: Turn) -> tuple[int, int]:
    """Return where a turn's words begin: paragraph and character."""
    return at(turn.pieces[0]) if turn.pieces else (0, 0)


def at(piece: Piece) -> tuple[int, int]:
    """Return where a piece begins: paragraph and character."""
    return piece.paragraph, piece.start
