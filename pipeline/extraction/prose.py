"""Reads running text: who says what in the sentences of a report or a news page."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.extraction.lines import Piece
from pipeline.extraction.narration import (
    according_after,
    goes_on_speaking,
    in_full,
    present_person,
    quoted_inside,
    same_voice,
)
from pipeline.extraction.persons import (
    Speaker,
    parse_speaker,
)
from pipeline.extraction.retelling import retold, voices
from pipeline.extraction.roster import Roster
from pipeline.extraction.sections import announces_opinions
from pipeline.extraction.sentence_forms import (
    answers_without_name,
    is_reply_sentence,
    only_counts_opinions,
    only_praises,
)
from pipeline.extraction.speakers import Introduction, introduction
from pipeline.extraction.stretches import (
    FORMALITY,
    OPINION,
    REPLY,
    Stretch,
    quoted_sentence,
    without_attribution,
)
from pipeline.extraction.vocabulary import holding, opening

_FIELD = re.compile(
    r"(?:(?:thứ\s\S+|một là|hai là|ba là|bốn là|năm là)[,:]?\s+)?(?:về|trong lĩnh vực|trên lĩnh vực|lĩnh vực|đối với|liên quan đến|nhóm)\s[^:,.;]{2,60}[:,]\s+",
    re.I,
)
_SCENE = 24
_OWN_WORDS = ("prose.quotation-first", "prose.according-after")
_CROWD = Speaker(collective=True)


_QUOTED = re.compile(r"[”\"][\s.!?]*$")


def read_prose(
    piece: Piece, roster: Roster | None = None, *, inside_turn: bool = False
) -> list[Stretch]:
    """Return the stretches of a paragraph of running text, in order.

    Parameters
    ----------
    piece
        The paragraph.
    roster
        The officials whom the document names.
    inside_turn
        The paragraph goes on with the turn of the paragraph before it, so
        that its first sentences need no introduction of their own.
    """
    found: list[Stretch] = []
    if piece.text.isupper():
        return [Stretch(FORMALITY, piece, rule="prose.narrative")]
    known = roster or Roster()
    present = Speaker()
    for start, end in voices(piece.text):
        last = found[-1] if found else None
        after = last is not None and last.kind == OPINION
        sentence = piece.cut(start, end)
        stretch = _read_sentence(sentence, known, after_opinion=after)
        stretch = in_full(stretch, present, last, known) if stretch else None
        if stretch is None:
            stretch = goes_on_speaking(sentence, last, present, known)
        present = present_person(sentence, stretch, present)
        if stretch is None:
            closed = after and _QUOTED.search(last.piece.text)
            if closed and not re.search(r"[“”\"]", piece.text[start:end]):
                found.append(Stretch(FORMALITY, sentence, rule="prose.narrative"))
                continue
            if last and last.kind != FORMALITY:
                found[-1] = _longer(last, piece, end)
                continue
            stretch = Stretch(
                OPINION if inside_turn and not found else FORMALITY,
                sentence,
                rule="prose.goes-on" if inside_turn else "prose.narrative",
            )
        if _names_subject(stretch):
            stretch = replace(stretch, kind=FORMALITY)
        if last and last.kind == OPINION and same_voice(last, stretch):
            found[-1] = _longer(last, piece, end)
            continue
        if last and stretch.rule in _OWN_WORDS and _sets_scene(last):
            found[-1] = replace(last, kind=FORMALITY)
        found.append(stretch)
    return [_come_to_matter(without_attribution(stretch)) for stretch in found]


def _names_subject(stretch: Stretch) -> bool:
    """`Nhiều người bức xúc chuyện mùi hôi.`: a crowd of nowhere that only names what it is about."""
    crowd = stretch.speaker.collective and not (stretch.speaker.address or stretch.speaker.commune)
    return stretch.kind == OPINION and crowd and len(stretch.piece.text) < _SCENE


def _sets_scene(stretch: Stretch) -> bool:
    """`Tiểu thương xôn xao chuyện chợ sắp dời.` before somebody's own words about it."""
    crowd = stretch.kind == OPINION and stretch.speaker.collective
    return crowd and len(stretch.piece.text) < 2 * _SCENE


def _come_to_matter(stretch: Stretch) -> Stretch:
    told = stretch.kind == OPINION and stretch.rule == "prose.introduction"
    return replace(stretch, piece=retold(stretch.piece)) if told else stretch


def _longer(last: Stretch, piece: Piece, end: int) -> Stretch:
    begin = last.piece.start - piece.start
    return Stretch(last.kind, piece.cut(begin, end), last.speaker, last.lead, last.rule)


def _read_sentence(
    sentence: Piece, roster: Roster, *, after_opinion: bool = False
) -> Stretch | None:
    """Return what a sentence opens, or None if it goes on with what was before."""
    text = sentence.text
    announced = _announced(text)
    if announced is not None:
        if announced >= len(text):
            return Stretch(FORMALITY, sentence, rule="prose.announcement")
        lead = text[:announced].strip()
        speaker = parse_speaker("cử tri" if "cử tri" in lead.lower() else "")
        return Stretch(
            OPINION, sentence.cut(announced), _of_crowd(speaker, lead), lead, "prose.list"
        )
    plain = quoted_sentence(sentence) or _without_speaker(sentence)
    if plain:
        return plain
    field = _FIELD.match(text)
    if field:
        inner = _read_sentence(sentence.cut(field.end()), roster)
        if inner is not None or not opening("splitting.requests").match(text, field.end()):
            return inner
        return Stretch(
            OPINION, sentence.cut(field.end()), _CROWD, text[: field.end()], "prose.field"
        )
    found = introduction(text)
    if found is None or found.start >= len(text):
        return according_after(sentence, roster) or quoted_inside(sentence, roster)
    if found.speaker.official or roster.knows(found.speaker.name):
        kind = FORMALITY if _opens_meeting(text[found.start - len(found.verb) - 1 :]) else REPLY
        return Stretch(kind, sentence, found.speaker, rule="prose.official")
    if after_opinion and _explains(found):
        return None
    lead = text[: found.start].strip(' :,“"')
    return Stretch(OPINION, sentence.cut(found.start), found.speaker, lead, "prose.introduction")


def _without_speaker(sentence: Piece) -> Stretch | None:
    """Return what a sentence is by its form alone: an answer, a count, praise."""
    text = sentence.text
    if is_reply_sentence(text):
        return Stretch(REPLY, sentence, rule="prose.reply")
    if only_counts_opinions(text) or only_praises(text):
        return Stretch(FORMALITY, sentence, rule="prose.praise-or-count")
    if answers_without_name(text):
        return Stretch(REPLY, sentence, rule="prose.official")
    return None


def _opens_meeting(text: str) -> bool:
    """`phát biểu khai mạc`, `tuyên bố lý do`: an official who does not answer."""
    return bool(
        re.search(
            r"khai mạc|lý do|báo cáo|thông báo|quán triệt|giới thiệu|trật tự|lần lượt|mời",
            text[:60],
            re.I,
        )
    )


def _of_crowd(speaker: Speaker, lead: str) -> Speaker:
    found = introduction(lead + " x")
    return found.speaker if found and not found.speaker.official else speaker


def _announced(text: str) -> int | None:
    """Return where the content starts after "cử tri có một số ý kiến:"."""
    colon = text.find(":")
    if not 0 < colon <= 260:
        return None
    head = text[: colon + 1]
    crowd = re.search(
        r"cử tri|nhân dân|bà con|người dân|ý kiến|đại biểu|hộ dân|kiến nghị", head, re.I
    )
    if not crowd or not announces_opinions(head) or _named_head(head):
        return None
    if holding("formalities.counting").search(head) and not _asks(text[colon:]):
        return None
    at = colon + 1
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _asks(text: str) -> bool:
    asked = holding("splitting.plain_requests", "splitting.soft_requests").search(text)
    parts = (part.strip() for part in re.split(r"[:;]", text))
    return bool(asked) or any(
        opening("splitting.requests").match(part) and not opening("sections.nominal").match(part)
        for part in parts
    )


def _named_head(head: str) -> bool:
    found = introduction(head + " x")
    return bool(found and not found.speaker.collective)


def _explains(found: Introduction) -> bool:
    """`Cử tri cho biết ...` without a place explains the request before it."""
    speaker = found.speaker
    bare = speaker.collective and not (speaker.address or speaker.commune) and not found.colon
    return bare and found.verb in ("cho biết", "nói", "cho rằng", "nói rằng", "kể", "cho hay")
