"""Learning curves: labelling what `ykien suggest` picks against labelling at random.

Starts from 300 labelled opinions, takes 150 at a time from the rest of data/labelled,
and scores on data/evaluation, which nothing is trained on.

Run: python benchmarks/suggestion.py [seeds]
"""

from __future__ import annotations

import sys
from collections import Counter

import numpy as np

from pipeline.topics.taxonomy import load_topics
from pipeline.training.dataset import labelled_files, load_labelled
from pipeline.training.evaluation import macro_f1
from pipeline.training.segmentation import cut_beforehand
from pipeline.training.settings import load_training_settings
from pipeline.training.suggestion import choose
from pipeline.training.train import new_classifier
from pipeline.training.workflow import load_evaluation

START, STEP, STEPS = 300, 150, 8


def curve(rows, real, *, seed: int, suggested: bool, settings, phrases) -> list[tuple]:
    """Return (accuracy, macro-F1) after each step."""
    rng = np.random.default_rng(seed)
    order = rng.permutation(len(rows))
    chosen, rest = list(order[:START]), list(order[START:])
    scores = []
    for step in range(STEPS + 1):
        part = rows.iloc[chosen]
        model = new_classifier(settings, phrases).fit(list(part["text"]), part["topic"])
        guesses = model.predict(list(real["text"]))
        truth = real["topic"].to_numpy(str)
        codes = sorted(set(truth))
        scores.append((float((guesses == truth).mean()), macro_f1(truth, guesses, codes)))
        if step == STEPS:
            break
        if suggested:
            texts = list(rows["text"].iloc[rest])
            matrix = model.features_.transform(texts)
            picked = choose(
                matrix,
                model.predict_proba(texts),
                STEP,
                counts=Counter(part["topic"]),
                classes=[str(code) for code in model.classes_],
            )
        else:
            picked = range(STEP)
        taken = {rest[i] for i in picked}
        chosen += [row for row in rest if row in taken]
        rest = [row for row in rest if row not in taken]
    return scores


def main(seeds: int = 3) -> None:
    """Print both curves, means over the seeds."""
    topics = load_topics()
    rows, real = load_labelled(labelled_files(), topics), load_evaluation()
    cut_beforehand(list(rows["text"]) + list(real["text"]))
    phrases = {}  # without phrase lists: what labels alone teach
    settings = load_training_settings()
    curves = {
        suggested: np.mean(
            [
                curve(rows, real, seed=s, suggested=suggested, settings=settings, phrases=phrases)
                for s in range(seeds)
            ],
            axis=0,
        )
        for suggested in (False, True)
    }
    print(f"{seeds} seeds, {len(real)} test opinions")
    print("labelled   random acc   suggested acc   random F1   suggested F1")
    for step in range(STEPS + 1):
        r, s = curves[False][step], curves[True][step]
        print(f"{START + step * STEP:8}   {r[0]:10.3f}   {s[0]:13.3f}   {r[1]:9.3f}   {s[1]:12.3f}")
    gain = curves[True][1:].mean(axis=0) - curves[False][1:].mean(axis=0)
    print(f"mean gain: accuracy {gain[0]:+.3f}, macro-F1 {gain[1]:+.3f}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
