"""Attaches replies to the opinions they answer: by place, number, name or subject."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from pipeline.extraction.lines import Line, Piece
from pipeline.extraction.persons import NAME
from pipeline.extraction.sentences import clauses, sentences
from pipeline.extraction.signs import answers_many
from pipeline.extraction.splitting import numbered_parts
from pipeline.extraction.subjects import Asked, Subjects, likeness
from pipeline.extraction.vocabulary import alternation, opening

_SUBJECT_ENOUGH = 0.16
_SUBJECT_CLEAR = 0.08
_CLEARLY = 2.0
_MOST = 0.6
_SHORTEST_CLAUSE = 35
_LEAD = re.compile(
    r"\W*(?:riêng\s+)?(?:về|đối với|liên quan đến|việc|còn|nội dung|vấn đề)\s+(?:việc\s+|vấn đề\s+|nội dung\s+)?"
    r"([^:,.;]{3,110})[:,]",
    re.I,
)
_NAMED_FIRST = re.compile(
    r"\W*(?:[^,.;:]{0,60}?\scho biết\s+(?:nguyên nhân\s+)?)?([^,.;:]{8,60}?)\s+(?:thì|là do|là vì)\s",
    re.I,
)
_NUMBERS = r"(?:(?:số|thứ)\s*)?\d{1,3}(?:\s*(?:,|và|;|&|-|–|đến)\s*(?:(?:ý kiến\s+)?(?:số|thứ)\s*)?\d{1,3}(?![\d/]))*"


def attach_following(
    asked: Subjects,
    turn: int,
    pieces: Sequence[Piece],
    *,
    together: int = 0,
    beside: bool = False,
) -> None:
    """Attach replies that stand after turn number `turn` (or in its table row).

    With `together`, they answer that many turns before it as well; those
    `beside` its words are never shared out among the turns before it.

    Numbered parts of a reply answer the parts of the turn in their order. A
    reply that names speakers, numbers or subjects of turns before it which
    nobody answered yet is attached to those too.
    """
    own = [one for one in asked if one.turn == turn]
    parts = [part for piece in pieces for part in numbered_parts(piece)]
    one_each = len(pieces) < len(parts) or all(_LEAD.match(piece.text) for piece in pieces)
    if len(own) > 1 and len(parts) == len(own) and one_each:
        for one, part in zip(own, parts, strict=True):
            one.replies.append(part)
        return
    waiting = _waiting_before(asked, turn)
    if together:
        everyone = Subjects(one for one in asked if turn - together <= one.turn <= turn)
        for piece in pieces:
            _share_out(piece, _by_sentence(piece, everyone, []), everyone)
        return
    for piece in pieces:
        shared = _by_sentence(piece, Subjects([*waiting, *own]), own) if waiting else []
        reached = {id(one) for _, ones in shared for one in ones}
        if not beside and sum(id(one) in reached for one in waiting) >= _MOST * len(waiting) > 0:
            _share_out(piece, shared, own)
            continue
        for one in own:
            one.replies.append(piece)
        for one in _named_in(piece.text, waiting) or _by_subject(piece.text, waiting, asked, 1.2):
            one.replies.append(piece)


def _share_out(
    piece: Piece, shared: Sequence[tuple[Piece, list[Asked]]], own: Sequence[Asked]
) -> None:
    """Give each sentence to the opinions it answers; what found none of its own gets all."""
    answered = {id(one) for _, ones in shared for one in ones}
    for part, ones in shared:
        for one in ones:
            one.replies.append(part)
    for one in own:
        if id(one) not in answered:
            one.replies.append(piece)


def attach_apart(asked: Subjects, lines: Sequence[Line]) -> dict[int, list[Asked]]:
    """Attach replies that stand together at the end.

    Returns
    -------
    dict
        For each paragraph the opinions that it answers.
    """
    found: dict[int, list[Asked]] = {}
    counted = _counts_along(asked, lines)
    current: list[Asked] = []
    for line in lines:
        targets = _by_number(line.text, asked)
        if not targets and line.number and (line.mark == "named" or (counted and line.mark)):
            targets = [one for one in asked if (one.number or one.turn) == line.number]
        if targets:
            current = targets
            pairs = [(line.piece, targets)]
        else:
            pairs = _by_sentence(line.piece, asked, [] if line.mark else current)
            current = pairs[-1][1] if pairs else current
        for piece, ones in pairs:
            for one in ones:
                one.replies.append(piece)
                found.setdefault(line.piece.paragraph, []).append(one)
    return found


def _waiting_before(asked: Subjects, turn: int) -> list[Asked]:
    waiting: list[Asked] = []
    for one in asked:
        if one.turn >= turn:
            break
        waiting = [] if one.replies else [*waiting, one]
    return waiting


def _by_sentence(
    piece: Piece, asked: Subjects, current: list[Asked]
) -> list[tuple[Piece, list[Asked]]]:
    """Give each sentence of a reply to the opinion it speaks of, else to the one before."""
    pairs: list[tuple[Piece, list[Asked]]] = []
    strictness = 2.0 if answers_many(piece.text) and ":" not in piece.text[:120] else 1.0
    for start, end in _units(piece.text):
        sentence = piece.cut(start, end)
        targets = _by_number(sentence.text, asked)
        targets = targets or _narrowed(sentence.text, _named_in(sentence.text, asked), asked)
        targets = targets or _by_subject(sentence.text, asked, asked, strictness)
        if not targets and _LEAD.match(_after_colon(sentence.text)):
            open_ones = [one for one in asked if not one.replies]
            targets = _by_subject(sentence.text, open_ones, asked, 0.3, loose=True)
            current = []
        targets = targets or current
        if targets:
            pairs.append((sentence, targets))
        current = targets
    return _merged(piece, pairs)


def _units(text: str) -> list[tuple[int, int]]:
    """Return sentences, cut at semicolons where what follows is long enough to stand alone."""
    found: list[tuple[int, int]] = []
    for start, end in sentences(text):
        for left, right in clauses(text[start:end]):
            short = right - left < _SHORTEST_CLAUSE
            if left and short and found:
                found[-1] = (found[-1][0], start + right)
            else:
                found.append((start + left, start + right))
    return found


def _merged(
    piece: Piece, pairs: list[tuple[Piece, list[Asked]]]
) -> list[tuple[Piece, list[Asked]]]:
    merged: list[tuple[Piece, list[Asked]]] = []
    for sentence, targets in pairs:
        if merged and [id(one) for one in merged[-1][1]] == [id(one) for one in targets]:
            begin = merged[-1][0].start - piece.start
            merged[-1] = (piece.cut(begin, sentence.end - piece.start), targets)
        else:
            merged.append((sentence, targets))
    return merged


def _by_number(text: str, asked: Subjects) -> list[Asked]:
    """`Về ý kiến số 2, số 13`, `Các ý kiến số 4 và số 18`, `Câu 3`."""
    lead = re.search(
        rf"(?:{alternation('replies.references')})(?:\s*\([^)]*\))?\s+(?:thứ\s+|số\s+)?({_NUMBERS})",
        text[:160],
        re.I,
    )
    if not lead or re.match(r"\s*(?:/|%|ý kiến|nội dung|lượt|nhóm)", text[lead.end() :]):
        return []
    numbers = [int(digits) for digits in re.findall(r"\d+", lead.group(1))]
    if re.search(r"\d\s*(?:đến|-|–)\s*(?:số\s*)?\d", lead.group(1)) and len(numbers) == 2:
        numbers = list(range(numbers[0], numbers[1] + 1))
    counted = {one.number if one.number is not None else one.turn for one in asked}
    return [
        one
        for one in asked
        if (one.number if one.number is not None else one.turn) in numbers
        and set(numbers) & counted
    ]


def _counts_along(asked: Subjects, lines: Sequence[Line]) -> bool:
    """Tell whether the replies are numbered as the opinions are."""
    labels = [line.number for line in lines if line.mark in ("number", "named") and line.number]
    numbers = {one.number for one in asked if one.number is not None}
    if len(labels) < 2 or not numbers or not set(labels) <= numbers:
        return False
    return len(set(labels)) == len(labels) and len(labels) >= 0.7 * len(numbers)


def _named_in(text: str, asked: Sequence[Asked]) -> list[Asked]:
    """Opinions whose speaker is named: `ông Khảm nêu`, `hồ sơ của bà Sến`."""
    called = [match.group(1) for match in _called().finditer(text)]
    found = []
    for one in asked:
        name = _titles().sub("", one.speaker.name)
        if one.speaker.collective or not name or not called:
            continue
        given = name.split()[-1]
        if any(other.startswith(name) or other.split()[0] == given for other in called):
            found.append(one)
    return found


@lru_cache(maxsize=1)
def _called() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?i:{alternation('speakers.titles')})\s+({NAME})")


@lru_cache(maxsize=1)
def _titles() -> re.Pattern[str]:
    return re.compile(rf"^(?i:{alternation('speakers.titles')}\s+)+")


def _after_colon(text: str) -> str:
    """`Đồng chí A trả lời: Về hố ga ...` speaks of the manhole."""
    match = re.match(r"[^:]{0,120}:\s+(?=\w)", text)
    speaks = match and opening(
        "speakers.titles", "speakers.official_roles", "speakers.bodies", "replies.openings"
    ).match(text)
    return text[match.end() :] if speaks and not _LEAD.match(text) else text


def _narrowed(text: str, named: list[Asked], asked: Subjects) -> list[Asked]:
    """Of several opinions of one speaker, keep the one the sentence speaks of."""
    if len(named) < 2:
        return named
    scores = [likeness(text, one.text, asked) for one in named]
    best = max(scores)
    if not best:
        return named[:1]
    return [one for one, score in zip(named, scores, strict=True) if score == best]


def _by_subject(
    text: str,
    candidates: Sequence[Asked],
    asked: Subjects,
    strictness: float,
    *,
    loose: bool = False,
) -> list[Asked]:
    """Opinions that share telling words with a sentence."""
    heads = _heads(text)
    scored = [
        (max(likeness(head, one.text, asked, loose=loose) * weight for head, weight in heads), one)
        for one in candidates
    ]
    ranked = sorted((score for score, _ in scored), reverse=True)
    best, second = (*ranked, 0.0, 0.0)[:2]
    clear = best >= _SUBJECT_CLEAR * strictness and best >= _CLEARLY * second
    if best < _SUBJECT_ENOUGH * strictness and not clear:
        return []
    return [one for score, one in scored if score >= 0.8 * best]


def _heads(text: str) -> list[tuple[str, float]]:
    """Return the stretches of a reply that may name its subject, and how far each is trusted."""
    body = _after_colon(text)
    lead = _LEAD.match(body)
    first = lead.group(1) if lead else re.split(r"[,;:]", body)[0]
    heads = [(body, 1.0), (" ".join(first.split()[:12]), 0.5 if lead else 0.4)]
    named = _NAMED_FIRST.match(body)
    return [*heads, (named.group(1), 0.6)] if named else heads
