"""The second opinion by meaning, on made-up vectors: what it learns and when it is asked."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from pipeline.topics import meaning
from pipeline.topics.meaning import blended_where, packed, unpacked
from pipeline.training.meaning import fit_meaning, listened_to

CLASSES = np.array(["land", "planning", "tourism"])


def _opinions(seed: int, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Rings around one centre: no straight line through the numbers divides them."""
    draw = np.random.default_rng(seed)
    number = draw.integers(0, 3, count)
    ways = draw.normal(size=(count, 8))
    ways /= np.linalg.norm(ways, axis=1, keepdims=True)
    return ways * (0.2 + number)[:, None], CLASSES[number]


@pytest.fixture
def machine(monkeypatch):
    monkeypatch.setattr("pipeline.training.meaning.WIDTH", 0.5)
    return fit_meaning(*_opinions(0, 600), CLASSES, seed=1)


def test_what_no_line_divides_is_learned(machine) -> None:
    vectors, topics = _opinions(1, 300)
    found = CLASSES[machine.probabilities(vectors).argmax(axis=1)]
    assert (found == topics).mean() > 0.95


def test_probabilities_add_up_and_a_topic_without_opinions_never_comes_first(monkeypatch) -> None:
    monkeypatch.setattr("pipeline.training.meaning.WIDTH", 0.5)
    vectors, topics = _opinions(0, 200)
    more = np.append(CLASSES, "zoo")
    found = fit_meaning(vectors, topics, more, seed=1).probabilities(vectors)
    assert np.allclose(found.sum(axis=1), 1)
    assert (found.argmax(axis=1) != 3).all()


def test_only_doubtful_opinions_are_embedded(machine, monkeypatch) -> None:
    vectors, _ = _opinions(2, 1)
    asked = []
    monkeypatch.setattr(meaning, "embed", lambda texts: asked.extend(texts) or vectors)
    words = np.array([[0.95, 0.03, 0.02], [0.4, 0.35, 0.25]])
    after = replace(machine, share=0.5).second_opinion(["sure", "unsure"], words)
    assert asked == ["unsure"]
    unsure = np.array([False, True])
    assert (after[0] == words[0]).all() and (after[1] != words[1]).any()
    assert np.allclose(after, blended_where(unsure, words, machine.probabilities(vectors), 0.5))


def test_packing_keeps_vectors_to_a_step() -> None:
    vectors = np.random.default_rng(0).normal(size=(50, 8))
    found = unpacked(packed(vectors))
    assert packed(vectors).nbytes * 8 == vectors.nbytes / 2
    assert np.abs(found - np.clip(vectors, -2.8, 2.8)).max() <= 0.2 + 1e-6


def test_real_opinions_decide_how_much_meaning_is_listened_to(machine, monkeypatch) -> None:
    vectors, topics = _opinions(3, 200)
    monkeypatch.setattr("pipeline.training.meaning.vectors_of", lambda texts, folder: vectors)
    rows = pd.DataFrame({"text": [str(i) for i in range(200)], "topic": topics})
    knowing = 0.6 * (topics[:, None] == CLASSES) + 0.4 / 3
    guessing = np.full((200, 3), 1 / 3)
    assert listened_to(machine, guessing, CLASSES, rows).share > 0.5
    assert listened_to(machine, knowing, CLASSES, rows.head(50)).share == machine.share
    wrong = replace(machine, weights=-machine.weights)
    assert listened_to(wrong, knowing, CLASSES, rows).share == 0
