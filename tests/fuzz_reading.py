"""Mutates sample files and counts what the readers make of them.

Run `python tests/fuzz_reading.py --seconds 300 --seed 7` for a long search; the
test-suite runs a short one (`test_reading_fuzz.py`).
"""

from __future__ import annotations

import argparse
import io
import random
import time
import zipfile
from collections import Counter
from dataclasses import replace

import sample_files

from pipeline.reading.document import Document
from pipeline.reading.documents import Unread, read_bytes
from pipeline.reading.options import ReadingOptions, default_options

CRASHED = "dừng đột ngột"
TOO_SLOW = "đã dừng"


def fuzz_options() -> ReadingOptions:
    """Small limits, so that a slow file shows as one; no OCR, which only costs time."""
    limits = replace(default_options().limits, seconds=15, unpacked_megabytes=50)
    return replace(default_options(), ocr="off", limits=limits)


def mutated(data: bytes, chance: random.Random) -> bytes:
    """Return `data` with some of its bytes changed, cut, repeated or put in."""
    content = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        at, length = chance.randrange(len(content) + 1), chance.choice((1, 1, 4, 64, 1024))
        action = chance.randrange(6)
        if action == 0:
            content[at : at + length] = chance.randbytes(min(length, 64))
        elif action == 1:
            del content[at : at + length]
        elif action == 2:
            content[at:at] = content[at : at + length] * chance.choice((2, 8))
        elif action == 3:
            content[at:at] = chance.choice(_NASTY)
        elif action == 4:
            del content[at:]
        else:
            content[at : at + 1] = b"\xff"
        content = content or bytearray(b"\x00")
    return bytes(content)


_NASTY = (
    b"\x00" * 16, b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"\xed\xa0\x80", b"-1", b"99999999999",
    b"%PDF-1.7", b"<w:tbl><w:tr><w:tc>", b"&#0;", b'"', b"\r", b"../../../etc/", b"1e999",
    b"<table><tr><td rowspan=99999>", "\u202e\ufeff\u0301".encode(), b"=cmd()", b"/Kids [1 0 R]",
)  # fmt: skip


def mutated_inside(data: bytes, chance: random.Random) -> bytes:
    """Return a package one of whose members is mutated, so that its zip stays sound."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = {name: archive.read(name) for name in archive.namelist()}
    except (zipfile.BadZipFile, OSError):
        return mutated(data, chance)
    name = chance.choice([name for name in members if members[name]])
    return sample_files.packed({**members, name: mutated(members[name], chance)})


def outcomes(seconds: float, seed: int, most: int = 10**9) -> tuple[Counter[str], list[str]]:
    """Return how often each outcome came, and the seeds of crashes and escaped errors."""
    counts: Counter[str] = Counter()
    bad: list[str] = []
    samples, options = list(sample_files.everything().items()), fuzz_options()
    end = time.monotonic() + seconds
    for case in range(most):
        if time.monotonic() > end:
            break
        chance = random.Random(f"{seed}-{case}")
        name, data = samples[case % len(samples)]
        change = mutated_inside if data[:2] == b"PK" and chance.random() < 0.7 else mutated
        outcome = _outcome(change(data, chance), name, options)
        counts[outcome] += 1
        if outcome not in ("document", "unread"):
            bad.append(f"{seed}-{case} {name}: {outcome}")
    return counts, bad


def _outcome(data: bytes, name: str, options: ReadingOptions) -> str:
    try:
        results = list(read_bytes(data, name, options))
    except Exception as error:
        return f"escaped {type(error).__name__}"
    if any(isinstance(result, Unread) and CRASHED in result.error for result in results):
        return "crashed"
    if any(isinstance(result, Unread) and TOO_SLOW in result.error for result in results):
        return "too slow"
    sound = all(isinstance(result, (Document, Unread)) for result in results) and results
    if not sound:
        return "nothing came out"
    return "document" if isinstance(results[0], Document) else "unread"


def main() -> None:
    """Search for as long as asked and print the counts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    counts, bad = outcomes(chosen.seconds, chosen.seed)
    print(dict(counts), *bad[:20], sep="\n")  # noqa: T201


if __name__ == "__main__":
    main()
