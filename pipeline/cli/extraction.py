"""`ykien evaluate-extraction`: how well opinions are found in marked minutes."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click


@click.command("evaluate-extraction")
@click.argument("gold_dir", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
def command(gold_dir: Path, as_json: bool) -> None:
    """Print precision, recall and F1 of opinions, speakers, replies and header facts.

    Example: ykien evaluate-extraction data/evaluation/minutes
    """
    from pipeline.extraction.evaluation import evaluate_extraction, printed

    result = evaluate_extraction(gold_dir)
    click.echo(
        json.dumps(asdict(result), ensure_ascii=False, indent=1) if as_json else printed(result)
    )
