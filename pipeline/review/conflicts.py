"""Opinions on which two people differ: kept beside the log until a person decides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from pipeline.outputs import whole_file
from pipeline.review.label import VIETNAMESE, Label
from pipeline.review.merging import Conflict
from pipeline.review.vocabulary import Vocabulary, label_names

CONFLICT_FILE = "xung_dot.csv"


def write_conflicts(
    folder: Path, conflicts: Sequence[Conflict], names: Mapping[str, Vocabulary]
) -> None:
    """Write the conflicts of an import to the run's folder; none removes the file.

    Raises
    ------
    OutputError
        The file cannot be written; what stood there is untouched.
    """
    import pandas as pd

    from pipeline.papers.csv_files import write_csv

    path = folder / CONFLICT_FILE
    if not conflicts:
        path.unlink(missing_ok=True)
        return
    rows = [
        {
            "opinion_id": conflict.opinion_id,
            "cột": VIETNAMESE[field],
            "người thứ nhất": conflict.first,
            "giá trị thứ nhất": _value(conflict.first_label, field, names),
            "người thứ hai": conflict.second,
            "giá trị thứ hai": _value(conflict.second_label, field, names),
        }
        for conflict in conflicts
        for field in conflict.fields
    ]
    with whole_file(path, remedy="Hãy đóng tệp nếu đang mở trong Excel.") as unfinished:
        write_csv(pd.DataFrame(rows), unfinished)


def read_conflicts(folder: Path) -> dict[str, str]:
    """Return who said what (Vietnamese) by opinion, for the opinions still in conflict."""
    import pandas as pd

    path = folder / CONFLICT_FILE
    if not path.exists():
        return {}
    table = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    found: dict[str, str] = {}
    for row in table.itertuples(index=False):
        found[row[0]] = "; ".join(
            [*([found[row[0]]] if row[0] in found else []), f"{row[1]}: {row[3]} / {row[5]}"]
        )
    return found


def conflict_lines(conflicts: Sequence[Conflict]) -> list[str]:
    """Return one Vietnamese line a field in which two people differ."""
    names = label_names()
    return [
        f"{c.opinion_id}, {VIETNAMESE[field]}: {c.first} ghi «{_value(c.first_label, field, names)}», "
        f"{c.second} ghi «{_value(c.second_label, field, names)}»"
        for c in conflicts
        for field in c.fields
    ]


def _value(label: Label, field: str, names: Mapping[str, Vocabulary]) -> str:
    if field == "also":
        return ", ".join(names["topic"].name(code) for code in label.also) or "không có"
    return names[field].name(getattr(label, field))
