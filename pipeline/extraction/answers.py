"""Finds which of the units that no opinion holds answer the opinions before them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from functools import lru_cache

from pipeline.extraction.lines import Piece
from pipeline.extraction.office import office_speaks
from pipeline.extraction.persons import is_official, named_pattern
from pipeline.extraction.roster import Roster
from pipeline.extraction.sentence_forms import answers_without_name, is_reply_sentence
from pipeline.extraction.signs import concludes, is_formality
from pipeline.extraction.speakers import introduction
from pipeline.extraction.unit_tagger import BEGINS, OUTSIDE
from pipeline.extraction.units import Unit
from pipeline.extraction.vocabulary import UPPER, alternation, holding, opening

_COMES_BACK = 2
_MOST = 0.6
_FARTHEST = 4
_NEAR = 2
_HEAD = 90
_LONGEST_LABEL = 60
_LONGEST_HEADING = 90
_LABEL = re.compile(
    r"[\W_]*(?:\d{1,2}\s?[:h]\s?\d{2}\s+)?(?P<head>[^\W_][^:\n]{0,59}?)\s*(?:\([^()]{0,60}\)\s*)?:(?:\s|$)"
)
_ARROW = re.compile(r"\s*(?:->|=>|→|⇒|>>|↳)")


def answers_after(
    units: Sequence[Unit],
    tags: Sequence[str],
    roster: Roster,
    is_known: Callable[[Piece], bool],
    is_fresh: Callable[[Piece], bool],
) -> list[list[Unit]]:
    """Return what an office says after an opinion, in runs of units of one paragraph.

    An answer begins where an official or a body speaks, or at a label that
    comes back behind the opinions of this document ("KQ: ..."). It goes on to
    the end of its paragraph, or until somebody else takes the word; below a
    label that stands alone it goes on to the next opinion. Headings, page
    furniture and what a reporter tells in between are no answers.

    Parameters
    ----------
    units, tags
        Of the whole document, as the second reading leaves them.
    roster
        The officials whom the document names.
    is_known
        Tells of a piece whether the rules have taken it for a reply.
    is_fresh
        Tells of a piece whether it lies in an opinion made anew. Of others the
        rules have judged what stands below, so that only sure signs count.
    """
    labels = _labels_that_answer(units, tags)
    officials = _officials(units, labels)
    found: list[Unit] = []
    fresh = False
    seen, open_, below_label, far, last = False, False, False, 0, -1
    for unit, tag in zip(units, tags, strict=True):
        if tag != OUTSIDE:
            fresh = is_fresh(unit.piece)
            seen, open_, below_label, far, last = True, False, False, 0, unit.paragraph
            continue
        if not seen or unit.in_row:
            continue
        same = unit.paragraph == last
        last = unit.paragraph
        if is_known(unit.piece):
            open_, below_label = True, below_label or _is_bare_label(unit.text)
            continue
        if concludes(unit.text):
            far = _FARTHEST + 1
        if far > _FARTHEST:
            open_ = below_label = False
            continue
        weak = fresh or same
        if _opens(unit, labels, officials, roster) or (weak and _sounds_like_answer(unit)):
            open_, far = True, 0
            below_label = _is_bare_label(unit.text)
        elif not (open_ and same) and not below_label:
            far += not same and not is_formality(unit.text, strict=True)
            open_ = False
            continue
        elif _is_heading(unit) or _is_anothers(unit, officials, roster):
            open_, below_label = False, False
            continue
        found.append(unit)
    return _runs(found)


def is_answer(text: str, roster: Roster) -> bool:
    """Tell whether a sentence gives an official's answer in so many words."""
    verb = holding("replies.sure_verbs", "replies.answering_verbs").search(text[:_HEAD])
    named = introduction(text)
    if named:
        official = named.speaker.official or roster.knows(named.speaker.name)
        return official and verb is not None and verb.start() < named.start
    office = _office_answers().match(text)
    return bool(office and verb and verb.start() < office.end())


def _opens(unit: Unit, labels: Collection[str], officials: Collection[str], roster: Roster) -> bool:
    text = unit.text
    if _leads(text) or (_is_heading(unit) and not _is_bare_label(text)):
        return False
    label = _label(text)
    if label and label in labels:
        return True
    if _ARROW.match(text) and not unit.index:
        return True
    if re.match(
        rf"\W*{alternation('replies.openings', 'fields.reply')}\s*(?:\([^()]*\)\s*)?:", text, re.I
    ):
        return True
    named = introduction(text)
    if named and not _speaks_for_office(named.speaker.name, text[: named.start], officials, roster):
        return False
    if named and (named.colon or _answering().search(named.verb)):
        return True
    return bool(_office_answers().match(text) or _told_of().search(text)) or _known_answers(
        text, officials, roster
    )


def _sounds_like_answer(unit: Unit) -> bool:
    """Tell by its words alone whether a unit answers."""
    text = unit.text
    if _leads(text) or _is_heading(unit):
        return False
    return office_speaks(text) or is_reply_sentence(text) or answers_without_name(text)


def _speaks_for_office(name: str, lead: str, officials: Collection[str], roster: Roster) -> bool:
    body = opening("speakers.bodies", "replies.ranks").match(lead)
    return bool(body) or is_official(lead) or roster.knows(name) or _given(name) in officials


def _known_answers(text: str, officials: Collection[str], roster: Roster) -> bool:
    """`Ông Ninh thừa nhận ...`: one who was named with his office says something."""
    named = _named_who_answers().match(text)
    if not named:
        return False
    name = named.group("who")
    return roster.knows(name) or _given(name) in officials


def _is_anothers(unit: Unit, officials: Collection[str], roster: Roster) -> bool:
    named = introduction(unit.text)
    return bool(named) and not _speaks_for_office(
        named.speaker.name, unit.text[: named.start], officials, roster
    )


def _is_heading(unit: Unit) -> bool:
    """Tell whether a unit is a paragraph of its own that neither ends a sentence nor a label."""
    text = unit.text.strip()
    if unit.count > 1 or len(text) > _LONGEST_HEADING:
        return False
    return text.isupper() or bool(unit.mark in ("number", "roman", "named") and text[-1:].isalnum())


def _leads(text: str) -> bool:
    """`Chủ tọa cảm ơn bà Út, mời tiếp.`: who presides leads or ends the talk."""
    return bool(holding("replies.leading_words").search(text[:_HEAD])) and bool(
        _office_answers().match(text) or introduction(text)
    )


def _is_bare_label(text: str) -> bool:
    """`TRẢ LỜI:`, `Giải trình:` with nothing behind it; the name of an office and no more."""
    if re.fullmatch(rf"\W*{alternation('speakers.bodies')}[^.:;,?!]{{0,50}}", text, re.I):
        return True
    return bool(
        re.fullmatch(
            rf"\W*{alternation('replies.openings', 'fields.reply')}[^:.;]{{0,60}}:\s*", text, re.I
        )
    )


def _label(text: str) -> str:
    found = _LABEL.match(text[: _LONGEST_LABEL + 60])
    return re.sub(r"\W+", " ", found.group("head")).strip().lower() if found else ""


def _labels_that_answer(units: Sequence[Unit], tags: Sequence[str]) -> frozenset[str]:
    """Heads before a colon that come back, stand right behind opinions, and open none."""
    behind: Counter[str] = Counter()
    anywhere: Counter[str] = Counter()
    far = _NEAR + 1
    for unit, tag in zip(units, tags, strict=True):
        label = _label(unit.text)
        if tag != OUTSIDE:
            anywhere[label] += tag == BEGINS
            far = 0
            continue
        far += not unit.index
        if label and not unit.in_row:
            anywhere[label] += 1
            behind[label] += far <= _NEAR
    return frozenset(
        label
        for label, count in behind.items()
        if count >= _COMES_BACK
        and count >= _MOST * anywhere[label]
        and not opening("fields.speaker", "fields.aside").fullmatch(label)
    )


def _officials(units: Sequence[Unit], labels: Collection[str]) -> frozenset[str]:
    """Given names of those whom the document names together with an office."""
    found = set()
    for unit in units:
        for named in _named_with_office().finditer(unit.text):
            found.add(_given(named.group("before") or named.group("after")))
    return frozenset(found | {_given(label).title() for label in labels if " " in label})


def _given(name: str) -> str:
    return name.split()[-1].strip(".,") if name.split() else ""


def _runs(found: Sequence[Unit]) -> list[list[Unit]]:
    """Return units of one paragraph that follow each other together."""
    runs: list[list[Unit]] = []
    for unit in found:
        before = runs[-1][-1] if runs else None
        if before and before.paragraph == unit.paragraph and before.index + 1 == unit.index:
            runs[-1].append(unit)
        else:
            runs.append([unit])
    return runs


@lru_cache(maxsize=1)
def _answering() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){_answering_words()}", re.I)


def _answer_lead() -> str:
    """`Về việc ...:`, `Theo`: what may stand before the one who answers."""
    return rf"(?:{alternation('replies.answer_leads')}[^,:;.“”\"]{{0,70}}[,:]\s+)?(?:theo\s+)?"


def _answering_words() -> str:
    return alternation("replies.sure_verbs", "replies.answering_verbs", "replies.reporting_verbs")


@lru_cache(maxsize=1)
def _office_answers() -> re.Pattern[str]:
    """`Đại úy Nênh giải thích ...`, `Trưởng phòng Nội vụ đáp: ...`: an office, then a verb of answering."""
    offices = alternation(
        "speakers.official_roles", "speakers.bodies", "speakers.presiding_roles", "replies.ranks"
    )
    titles = alternation("speakers.titles")
    return re.compile(
        rf"\W*(?i:{_answer_lead()}(?:{titles}\s)?"
        rf"(?:(?-i:{named_pattern()})[,(]\s*)?{offices}(?!\w))(?:(?!\s(?:chưa|không)\s)[^.:;?“”\"]){{0,110}}?"
        rf"(?:\s(?i:{_answering_words()})(?!\w)|\s*(?:\([^()]*\)\s*)?:\s)"
    )


@lru_cache(maxsize=1)
def _named_who_answers() -> re.Pattern[str]:
    return re.compile(
        rf"\W*(?i:{_answer_lead()})"
        rf"(?P<who>{named_pattern()})[^.;?“”\"]{{0,60}}?"
        rf"(?:[,:]|\s(?i:{_answering_words()}))(?!\w)"
    )


@lru_cache(maxsize=1)
def _named_with_office() -> re.Pattern[str]:
    offices = alternation("speakers.official_roles")
    name = rf"[{UPPER}][^\W\d_]*(?:\s+[{UPPER}][^\W\d_]*){{1,4}}"
    title = alternation("speakers.titles")
    grassroots = alternation("speakers.grassroots")
    return re.compile(
        rf"(?<!\w)(?i:{offices})(?:(?!\s(?i:{grassroots})\s)[^.,;:()“”\"]){{0,50}}?\s"
        rf"(?=(?i:{alternation('speakers.surnames')})\s)(?P<before>{name})"
        rf"|(?i:{title})\s+(?P<after>{name})\s*[,(–-]\s*(?i:{offices})(?!\s(?i:{grassroots})(?!\w))"
    )


@lru_cache(maxsize=1)
def _told_of() -> re.Pattern[str]:
    return re.compile(rf"(?<!chưa )(?<!không )(?<!\w){alternation('replies.told_of')}(?!\w)", re.I)
