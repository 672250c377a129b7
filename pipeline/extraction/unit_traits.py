"""Says of each unit what a reader notices in it and around it, for the unit tagger."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from pipeline.extraction import asking, courtesy, office, sections, sentence_forms, signs
from pipeline.extraction.persons import is_official
from pipeline.extraction.speakers import introduction
from pipeline.extraction.subjects import changes_subject, share_words, topics_of
from pipeline.extraction.units import Unit

_WORD = re.compile(r"[^\W\d_]+|\d+")
_SHAPE = 8
_OPENING = 4
_NEIGHBOURS = (-2, -1, 1)
_FIFTHS = 5
_SHORTEST = 6
_SIZES = 4

_JUDGED: dict[str, Callable[[str], object]] = {
    "asks": asking.asks,
    "complains": asking.complains,
    "needs-none": asking.needs_none,
    "office-speaks": office.office_speaks,
    "citizen-speaks": office.citizen_speaks,
    "citizen-asks": office.citizen_asks,
    "petitions": office.petitions,
    "of-himself": office.speaks_of_himself,
    "reply-inside": lambda text: office.reply_inside(text) is not None,
    "reply-sentence": sentence_forms.is_reply_sentence,
    "only-counts": sentence_forms.only_counts,
    "only-praises": sentence_forms.only_praises,
    "closes": sentence_forms.closes,
    "asks-plainly": sentence_forms.asks_plainly,
    "answers": sentence_forms.answers_without_name,
    "formality": lambda text: signs.is_formality(text, strict=False),
    "strict-formality": lambda text: signs.is_formality(text, strict=True),
    "contact": signs.is_contact,
    "concludes": signs.concludes,
    "hosts": signs.hosts,
    "answers-many": signs.answers_many,
    "may-be-matter": signs.may_be_matter,
    "refers-back": signs.refers_back,
    "reply-word": signs.opens_with_reply_word,
    "presides": signs.presides,
    "courtesy": courtesy.is_courtesy,
    "announces": sections.announces_opinions,
    "worries": sections.announces_worries,
}
"""What the rules of the first reading would notice in a unit that stood alone."""


def traits_of(units: Sequence[Unit]) -> list[list[str]]:
    """Return the traits of every unit of a document, in order.

    Words and pairs of words, the first and last ones, the shape of the
    beginning, length and place, what the vocabulary knows of the unit, and the
    same of its neighbours in short. How the first reading understood the
    document is not among them: the tagger is a second reader of its own.
    """
    found = []
    size = f"units {min(_SIZES, int(math.log2(max(1.0, len(units) / _SHORTEST))))}"
    for at, unit in enumerate(units):
        traits = [*_own(unit), f"place {_FIFTHS * at // len(units)}", size]
        for step in _NEIGHBOURS:
            if 0 <= at + step < len(units):
                traits += _seen_from_beside(units[at + step], unit, step)
            else:
                traits.append(f"{step} nothing")
        for step in (-1, 1):
            if 0 <= at + step < len(units):
                traits += [f"{step} {trait}" for trait in _judged(units[at + step].text)]
        if at and units[at - 1].paragraph == unit.paragraph:
            traits += _turn_between(units[at - 1].text, unit.text)
        found.append(traits)
    return found


def _own(unit: Unit) -> Iterator[str]:
    words = _words(unit.text)
    yield from (f"w {word}" for word in dict.fromkeys(words))
    yield from (f"w {a}_{b}" for a, b in dict.fromkeys(zip(words, words[1:], strict=False)))
    yield from (f"first{at} {word}" for at, word in enumerate(words[:_OPENING]))
    yield f"opens {'_'.join(words[:2])}"
    yield f"opens {'_'.join(words[:3])}"
    yield f"ends {'_'.join(words[-2:])}"
    yield f"stop {unit.text[-1:]}"
    yield f"length {_length(words)}"
    yield f"shape {_shape(unit.text)}"
    yield f"mark {unit.mark}" if not unit.index else "inside"
    yield f"index {min(3, unit.index)}"
    yield f"of {min(4, unit.count)}"
    if unit.index == unit.count - 1:
        yield "last"
    if unit.clause:
        yield "clause"
    if unit.in_row:
        yield "row"
    if ":" in unit.text[:60]:
        yield "colon"
    if re.search(r"[\"“]", unit.text):
        yield "quotes"
    yield from _judged(unit.text)


def _seen_from_beside(unit: Unit, other: Unit, step: int) -> Iterator[str]:
    words = _words(unit.text)
    if unit.paragraph == other.paragraph:
        yield f"{step} same paragraph"
    yield from (f"{step} w {word}" for word in dict.fromkeys(words[:6]))
    yield f"{step} opens {'_'.join(words[:2])}"
    yield f"{step} stop {unit.text[-1:]}"
    yield f"{step} length {_length(words)}"


@lru_cache(maxsize=4096)
def _judged(text: str) -> tuple[str, ...]:
    found = [name for name, noticed in _JUDGED.items() if noticed(text)]
    named = introduction(text)
    if named:
        who = "crowd" if named.speaker.collective else "person"
        official = is_official(text[: named.start])
        alone = len(text) - named.start < 10
        found += ["introduces", f"introduces {who}", f"official {official}", f"alone {alone}"]
    return (*found, f"topics {min(3, len(topics_of(text)))}")


def _turn_between(before: str, text: str) -> Iterator[str]:
    if share_words(text, before):
        yield "shares words"
    if changes_subject(text, before):
        yield "changes subject"


@lru_cache(maxsize=4096)
def _words(text: str) -> tuple[str, ...]:
    return tuple("0" if word.isdigit() else word for word in _WORD.findall(text.lower()))


def _length(words: Sequence[str]) -> int:
    return min(5, len(words) // 8)


def _shape(text: str) -> str:
    return "".join(
        "0"
        if letter.isdigit()
        else "A"
        if letter.isupper()
        else "a"
        if letter.isalpha()
        else letter
        for letter in text[:_SHAPE]
    )
