"""A topic model as it lies in the models folder, loaded only if its manifest fits."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.errors import ModelError
from pipeline.resources import models_dir

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from scipy.sparse import csr_matrix

    from pipeline.topics.accents import AccentRestorer
    from pipeline.topics.calibration import Calibration
    from pipeline.topics.classifier import TopicClassifier
    from pipeline.topics.kind import KindClassifier
    from pipeline.topics.meaning import MeaningClassifier

FORMAT = 3
MODEL_FILE = "model.joblib"
MANIFEST_FILE = "manifest.json"
CURRENT_FILE = "current"
PINNED = ("scikit-learn", "underthesea", "numpy", "scipy")
"""Libraries whose classes or tokens are inside a model; major and minor version must fit."""
MAX_BYTES = 200_000_000


@dataclass(frozen=True)
class TopicModel:
    """Everything that turns texts into topics.

    `secondary` is the probability ratio to the primary topic from which a
    topic counts as secondary, by topic, with a default under "".
    `accents` restores text without diacritics. `meaning` is the second opinion
    on sentence embeddings with a calibration of its own, or None; it is asked
    only on demand, so that a model says the same on every machine.
    """

    classifier: TopicClassifier
    kinds: KindClassifier
    secondary: dict[str, float]
    calibration: Calibration
    accents: AccentRestorer
    meaning: MeaningClassifier | None = None
    meaning_calibration: Calibration | None = None
    name: str = ""
    manifest: dict[str, Any] = field(default_factory=dict)

    def calibration_for(self, semantic: bool) -> Calibration:
        """Return the calibration with or without the second opinion by meaning.

        Raises
        ------
        ModelError
            The model was trained without the second opinion.
        """
        if not semantic:
            return self.calibration
        if self.meaning is None or self.meaning_calibration is None:
            raise ModelError(
                f"models/{self.name}: was trained without the second opinion by meaning. "
                "Train one with it: ykien train --semantic."
            )
        return self.meaning_calibration

    def probabilities(
        self, texts: Sequence[str], matrix: csr_matrix | None = None, *, semantic: bool = False
    ) -> np.ndarray:
        """Return the probability of every topic, shape (texts, topics).

        Parameters
        ----------
        texts
            Opinions.
        matrix
            Their features, if they were computed before.
        semantic
            Whether to ask the second opinion by meaning.
        """
        from pipeline.topics.classifier import softmax

        if matrix is None:
            matrix = self.classifier.features_.transform(texts)
        words = softmax(self.classifier.margins(matrix) / self.classifier.temperature)
        if not semantic or self.meaning is None:
            return words
        return self.meaning.second_opinion(texts, words)


def load_model(name: str | None = None, folder: Path | None = None) -> TopicModel:
    """Return a model of the models folder, the current one if no name is given.

    A pickle can run any code, so the file is opened only when its sha256
    stands in the manifest beside it, inside the models folder, and the
    libraries that made it fit those that are installed.

    Parameters
    ----------
    name
        A folder of the models folder.
    folder
        The models folder; the one in force if None.

    Raises
    ------
    ModelError
        No such model, a broken or missing manifest, another sha256, library
        versions that do not fit; the message says what to do.
    """
    root = (folder or models_dir()).resolve()
    chosen = name or current_name(root)
    manifest = read_manifest(chosen, root)
    path = model_path(chosen, root)
    digest = sha256_of(path)
    if digest != manifest["sha256"]:
        raise ModelError(
            f"{path}: its sha256 is not the one in {MANIFEST_FILE}, so it is not opened. "
            "Restore the folder, or train again: ykien train."
        )
    _check_versions(chosen, manifest)
    import joblib

    parts = joblib.load(path)
    try:
        return TopicModel(name=chosen, manifest=manifest, **parts)
    except TypeError as error:
        raise ModelError(
            f"models/{chosen}: made by another version of ykien ({error}). Train again: ykien train."
        ) from error


def current_name(root: Path) -> str:
    """Return the name of the model in use.

    Raises
    ------
    ModelError
        No model was promoted yet.
    """
    try:
        return (root / CURRENT_FILE).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ModelError(
            f"{root}: no model is in use. Train one and promote it: "
            "ykien train && ykien models promote NAME."
        ) from error


def read_manifest(name: str, root: Path) -> dict[str, Any]:
    """Return a model's manifest.

    Raises
    ------
    ModelError
        The model or its manifest is missing, unreadable, or of another format.
    """
    path = model_path(name, root).with_name(MANIFEST_FILE)
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ModelError(f"{path}: there is no model {name!r}. See: ykien models list.") from error
    except (OSError, ValueError) as error:
        raise ModelError(f"{path}: cannot be read ({error}). Train again: ykien train.") from error
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise ModelError(
            f"{path}: its format is not {FORMAT}, so another version of ykien made it. "
            "Train again: ykien train."
        )
    if not isinstance(manifest.get("sha256"), str) or not isinstance(
        manifest.get("versions"), dict
    ):
        raise ModelError(f"{path}: lacks sha256 or versions. Train again: ykien train.")
    return manifest


def model_path(name: str, root: Path) -> Path:
    """Return the path of a model file, never outside the models folder.

    Raises
    ------
    ModelError
        `name` is no plain folder name.
    """
    folder = (root / name).resolve()
    if not name or folder.parent != root.resolve():
        raise ModelError(f"{name!r} is no name of a model. See: ykien models list.")
    return folder / MODEL_FILE


def sha256_of(path: Path) -> str:
    """Return the sha256 of a file as hexadecimal text.

    Raises
    ------
    ModelError
        The file is missing, cannot be read, or is larger than any model.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise ModelError(f"{path}: over {MAX_BYTES // 10**6} MB, no model is that large.")
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise ModelError(f"{path}: cannot be read ({error}). Train again: ykien train.") from error


def installed_versions() -> dict[str, str]:
    """Return the versions of the libraries that a model depends on."""
    return {library: version(library) for library in PINNED}


def _check_versions(name: str, manifest: dict[str, Any]) -> None:
    here = installed_versions()
    for library, made_with in manifest["versions"].items():
        if library in here and _minor(here[library]) != _minor(made_with):
            raise ModelError(
                f"models/{name}: made with {library} {made_with}, but {here[library]} is "
                f"installed. Train again (ykien train), or install {library}=={made_with}."
            )


def _minor(text: str) -> list[str]:
    return text.split(".")[:2]
