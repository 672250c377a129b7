"""Prints how far a second reader of labelled opinions agrees with the writers' topics.

Run: python -m benchmarks.agreement
"""

from __future__ import annotations

import csv

from sklearn.metrics import cohen_kappa_score

from pipeline.resources import data_dir


def main() -> None:
    """Print the share of equal topics and Cohen's kappa, for each way of drawing the opinions."""
    path = data_dir() / "evaluation" / "second_reading.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    for drawn in ("random", "doubted"):
        some = [row for row in rows if row["drawn"] == drawn]
        first, second = [row["first"] for row in some], [row["second"] for row in some]
        equal = sum(a == b for a, b in zip(first, second, strict=True))
        kappa = cohen_kappa_score(first, second)
        print(
            f"{drawn}: {len(some)} opinions, same topic {equal / len(some):.3f}, kappa {kappa:.3f}"
        )
    sure = sum(row["first"] != row["second"] and row["sure"] == "1" for row in rows)
    print(f"the second reader was sure of another topic: {sure}")


if __name__ == "__main__":
    main()
