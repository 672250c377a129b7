"""The models folder: saves, lists, promotes and rolls back models, and remembers who did what."""

from __future__ import annotations

import json
import os
import platform
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from pipeline.errors import ModelError
from pipeline.resources import models_dir
from pipeline.topics.model import (
    CURRENT_FILE,
    FORMAT,
    MANIFEST_FILE,
    MODEL_FILE,
    TopicModel,
    current_name,
    installed_versions,
    read_manifest,
    sha256_of,
)

CARD_FILE = "card.md"
HISTORY_FILE = "history.jsonl"


@dataclass(frozen=True)
class ModelEntry:
    """One line of `ykien models list`; `problem` says why a folder is no usable model."""

    name: str
    current: bool
    created: str
    accuracy: float | None
    macro_f1: float | None
    problem: str = ""


def save_model(
    model: TopicModel,
    *,
    settings: Mapping[str, Any],
    data: Sequence[Mapping[str, Any]],
    figures: Mapping[str, Any],
    card: str,
    folder: Path | None = None,
    today: date | None = None,
) -> str:
    """Write a model folder, whole or not at all, and return its name.

    The folder is filled under a temporary name and then renamed, so a full
    disk or a power cut leaves no half model behind.

    Parameters
    ----------
    model
        As `train` returns it.
    settings, data, figures
        For the manifest: training settings, data files with sha256 and counts,
        evaluation figures.
    card
        The model card, Markdown; `{name}` in it becomes the model's name.
    folder
        The models folder; the one in force if None.
    today
        For the name; the present day if None.

    Raises
    ------
    ModelError
        The folder cannot be written; nothing was changed.
    """
    root = folder or models_dir()
    try:
        root.mkdir(parents=True, exist_ok=True)
        name = _free_name(root, today or date.today())
        with tempfile.TemporaryDirectory(dir=root, prefix=".saving-") as workshop:
            made = Path(workshop) / name
            made.mkdir()
            _write_parts(made, model)
            manifest = {
                "format": FORMAT,
                "name": name,
                "created": datetime.now(UTC).isoformat(timespec="seconds"),
                "sha256": sha256_of(made / MODEL_FILE),
                "versions": {**installed_versions(), "python": platform.python_version()},
                "topics": [str(code) for code in model.classifier.classes_],
                "settings": dict(settings),
                "data": list(data),
                "figures": dict(figures),
                "parent": _current_or_none(root),
            }
            _write_text(made / MANIFEST_FILE, json.dumps(manifest, ensure_ascii=False, indent=1))
            _write_text(made / CARD_FILE, card.replace("{name}", name))
            os.replace(made, root / name)
    except OSError as error:
        raise ModelError(
            f"{root}: the model could not be saved ({error.strerror or error}); nothing was "
            "changed. Free some space or choose another folder (YKIEN_MODELS), then train again."
        ) from error
    return name


def list_models(folder: Path | None = None) -> list[ModelEntry]:
    """Return the models of the folder, newest first; broken ones carry a `problem`."""
    root = folder or models_dir()
    current = _current_or_none(root)
    names = sorted(
        (path.name for path in root.glob("*/") if not path.name.startswith(".")),
        key=_name_order,
        reverse=True,
    )
    return [_entry(name, root, current) for name in names]


def promote(
    name: str, *, reason: str = "", forced: bool = False, folder: Path | None = None
) -> None:
    """Put a model in use. Runs in progress keep the model they loaded.

    Parameters
    ----------
    name
        A model of the folder whose file fits its manifest.
    reason
        For the history.
    forced
        Whether a comparison spoke against it; written to the history.

    Raises
    ------
    ModelError
        The model is missing or does not fit its manifest.
    """
    root = folder or models_dir()
    verify(name, folder=root)
    before = _current_or_none(root)
    _switch(root, name)
    _remember(root, "promote", before, name, reason=reason, forced=forced)


def rollback(*, folder: Path | None = None) -> str:
    """Put the model back that was in use before, and return its name.

    Raises
    ------
    ModelError
        There is no earlier model, or it does not fit its manifest.
    """
    root = folder or models_dir()
    current = current_name(root)
    before = _model_before(root, current)
    verify(before, folder=root)
    _switch(root, before)
    _remember(root, "rollback", current, before)
    return before


def verify(name: str, *, folder: Path | None = None) -> dict[str, Any]:
    """Return the manifest of a model whose file fits it.

    Raises
    ------
    ModelError
        The model is missing, or its file was changed after it was saved.
    """
    root = folder or models_dir()
    manifest = read_manifest(name, root)
    if sha256_of(root / name / MODEL_FILE) != manifest["sha256"]:
        raise ModelError(
            f"models/{name}: the model file was changed after it was saved. "
            "Restore it from a copy, or train again: ykien train."
        )
    return manifest


def history(folder: Path | None = None) -> list[dict[str, Any]]:
    """Return every promotion and rollback, oldest first."""
    path = (folder or models_dir()) / HISTORY_FILE
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def _write_parts(folder: Path, model: TopicModel) -> None:
    import joblib

    parts = {
        "classifier": model.classifier,
        "kinds": model.kinds,
        "secondary": model.secondary,
        "calibration": model.calibration,
        "accents": model.accents,
        "meaning": model.meaning,
        "meaning_calibration": model.meaning_calibration,
    }
    joblib.dump(parts, folder / MODEL_FILE, compress=("zlib", 6))


def _free_name(root: Path, today: date) -> str:
    number = 1
    while (root / f"{today.isoformat()}-{number}").exists():
        number += 1
    return f"{today.isoformat()}-{number}"


def _name_order(name: str) -> tuple[str, int]:
    day, _, number = name.rpartition("-")
    return (day, int(number)) if number.isdigit() else (name, 0)


def _entry(name: str, root: Path, current: str | None) -> ModelEntry:
    try:
        manifest = verify(name, folder=root)
    except ModelError as error:
        return ModelEntry(name, name == current, "", None, None, str(error))
    figures = manifest.get("figures", {})
    return ModelEntry(
        name,
        name == current,
        str(manifest.get("created", "")),
        figures.get("accuracy"),
        figures.get("macro_f1"),
    )


def _current_or_none(root: Path) -> str | None:
    try:
        return current_name(root)
    except ModelError:
        return None


def _model_before(root: Path, current: str) -> str:
    """The history is a stack: a rollback takes back the promotion it undoes."""
    stack: list[str] = []
    for event in history(root):
        if event["action"] == "rollback" and stack:
            stack.pop()
        elif event["action"] == "promote":
            stack.append(event["from"] or "")
    if not stack or not stack[-1]:
        raise ModelError(f"models/{current}: there is no earlier model to go back to.")
    return stack[-1]


def _switch(root: Path, name: str) -> None:
    _write_text(root / f".{CURRENT_FILE}", name + "\n")
    os.replace(root / f".{CURRENT_FILE}", root / CURRENT_FILE)


def _remember(root: Path, action: str, before: str | None, after: str, **more: object) -> None:
    event = {
        "time": datetime.now(UTC).isoformat(timespec="seconds"),
        "action": action,
        "from": before,
        "to": after,
        **more,
    }
    with (root / HISTORY_FILE).open("a", encoding="utf-8") as file:
        file.write(json.dumps(event, ensure_ascii=False) + "\n")


def _write_text(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
