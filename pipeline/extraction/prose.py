"""Reads running text: who says what in the sentences of a report or a news page."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.extraction.courtesy import is_courtesy
from pipeline.extraction.lines import Piece
from pipeline.extraction.persons import (
    Speaker,
    named_pattern,
    parse_speaker,
)
from pipeline.extraction.retelling import retold, voices
from pipeline.extraction.roster import Roster
from pipeline.extraction.sections import announces_opinions
from pipeline.extraction.speakers import Introduction, introduction
from pipeline.extraction.stretches import FORMALITY, OPINION, REPLY, Stretch, without_attribution
from pipeline.extraction.vocabulary import alternation, holding, opening

_FIELD = re.compile(
    r"(?:(?:thứ\s\S+|một là|hai là|ba là|bốn là|năm là)[,:]?\s+)?(?:về|trong lĩnh vực|trên lĩnh vực|lĩnh vực|đối với|liên quan đến|nhóm)\s[^:,.;]{2,60}[:,]\s+",
    re.I,
)
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
    for start, end in voices(piece.text):
        last = found[-1] if found else None
        after = last is not None and last.kind == OPINION
        stretch = _read_sentence(piece.cut(start, end), roster or Roster(), after_opinion=after)
        if stretch is None:
            closed = after and _QUOTED.search(last.piece.text)
            if closed and not re.search(r"[“”\"]", piece.text[start:end]):
                found.append(Stretch(FORMALITY, piece.cut(start, end), rule="prose.narrative"))
                continue
            if last and last.kind != FORMALITY:
                found[-1] = _longer(last, piece, end)
                continue
            stretch = Stretch(
                OPINION if inside_turn and not found else FORMALITY,
                piece.cut(start, end),
                rule="prose.goes-on" if inside_turn else "prose.narrative",
            )
        if last and last.kind == OPINION and _same_voice(last.speaker, stretch):
            found[-1] = _longer(last, piece, end)
            continue
        found.append(stretch)
    return [_come_to_matter(without_attribution(stretch)) for stretch in found]


def _come_to_matter(stretch: Stretch) -> Stretch:
    told = stretch.kind == OPINION and stretch.rule == "prose.introduction"
    return replace(stretch, piece=retold(stretch.piece)) if told else stretch


def _same_voice(before: Speaker, stretch: Stretch) -> bool:
    """`Ông Thi đề nghị ...` after "cử tri Nguyễn Đình Thi cho biết ..." goes on with it."""
    name = stretch.speaker.name.split()
    short = stretch.kind == OPINION and len(name) == 2 and not stretch.speaker.collective
    return bool(short and before.name and before.name.split()[-1] == name[-1])


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
    plain = _without_speaker(sentence)
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
        return _quoted_inside(sentence, roster)
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
    if _only_counts(text) or _only_praises(text):
        return Stretch(FORMALITY, sentence, rule="prose.praise-or-count")
    if _answers_without_name(text):
        return Stretch(REPLY, sentence, rule="prose.official")
    return None


def _answers_without_name(text: str) -> bool:
    """`Ông trưởng thôn giải thích luôn là ...`: an office without a name answers."""
    offices = alternation("speakers.official_roles", "speakers.presiding_roles")
    return bool(
        re.match(
            rf"\W*(?:{named_pattern()}|(?:(?:ông|bà|anh|chị|đồng chí|đ/c)\s+)?{offices})(?:(?!\s(?:chưa|không|được)\s)[^.;:,]){{0,25}}?\s"
            rf"(?:đã\s+|liền\s+|cũng\s+)?{alternation('replies.sure_verbs')}",
            text, re.I,
        )
    )  # fmt: skip


def _quoted_inside(sentence: Piece, roster: Roster) -> Stretch | None:
    """`... khi bà Hòa, tổ dân phố 4, đứng dậy: “Ba năm rồi ...”`: the last one named speaks."""
    quote = re.search(r":\s*[“\"]", sentence.text[:260])
    named = list(re.finditer(named_pattern(), sentence.text[: quote.start()])) if quote else []
    if not named or quote.start() - named[-1].end() > 80:
        return None
    speaker = parse_speaker(sentence.text[named[-1].start() : quote.start()])
    if speaker.official or roster.knows(speaker.name):
        return Stretch(REPLY, sentence, speaker, rule="prose.official")
    return Stretch(OPINION, sentence.cut(quote.end()), speaker, rule="prose.quotation")


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


def is_reply_sentence(text: str) -> bool:
    """Tell whether a sentence reports or gives an official's answer."""
    if opening("replies.openings").match(text) and re.match(
        r"\W*(?:xin )?(?:trả lời|giải trình|tiếp thu|thay mặt|giải đáp|phản hồi|về (?:vấn đề|nội dung|kiến nghị|ý kiến) này)",
        text,
        re.I,
    ):
        return True
    sure = re.search(
        r"(?:các|những|một số|toàn bộ)\s+(?:ý kiến|kiến nghị)[^.]{0,60}(?:đã |được )+"
        rf"[^.]{{0,90}}{alternation('replies.sure_verbs')}|(?:ghi nhận|tiếp thu)[^.]{{0,40}}(?:ý kiến|kiến nghị)"
        r"|(?:ý kiến|kiến nghị)[^.]{0,80}(?:trao đổi, làm rõ|giải trình|được ghi nhận|trả lời)",
        text, re.I,
    )  # fmt: skip
    officials = re.match(
        r"\W*(?:phát biểu[^,]{0,60},\s*)?(?:các\s+)?(?:đại biểu|lãnh đạo|đồng chí|chủ tịch|đoàn|tổ đại biểu|ubnd"
        r"|đại diện)[^.:]{0,90}?(?:đã|được)\s[^.]{0,30}?(?:tiếp thu|giải trình|trả lời|giải đáp|làm rõ|ghi nhận)",
        text, re.I,
    )  # fmt: skip
    if officials:
        return True
    asked = opening("splitting.plain_requests").match(text)
    return bool(sure) and not asked and not re.search(r"chưa\s+(?:được\s+)?(?:trả lời|giải)", text)


def _only_counts(text: str) -> bool:
    """`có 10 ý kiến, liên quan đến ...` tells no opinion."""
    found = introduction(text)
    if found and not found.speaker.collective:
        return False
    return (
        bool(holding("formalities.counting").search(text[:200]))
        and bool(re.search(r"ý kiến|kiến nghị|câu hỏi|nội dung", text[:120], re.I))
        and not holding("splitting.plain_requests").search(re.sub(r"kiến nghị", "", text))
    )


def _only_praises(text: str) -> bool:
    crowd = re.match(
        rf"\W*(?:[^,]{{0,60}},\s*)?(?:qua [^,]*,\s*)?{alternation('speakers.groups')}", text, re.I
    )
    praised = bool(holding("formalities.praise").search(text)) and not holding(
        "splitting.plain_requests"
    ).search(text)
    return (bool(crowd) and praised and not re.search(r"tuy nhiên|nhưng|song ", text)) or (
        is_courtesy(text) and praised
    )
