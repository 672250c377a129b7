"""Weights of linear machines, kept in a file at half precision."""

from __future__ import annotations

import numpy as np


class HalvedWeights:
    """Gives an estimator with `coef_` half its size on disk.

    Weights are rounded when they are learned (`rounded`), so that a model says
    the same before it is saved and after.
    """

    def __getstate__(self) -> dict:
        state = super().__getstate__()
        return state | {"coef_": state["coef_"].astype("float16")} if "coef_" in state else state

    def __setstate__(self, state: dict) -> None:
        super().__setstate__(state)
        if "coef_" in state:
            self.coef_ = state["coef_"].astype("float32")


def rounded(weights: np.ndarray) -> np.ndarray:
    """Return weights at half precision, in the type that is fast to multiply."""
    return weights.astype("float16").astype("float32")
