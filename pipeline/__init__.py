"""Reads minutes of public dialogue meetings, tags every opinion, and routes it to its agency.

Three lines do what `ykien run` does with one document:

>>> from pipeline import load_model, read_minutes, tag_and_route  # doctest: +SKIP
>>> opinions = read_minutes("bien_ban.docx")  # doctest: +SKIP
>>> tag_and_route(opinions, load_model())[["text", "topic", "lead"]]  # doctest: +SKIP

Every name is imported when it is first used, so `import pipeline` is light.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

_HOMES = {
    "Tagger": "pipeline.topics.classify",
    "TopicClassifier": "pipeline.topics.classifier",
    "YkienError": "pipeline.errors",
    "compare": "pipeline.training.comparison",
    "evaluate_model": "pipeline.training.workflow",
    "export_review": "pipeline.review",
    "import_reviews": "pipeline.review",
    "load_evaluation": "pipeline.training.workflow",
    "load_labelled": "pipeline.analysis",
    "load_model": "pipeline.topics.model",
    "load_routing": "pipeline.routing",
    "load_topics": "pipeline.topics.taxonomy",
    "new_classifier": "pipeline.analysis",
    "promote": "pipeline.training.registry",
    "read_minutes": "pipeline.analysis",
    "rollback": "pipeline.training.registry",
    "route_opinion": "pipeline.routing",
    "tag_and_route": "pipeline.analysis",
    "train_and_save": "pipeline.training.workflow",
}

__all__ = [
    "Tagger",
    "TopicClassifier",
    "YkienError",
    "compare",
    "evaluate_model",
    "export_review",
    "import_reviews",
    "load_evaluation",
    "load_labelled",
    "load_model",
    "load_routing",
    "load_topics",
    "new_classifier",
    "promote",
    "read_minutes",
    "rollback",
    "route_opinion",
    "tag_and_route",
    "train_and_save",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'pipeline' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return __all__
