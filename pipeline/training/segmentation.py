"""Remembers how training texts were cut, so that a second training does not cut again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pipeline.topics.words import CutText, cut_many, make_room, remember

CHUNK = 500


def cache_dir() -> Path:
    """Return the folder of remembered segmentations, in the user's cache folder."""
    import os

    root = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(root) / "ykien"


def cut_beforehand(texts: Sequence[str], folder: Path | None = None) -> None:
    """Cut `texts` now, from memory where a chunk of them was cut before.

    Parameters
    ----------
    texts
        Training texts in the order of their files: a file that is appended to
        keeps its earlier chunks.
    folder
        Where to remember; the user's cache folder if None.
    """
    from joblib import Memory

    make_room(2 * len(texts))
    memory = Memory(folder or cache_dir(), verbose=0)
    cut_chunk = memory.cache(_cut_chunk)
    for start in range(0, len(texts), CHUNK):
        chunk = tuple(texts[start : start + CHUNK])
        remember(dict(zip(chunk, cut_chunk(chunk, _segmenter_version()), strict=True)))


def _cut_chunk(texts: tuple[str, ...], version: str) -> list[CutText]:
    return cut_many(texts)


def _segmenter_version() -> str:
    from importlib.metadata import version

    return version("underthesea")
