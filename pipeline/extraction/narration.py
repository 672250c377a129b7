"""Follows the person of whom a story tells: by pronouns, short names, words before a quotation."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from pipeline.extraction.asking import needs_answer
from pipeline.extraction.lines import Piece
from pipeline.extraction.persons import Speaker, group_pattern, named_pattern, parse_speaker
from pipeline.extraction.retelling import pronoun_speaks
from pipeline.extraction.roster import Roster
from pipeline.extraction.sentences import sentences
from pipeline.extraction.stretches import FORMALITY, OPINION, REPLY, Stretch
from pipeline.extraction.subjects import changes_subject, share_words, shares_nothing
from pipeline.extraction.vocabulary import alternation

_SHORTEST_ANEW = 40
_SHORTEST_SAID = 25
_UNNAMED = re.compile(
    r"\W*(?P<who>(?:một|có một)\s(?:em|chị|anh|bà|ông|cụ|cô|chú|bạn)\s[^,.;:]{0,40}?)"
    r"(?=\s+(?:cũng|đã|xin|đứng|thì|lên)\s|,)", re.I,
)  # fmt: skip


def present_person(sentence: Piece, stretch: Stretch | None, before: Speaker) -> Speaker:
    """The person of whom the story tells: the one who spoke, or who stands first in a sentence."""
    if stretch is not None and stretch.speaker.name and not stretch.speaker.collective:
        return stretch.speaker
    for named in re.finditer(rf"{named_pattern()}(?:\s*[,(][^.;:]{{0,40}})?", sentence.text):
        found = parse_speaker(named.group().rstrip(" .?!"))
        if len(found.name.split()) > 2:
            return replace(found, role="") if not found.official else before
    unnamed = _UNNAMED.match(sentence.text)
    return Speaker(unnamed.group("who")) if unnamed else before


def goes_on_speaking(
    sentence: Piece, last: Stretch | None, present: Speaker, roster: Roster
) -> Stretch | None:
    """`Bà kể nộp hồ sơ ...`, `Chị cũng xin ...`: the person of the story says more.

    It is a stretch of its own where that person has not spoken yet, or turns
    to something else; otherwise it goes on with what was said before.
    """
    match = pronoun_speaks().match(sentence.text)
    if not match or not present.name:
        return None
    title = re.sub(r"^(?:một|có một)\s+", "", present.name.lower()).split()[0]
    if match.group("title").lower() != title:
        return None
    if present.official or roster.knows(present.name):
        return (
            Stretch(REPLY, sentence, present, rule="prose.official")
            if last and last.kind == REPLY
            else None
        )
    words = sentence.cut(match.end())
    if last is not None and last.kind == OPINION:
        anew = (match.group("more") or match.group("more_after")) and not share_words(
            words.text, last.piece.text
        )
        told = len(words.text) > _SHORTEST_ANEW and needs_answer(words.text)
        if not told or not (anew or shares_nothing(words.text, last.piece.text)):
            return None
    lead = sentence.text[: match.end()].strip()
    return Stretch(OPINION, words, present, lead, "prose.introduction")


def same_voice(last: Stretch, stretch: Stretch) -> bool:
    """`Ông Thi đề nghị ...` after "cử tri Nguyễn Đình Thi cho biết ..." goes on with it.

    So does a quotation of the same person, unless it complains of something else.
    """
    if stretch.kind != OPINION or stretch.speaker.collective or not last.speaker.name:
        return False
    name = stretch.speaker.name.split()
    if stretch.rule == "prose.quotation-first" and stretch.speaker == last.speaker:
        told = len(stretch.piece.text) > 2 * _SHORTEST_ANEW and needs_answer(stretch.piece.text)
        words, before = stretch.piece.text, last.piece.text
        return not (told and (shares_nothing(words, before) or changes_subject(words, before)))
    return len(name) == 2 and last.speaker.name.split()[-1] == name[-1]


def in_full(
    stretch: Stretch, present: Speaker, last: Stretch | None, roster: Roster
) -> Stretch | None:
    """Give the words of "ông", "ông Bảy" or nobody to the person of the story, if it is that one.

    What a pronoun says of whom nobody was named goes on with what was before.
    """
    name = stretch.speaker.name.split()
    if stretch.kind == FORMALITY or not name:
        return stretch
    if roster.knows(stretch.speaker.name):
        return replace(stretch, kind=REPLY)
    full = present.name.split()
    same = full and name[0].lower() == full[0].lower()
    if same and (len(name) == 1 or (len(name) == 2 and name[-1] == full[-1])):
        return (
            replace(stretch, speaker=present) if stretch.rule.startswith("prose.quot") else stretch
        )
    if len(name) == 1 or stretch.speaker.name.lower().endswith((" này", " ấy")):
        return replace(stretch, speaker=last.speaker) if last and last.kind == OPINION else None
    return stretch


def told_after(piece: Piece, roster: Roster) -> bool:
    """Tell whether the first sentence of a paragraph ends in who said it."""
    start, end = sentences(piece.text)[0] if piece.text else (0, 0)
    return according_after(piece.cut(start, end), roster) is not None


def according_after(sentence: Piece, roster: Roster) -> Stretch | None:
    """`Xe chở đá chạy cả đêm, theo phản ánh của ông Bảo, tổ 5.`: who said it comes last."""
    match = re.search(
        rf",\s+theo\s+(?:(?:lời|phản ánh|ý kiến|lời kể)\s+(?:của\s+)?)?(?P<who>{named_pattern()}[^.;:“”]{{0,80}})[\s.]*$",
        sentence.text,
    )
    match = match or _told_after().match(sentence.text)
    match = match or (
        not re.search(r"[“”]", sentence.text)
        and re.search(
            rf",\s+(?P<who>{named_pattern()}[^.;:“”]{{0,60}}?)\s+{alternation('speakers.verbs')}[\s.]*$",
            sentence.text,
        )
    )
    speaker = parse_speaker(match.group("who")) if match else Speaker()
    if (
        not match
        or match.start("who") < _SHORTEST_SAID
        or speaker.official
        or roster.knows(speaker.name)
    ):
        return None
    said = sentence.cut(0, match.end("said") if "said" in match.groupdict() else match.start())
    return Stretch(OPINION, said, speaker, rule="prose.according-after")


@lru_cache(maxsize=1)
def _told_after() -> re.Pattern[str]:
    """`Quán hát mở đến 1 giờ sáng - đó là phản ánh của nhiều hộ dân tổ 17.`"""
    who = rf"(?:{named_pattern()}|(?i:{group_pattern()}))"
    told = r"(?:phản ánh|ý kiến|bức xúc|lo lắng|băn khoăn|kiến nghị|tâm tư|lời)"
    return re.compile(
        rf"(?P<said>[^“”]{{25,}}?)(?:\s+[-–—]|,)\s+(?:đó|đây)\s+là\s+{told}\s+(?:của\s+)?(?P<who>{who}[^.;:“”]{{0,80}})[\s.]*$"
    )


def quoted_inside(sentence: Piece, roster: Roster) -> Stretch | None:
    """`... khi bà Hòa, tổ dân phố 4, đứng dậy: “Ba năm rồi ...”`: the last one named speaks."""
    quote = re.search(r":\s*[“\"]", sentence.text[:260])
    again = (
        re.search(
            r"(?:^|[\s,])(ông|bà|anh|chị|cô|chú|bác|cụ|em)\s[^:“”.]{0,40}$",
            sentence.text[: quote.start()],
            re.I,
        )
        if quote
        else None
    )
    if again and not re.search(named_pattern(), sentence.text[: quote.start()]):
        return Stretch(
            OPINION, sentence.cut(quote.end()), Speaker(again.group(1)), rule="prose.quotation"
        )
    named = list(re.finditer(named_pattern(), sentence.text[: quote.start()])) if quote else []
    if not named or quote.start() - named[-1].end() > 80:
        return None
    speaker = parse_speaker(sentence.text[named[-1].start() : quote.start()])
    if speaker.official or roster.knows(speaker.name):
        return Stretch(REPLY, sentence, speaker, rule="prose.official")
    return Stretch(OPINION, sentence.cut(quote.end()), speaker, rule="prose.quotation")
