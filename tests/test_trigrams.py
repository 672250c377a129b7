"""Smoothed counts of three tokens in a row."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.topics import trigrams
from pipeline.topics.trigrams import START, TrigramModel

SEQUENCES = [[1, 2, 3], [1, 2, 4], [5, 2, 3], [3], [1, 2, 3, 1, 2, 3]]
SIZE = 6


@pytest.fixture(scope="module")
def model() -> TrigramModel:
    return TrigramModel.counted(SEQUENCES, SIZE)


@pytest.mark.parametrize("context", [(START, START), (1, 2), (5, 2), (4, 4), (2, SIZE)])
def test_probabilities_of_known_tokens_add_up_to_one(model, context) -> None:
    first, second = (np.array([number]) for number in context)
    shares = np.exp(model.log_probability(first, second, np.arange(SIZE)))
    assert (shares > 0).all()
    assert shares.sum() == pytest.approx(1)


def test_what_was_seen_more_often_is_likelier(model) -> None:
    third, fourth = np.exp(
        model.log_probability(np.array([1, 1]), np.array([2, 2]), np.array([3, 4]))
    )
    assert third > fourth


def test_unseen_context_asks_the_shorter_one(model) -> None:
    after_unseen = model.log_probability(np.array([4]), np.array([2]), np.array([3]))
    after_other_unseen = model.log_probability(np.array([SIZE]), np.array([2]), np.array([3]))
    assert after_unseen == after_other_unseen


def test_packed_counts_give_the_same_model(model) -> None:
    arrays = model.packed()
    assert {array.dtype.itemsize for array in arrays.values()} == {1}
    again = TrigramModel.unpacked(arrays)
    everywhere = np.arange(SIZE + 1)
    for given in (model, again):
        assert given.size == SIZE
    assert np.array_equal(
        *(
            one.log_probability(
                everywhere[:, None, None], everywhere[None, :, None], everywhere[None, None, :]
            )
            for one in (model, again)
        )
    )


@pytest.mark.parametrize("name", ["contexts", "lengths", "steps", "counts", "seconds"])
def test_arrays_that_do_not_belong_together_are_refused(model, name) -> None:
    arrays = model.packed()
    arrays[name] = np.append(arrays[name], arrays[name].dtype.type(200))
    with pytest.raises(ValueError):
        TrigramModel.unpacked(arrays)


@pytest.mark.parametrize("name", ["contexts", "seconds", "lengths", "steps", "counts"])
@pytest.mark.parametrize(
    "change",
    [
        lambda array: array.astype("int64") + 2**62,
        lambda array: -array.astype("int8"),
        lambda array: array.astype(object) * 10**30,
        lambda array: array.astype("float32"),
        lambda array: array.reshape(1, -1),
        lambda array: array.tolist(),
    ],
)
def test_arrays_that_packed_does_not_make_are_refused(model, name, change) -> None:
    """Lengths that wrap when they are summed once made numpy write outside its memory."""
    arrays = model.packed()
    arrays[name] = change(arrays[name])
    with pytest.raises(ValueError, match="no row of small whole numbers"):
        TrigramModel.unpacked(arrays)


def test_a_triple_that_was_never_seen_is_refused(model) -> None:
    arrays = model.packed()
    arrays["counts"] = arrays["counts"] * 0
    with pytest.raises(ValueError, match="never seen"):
        TrigramModel.unpacked(arrays)


def test_more_triples_than_any_model_has_are_refused(model, monkeypatch) -> None:
    monkeypatch.setattr(trigrams, "_MOST_TRIPLES", 3)
    with pytest.raises(ValueError, match="no row of small whole numbers"):
        TrigramModel.unpacked(model.packed())
    with pytest.raises(ValueError, match="too many"):
        TrigramModel.counted(SEQUENCES, SIZE)
