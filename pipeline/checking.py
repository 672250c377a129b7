"""What `ykien check` looks at: every piece of data that an office or analyst may change."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.errors import DataError, YkienError

if TYPE_CHECKING:
    from pipeline.routing import Routing


@dataclass(frozen=True)
class Check:
    """One thing that was looked at, and every problem found in it."""

    name: str
    problems: tuple[str, ...]


def check_everything() -> Iterator[Check]:
    """Yield the checks one by one, as they are done.

    Nothing is raised: a file that cannot be read is a problem like any other.
    """
    tables = _Tables()
    for name, look in (
        ("topics", _topics),
        ("verdicts of reviewers", _verdicts),
        ("decision settings", _decision),
        ("phrases", _phrases),
        ("agencies, rules, units, deadlines", tables.check),
        ("templates of the papers", tables.check_papers),
        ("settings of training", _settings),
        ("labelled opinions", _labelled),
        ("model", _model),
    ):
        yield Check(name, tuple(_collected(look)))


class _Tables:
    """The tables of routing, read once for their own check and for that of the papers."""

    def __init__(self) -> None:
        self._routing: Routing | None = None

    def check(self) -> list[str]:
        from pipeline.routing import load_routing

        self._routing = load_routing()
        return []

    def check_papers(self) -> list[str]:
        from pipeline.papers.checking import check_papers

        # Papers need the tables, whose faults the check before this one has told.
        return check_papers(self._routing) if self._routing else []


def _collected(look: Callable[[], list[str]]) -> list[str]:
    try:
        return look()
    except DataError as error:
        return list(error.problems) or [str(error)]
    except YkienError as error:
        return [str(error)]


def _topics() -> list[str]:
    from pipeline.topics.taxonomy import load_topics

    load_topics()
    return []


def _verdicts() -> list[str]:
    from pipeline.papers.set_aside import VERDICT_FILE, load_verdicts
    from pipeline.topics.taxonomy import load_topics

    topics = load_topics()
    taken = {*topics, *(topic.name for topic in topics.values())}
    return [
        f"data/{VERDICT_FILE}: {word!r} is a topic already. Call the verdict otherwise."
        for word in (part for verdict in load_verdicts().items() for part in verdict)
        if word in taken
    ]


def _decision() -> list[str]:
    from pipeline.topics.decision import load_settings

    load_settings()
    return []


def _phrases() -> list[str]:
    from pipeline.topics.phrases import load_phrases
    from pipeline.topics.taxonomy import load_topics

    load_phrases(load_topics())
    return []


def _settings() -> list[str]:
    from pipeline.training.settings import load_training_settings

    load_training_settings()
    return []


def _labelled() -> list[str]:
    from pipeline.topics.taxonomy import load_topics
    from pipeline.training.dataset import labelled_files, load_labelled
    from pipeline.training.originality import leaks, near_copies, personal_numbers
    from pipeline.training.workflow import load_evaluation

    rows = load_labelled(labelled_files(), load_topics())
    texts, ids = list(rows["text"]), list(rows["id"])
    real = load_evaluation()
    return [
        *(
            f"data/labelled, id {ids[a]!r}: near-copy of {ids[b]!r} ({part:.0%} of five-word runs)"
            for a, b, part in near_copies(texts)
        ),
        *(
            f"data/labelled, id {ids[a]!r}: overlaps evaluation opinion {real['id'][b]!r} ({part:.0%})"
            for a, b, part in leaks(texts, list(real["text"]))
        ),
        *(
            f"data/labelled, id {ids[row]!r}: {number!r} looks like a phone or identity number"
            for row, number in personal_numbers(texts)
        ),
    ]


def _model() -> list[str]:
    from pipeline.topics.model import load_model
    from pipeline.topics.taxonomy import load_topics

    model = load_model()
    missing = sorted(set(load_topics()) - set(map(str, model.classifier.classes_)))
    return [
        f"models/{model.name}: does not know the topic {code!r}; add labelled opinions and train"
        for code in missing
    ]
