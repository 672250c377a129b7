"""`ykien evaluate-extraction`: how well opinions are found in marked minutes."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

_FIGURES = ("opinions", "splits", "speakers", "replies", "header")


@click.command("evaluate-extraction")
@click.argument("gold_dir", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
def command(gold_dir: Path, as_json: bool) -> None:
    """Print precision, recall and F1 of opinions, splits, speakers, replies, header facts.

    Example: ykien evaluate-extraction data/evaluation/minutes
    """
    from pipeline.extraction import evaluate_extraction

    result = evaluate_extraction(gold_dir)
    if as_json:
        click.echo(json.dumps(asdict(result), ensure_ascii=False, indent=1))
        return
    click.echo("document             " + "".join(f"{name + ' P/R/F1':>20}" for name in _FIGURES))
    for document in result.documents:
        click.echo(_line(document.name, [getattr(document, name) for name in _FIGURES]))
    click.echo(_line("overall", [result.total(name) for name in _FIGURES]))
    click.echo(f"replies taken for opinions: {result.replies_as_opinions:.1%}")


def _line(name: str, scores) -> str:
    shown = "".join(f"{f'{c.precision:.2f} {c.recall:.2f} {c.f1:.2f}':>20}" for c in scores)
    return f"{name[:20]:<21}{shown}"
