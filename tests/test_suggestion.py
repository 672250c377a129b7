"""Suggested opinions are uncertain, new, and unlike each other."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from pipeline.errors import DataError
from pipeline.training.suggestion import choose, suggest

CLASSES = ["land", "party"]


def _chosen(matrix, probabilities, n, counts=None):
    counts = counts or {"land": 10, "party": 10}
    return choose(
        csr_matrix(np.array(matrix, float)),
        np.array(probabilities),
        n,
        counts=counts,
        classes=CLASSES,
    )


def test_the_uncertain_one_comes_first() -> None:
    assert _chosen([[1, 0], [1, 0.1]], [[0.9, 0.1], [0.5, 0.5]], 1) == [1]


def test_a_copy_of_a_chosen_opinion_comes_last() -> None:
    rows = [[1, 0], [1, 0], [0, 1]]
    assert _chosen(rows, [[0.5, 0.5], [0.5, 0.5], [0.6, 0.4]], 3)[1] == 2


def test_a_rare_topic_is_preferred_when_all_else_is_equal() -> None:
    rows = [[1, 0], [0, 1]]
    counts = {"land": 100, "party": 1}
    assert _chosen(rows, [[0.7, 0.3], [0.3, 0.7]], 1, counts) == [1]


def test_no_more_are_picked_than_there_are() -> None:
    assert sorted(_chosen([[1, 0], [0, 1]], [[0.5, 0.5], [0.5, 0.5]], 9)) == [0, 1]


def test_labelled_and_repeated_texts_are_skipped(tagger, labelled) -> None:
    known = list(labelled["text"][:3])
    new = "Đường vào bản sạt lở, xe không đi được"
    found = suggest(
        [*known, new, new.upper()], tagger, 5, labelled=known, topics=list(labelled["topic"][:3])
    )
    assert [one.row for one in found] == [3]


def test_a_table_without_anything_new_is_refused(tagger, labelled) -> None:
    known = list(labelled["text"][:2])
    with pytest.raises(DataError, match="labelled already"):
        suggest(known, tagger, 5, labelled=known, topics=["land", "land"])
