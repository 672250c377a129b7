"""Reads what a speech recorder wrote: "[00:02:31] NGƯỜI NÓI 2" and below it words without stops."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from pipeline.extraction.asking import needs_answer
from pipeline.extraction.lines import Line, Piece
from pipeline.extraction.persons import Speaker, is_official, parse_speaker
from pipeline.extraction.selfnaming import Selfnaming, interpreted, selfnaming
from pipeline.extraction.talk import Talk, Turn
from pipeline.extraction.turning import SPEECH
from pipeline.extraction.vocabulary import alternation, holding

_ENOUGH = 4
_MOST = 0.6
_OFTEN = 0.2
_SHORTEST_TURN = 40
_HEAD = 70


@dataclass
class Block:
    """What one voice says without a break."""

    voice: str
    head: str
    line: Line
    pieces: list[Piece] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The words of the block."""
        return " ".join(piece.text for piece in self.pieces)


def is_transcript(lines: Sequence[Line]) -> bool:
    """Tell whether voices come back at the head of lines, through most of the document."""
    full = [line for line in lines if line.text]
    found = [(at, label[0]) for at, line in enumerate(full) if (label := _label(line.text))]
    if len(found) < _ENOUGH or len({voice for _, voice in found}) == len(found):
        return False
    covered = found[-1][0] - found[0][0] + 1
    return covered >= _MOST * len(full) and len(found) >= _OFTEN * covered


def read_transcript(lines: Sequence[Line]) -> Talk:
    """Return the turns and replies of a transcript.

    Who presides, who answers and who was invited to answer are officials; all
    others raise opinions. A short interruption does not end a turn.
    """
    talk = Talk()
    blocks = _blocks(talk, lines)
    officials = _officials(blocks)
    names = _names(blocks)
    last, invited = "", False
    for block in blocks:
        rule = "transcript.presides"
        if block.voice in officials:
            invited = invited or bool(_invites_answers().search(block.text))
            if talk.turns and _answers(block.text, invited=invited):
                _reply(talk, block, apart=invited or talk.waiting() > 1)
                continue
        elif invited and len(block.text) < 3 * _SHORTEST_TURN:
            rule = "transcript.interrupts"
        elif _takes_turn(talk, block, names.get(block.voice, Speaker()), last):
            last = block.voice
            continue
        else:
            rule = "transcript.interrupts"
        for piece in block.pieces:
            talk.mark(piece.paragraph, "formality", rule)
    return talk


def _blocks(talk: Talk, lines: Sequence[Line]) -> list[Block]:
    blocks: list[Block] = []
    for line in lines:
        label = _label(line.text)
        if label:
            blocks.append(Block(label[0], label[1], line))
        rest = line.piece.cut(label[2] if label else 0)
        spoken = blocks and re.search(r"\w", rest.text) and not _NOISE.fullmatch(rest.text)
        if spoken:
            blocks[-1].pieces.append(rest)
        if label or not spoken:
            talk.formal(line, "transcript.label" if label else "transcript.aside")
    return [block for block in blocks if block.pieces]


def _officials(blocks: Sequence[Block]) -> set[str]:
    """The voice that opens the meeting, voices that answer, and those heard only after that."""
    found = {blocks[0].voice} if blocks else set()
    numbered = {block.voice for block in blocks if _numbered_voice().match(block.head)}
    others = {block.voice for block in blocks} - numbered
    known = len(numbered) >= _ENOUGH // 2 and len(others) > 1
    if known:  # whoever wrote this knows the others by name: officials
        return others
    found |= {block.voice for block in blocks if is_official(block.head)}
    heard: set[str] = set()
    invited = False
    for block in blocks:
        head = block.text[:_HEAD]
        if _own_office().search(head) or _promises().search(block.text):
            found.add(block.voice)
        if invited and block.voice not in heard:
            found.add(block.voice)
        heard.add(block.voice)
        invited = invited or (block.voice in found and bool(_invites_answers().search(block.text)))
    return found


def _names(blocks: Sequence[Block]) -> dict[str, Speaker]:
    names: dict[str, Speaker] = {}
    for block in blocks:
        found = selfnaming(block.text) or interpreted(block.text)
        if found and not names.get(block.voice, Speaker()).name:
            names[block.voice] = found.speaker
    for block in blocks:
        names.setdefault(block.voice, _of_head(block.head))
    return names


def _of_head(head: str) -> Speaker:
    """Return the speaker whom the label of a voice names, or the label itself."""
    return Speaker(head) if _numbered_voice().match(head) else parse_speaker(head)


def _answers(text: str, *, invited: bool) -> bool:
    if len(text) < _SHORTEST_TURN or (_invites().search(text) and len(text) < 3 * _SHORTEST_TURN):
        return False
    return invited or bool(holding("replies.sure_verbs").search(text[:_HEAD])) or bool(
        _promises().search(text)
    )  # fmt: skip


def _reply(talk: Talk, block: Block, *, apart: bool) -> None:
    for piece in block.pieces:
        talk.mark(piece.paragraph, "reply", "transcript.reply")
        if apart:
            talk.apart.append(Line(piece))
        else:
            talk.last.replies.append(piece)


def _takes_turn(talk: Talk, block: Block, speaker: Speaker, last: str) -> bool:
    pieces = [part for piece in block.pieces if (part := _without_name(piece)).text]
    length = sum(len(piece.text) for piece in pieces)
    if length < _SHORTEST_TURN or (length < 1.5 * _SHORTEST_TURN and not needs_answer(block.text)):
        return False
    if last == block.voice and talk.last and not talk.last.replies:
        if length < 1.5 * _SHORTEST_TURN:  # says again what the chair asked
            return False
        talk.last.pieces += pieces
        for piece in pieces:
            talk.mark(piece.paragraph, "opinion", "transcript.turn")
        return True
    talk.add(Turn(speaker, SPEECH, "transcript.turn", pieces))
    return True


def _without_name(piece: Piece) -> Piece:
    found: Selfnaming | None = selfnaming(piece.text) or interpreted(piece.text)
    if found is None or found.start > _SHORTEST_TURN:
        return piece
    return piece.cut(found.end)


def _label(text: str) -> tuple[str, str, int] | None:
    """Return key and name of the voice at the head of a line, and where its words begin."""
    match = _numbered_voice().match(text) or _STAMPED_HEAD.match(text)
    if not match:
        return None
    head = match.group("voice").strip()
    return re.sub(r"\s*\([^()]*\)", "", head).lower(), head, match.end()


@lru_cache(maxsize=1)
def _numbered_voice() -> re.Pattern[str]:
    stamp = r"(?:[\[(]?\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d+)?[\])]?\s*[-–:]?\s*)?"
    number = r"(?:số\s*|_|#)?(?:\d{1,2}|[A-Z])(?!\w)"
    return re.compile(
        rf"\W{{0,3}}{stamp}\W{{0,2}}(?P<voice>{alternation('fields.voices')}\s*{number}(?:\s*\([^()]*\))?)\W*",
        re.I,
    )


_STAMPED_HEAD = re.compile(
    r"\W{0,2}\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d+)?\W{0,3}(?P<voice>[^\W\d][^:.?!]{1,60}?)\s*:\s+(?=\S)"
)
_NOISE = re.compile(r"\W*(?:\[?\d{1,2}:\d{2}(?::\d{2})?\]?)?\s*(?:[\[(][^\])]*[\])])?\W*")


@lru_cache(maxsize=1)
def _invites_answers() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)mời(?!\w).{{0,80}}?{alternation('replies.sure_verbs')}", re.I)


@lru_cache(maxsize=1)
def _invites() -> re.Pattern[str]:
    return re.compile(r"(?<!\w)(?:mời|xin cảm ơn|cảm ơn)(?!\w)", re.I)


@lru_cache(maxsize=1)
def _own_office() -> re.Pattern[str]:
    offices = alternation("speakers.official_roles", "speakers.bodies")
    return re.compile(
        rf"(?<!\w)(?:tôi|em|mình)\s+(?:xin\s+)?(?:là\s+|ở\s+|bên\s+|phụ trách\s+|thay mặt\s+)?{offices}(?!\s+chi)"
        rf"|(?:tôi|em|mình)\s+(?:xin\s+)?(?:được\s+)?{alternation('replies.sure_verbs')}", re.I,
    )  # fmt: skip


@lru_cache(maxsize=1)
def _promises() -> re.Pattern[str]:
    return re.compile(
        r"(?<!\w)(?:tôi|em)\s+(?:xin\s+)?(?:hứa|tiếp thu|ghi nhận|trả lời|giải thích)(?!\w)"
        r"|(?<!\w)(?:xã|phường|ủy ban|uỷ ban)\s+(?:chúng tôi\s+)?(?:sẽ|đã có|đang)(?!\w)", re.I,
    )  # fmt: skip
