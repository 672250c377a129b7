"""Shows an evaluation: as text for a terminal and as one offline page with pictures."""

from __future__ import annotations

from html import escape

from pipeline.resources import data_dir
from pipeline.settings import read_toml
from pipeline.training.evaluation import Estimate, Evaluation


def as_text(evaluation: Evaluation, *, risk_curve: bool = False) -> str:
    """Return the tables of an evaluation for a terminal."""
    parts = [
        f"models/{evaluation.model}, {evaluation.n} opinions never trained on",
        "",
        *_headline(evaluation),
        "",
        "topic        precision recall    F1     n",
        *(
            f"{s.topic:<12} {s.precision:9.3f} {s.recall:6.3f} {s.f1:5.3f} {s.n:5d}"
            for s in evaluation.topics
        ),
        "",
        "topics as sets: "
        + ", ".join(f"{name} {value:.3f}" for name, value in evaluation.sets.items()),
        "",
        *promise_lines(evaluation),
        "",
        *_confusion_lines(evaluation),
    ]
    if evaluation.robustness:
        parts += ["", "same topic in another spelling:"]
        parts += [f"  {name:<30} {share:.1%}" for name, share in evaluation.robustness.items()]
    if risk_curve:
        parts += ["", "coverage  risk"]
        step = max(1, len(evaluation.risk_curve) // 20)
        parts += [f"{c:8.2f} {r:5.3f}" for c, r in evaluation.risk_curve[::step]]
    parts += ["", "worst errors (surest first):"]
    parts += [
        f"  {case['id']} {case['truth']} -> {case['guess']} ({case['confidence']}) "
        f"[{', '.join(case['evidence'])}] {case['text'][:80]}"
        for case in evaluation.worst
    ]
    return "\n".join(parts)


def promise_lines(evaluation: Evaluation) -> list[str]:
    """Return what the promise gave at each risk, cross-fitted."""
    return [
        "accepted risk   auto    wrong among auto (95 % bound)   auto if the risk were known"
    ] + [
        f"{check.risk:>12.0%} {check.coverage:7.1%}   "
        + (
            f"{check.error:.1%} of {check.n_auto} (up to {check.error_high:.1%})"
            if check.error is not None
            else "nothing passes: too few opinions to promise it"
        )
        + f"   {evaluation.coverage_at_risk[str(check.risk)]:.1%}"
        for check in evaluation.promises
    ]


def as_html(evaluation: Evaluation) -> str:
    """Return an evaluation as one page that works offline."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(data_dir() / "papers"), autoescape=True, undefined=StrictUndefined
    )
    return environment.get_template("evaluation.html").render(
        e=evaluation,
        headline=_headline(evaluation),
        promises=promise_lines(evaluation),
        reliability=_reliability_picture(evaluation),
        curve=_curve_picture(evaluation),
        codes=list(evaluation.confusion),
        most=max(n for row in evaluation.confusion.values() for n in row.values()) or 1,
    )


def _headline(evaluation: Evaluation) -> list[str]:
    agreement = read_toml(data_dir() / "evaluation" / "agreement.toml")

    def line(name: str, e: Estimate, people: str, baseline: str) -> str:
        others = "   ".join(
            f"{label} {figures[baseline]:.3f}"
            for label, figures in evaluation.baselines.items()
            if baseline in figures
        )
        return f"{name:<34} {e.value:.3f} ({e.low:.3f} to {e.high:.3f})   {people:<18} {others}"

    return [
        line(
            "accuracy", evaluation.accuracy, f"two people {agreement['accuracy']:.3f}", "accuracy"
        ),
        line(
            "macro-F1", evaluation.macro_f1, f"two people {agreement['macro_f1']:.3f}", "macro_f1"
        ),
        line("macro-F1, core topics", evaluation.core_macro_f1, "", "core_macro_f1"),
        line(
            "first choice in annotators' set",
            evaluation.accepted,
            f"two people {agreement['primary_among_the_others_topics']:.2f}",
            "",
        ),
        line("expected calibration error", evaluation.calibration_error, "", ""),
    ]


def _confusion_lines(evaluation: Evaluation) -> list[str]:
    codes = list(evaluation.confusion)
    head = "true \\ given " + " ".join(code[:5].rjust(5) for code in codes)
    return [head] + [
        f"{truth:<12} " + " ".join(f"{n or '.':>5}" for n in evaluation.confusion[truth].values())
        for truth in codes
    ]


def _reliability_picture(evaluation: Evaluation) -> str:
    """An SVG of accuracy against confidence; the diagonal is perfect."""
    dots = "".join(_dot(**bin_) for bin_ in evaluation.reliability)
    return _frame(f'<line x1="0" y1="300" x2="300" y2="0"/>{dots}', "confidence", "accuracy")


def _dot(*, share: float, confidence: float, accuracy: float, **_: float) -> str:
    said = f"{share:.0%} of opinions: confidence {confidence:.2f}, accuracy {accuracy:.2f}"
    return (
        f'<circle cx="{confidence * 300:.1f}" cy="{300 - accuracy * 300:.1f}" '
        f'r="{3 + 22 * share**0.5:.1f}"><title>{escape(said)}</title></circle>'
    )


def _curve_picture(evaluation: Evaluation) -> str:
    """An SVG of the error among the surest opinions against their share."""
    points = " ".join(
        f"{c * 300:.1f},{300 - min(r, 0.4) * 750:.1f}" for c, r in evaluation.risk_curve
    )
    return _frame(
        f'<line x1="0" y1="262.5" x2="300" y2="262.5"/><polyline points="{points}"/>',
        "coverage",
        "risk (line: 5 %, top: 40 %)",
    )


def _frame(inside: str, across: str, up: str) -> str:
    return (
        f'<svg viewBox="-30 -10 350 340" width="350" height="340" role="img" '
        f'aria-label="{escape(up)} against {escape(across)}">'
        f'<rect x="0" y="0" width="300" height="300"/>{inside}'
        f'<text x="150" y="322" text-anchor="middle">{escape(across)}</text>'
        f'<text x="-150" y="-12" transform="rotate(-90)" text-anchor="middle">{escape(up)}</text>'
        "</svg>"
    )
