"""Opinions for timing: the labelled ones, then as many varied ones as are asked for."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from pipeline.resources import data_dir

SEED_STEP = 7_919
"""A prime: pairs of texts do not come again before all were used."""


def labelled() -> tuple[list[str], list[str]]:
    """Return the texts and topics of data/labelled, in the order of the files."""
    rows = [
        row
        for path in sorted((data_dir() / "labelled").glob("*.csv"))
        for row in csv.DictReader(path.open(encoding="utf-8-sig", newline=""))
    ]
    return [row["text"] for row in rows], [row["topic"] for row in rows]


def varied(count: int) -> list[str]:
    """Return `count` different opinions: halves of two labelled ones and a running number."""
    return list(islice(_endless(), count))


def _endless() -> Iterator[str]:
    texts, _ = labelled()
    halves = [(text[: len(text) // 2], text[len(text) // 2 :]) for text in texts]
    number = 0
    while True:
        first = halves[(number * SEED_STEP) % len(halves)][0]
        second = halves[(number * SEED_STEP + 1 + number // len(halves)) % len(halves)][1]
        yield f"{first}{second} (số {number})"
        number += 1


def write_table(path: Path, count: int) -> Path:
    """Write `count` varied opinions as csv and return the path."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "text"])
        writer.writerows(islice(enumerate(_endless()), count))
    return path
