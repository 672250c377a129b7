"""The estimators keep scikit-learn's conventions."""

from __future__ import annotations

import pickle

import numpy as np
import pytest
from sklearn.base import clone
from sklearn.exceptions import NotFittedError
from sklearn.model_selection import GridSearchCV

from pipeline.topics.classifier import TopicClassifier


@pytest.fixture(scope="module")
def fitted(labelled) -> TopicClassifier:
    return TopicClassifier(seed=1).fit(labelled["text"], labelled["topic"])


def test_clone_keeps_every_parameter() -> None:
    original = TopicClassifier(C=2.0, families={"words": 1.0})
    assert clone(original).get_params() == original.get_params()


def test_predict_before_fit_is_refused() -> None:
    with pytest.raises(NotFittedError):
        TopicClassifier().predict(["đề nghị làm đường"])


def test_probabilities_sum_to_one_in_the_order_of_classes(fitted) -> None:
    probabilities = fitted.predict_proba(["đề nghị cấp sổ đỏ", "rác thải bốc mùi"])
    assert probabilities.shape == (2, len(fitted.classes_))
    assert np.allclose(probabilities.sum(axis=1), 1)


def test_same_seed_gives_the_same_weights(fitted, labelled) -> None:
    again = TopicClassifier(seed=1).fit(labelled["text"], labelled["topic"])
    assert np.array_equal(again.coef_, fitted.coef_)


def test_pickle_keeps_the_predictions(fitted, labelled) -> None:
    texts = list(labelled["text"][:50])
    copy = pickle.loads(pickle.dumps(fitted))
    assert np.array_equal(copy.decision_function(texts), fitted.decision_function(texts))


def test_a_text_of_unseen_words_gets_the_intercepts(fitted) -> None:
    assert np.allclose(fitted.decision_function(["zzz qqq"])[0], fitted.intercept_, atol=1e-6)


def test_two_topics_are_enough(labelled) -> None:
    two = labelled[labelled["topic"].isin(["land", "party"])]
    classifier = TopicClassifier().fit(two["text"], two["topic"])
    assert classifier.predict(["xin cấp giấy chứng nhận quyền sử dụng đất"])[0] == "land"


def test_grid_search_runs_over_texts(labelled) -> None:
    few = labelled.groupby("topic").head(12)
    search = GridSearchCV(TopicClassifier(min_df=1), {"C": [0.1, 1.0]}, cv=2)
    search.fit(list(few["text"]), list(few["topic"]))
    assert search.best_params_["C"] in {0.1, 1.0}


def test_phrases_teach_a_topic_without_sentences() -> None:
    texts, topics = ["nắng quá", "mưa quá"] * 3, ["other", "party"] * 3
    classifier = TopicClassifier(min_df=1, phrases={"sổ đỏ": "other"}, phrase_weight=1.0)
    assert classifier.fit(texts, topics).predict(["sổ đỏ"])[0] == "other"
