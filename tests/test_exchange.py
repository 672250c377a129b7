"""A model travels to another office as data, and nothing else travels with it."""

from __future__ import annotations

import zipfile
from collections import OrderedDict

import numpy as np
import pytest

pytest.importorskip("skops")

from pipeline.errors import ModelError
from pipeline.topics.accents import AccentRestorer
from pipeline.topics.model import load_model
from pipeline.training import exchange
from pipeline.training.exchange import export_model, import_model
from pipeline.training.registry import list_models


class Stranger:
    """A type that no model needs."""

    def __init__(self) -> None:
        self.value = 1


@pytest.fixture
def file(models_folder, tmp_path):
    path = tmp_path / "model.skops"
    export_model(list_models()[0].name, path)
    return path


def test_an_imported_model_predicts_the_same_and_is_not_promoted(file, real) -> None:
    before = load_model()
    after = load_model(import_model(file))
    texts = [*real["text"][:10], "de nghi cap so do"]
    assert (before.probabilities(texts) == after.probabilities(texts)).all()
    assert before.calibration == after.calibration
    assert after.accents.restore(texts[-1]) == before.accents.restore(texts[-1])
    assert load_model().name == before.name


def test_an_unknown_type_is_refused_before_anything_is_built(tmp_path, models_folder) -> None:
    import skops.io

    path = tmp_path / "bad.skops"
    skops.io.dump({"plain": "{}", "classifier": Stranger()}, path)
    with pytest.raises(ModelError, match="Stranger"):
        import_model(path)
    assert len(list_models()) == 1


@pytest.mark.parametrize("content", [b"", b"not a zip", b"PK\x05\x06" + b"\0" * 18])
def test_a_broken_file_is_refused(tmp_path, models_folder, content) -> None:
    (tmp_path / "x.skops").write_bytes(content)
    with pytest.raises(ModelError, match="no exported model"):
        import_model(tmp_path / "x.skops")


def test_another_dict_is_no_model(tmp_path, models_folder) -> None:
    import skops.io

    skops.io.dump(
        OrderedDict(plain="{}", classifier=None, kinds=None, meaning=None), tmp_path / "x"
    )
    with pytest.raises(ModelError, match="no whole exported model"):
        import_model(tmp_path / "x")


def test_a_bomb_is_not_unpacked(file, monkeypatch) -> None:
    monkeypatch.setattr(exchange, "_MOST_UNPACKED", 10)
    with zipfile.ZipFile(file) as archive:
        assert archive.infolist()
    with pytest.raises(ModelError, match="unpacks to more"):
        import_model(file)


def test_other_library_versions_are_refused_with_advice(file, monkeypatch) -> None:
    monkeypatch.setattr(exchange, "installed_versions", lambda: {"scikit-learn": "99.0"})
    with pytest.raises(ModelError, match="Install scikit-learn=="):
        import_model(file)


@pytest.mark.parametrize(
    "change",
    [
        {"tokens": "một\nhai"},
        {"contexts": np.array([2**63 - 1, 2**63 - 1, 10])},
        {"counts": np.array([10**30], dtype=object)},
    ],
    ids=["fewer tokens", "sums that wrap", "numbers without end"],
)
def test_damaged_counts_of_diacritics_are_refused(models_folder, tmp_path, monkeypatch, change):
    plain = load_model().accents.as_plain()
    monkeypatch.setattr(AccentRestorer, "as_plain", lambda self: {**plain, **change})
    export_model(list_models()[0].name, tmp_path / "x.skops")
    monkeypatch.undo()
    with pytest.raises(ModelError, match="exported model"):
        import_model(tmp_path / "x.skops")
