"""The rules that send a topic, and the finer matter in it, to an agency."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipeline.routing.tables import MARKS, Row, read_choice, read_rows, read_span, unique_by
from pipeline.routing.wording import WordFinder, Words, WordSet

PERIODS_FILE = "routing/periods.csv"
MATTERS_FILE = "routing/matters.csv"
RULES_FILE = "routing/rules.csv"
BEYOND_FILE = "routing/beyond.csv"
COMPETENCES = ("xa", "thi-xa", "tinh", "trung-uong", "doanh-nghiep")
PLACES = ("phường", "xã")
WORD_WEIGHT, SURE_WEIGHT = 3, 9
"""What a word and a decisive word weigh where a hint weighs one."""
LEAST_WEIGHT = 2
"""A matter of less weight is not taken: the default of its topic holds."""


@dataclass(frozen=True)
class Period:
    """A time between two reorganisations, and the level at which the office works in it."""

    code: str
    name: str
    level: str
    first: date
    last: date


@dataclass(frozen=True)
class Matter:
    """A finer matter within a topic, known by its words; `hints` are words that weigh less."""

    topic: str
    code: str
    name: str
    words: WordSet
    hints: WordSet


@dataclass(frozen=True)
class Rule:
    """Who leads, who coordinates, and who stands above, for a topic and matter in a period.

    Empty `matters`, `kinds` and `places` mean any; `spans` are the days on which
    the rule holds.
    """

    id: str
    topic: str
    matters: tuple[str, ...]
    kinds: tuple[str, ...]
    places: tuple[str, ...]
    spans: tuple[tuple[date, date], ...]
    lead: str
    coordinate: tuple[str, ...]
    forward: tuple[str, ...]
    competence: str
    basis: str
    mark: str
    row: Row

    @property
    def rank(self) -> tuple[bool, bool, bool]:
        """Return what decides between rules: a matter, then a kind, then a place."""
        return bool(self.matters), bool(self.kinds), bool(self.places)

    def holds_on(self, day: date) -> bool:
        """Tell whether the rule is in force on `day`."""
        return any(first <= day <= last for first, last in self.spans)


@dataclass(frozen=True)
class Beyond:
    """Words that show that a matter exceeds the office's competence."""

    id: str
    topics: tuple[str, ...]
    words: WordSet
    competence: str
    forward: tuple[str, ...]
    basis: str
    row: Row


def load_periods(folder: Path, problems: list[str]) -> tuple[Period, ...]:
    """Return the periods in the order of their first days."""
    columns = ("code", "name", "level", "valid_from", "valid_to", "mark", "source")
    rows = unique_by(read_rows(folder, PERIODS_FILE, columns, problems), "code", problems)
    periods = []
    for row in rows:
        level = read_choice(row, "level", ("xa", "thi-xa"), problems)
        periods.append(Period(row["code"], row["name"], level, *read_span(row, problems)))
    return tuple(sorted(periods, key=lambda period: period.first))


def load_matters(folder: Path, problems: list[str]) -> tuple[Matter, ...]:
    """Return the finer matters in the order of the file, which decides between equals."""
    columns = ("topic", "matter", "name", "words", "hints", "counter_words")
    matters: list[Matter] = []
    seen: dict[tuple[str, str], int] = {}
    for row in read_rows(folder, MATTERS_FILE, columns, problems):
        key = (row["topic"], row["matter"])
        if key in seen:
            problems.append(
                row.problem("matter", f"{key} stands already in row {seen[key]}", "Rename one.")
            )
        seen[key] = row.number
        counter_words = row.list("counter_words")
        words = WordSet.read(row.list("words"), counter_words)
        hints = WordSet(row.list("hints"), counter_words)
        if not words.words:
            problems.append(row.problem("words", "empty", "Write the words people use for it."))
        matters.append(Matter(row["topic"], row["matter"], row["name"], words, hints))
    return tuple(matters)


def load_rules(folder: Path, periods: tuple[Period, ...], problems: list[str]) -> tuple[Rule, ...]:
    """Return the rules in the order of the file."""
    columns = ("id", "topic", "matter", "kind", "place", "period", "lead", "coordinate",
               "forward", "competence", "basis", "mark", "valid_from", "valid_to")  # fmt: skip
    rows = unique_by(read_rows(folder, RULES_FILE, columns, problems), "id", problems)
    known = {period.code: period for period in periods}
    return tuple(_rule(row, known, problems) for row in rows)


def _rule(row: Row, periods: dict[str, Period], problems: list[str]) -> Rule:
    return Rule(
        id=row["id"],
        topic=row["topic"],
        matters=row.list("matter"),
        kinds=row.list("kind"),
        places=row.list("place"),
        spans=_spans(row, periods, problems),
        lead=row["lead"],
        coordinate=row.list("coordinate"),
        forward=row.list("forward"),
        competence=read_choice(row, "competence", COMPETENCES, problems),
        basis=row["basis"],
        mark=read_choice(row, "mark", MARKS, problems),
        row=row,
    )


def _spans(
    row: Row, periods: dict[str, Period], problems: list[str]
) -> tuple[tuple[date, date], ...]:
    first, last = read_span(row, problems)
    codes = row.list("period")
    spans = []
    for code in codes:
        if code not in periods:
            problems.append(
                row.problem("period", f"{code!r} is unknown", f"Choose from: {', '.join(periods)}.")
            )
            continue
        start, end = max(first, periods[code].first), min(last, periods[code].last)
        if start <= end:
            spans.append((start, end))
    if not spans and not any(code not in periods for code in codes):
        problems.append(
            row.problem("period", "the rule holds on no day", "Name a period, or mend the dates.")
        )
    return tuple(spans)


def load_beyond(folder: Path, problems: list[str]) -> tuple[Beyond, ...]:
    """Return the words that lift a matter above the office, in the order of the file."""
    columns = ("id", "topic", "words", "counter_words", "competence", "forward", "period",
               "basis", "mark")  # fmt: skip
    rows = unique_by(read_rows(folder, BEYOND_FILE, columns, problems), "id", problems)
    return tuple(
        Beyond(
            row["id"],
            row.list("topic"),
            WordSet.read(row.list("words"), row.list("counter_words")),
            read_choice(row, "competence", COMPETENCES, problems),
            row.list("forward"),
            row["basis"],
            row,
        )
        for row in rows
    )


class MatterFinder:
    """Tells which finer matter of its topic a text is about."""

    def __init__(self, matters: tuple[Matter, ...]) -> None:
        self._by_topic: dict[str, tuple[Matter, ...]] = {}
        for matter in matters:
            self._by_topic[matter.topic] = (*self._by_topic.get(matter.topic, ()), matter)
        self._finders = {
            topic: WordFinder(part for matter in known for part in (matter.words, matter.hints))
            for topic, known in self._by_topic.items()
        }

    def find(self, topic: str, words: Words) -> tuple[str, tuple[str, ...]]:
        """Return the matter and its words in the text; ("", ()) if none fits.

        Each different word found counts three (a decisive one, marked "!" in the
        table, nine), each hint one; the matter with
        the highest sum wins, between equals the one that stands first in the
        file. A single hint decides nothing.
        """
        if topic not in self._finders:
            return "", ()
        found = self._finders[topic].find(words)
        scores: dict[int, int] = {}
        for number, phrases in found.items():
            matter, is_hint = divmod(number, 2)
            known = self._by_topic[topic][matter].words.sure
            weights = (SURE_WEIGHT if p in known else WORD_WEIGHT for p in phrases)
            scores[matter] = scores.get(matter, 0) + (len(phrases) if is_hint else sum(weights))
        if max(scores.values(), default=0) < LEAST_WEIGHT:
            return "", ()
        best = max(scores, key=lambda matter: (scores[matter], -matter))
        phrases = (*found.get(2 * best, ()), *found.get(2 * best + 1, ()))
        return self._by_topic[topic][best].code, phrases


class RuleBook:
    """Picks the one rule for a topic, matter, kind, place and day."""

    def __init__(self, rules: tuple[Rule, ...]) -> None:
        self._by_topic: dict[str, tuple[Rule, ...]] = {}
        for rule in sorted(rules, key=lambda rule: rule.rank, reverse=True):
            self._by_topic[rule.topic] = (*self._by_topic.get(rule.topic, ()), rule)

    def pick(self, topic: str, matter: str, kind: str, place: str, day: date) -> Rule | None:
        """Return the most specific rule that fits, None if the topic has none on `day`.

        A rule that names the matter beats one that does not; then one that names
        the kind; then one that names the place.
        """
        for rule in self._by_topic.get(topic, ()):
            fits = (
                (not rule.matters or matter in rule.matters)
                and (not rule.kinds or kind in rule.kinds)
                and (not rule.places or place in rule.places)
            )
            if fits and rule.holds_on(day):
                return rule
        return None
