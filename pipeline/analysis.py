"""What an analyst calls: minutes, labelled opinions and models in one line each."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.errors import ReadError

if TYPE_CHECKING:
    import pandas as pd

    from pipeline.topics.classifier import TopicClassifier
    from pipeline.topics.model import TopicModel


def read_minutes(path: str | Path) -> pd.DataFrame:
    """Return the opinions of one document, one row each, not yet tagged.

    Parameters
    ----------
    path
        Minutes in any format that `ykien run` reads.

    Raises
    ------
    ReadError
        The document cannot be read; in Vietnamese.

    Examples
    --------
    >>> from pipeline.resources import data_dir
    >>> sample = data_dir() / "minutes" / "bien_ban_hop_thon_sa_seng_2022.txt"
    >>> "text" in read_minutes(sample)
    True
    """
    from pipeline.extraction import extract_minutes, load_tagger, opinion_table
    from pipeline.reading import Unread, read_documents

    found = list(read_documents(Path(path)))
    for item in found:
        if isinstance(item, Unread):
            raise ReadError(f"{item.source}: {item.error} {item.remedy}")
    return opinion_table([extract_minutes(document, load_tagger()) for document in found])


def tag_and_route(opinions: pd.DataFrame, model: TopicModel) -> pd.DataFrame:
    """Return `opinions` with topics, decision, evidence and agencies added.

    Parameters
    ----------
    opinions
        As `read_minutes` returns them.
    model
        As `load_model` returns it.
    """
    from pipeline.routing import load_routing, route_table
    from pipeline.topics.classify import Tagger, classify_table

    return route_table(classify_table(opinions, Tagger(model)), load_routing())


def load_labelled(files: Sequence[str | Path] = (), *, each: int | None = None) -> pd.DataFrame:
    """Return labelled opinions, checked; all of `data/labelled` if no file is named.

    Parameters
    ----------
    files
        Labelled CSV files.
    each
        At most so many opinions of each topic, for quick experiments.

    Raises
    ------
    DataError
        A row is wrong.

    Examples
    --------
    >>> rows = load_labelled(each=2)
    >>> rows.groupby("topic").size().max()
    np.int64(2)
    """
    from pipeline.topics.taxonomy import load_topics
    from pipeline.training import dataset

    paths = [Path(file) for file in files] or dataset.labelled_files()
    rows = dataset.load_labelled(paths, load_topics())
    if each is None:
        return rows
    shuffled = rows.sample(frac=1, random_state=0)
    return shuffled.groupby("topic").head(each).sort_index().reset_index(drop=True)


def new_classifier(**changes: Any) -> TopicClassifier:
    """Return an unfitted classifier with the settings of `data/training.toml`.

    Parameters
    ----------
    **changes
        Parameters of `TopicClassifier` that differ.

    Examples
    --------
    >>> new_classifier(C=1.0).get_params()["C"]
    1.0
    """
    from pipeline.topics.phrases import load_phrases
    from pipeline.topics.taxonomy import load_topics
    from pipeline.training.settings import load_training_settings
    from pipeline.training.train import new_classifier as from_settings

    classifier = from_settings(load_training_settings(), load_phrases(load_topics()))
    return classifier.set_params(**changes)
