"""Human labels of reviewed opinions become labelled data, names and numbers masked."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import DataError
from pipeline.outputs import whole_file
from pipeline.resources import data_dir
from pipeline.topics.text import fold, normalize
from pipeline.training.dataset import COLUMNS

BRIEF = "reviewed"
Mask = Callable[[str, str], str]
"""Takes an opinion and its speaker's name, gives the opinion without personal data."""


@dataclass(frozen=True)
class Kept:
    """What became of the labels: rows written, and ids left out with the reason (Vietnamese)."""

    path: Path
    written: int
    left_out: tuple[tuple[str, str], ...]


def reviewed_folder() -> Path:
    """Return the folder of reviewers' labels, which `ykien train` reads with the others."""
    return data_dir() / "labelled" / "reviewed"


def keep_labels(
    rows: Sequence[Mapping[str, str]],
    *,
    name: str,
    folder: Path | None = None,
    mask: Mask | None = None,
    dropped: Collection[str] = (),
) -> Kept:
    """Write human labels to `<folder>/<name>.csv`; an opinion that stands there is replaced.

    Left out are texts that other labelled files hold already: under another
    topic they would contradict, under the same they would only repeat.

    Parameters
    ----------
    rows
        Rows of the opinion table that a person has corrected or confirmed.
    name
        File name without its ending.
    folder
        `data/labelled/reviewed` if None.
    mask
        Masks names and numbers; `papers`' own if None.
    dropped
        Ids found to be no opinions: they go from the file if they stand in it.

    Raises
    ------
    DataError
        The file that stands there is broken.
    OutputError
        The file cannot be written; it is as it was.
    """
    folder = folder or reviewed_folder()
    path = folder / f"{name}.csv"
    mask = mask or masked
    mine = {row["id"]: row for row in _read(path) if row["id"] not in dropped}
    elsewhere = _texts_elsewhere(folder, path)
    left_out: list[tuple[str, str]] = []
    for row in rows:
        fresh = _labelled(row, mask)
        other = elsewhere.get(_key(fresh["text"]))
        if other is None:
            mine[fresh["id"]] = fresh
        elif other["id"] == fresh["id"] or other["topic"] == fresh["topic"]:
            left_out.append((fresh["id"], f"đã có trong {other['file']} (mã {other['id']})"))
        else:
            left_out.append(
                (
                    fresh["id"],
                    f"trùng nội dung với {other['id']} trong {other['file']} nhưng khác lĩnh vực "
                    f"({other['topic']}); hãy sửa một trong hai",
                )
            )
    kept = _one_a_text(mine.values(), left_out)
    if kept:
        write_rows(path, kept, COLUMNS)
    else:
        path.unlink(missing_ok=True)
    return Kept(path, len(kept), tuple(left_out))


def masked(text: str, speaker: str = "") -> str:
    """Return an opinion as the public may read it; a label must not teach a model names.

    Examples
    --------
    >>> masked("Ông Giàng A Sềnh, thôn Sín Chải, gọi 0915 204 377", "Giàng A Sềnh")
    'Ông [tên], thôn [thôn, tổ], gọi [số điện thoại]'
    """
    from pipeline.papers.masking import mask

    return mask(text, level="public", known=[speaker] if speaker else []).text


def _labelled(row: Mapping[str, str], mask: Mask) -> dict[str, str]:
    return {
        **dict.fromkeys(COLUMNS, ""),
        "id": row["opinion_id"],
        "text": mask(row["text"], row.get("speaker", "")),
        "topic": row["topic"],
        "also": row["also"],
        "kind": row["kind"],
        "brief": BRIEF,
        "meeting": row["meeting_id"],
    }


def _one_a_text(rows, left_out: list[tuple[str, str]]) -> list[dict[str, str]]:
    """Many sign one petition: its text is kept once, under the label given first."""
    kept: dict[str, dict[str, str]] = {}
    for row in sorted(rows, key=lambda row: row["id"]):
        first = kept.setdefault(_key(row["text"]), row)
        if first is not row:
            differs = "" if first["topic"] == row["topic"] else ", khác lĩnh vực: hãy xem lại"
            left_out.append((row["id"], f"cùng nội dung với {first['id']}{differs}"))
    return list(kept.values())


def _key(text: str) -> str:
    return fold(normalize(text))


def _texts_elsewhere(folder: Path, mine: Path) -> dict[str, dict[str, str]]:
    root = folder.parent if folder.parent.name == "labelled" else folder
    return {
        _key(row["text"]): {**row, "file": path.name}
        for path in sorted(root.rglob("*.csv"))
        if path.resolve() != mine.resolve()
        for row in _read(path)
    }


def _read(path: Path) -> list[dict[str, str]]:
    if not path.exists():
        return []
    try:
        text = path.read_bytes().decode("utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(text, newline="")))
        return [{column: (row[column] or "") for column in COLUMNS[:3]} | row for row in rows]
    except (OSError, UnicodeDecodeError, csv.Error, KeyError) as error:
        raise DataError(
            f"{path}: không đọc được ({error!r}). Lệnh `ykien check` cho biết chỗ sai."
        ) from error


def write_rows(path: Path, rows: Sequence[Mapping[str, str]], columns: Sequence[str]) -> None:
    """Write a labelled file, if it differs from what stands there.

    Parameters
    ----------
    path, rows, columns
        The file, its rows, and the columns that go into it.

    Raises
    ------
    OutputError
        It cannot be written; what stood there is untouched.
    """
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, columns, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    content = file.getvalue().encode()
    if path.exists() and path.read_bytes() == content:
        return
    remedy = (
        "Tệp cũ còn nguyên. Hãy giải phóng ổ đĩa rồi nhập lại: nhật ký đã có, nhập lại không ghi "
        "đôi."
    )
    with whole_file(path, remedy=remedy) as unfinished:
        unfinished.write_bytes(content)
