"""Prints how well diacritics are restored on real speech, by what the restorer learned from.

Run: python -m benchmarks.diacritics
"""

from __future__ import annotations

import numpy as np

from pipeline.topics.accents import AccentRestorer
from pipeline.topics.model import load_model
from pipeline.topics.phrases import load_phrases
from pipeline.topics.taxonomy import load_topics
from pipeline.topics.text import fold, normalize, syllables
from pipeline.training.dataset import labelled_files, load_labelled
from pipeline.training.vietnamese import other_texts
from pipeline.training.workflow import load_evaluation


def main() -> None:
    """Print the share of syllables restored right and of topics that stay, for each diet."""
    topics, model = load_topics(), load_model()
    written = [normalize(text) for text in load_evaluation()["text"]]
    bare = [fold(text) for text in written]
    topics_written = model.probabilities(written).argmax(axis=1)
    opinions = [*load_labelled(labelled_files(), topics)["text"], *load_phrases(topics)]
    *documents, words, places = other_texts()
    print(f"{len(written)} opinions without diacritics")
    print(f"{'learned from':<55} syllables   topics that stay (words alone)")
    for name, texts in (
        ("nothing: left as they are", None),
        ("every second labelled opinion", opinions[::2]),
        ("labelled opinions and phrases", opinions),
        ("the same and marked documents", [*opinions, *documents]),
        (
            "the same and words and names of places (shipped)",
            [*opinions, *documents, words, places],
        ),
    ):
        restored = bare if texts is None else list(map(AccentRestorer().fit(texts).restore, bare))
        right = [
            one == other
            for wanted, given in zip(written, restored, strict=True)
            for one, other in zip(syllables(wanted), syllables(given), strict=True)
        ]
        stay = model.probabilities(restored).argmax(axis=1) == topics_written
        print(f"{name:<55} {np.mean(right):9.3f}   {stay.mean():.3f}")


if __name__ == "__main__":
    main()
