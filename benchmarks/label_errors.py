"""Plants wrong topics in 5 % of the labelled opinions and counts how many the audit finds.

Run: python benchmarks/label_errors.py [seeds]
"""

from __future__ import annotations

import sys

from pipeline.topics.phrases import load_phrases
from pipeline.topics.taxonomy import load_topics
from pipeline.training.dataset import labelled_files, load_labelled
from pipeline.training.label_audit import found_within, label_support, spoiled
from pipeline.training.segmentation import cut_beforehand
from pipeline.training.settings import load_training_settings


def main(seeds: int = 1) -> None:
    """Print the share of planted errors within the first 5, 10 and 20 % of rows."""
    topics = load_topics()
    rows = load_labelled(labelled_files(), topics)
    cut_beforehand(list(rows["text"]))
    settings, phrases = load_training_settings(), load_phrases(topics)
    for seed in range(seeds):
        wrong, planted = spoiled(rows, 0.05, seed)
        support, _ = label_support(wrong, settings, phrases)
        found = [found_within(support, planted, share) for share in (0.05, 0.10, 0.20)]
        print(
            f"seed {seed}: {len(planted)} errors in {len(rows)} rows; found in the first "
            + ", ".join(
                f"{s}: {f:.1%}" for s, f in zip(("5 %", "10 %", "20 %"), found, strict=True)
            )
        )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
