"""Measures masking on texts in which a person marked every name and number."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import DataError
from pipeline.papers.masking import VILLAGE, Masked, mask
from pipeline.resources import data_dir
from pipeline.table import split_cell

FILE = "evaluation/masking.csv"


@dataclass(frozen=True)
class MaskingReport:
    """Figures of masking for the public; `missed` and `false` are (id, text) pairs."""

    texts: int
    names: int
    names_masked: int
    numbers: int
    numbers_masked: int
    words: int
    words_masked_in_vain: int
    missed: tuple[tuple[str, str], ...]
    false: tuple[tuple[str, str], ...]

    @property
    def name_recall(self) -> float:
        """Return the share of marked names that were masked whole."""
        return self.names_masked / self.names if self.names else 1.0

    @property
    def number_recall(self) -> float:
        """Return the share of marked numbers that were masked whole."""
        return self.numbers_masked / self.numbers if self.numbers else 1.0

    @property
    def false_share(self) -> float:
        """Return the share of the other words that were masked all the same."""
        return self.words_masked_in_vain / self.words if self.words else 0.0

    def summary(self) -> str:
        """Return the figures as a few Vietnamese lines."""
        lines = [
            f"Mẫu: {self.texts} đoạn",
            f"Tên người: che {self.names_masked}/{self.names} ({self.name_recall:.3f})",
            f"Số: che {self.numbers_masked}/{self.numbers} ({self.number_recall:.3f})",
            f"Che nhầm: {self.words_masked_in_vain}/{self.words} từ ({self.false_share:.4f})",
        ]
        lines += [f"  sót {where}: {what}" for where, what in self.missed]
        return "\n".join(lines + [f"  nhầm {where}: {what}" for where, what in self.false])


def evaluate_masking(path: Path | None = None) -> MaskingReport:
    """Return how much of the marked personal data is masked, and what is masked in vain.

    Parameters
    ----------
    path
        CSV with the columns id, text, names, numbers (several joined by ";");
        that of the data folder if None.

    Raises
    ------
    DataError
        The file is missing or lacks a column.
    """
    path = path or data_dir() / FILE
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            rows = [(r["id"], r["text"], r["names"], r["numbers"]) for r in csv.DictReader(lines)]
    except (OSError, UnicodeDecodeError, KeyError) as error:
        raise DataError(
            f"{path}: cannot be read ({error!r}). It needs the columns id, text, names, numbers."
        ) from error
    return _report([(i, mask(text), text, split_cell(n), split_cell(m)) for i, text, n, m in rows])


def _report(rows: list[tuple[str, Masked, str, list[str], list[str]]]) -> MaskingReport:
    counts = {"names": 0, "numbers": 0}
    found = {"names": 0, "numbers": 0}
    missed: list[tuple[str, str]] = []
    false: list[tuple[str, str]] = []
    words = 0
    for where, masked, text, names, numbers in rows:
        for kind, marked in (("names", names), ("numbers", numbers)):
            gone = [one for one in marked if _is_masked(one, masked, text)]
            counts[kind] += len(marked)
            found[kind] += len(gone)
            missed += [(where, one) for one in marked if one not in gone]
        words += len(text.split()) - sum(len(one.split()) for one in (*names, *numbers))
        false += [(where, what) for what in _in_vain(masked, [*names, *numbers])]
    return MaskingReport(
        texts=len(rows),
        names=counts["names"],
        names_masked=found["names"],
        numbers=counts["numbers"],
        numbers_masked=found["numbers"],
        words=words,
        words_masked_in_vain=sum(len(what.split()) for _, what in false),
        missed=tuple(missed),
        false=tuple(false),
    )


def _is_masked(marked: str, masked: Masked, text: str) -> bool:
    start = text.find(marked)
    end = start + len(marked)
    gone = {i for finding in masked.findings for i in range(finding.start, finding.end)}
    return all(i in gone or text[i].isspace() or text[i] == "." for i in range(start, end))


def _in_vain(masked: Masked, marked: list[str]) -> list[str]:
    """Findings that no mark touches; places below the commune are masked on purpose."""
    return [
        finding.text
        for finding in masked.findings
        if finding.kind != VILLAGE
        and not any(finding.text in one or one in finding.text for one in marked)
    ]
