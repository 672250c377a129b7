"""`ykien evaluate-routing`, `-kinds`, `-masking`: the other figures that the documents show."""

from __future__ import annotations

from pathlib import Path

import click

_SHOWN = 20


@click.command("evaluate-routing")
@click.argument("table", required=False, type=click.Path(exists=True, path_type=Path))
def routing(table: Path | None) -> None:
    """Score routing on opinions whose agencies were marked by hand.

    Example: ykien evaluate-routing
    """
    from pipeline.routing import evaluate_routing

    report = evaluate_routing(table=table)
    click.echo(f"{report.opinions} opinions, topic given")
    click.echo(f"lead right           {report.lead_accuracy:.3f}")
    click.echo(f"coordinate recalled  {report.coordinate_recall:.3f}")
    click.echo(f"forward right        {report.forward_accuracy:.3f}")
    for period, share in report.by_period.items():
        click.echo(f"  {period:<18} {share:.3f}")
    click.echo(f"agencies no rule leads to: {', '.join(report.unreachable) or 'none'}")
    for id_, marked, given, text in report.errors[:_SHOWN]:
        click.echo(f"  {id_}: {marked}, given {given}: {text[:80]}")


@click.command("evaluate-kinds")
@click.argument("table", required=False, type=click.Path(exists=True, path_type=Path))
@click.option("--model", help="Another model than the one in use.")
def kinds(table: Path | None, model: str | None) -> None:
    """Score kinds (kiến nghị, phản ánh, hỏi, khiếu nại, tố cáo, cảm ơn).

    Example: ykien evaluate-kinds
    """
    from pipeline.training.kind_evaluation import evaluate_kinds

    report = evaluate_kinds(table, model_name=model)
    click.echo(
        f"{report.n} opinions, accuracy {report.accuracy:.3f}, macro-F1 {report.macro_f1:.3f}"
    )
    for score in report.kinds:
        click.echo(
            f"  {score.topic:<10} precision {score.precision:.3f}  recall {score.recall:.3f}  "
            f"F1 {score.f1:.3f}  n {score.n}"
        )
    click.echo(
        f"khiếu nại or tố cáo flagged as either: {report.flagged_recall:.3f}; "
        f"other opinions flagged: {report.false_flags:.3f}"
    )


@click.command("evaluate-masking")
def masking() -> None:
    """Score the masking of names and numbers on hand-marked texts.

    Example: ykien evaluate-masking
    """
    from pipeline.papers.masking_evaluation import evaluate_masking

    report = evaluate_masking()
    click.echo(f"{report.texts} texts")
    click.echo(f"names masked    {report.name_recall:.3f} of {report.names}")
    click.echo(f"numbers masked  {report.number_recall:.3f} of {report.numbers}")
    click.echo(f"masked in vain  {report.words_masked_in_vain} of {report.words} other words")
