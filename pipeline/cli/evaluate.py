"""`ykien evaluate`: how good a model is on opinions it never saw."""

from __future__ import annotations

import json
from pathlib import Path

import click


@click.command("evaluate")
@click.argument("table", required=False, type=click.Path(exists=True, path_type=Path))
@click.option("--model", help="Another model than the one in use.")
@click.option("--semantic", is_flag=True, help="Ask the second opinion by meaning.")
@click.option("--risk-curve", is_flag=True, help="Print risk against coverage.")
@click.option("--json", "json_path", type=click.Path(path_type=Path), help="Also write JSON.")
@click.option("--html", "html_path", type=click.Path(path_type=Path), help="Also write a page.")
@click.option("--robustness", is_flag=True, help="Also test other spellings of the same texts.")
def command(table, model, semantic, risk_curve, json_path, html_path, robustness) -> None:
    """Score the model on TABLE, or on the shipped real-speech opinions.

    Example: ykien evaluate --html evaluation.html
    """
    from pipeline.training.evaluation_pages import as_html, as_text
    from pipeline.training.workflow import evaluate_model

    evaluation = evaluate_model(table, model_name=model, semantic=semantic, robustness=robustness)
    click.echo(as_text(evaluation, risk_curve=risk_curve))
    if json_path:
        json_path.write_text(
            json.dumps(evaluation.as_dict(), ensure_ascii=False, indent=1), encoding="utf-8"
        )
    if html_path:
        html_path.write_text(as_html(evaluation), encoding="utf-8")
