"""The officials whom a document names before anyone speaks: those who answer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.extraction.lines import Line
from pipeline.extraction.persons import is_official
from pipeline.extraction.sections import announced_zone
from pipeline.extraction.vocabulary import UPPER, alternation, words

_NAME = rf"[{UPPER}][^\s,;:()\-–.]*(?:\s+[{UPPER}][^\s,;:()\-–.]*){{1,4}}"


_COMRADE = re.compile(r"đ/c|đồng chí|đ\.c", re.I)


@dataclass(frozen=True)
class Roster:
    """Names of officials, without titles; `comrades` are given names known only after "đ/c"."""

    names: frozenset[str] = frozenset()
    comrades: frozenset[str] = frozenset()

    def knows(self, speaker: str) -> bool:
        """Tell whether a speaker, as written with a title, is one of the officials."""
        if not speaker:
            return False
        speaker = speaker.title() if speaker.isupper() else speaker
        words = speaker.split()
        if (
            len(words) > 1
            and words[-1] in self.comrades
            and _COMRADE.fullmatch(" ".join(words[:-1]))
        ):
            return True
        given = words[-1] if len(words) <= 3 and words[-2:-1] and words[-2].islower() else ""
        given = words[-1] if len(words) == 2 else given
        return any(
            speaker.endswith(name) or (given and name.split()[-1] == given) for name in self.names
        )


def _presiding(text: str, full: list[str]) -> set[str]:
    """`Ông Ót chủ trì` is the one among the full names of a line who presides."""
    chair = re.search(
        rf"(?i:{alternation('speakers.titles')})\s+([{UPPER}][^\s,;:()]*)\s+"
        rf"(?i:{alternation('header.chair_words')})", text,
    )  # fmt: skip
    return {name for name in full if chair and name.split()[-1] == chair.group(1)}


def _answering(lines: Sequence[Line]) -> set[str]:
    """`Đ/c Minh trả lời ...` anywhere: who is called comrade and answers speaks for an office."""
    comrade = re.compile(
        rf"(?<!\w)(?i:đ/c|đồng chí|đ\.c)\s+({_NAME}|[{UPPER}][^\W\d_]+)\s+(?i:{alternation('replies.sure_verbs')})"
    )
    return {match.group(1) for line in lines for match in comrade.finditer(line.text)}


@lru_cache(maxsize=1)
def _listed_alone() -> re.Pattern[str]:
    """`ĐỖ VĂN AN - Chủ tịch UBND`: a line of the head that holds a name and an office and no more."""
    return re.compile(rf"\W*({_NAME})\s*[-–,(]\s*(?=[^.;:?]{{4,90}}$)")


def read_roster(lines: Sequence[Line]) -> Roster:
    """Return the officials named in the lines before the first heading of opinions."""
    person = re.compile(rf"(?i:(?:{alternation('speakers.titles')})\s+)({_NAME})")
    led = re.compile(
        rf"{alternation('header.chair_words', 'header.secretary_words')}[^.;]{{0,30}}$", re.I
    )
    titled = re.compile(
        rf"(?i:{alternation('speakers.official_roles')})[^,.;:()]{{0,40}}?\s"
        rf"((?i:{alternation('speakers.surnames')})(?:\s+[{UPPER}][^\s,;:()\-–.]*){{1,4}})"
    )
    comrade = re.compile(r"(?:đ/c|đồng chí|đ\.c)\s+$", re.I)
    listed = re.compile(
        rf"\s*[-–,(:]\s*(?!(?:thôn|bản|tổ|tdp)\b)(?!.{{0,30}}(?<!\w){alternation('speakers.grassroots')})",
        re.I,
    )
    answering = _answering(lines)
    names = {name for name in answering if " " in name}
    for line in lines:
        alone = _listed_alone().match(line.text)
        if alone and alone.group(1).split()[0].lower() in words("speakers", "surnames"):
            names |= {alone.group(1)} if is_official(line.text[alone.end() :]) else set()
        if announced_zone(line, seen_opinions=False) in ("opinions", "replies"):
            break
        found = list(person.finditer(line.text))
        names |= {
            match.group(1)
            for match in titled.finditer(line.text)
            if match.group(1).split()[0].lower() in words("speakers", "surnames")
            and len(match.group(1).split()) > 2
        }
        names |= _presiding(line.text, [match.group(1) for match in found])
        ends = [match.start() for match in found[1:]] + [len(line.text)]
        for match, end in zip(found, ends, strict=False):
            after = re.split(
                r"[.;:]|, (?=\S+ (?:nghị|ánh|hỏi|biết|nêu|rằng))",
                line.text[match.end() : min(end, match.end() + 100)],
            )[0]
            leads = led.search(line.text[: match.start()][-60:])
            leads = leads or re.match(rf"\s+{alternation('header.chair_words')}", after, re.I)
            told = line.mark and comrade.search(line.text[: match.start(1)])
            if told and listed.match(line.text, match.end()):
                names.add(match.group(1))
            if leads or (re.match(r"\s*[-–,(]", after) and is_official(after)):
                names.add(match.group(1))
    return Roster(
        frozenset(name.title() if name.isupper() else name for name in names),
        frozenset(answering - names),
    )
