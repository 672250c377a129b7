"""`ykien drift`: whether a period's opinions have left the training data behind."""

from __future__ import annotations

from pathlib import Path

import click

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command("drift")
@click.argument("folder", type=_FOLDER)
@click.option(
    "--against", type=_FOLDER, help="Thư mục kết quả của kỳ trước, để so cơ cấu lĩnh vực."
)
def command(folder: Path, against: Path | None) -> None:
    """Say in plain words whether retraining is due after the run in FOLDER.

    Example: ykien drift ket_qua/
    """
    from pipeline.review.folder import load_run
    from pipeline.review.journal import no_opinions, read_log
    from pipeline.topics.taxonomy import load_topics
    from pipeline.training.dataset import labelled_files, load_labelled
    from pipeline.training.drift import measure_drift

    run, log = load_run(folder), read_log(folder)
    # What was no opinion tells of the reading, not of the model.
    aside = no_opinions(log)
    drift = measure_drift(
        run.opinions,
        load_labelled(labelled_files(), load_topics()),
        expected_confidence=_expected(str(run.record.get("model", {}).get("name", ""))),
        corrected=[
            events[-1].after.topic != events[0].before.topic
            for identity, events in log.items()
            if identity not in aside
        ],
        earlier=load_run(against).opinions if against else None,
    )
    click.echo(f"{drift.n} ý kiến ở {folder}")
    for signal in drift.signals:
        click.echo(f"{'!' if signal.beyond else ' '} {signal.sentence}")
    click.echo(drift.verdict)


def _expected(name: str) -> float | None:
    """Mean confidence at calibration of the model that made the run, if it is still there."""
    from pipeline.errors import ModelError
    from pipeline.topics.model import load_model

    try:
        known = load_model(name or None).calibration.confidences
    except ModelError:
        return None
    return sum(known) / len(known) if known else None
