"""What `ykien train` and `ykien calibrate` do: from files to a saved model folder."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.errors import DataError
from pipeline.resources import data_dir
from pipeline.topics.classify import Tagger
from pipeline.topics.keywords import keyword_topics
from pipeline.topics.model import load_model
from pipeline.topics.phrases import load_phrases
from pipeline.topics.taxonomy import load_topics
from pipeline.training.card import model_card
from pipeline.training.dataset import fingerprint, labelled_files, load_labelled
from pipeline.training.evaluation import Evaluation, evaluate
from pipeline.training.registry import save_model
from pipeline.training.robustness import agreement
from pipeline.training.segmentation import cut_beforehand
from pipeline.training.settings import load_training_settings
from pipeline.training.train import recalibrated, train
from pipeline.training.vietnamese import other_texts

if TYPE_CHECKING:
    import pandas as pd


Progress = Callable[[str], None]


def evaluation_path() -> Path:
    """Return the shipped real-speech opinions, which no model is trained on."""
    return data_dir() / "evaluation" / "opinions.csv"


def load_evaluation(path: Path | None = None) -> pd.DataFrame:
    """Return labelled test opinions, checked, with `accept` if the file has it.

    Raises
    ------
    DataError
        As `load_labelled`.
    """
    import pandas as pd

    path = path or evaluation_path()
    rows = load_labelled([path], load_topics())
    raw = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    return rows.assign(accept=raw["accept"]) if "accept" in raw else rows


def train_and_save(
    files: Sequence[Path] = (),
    *,
    settings_path: Path | None = None,
    semantic: bool = False,
    folder: Path | None = None,
    progress: Progress = lambda message: None,
) -> tuple[str, dict[str, Any]]:
    """Train a model, score it on real speech, and save it as a new model folder.

    Parameters
    ----------
    files
        Labelled CSV files; all of `data/labelled` if empty.
    settings_path
        Another `training.toml`.
    semantic
        Whether to add the second opinion by meaning.
    folder
        The models folder; the one in force if None.
    progress
        Called with a sentence before each step.

    Returns
    -------
    name, figures
        Of the new model.

    Raises
    ------
    DataError
        A labelled row, phrase or setting is wrong; nothing is trained.
    ModelError
        The model cannot be saved.
    """
    topics = load_topics()
    paths = list(files) or labelled_files()
    labelled = load_labelled(paths, topics)
    lost = [code for code in topics if code not in set(labelled["topic"])]
    if lost:
        raise DataError(
            f"No labelled opinion has the topic {', '.join(lost)}, so the model could never name it. "
            "Add opinions, or take the topic out of data/topics/topics.csv; nothing was trained."
        )
    settings = load_training_settings(settings_path)
    phrases = load_phrases(topics)
    real = load_evaluation()
    progress(f"{len(labelled)} labelled opinions; cutting into words")
    cut_beforehand([*labelled["text"], *real["text"], *phrases])
    model = train(
        labelled,
        real,
        settings,
        phrases=phrases,
        other_texts=other_texts(),
        semantic=semantic,
        progress=progress,
    )
    progress("evaluation on real speech")
    evaluation = _evaluated(Tagger(model), real, phrases)
    figures = _figures(evaluation)
    data = [
        {"file": _shown(path), "sha256": fingerprint(path), "rows": _rows_of(path)}
        for path in paths
    ]
    card = model_card(evaluation, labelled, settings, semantic=semantic, topics=topics)
    name = save_model(
        model,
        settings={**settings.as_dict(), "semantic": semantic},
        data=data,
        figures=figures,
        card=card,
        folder=folder,
    )
    return name, figures


def evaluate_model(
    path: Path | None = None,
    *,
    model_name: str | None = None,
    semantic: bool = False,
    robustness: bool = False,
) -> Evaluation:
    """Score a model on a labelled file, the shipped real-speech opinions if None.

    Parameters
    ----------
    path
        A labelled CSV file the model was not trained on.
    model_name
        The model in use if None.
    semantic
        Whether to ask the second opinion by meaning.
    robustness
        Whether to tag every text again in other spellings (five times the work).

    Raises
    ------
    DataError, ModelError
        A row is wrong; the model cannot be trusted.
    """
    rows = load_evaluation(path)
    model = load_model(model_name)
    tagger = Tagger(model, semantic=semantic)
    evaluation = _evaluated(tagger, rows, load_phrases(load_topics()))
    if not robustness:
        return evaluation
    return replace(evaluation, robustness=agreement(list(rows["text"]), tagger))


def recalibrate(
    path: Path | None, *, folder: Path | None = None, model_name: str | None = None
) -> tuple[str, Evaluation]:
    """Fit confidence and promise of a model on an office's own reviewed opinions.

    The classifier stays as it is; only the curve from score to confidence and
    the outcomes behind the promise change. A new model folder is saved.

    Parameters
    ----------
    path
        A labelled CSV file the model was not trained on; the shipped
        evaluation opinions if None.
    folder, model_name
        Models folder and model; those in use if None.
    """
    rows = load_evaluation(path)
    model = load_model(model_name, folder)
    source = f"{len(rows)} opinions of {_shown(path or evaluation_path())}"
    calibrated = recalibrated(model, rows, source=source)
    phrases = dict(model.classifier.phrases or {})
    evaluation = _evaluated(Tagger(calibrated), rows, phrases)
    name = save_model(
        calibrated,
        settings=model.manifest.get("settings", {}),
        data=[*model.manifest.get("data", []), {"calibration": source}],
        figures=_figures(evaluation),
        card=f"# {{name}}\n\nmodels/{model.name}, calibrated anew on {source}.\n",
        folder=folder,
    )
    return name, evaluation


def _evaluated(tagger: Tagger, rows: pd.DataFrame, phrases: dict[str, str]) -> Evaluation:
    topics = load_topics()
    return evaluate(
        rows,
        tagger,
        core=[topic.code for topic in topics.values() if topic.core],
        keywords=lambda texts: keyword_topics(texts, phrases),
    )


def _figures(evaluation: Evaluation) -> dict[str, Any]:
    return {
        "rows": evaluation.n,
        "accuracy": round(evaluation.accuracy.value, 4),
        "macro_f1": round(evaluation.macro_f1.value, 4),
        "core_macro_f1": round(evaluation.core_macro_f1.value, 4),
        "accepted": round(evaluation.accepted.value, 4),
        "calibration_error": round(evaluation.calibration_error.value, 4),
        "topics": {score.topic: round(score.f1, 4) for score in evaluation.topics},
    }


def _shown(path: Path) -> str:
    """A path relative to the data folder, so that no manifest names a machine."""
    try:
        return str(Path("data") / path.resolve().relative_to(data_dir()))
    except ValueError:
        return path.name


def _rows_of(path: Path) -> int:
    import pandas as pd

    return len(pd.read_csv(path, usecols=["id"], encoding="utf-8-sig"))
