"""Says who speaks in every opinion of a second reading, from its own units and those around it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.extraction.drafting import Draft
from pipeline.extraction.persons import Speaker, is_official, named_pattern, parse_speaker
from pipeline.extraction.tellers import (
    labelled_sender,
    last_person,
    pronoun_at_head,
    told_at_end,
    told_at_head,
    told_by_line,
)
from pipeline.extraction.units import Unit
from pipeline.extraction.vocabulary import alternation, words

_ABOVE = 3
_BELOW = 4
_BACK = 6
_COMES_BACK = 2
_LONGEST_TAIL = 130
_LONGEST_SIGNATURE = 40


@dataclass
class Told:
    """An opinion and the places of its units; `fresh` tells that the second reading made it."""

    draft: Draft
    places: Sequence[int]
    fresh: bool


@dataclass
class SpeakerFinder:
    """Names speakers, one opinion after another.

    Attributes
    ----------
    units
        Of the whole document.
    told
        All opinions in order.
    known_as
        Gives the full name of one who was named before.
    """

    units: Sequence[Unit]
    told: Sequence[Told]
    known_as: Callable[[Speaker], Speaker]
    _owner: Mapping[int, int] = field(init=False)
    _lines: list[list[int]] = field(init=False)
    _line_of: Mapping[int, int] = field(init=False)

    def __post_init__(self) -> None:
        self._owner = {place: at for at, one in enumerate(self.told) for place in one.places}
        self._lines, self._line_of = [], {}
        for place, unit in enumerate(self.units):
            if not self._lines or self.units[self._lines[-1][-1]].paragraph != unit.paragraph:
                self._lines.append([])
            self._lines[-1].append(place)
            self._line_of[place] = len(self._lines) - 1

    def name_all(self) -> None:
        """Give every opinion without a person's name, and every new one, its speaker."""
        side = self._side_of_names()
        for at, one in enumerate(self.told):
            speaker = one.draft.speaker
            doubtful = not speaker.name or _is_heading(speaker) or self._split_off(at)
            if one.places and (one.fresh or doubtful):
                one.draft.speaker = self._speaker(at, side) or speaker
        names = self._full_names()
        for one in self.told:
            one.draft.speaker = self.known_as(_in_full(one.draft.speaker, names))

    def _speaker(self, at: int, side: int) -> Speaker | None:
        one = self.told[at]
        first, last = one.places[0], one.places[-1]
        text = self.units[first].text
        old = one.draft.speaker
        found = told_at_head(text)
        if _is_person(old) and not _is_full(found):
            found = Speaker()
        if found.name or (_is_person(old) and not one.fresh):
            return found if found.name else None
        found = told_at_end(self._ending(last))
        found = found if found.name else self._sender(first)
        if not found.name and side and not _is_person(old):
            found = self._line_beside(first, last, side)
        if found.name or old.name:
            return found if found.name else None
        for guess in (self._by_pronoun, self._going_on, self._told_before):
            speaker = guess(at, text)
            if speaker.name:
                return speaker
        return None

    def _split_off(self, at: int) -> bool:
        """Tell whether the rules cut an opinion off the one before, whose speaker it took over."""
        return at > 0 and self.told[at].draft.turn is self.told[at - 1].draft.turn

    def _ending(self, last: int) -> str:
        """The last unit, with the short one behind it that no opinion holds."""
        text = self.units[last].text
        above = last - 1
        if len(text) < _LONGEST_SIGNATURE and self._owner.get(above) == self._owner[last]:
            text = f"{self.units[above].text} {text}"
        behind = last + 1
        if behind < len(self.units) and behind not in self._owner:
            unit = self.units[behind]
            if unit.paragraph == self.units[last].paragraph and len(unit.text) < _LONGEST_TAIL:
                return f"{text} {unit.text}"
        return text

    def _free_lines(self, line: int, step: int, most: int) -> list[str]:
        """Lines above or below that hold no opinion, the nearest first."""
        found = []
        for number in range(line + step, line + step * (most + 1), step):
            if not 0 <= number < len(self._lines):
                break
            places = self._lines[number]
            if any(place in self._owner for place in places):
                break
            found.append(" ".join(self.units[place].text for place in places))
        return found

    def _sender(self, first: int) -> Speaker:
        for line in self._free_lines(self._line_of[first], -1, _ABOVE):
            found = labelled_sender(line)
            if found.name:
                return found
        return Speaker()

    def _line_beside(self, first: int, last: int, side: int) -> Speaker:
        if side < 0:
            lines = self._free_lines(self._line_of[first], -1, 2)
        else:
            lines = self._below(self._line_of[last])
        for line in lines:
            found = told_by_line(line)
            if found.name:
                return found
        return Speaker()

    def _below(self, line: int) -> list[str]:
        """Lines below, those of other opinions left out: one signature may close several."""
        return [
            " ".join(self.units[place].text for place in places)
            for places in self._lines[line + 1 : line + 1 + _BELOW]
            if not any(place in self._owner for place in places)
        ]

    def _side_of_names(self) -> int:
        """Return where lines stand that name who speaks: -1 above the words, 1 below, 0 neither."""
        above = below = 0
        for one in self.told:
            if not one.places or self.units[one.places[0]].in_row:
                continue
            before = self._free_lines(self._line_of[one.places[0]], -1, 2)
            behind = self._free_lines(self._line_of[one.places[-1]], 1, 1)
            above += any(told_by_line(line).name for line in before)
            below += any(told_by_line(line).name for line in behind)
        if max(above, below) < _COMES_BACK:
            return 0
        return -1 if above > below else 1

    def _by_pronoun(self, at: int, text: str) -> Speaker:
        """`Ông không phản đối ...`: the last one of that title whom the text names."""
        title = pronoun_at_head(text)
        if not title:
            return Speaker()
        first = self.told[at].places[0]
        for place in range(first - 1, max(-1, first - 1 - _BACK), -1):
            found = [
                named
                for named in re.finditer(rf"(?<!\w){named_pattern()}", self.units[place].text)
                if named.group().split()[0].lower() == title
            ]
            if found:
                around = self.units[place].text[found[-1].start() : found[-1].end() + 40]
                return Speaker() if is_official(around) else parse_speaker(found[-1].group())
        before = self.told[at - 1].draft.speaker if at else Speaker()
        return before if before.name.split()[:1] == [title] else Speaker()

    def _going_on(self, at: int, text: str) -> Speaker:
        """The speaker of the opinion that ends right before: in its paragraph, or in its list."""
        if not at or not self.told[at - 1].places:
            return Speaker()
        before, first = self.told[at - 1], self.told[at].places[0]
        last = before.places[-1]
        here, there = self.units[first], self.units[last]
        if here.paragraph == there.paragraph:
            return before.draft.speaker
        if last != first - 1:
            return Speaker()
        listed = here.mark and here.mark == self.units[before.places[0]].mark
        own = told_at_head(self.units[before.places[0]].text).name or told_at_end(there.text).name
        himself = re.match(rf"\W*(?:{'|'.join(words('splitting', 'connectives'))})", text, re.I)
        return before.draft.speaker if (listed and not own) or himself else Speaker()

    def _told_before(self, at: int, text: str) -> Speaker:
        """`Người nói trước là chị A. Chị không cầm micro. “...”`: who is named right before."""
        first = self.told[at].places[0]
        text = self.units[self._lines[self._line_of[first]][0]].text
        place = first - 1
        while place >= 0 and place not in self._owner and first - place <= _BACK:
            same = self.units[place].paragraph == self.units[first].paragraph
            near = self._line_of[first] - self._line_of[place] <= 2
            if not same and not (near and text.lstrip()[:1] in '“"'):
                break
            found = last_person(self.units[place].text)
            if found.name:
                return found
            place -= 1
        return Speaker()

    def _full_names(self) -> list[str]:
        """Every name in full, with its title, in the document."""
        return [
            named.group().strip(".")
            for unit in self.units
            for named in re.finditer(rf"(?<!\w){named_pattern()}", unit.text)
            if len(named.group().split()) > 2
        ]


def _is_person(speaker: Speaker) -> bool:
    """Tell whether a speaker has a person's name: no crowd, no heading, no date."""
    return bool(speaker.name) and not (speaker.collective or _is_heading(speaker))


def _is_heading(speaker: Speaker) -> bool:
    """Tell whether the rules took a heading or a date for a name."""
    name = speaker.name
    shouted = name.isupper() and name.split()[0].lower() not in words("speakers", "surnames")
    return bool(name) and bool(shouted or re.search(r"\d|\|", f"{name} {speaker.role}"))


def _is_full(speaker: Speaker) -> bool:
    return len(speaker.name.split()) > 2 and not speaker.collective


def _in_full(speaker: Speaker, names: Sequence[str]) -> Speaker:
    """`Bà Mẩy` is "bà Phàn Tả Mẩy", if the document names only one of that title and name."""
    short = speaker.name.split()
    if len(short) != 2 or speaker.collective:
        return speaker
    full = {
        re.sub(rf"^(?i:{alternation('speakers.titles')}\s+)+", "", name): name
        for name in names
        if name.split()[-1] == short[-1]
        and name.split()[0].lower() in (short[0].lower(), *words("speakers", "plain_titles"))
    }
    if len(full) != 1:
        return speaker
    found = parse_speaker(next(iter(full.values())))
    return Speaker(found.name, speaker.role, speaker.address, speaker.commune)
