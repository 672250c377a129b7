"""Gives a model to another office, and takes one, without running anything from its file."""

from __future__ import annotations

import json
import zipfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pipeline.errors import MissingPartError, ModelError
from pipeline.topics.accents import AccentRestorer
from pipeline.topics.calibration import Calibration
from pipeline.topics.classifier import TopicClassifier
from pipeline.topics.kind import KindClassifier
from pipeline.topics.meaning import MeaningClassifier
from pipeline.topics.model import MAX_BYTES, TopicModel, installed_versions, load_model
from pipeline.training.registry import save_model

FORMAT = 2
TRUSTED = (
    "pipeline.topics.classifier.TopicClassifier",
    "pipeline.topics.features.OpinionFeatures",
    "pipeline.topics.features._Analyzer",
    "pipeline.topics.kind.KindClassifier",
)
"""The only types, besides numpy's and scikit-learn's own, that a file may hold."""
_MOST_UNPACKED = 5 * MAX_BYTES
_BROKEN = (
    KeyError, TypeError, ValueError, AttributeError, IndexError, OverflowError, MemoryError,
    RecursionError,
)  # fmt: skip
"""What a file of the right shape with wrong content makes Python raise."""


def export_model(name: str, path: Path, *, folder: Path | None = None) -> None:
    """Write a model of the models folder to one file that another office can import.

    Parameters
    ----------
    name
        A model of the folder.
    path
        The file, usually ending in `.skops`.
    folder
        The models folder; the one in force if None.

    Raises
    ------
    MissingPartError
        skops is not installed.
    ModelError
        The model cannot be loaded, or the file cannot be written.
    """
    skops = _skops()
    model = load_model(name, folder)
    plain = {
        "format": FORMAT,
        "manifest": model.manifest,
        "secondary": model.secondary,
        "calibration": asdict(model.calibration),
        "meaning_calibration": model.meaning_calibration and asdict(model.meaning_calibration),
    }
    parts = {
        "plain": json.dumps(plain, ensure_ascii=False),
        "classifier": model.classifier,
        "kinds": model.kinds,
        "accents": model.accents.as_plain(),
        "meaning": None if model.meaning is None else dict(vars(model.meaning)),
    }
    temporary = path.with_name(f".{path.name}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        skops.dump(parts, temporary, compression=zipfile.ZIP_DEFLATED)
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise ModelError(
            f"{path}: cannot be written ({error.strerror or error}). Free some space or choose "
            "another place."
        ) from error


def import_model(path: Path, *, folder: Path | None = None) -> str:
    """Save a model from another office as a new model folder, and return its name.

    It is not promoted: compare it first. The file is looked through before
    anything in it is built; a type outside `TRUSTED` refuses the whole file.

    Parameters
    ----------
    path
        A file that `export_model` wrote.
    folder
        The models folder; the one in force if None.

    Raises
    ------
    MissingPartError
        skops is not installed.
    ModelError
        The file is no exported model, is too large, holds an unknown type, or
        was made with library versions that do not fit.
    """
    parts = _checked_parts(path)
    try:
        plain = json.loads(parts["plain"])
        manifest = plain["manifest"]
        _check_versions(path, plain)
        model = TopicModel(
            parts["classifier"],
            parts["kinds"],
            {str(k): float(v) for k, v in plain["secondary"].items()},
            _calibration(plain["calibration"]),
            AccentRestorer.from_plain(parts["accents"]),
            None if parts["meaning"] is None else MeaningClassifier(**parts["meaning"]),
            plain["meaning_calibration"] and _calibration(plain["meaning_calibration"]),
        )
        if not isinstance(model.classifier, TopicClassifier) or not isinstance(
            model.kinds, KindClassifier
        ):
            raise TypeError("its classifiers are of other types")
        model.probabilities([model.accents.restore("thu")])
        settings, figures = dict(manifest.get("settings", {})), dict(manifest.get("figures", {}))
        data = [*manifest.get("data", []), {"imported": path.name}]
    except _BROKEN as error:
        raise ModelError(
            f"{path}: is no whole exported model ({error}). Ask for a new export."
        ) from error
    return save_model(
        model,
        settings=settings,
        data=data,
        figures=figures,
        card=f"# {{name}}\n\nmodels/{manifest.get('name', '?')} of another office, from {path.name}. "
        "Compare it on your own opinions before you promote it.\n",
        folder=folder,
    )


def _checked_parts(path: Path) -> dict[str, Any]:
    skops = _skops()
    try:
        if path.stat().st_size > MAX_BYTES:
            raise ModelError(f"{path}: over {MAX_BYTES // 10**6} MB, no model is that large.")
        with zipfile.ZipFile(path) as archive:
            if sum(member.file_size for member in archive.infolist()) > _MOST_UNPACKED:
                raise ModelError(f"{path}: unpacks to more than any model needs; not opened.")
        unknown = sorted(set(skops.get_untrusted_types(file=path)) - set(TRUSTED))
        if unknown:
            raise ModelError(
                f"{path}: holds types that no model needs ({', '.join(unknown[:5])}), so it is not "
                "opened. Ask its sender how it was made."
            )
        parts = skops.load(path, trusted=list(TRUSTED))
    except ModelError:
        raise
    except Exception as error:  # a broken file makes skops raise nearly anything
        raise ModelError(
            f"{path}: is no exported model ({type(error).__name__}: {error}). "
            "Export it anew: ykien models export NAME FILE."
        ) from error
    if not isinstance(parts, dict) or not isinstance(parts.get("plain"), str):
        raise ModelError(f"{path}: is no exported model. Export it: ykien models export NAME FILE.")
    return parts


def _skops():
    try:
        import skops.io
    except ImportError as error:
        raise MissingPartError(
            "Models of other offices need skops. Install it: pip install 'ykien[exchange]'."
        ) from error
    return skops.io


def _check_versions(path: Path, plain: dict[str, Any]) -> None:
    if plain["format"] != FORMAT:
        raise ModelError(f"{path}: made by another version of ykien. Ask for a new export.")
    here = installed_versions()
    for library, made_with in plain["manifest"]["versions"].items():
        if library in here and here[library].split(".")[:2] != str(made_with).split(".")[:2]:
            raise ModelError(
                f"{path}: made with {library} {made_with}, but {here[library]} is installed. "
                f"Install {library}=={made_with}, or ask the other office for its labelled data."
            )


def _calibration(plain: dict[str, Any]) -> Calibration:
    return Calibration(**{name: _frozen(value) for name, value in plain.items()})


def _frozen(value: object) -> object:
    return tuple(_frozen(item) for item in value) if isinstance(value, list) else value
