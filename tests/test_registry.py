"""Models are saved whole, trusted only with their manifest, promoted and rolled back."""

from __future__ import annotations

import json
import os
import pickle

import pytest

from pipeline.errors import ModelError
from pipeline.topics.model import load_model
from pipeline.training import registry
from pipeline.training.comparison import objections
from pipeline.training.registry import history, list_models, promote, rollback, save_model, verify


def _save(model, folder) -> str:
    return save_model(model, settings={}, data=[], figures={}, card="# {name}\n", folder=folder)


class _Bomb:
    def __reduce__(self):
        return os.mkdir, (os.environ["BOMB"],)


def test_loading_gives_the_same_predictions(models_folder, small_model, real) -> None:
    texts = list(real["text"][:40])
    loaded = load_model()
    assert (loaded.probabilities(texts) == small_model.probabilities(texts)).all()


def test_a_pickle_bomb_is_not_opened(models_folder, tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("BOMB", str(tmp_path / "exploded"))
    name = list_models()[0].name
    (models_folder / name / "model.joblib").write_bytes(pickle.dumps(_Bomb()))
    with pytest.raises(ModelError, match="sha256"):
        load_model()
    assert not (tmp_path / "exploded").exists()


@pytest.mark.parametrize("name", ["../outside", "", ".", "none"])
def test_a_name_outside_the_folder_is_refused(models_folder, name) -> None:
    with pytest.raises(ModelError):
        load_model(name or "..")


def test_another_library_version_is_refused_with_advice(models_folder) -> None:
    path = models_folder / list_models()[0].name / "manifest.json"
    manifest = json.loads(path.read_text())
    manifest["versions"]["scikit-learn"] = "99.0.0"
    path.write_text(json.dumps(manifest))
    with pytest.raises(ModelError, match=r"Train again .* or install scikit-learn==99.0.0"):
        load_model()


def test_a_broken_manifest_is_named(models_folder) -> None:
    (models_folder / list_models()[0].name / "manifest.json").write_text("{")
    with pytest.raises(ModelError, match="cannot be read"):
        load_model()


def test_rollback_returns_to_the_model_before(models_folder, small_model) -> None:
    first = list_models()[0].name
    second, third = _save(small_model, models_folder), _save(small_model, models_folder)
    promote(second)
    promote(third, forced=True, reason="thử")
    assert [rollback(), rollback()] == [second, first]
    with pytest.raises(ModelError, match="no earlier model"):
        rollback()
    assert [event["action"] for event in history()][-2:] == ["rollback", "rollback"]
    assert history()[2]["forced"] is True


def test_a_model_of_an_older_version_can_be_replaced(models_folder, small_model) -> None:
    old, new = list_models()[0].name, _save(small_model, models_folder)
    path = models_folder / old / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "format": 1}))
    assert objections(new) == []


def test_a_full_disk_leaves_no_half_model(models_folder, small_model, monkeypatch) -> None:
    before = sorted(os.listdir(models_folder))
    monkeypatch.setattr(
        registry, "_write_text", lambda *a: (_ for _ in ()).throw(OSError(28, "No space left"))
    )
    with pytest.raises(ModelError, match="nothing was changed"):
        _save(small_model, models_folder)
    assert sorted(os.listdir(models_folder)) == before


def test_verify_notices_a_changed_file(models_folder) -> None:
    name = list_models()[0].name
    with (models_folder / name / "model.joblib").open("ab") as file:
        file.write(b"x")
    with pytest.raises(ModelError, match="changed after it was saved"):
        verify(name)
    assert "changed" in list_models()[0].problem
