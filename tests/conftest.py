"""A small model, trained once for all tests on a slice of the shipped opinions."""

from __future__ import annotations

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")

import pytest

from pipeline.topics.classify import Tagger
from pipeline.topics.phrases import load_phrases
from pipeline.topics.taxonomy import load_topics
from pipeline.training.dataset import labelled_files, load_labelled
from pipeline.training.registry import promote, save_model
from pipeline.training.settings import TrainingSettings
from pipeline.training.train import train
from pipeline.training.workflow import load_evaluation

SETTINGS = TrainingSettings(folds=2)


@pytest.fixture(scope="session")
def labelled():
    """Sixty labelled opinions of every topic."""
    rows = load_labelled(labelled_files(), load_topics())
    return rows.groupby("topic").head(60).reset_index(drop=True)


@pytest.fixture(scope="session")
def real():
    """The real-speech opinions that nothing is trained on."""
    return load_evaluation()


@pytest.fixture(scope="session")
def small_model(labelled, real):
    """A model of poor quality and honest make."""
    return train(labelled, real, SETTINGS, phrases=load_phrases(load_topics()))


@pytest.fixture(scope="session")
def tagger(small_model):
    """The small model, ready to tag."""
    return Tagger(small_model)


@pytest.fixture
def models_folder(small_model, tmp_path, monkeypatch):
    """A models folder of its own that holds the small model, promoted."""
    folder = tmp_path / "models"
    name = save_model(
        small_model,
        settings=SETTINGS.as_dict(),
        data=[],
        figures={"accuracy": 0.5, "macro_f1": 0.4},
        card="# {name}\n",
        folder=folder,
    )
    promote(name, folder=folder)
    monkeypatch.setenv("YKIEN_MODELS", str(folder))
    return folder
