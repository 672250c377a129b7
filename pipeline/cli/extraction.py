"""`ykien evaluate-extraction` and `train-extraction`: finding opinions in marked minutes."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

_FIGURES = ("opinions", "splits", "speakers", "replies", "header")


@click.command("evaluate-extraction")
@click.argument("gold_dir", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
@click.option("--rules-only", is_flag=True, help="Without the second reading.")
def command(gold_dir: Path, as_json: bool, rules_only: bool) -> None:
    """Print precision, recall and F1 of opinions, splits, speakers, replies, header facts.

    Example: ykien evaluate-extraction data/evaluation/minutes
    """
    from pipeline.extraction import evaluate_extraction, load_tagger

    result = evaluate_extraction(gold_dir, tagger=None if rules_only else load_tagger())
    if as_json:
        click.echo(json.dumps(asdict(result), ensure_ascii=False, indent=1))
        return
    click.echo("document             " + "".join(f"{name + ' P/R/F1':>20}" for name in _FIGURES))
    for document in result.documents:
        click.echo(_line(document.name, [getattr(document, name) for name in _FIGURES]))
    click.echo(_line("overall", [result.total(name) for name in _FIGURES]))
    click.echo(f"replies taken for opinions: {result.replies_as_opinions:.1%}")


@click.command("train-extraction")
@click.argument("folders", nargs=-1, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--leave-out", is_flag=True, help="First try every folder with a tagger that never saw it."
)
def train(folders: tuple[Path, ...], leave_out: bool) -> None:
    """Train the second reader of minutes on FOLDERS of documents with gold marks.

    Without FOLDERS on data/marked and data/minutes.

    Example: ykien train-extraction --leave-out
    """
    from pipeline.extraction import learning
    from pipeline.extraction.unit_tagger import load_settings
    from pipeline.resources import data_dir

    settings = load_settings()
    gathered = learning.gather(
        folders or learning.folders(), warn=lambda message: click.echo(message, err=True)
    )
    if leave_out:
        click.echo("opinions P/R        rules alone   second reading (folder never seen)")
        sums = [[], []]
        for folder, *results in learning.left_out(gathered, settings):
            click.echo(_pairs(folder.name, [result.total("opinions") for result in results]))
            for kept, result in zip(sums, results, strict=True):
                kept.append(result.total("opinions"))
        click.echo(_pairs("overall", [sum(kept[1:], kept[0]) for kept in sums]))
    documents = [learned for ones in gathered.values() for _, learned in ones]
    path = learning.save(learning.fit(documents, settings), documents, data_dir() / "extraction")
    click.echo(f"{path.name}: learned from {len(documents)} documents.")


def _pairs(name: str, scores) -> str:
    return f"{name:<20}" + "".join(f"{f'{c.precision:.2f} {c.recall:.2f}':<14}" for c in scores)


def _line(name: str, scores) -> str:
    shown = "".join(f"{f'{c.precision:.2f} {c.recall:.2f} {c.f1:.2f}':>20}" for c in scores)
    return f"{name[:20]:<21}{shown}"
