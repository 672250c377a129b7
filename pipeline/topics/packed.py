"""Weights of linear machines, kept in a file as one byte each."""

from __future__ import annotations

import numpy as np

_STEPS = 127


class PackedWeights:
    """Gives an estimator with `coef_` a quarter of its size on disk.

    Weights are rounded when they are learned (`rounded`), so that a model says
    the same before it is saved and after.
    """

    def __getstate__(self) -> dict:
        state = super().__getstate__()
        return state | {"coef_": packed(state["coef_"])} if "coef_" in state else state

    def __setstate__(self, state: dict) -> None:
        packed_weights = state.get("coef_")
        super().__setstate__(state)
        if packed_weights is not None:
            self.coef_ = unpacked(*packed_weights)


def packed(weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return weights as bytes, and the largest root of each row.

    Steps are even between the square roots of weights, so they are fine where
    most weights are, near nothing (companding, as speech is coded in telephony).

    Parameters
    ----------
    weights
        Shape (rows, features).

    Returns
    -------
    tuple
        Shapes (rows, features), int8, and (rows, 1), float32.
    """
    roots = np.sign(weights) * np.sqrt(np.abs(weights))
    largest = np.maximum(np.abs(roots).max(axis=1, keepdims=True), 1e-9).astype("float32")
    return np.round(roots / largest * _STEPS).astype("int8"), largest


def unpacked(steps: np.ndarray, largest: np.ndarray) -> np.ndarray:
    """Return what `packed` has packed, float32."""
    roots = steps.astype("float32") * (largest / _STEPS)
    return np.sign(roots) * roots * roots


def rounded(weights: np.ndarray) -> np.ndarray:
    """Return weights as they will be after saving and loading."""
    return unpacked(*packed(weights))
