"""Sheets for labelling: opinions worth a label, and labels that may be wrong."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import DataError
from pipeline.outputs import whole_file
from pipeline.review.journal import no_opinions, read_log
from pipeline.review.label import Label, basis_of, seal_of
from pipeline.review.labelled import reviewed_folder
from pipeline.review.vocabulary import kind_names, label_names, topic_names
from pipeline.review.workbook import write_review

if TYPE_CHECKING:
    import pandas as pd

    from pipeline.topics.classify import Tagger
    from pipeline.training.label_audit import Suspect


def suggest_sheet(
    opinions: pd.DataFrame, tagger: Tagger, path: Path, *, n: int, text_column: str = "text"
) -> int:
    """Write the opinions that are best labelled next to a sheet, and return their number.

    Parameters
    ----------
    opinions
        A table with one opinion a row.
    tagger
        The model in use.
    path
        `.xlsx` for the sheet that `ykien review labels` takes back, `.csv` for
        a table with the columns of `data/labelled` and an empty `topic`.
    n
        How many.
    text_column
        Column of the opinions.

    Raises
    ------
    DataError
        The column is missing, or nothing is new.
    OutputError
        The file cannot be written.
    """
    from pipeline.topics.taxonomy import load_topics
    from pipeline.training.dataset import labelled_files, load_labelled
    from pipeline.training.suggestion import suggest

    if text_column not in opinions:
        raise DataError(
            f"the table has no column {text_column!r}. Name one with --text-column: "
            f"{', '.join(map(str, opinions.columns))}."
        )
    known = load_labelled(labelled_files(), load_topics())
    # An opinion that was reviewed before stands in the labelled data masked, so its id tells.
    ids = opinions["opinion_id"] if "opinion_id" in opinions else opinions.index.astype(str)
    seen = set(known["id"]) | no_opinions(read_log(reviewed_folder()))
    opinions = opinions[~ids.isin(seen)]
    texts = [str(text) for text in opinions[text_column]]
    chosen = suggest(texts, tagger, n, labelled=list(known["text"]), topics=list(known["topic"]))
    rows = []
    names = topic_names()
    for one, verdict in zip(chosen, tagger.tag([texts[s.row] for s in chosen]), strict=True):
        source = opinions.iloc[one.row]
        label = Label(verdict.topic, verdict.also, verdict.kind, "")
        identity = str(source.get("opinion_id") or source.get("id") or _id_of(texts[one.row]))
        why = f"máy phân vân: {names.name(one.first)} / {names.name(one.second)}"
        rows.append({
            **_line(identity, texts[one.row], label, 0, why),
            "confidence": verdict.confidence,
            "evidence": "; ".join(verdict.evidence),
            "speaker": str(source.get("speaker", "")),
        })  # fmt: skip
    _write(path, rows)
    return len(rows)


def audit_sheet(labelled: pd.DataFrame, suspects: Sequence[Suspect], path: Path) -> int:
    """Write labels that are likely wrong to a sheet, and return their number.

    Raises
    ------
    OutputError
        The file cannot be written.
    """
    log = read_log(reviewed_folder())
    rows = []
    for suspect in suspects:
        row = labelled.iloc[suspect.row]
        label = Label.of_row({**row, "lead": ""})
        line = _line(
            row["id"], row["text"], label, len(log.get(row["id"], ())), "; ".join(suspect.reasons)
        )
        rows.append({**line, "confidence": round(suspect.support, 4), "source": row["brief"]})
    _write(path, rows)
    return len(rows)


def _line(identity: str, text: str, label: Label, n: int, why: str) -> dict[str, object]:
    topics, kinds = topic_names(), kind_names()
    basis = basis_of(identity, label, n)
    return {
        "opinion_id": identity,
        "why": why,
        "text": text,
        "topic_now": topics.name(label.topic),
        "also_now": "; ".join(topics.name(code) for code in label.also),
        "kind_now": kinds.name(label.kind) if label.kind else "",
        "basis": basis,
        "seal": seal_of(identity, text, basis),
    }


def _write(path: Path, rows: Sequence[Mapping[str, object]]) -> None:
    if path.suffix.lower() != ".csv":
        write_review(path, rows, label_names())
        return
    import pandas as pd

    from pipeline.papers.csv_files import write_csv
    from pipeline.training.dataset import COLUMNS

    blank = dict.fromkeys(COLUMNS, "")
    table = pd.DataFrame(
        [{**blank, "id": r["opinion_id"], "text": r["text"], "why": r["why"]} for r in rows]
    )
    with whole_file(
        path, remedy="Hãy đóng tệp nếu đang mở, hoặc chọn tên khác (-o)."
    ) as unfinished:
        write_csv(table, unfinished)


def _id_of(text: str) -> str:
    return f"s-{hashlib.sha256(text.encode()).hexdigest()[:12]}"
