"""Papers: the table of opinions becomes what an office reads, sends and signs."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.papers.csv_files import write_csv
from pipeline.papers.figures import count_figures
from pipeline.papers.folder import whole_folder
from pipeline.papers.lines import lines_of
from pipeline.papers.names import Names
from pipeline.papers.page import PageContent, write_page
from pipeline.papers.repeated import repeated_groups
from pipeline.papers.slips import write_slips
from pipeline.papers.workbook import write_workbook
from pipeline.table import ERROR_COLUMNS, LEDGER_COLUMNS, OPINION_COLUMNS

if TYPE_CHECKING:
    from pipeline.routing import Routing

__all__ = ["write_papers"]


def write_papers(result, out: Path, *, routing: Routing, options) -> list[Path]:
    """Write every paper of a run to the folder `out`, whole or not at all.

    Parameters
    ----------
    result
        The run's tables: `opinions`, `meetings`, `ledger`, `unread`, `notes`, `record`.
    out
        The folder.
    routing
        Agencies, units, the office and its deadlines.
    options
        `audience`, `notice` and `on` of the run.

    Returns
    -------
    list of Path
        What was written.

    Raises
    ------
    DataError
        A template or a table of `data/papers` is wrong.
    OutputError
        The folder cannot be written.
    """
    audience = options.audience or "internal"
    day = date.fromisoformat(options.on) if options.on else None
    names = Names(routing, day or routing.latest_day)
    with whole_folder(out) as folder:
        _write_tables(result, folder)
        lines = lines_of(result.opinions, names)
        figures = count_figures(lines, result.meetings, on=day)
        write_workbook(lines, lines, figures, names, folder / "bang_tong_hop.xlsx")
        write_slips(lines, names, folder / "phieu_chuyen", on=options.on)
        content = PageContent(
            lines=lines,
            meetings=result.meetings,
            figures=figures,
            repeated=repeated_groups(lines),
            ledger=result.ledger,
            unread=result.unread,
            notes=result.notes,
            audience=audience,
            office=routing.office.name,
            on=options.on,
        )
        write_page(content, folder / "bao_cao.html")
        names_written = sorted(p.relative_to(folder) for p in folder.rglob("*") if p.is_file())
    return [out / name for name in names_written]


def _write_tables(result, folder: Path) -> None:
    import pandas as pd

    write_csv(result.opinions[list(OPINION_COLUMNS)], folder / "opinions.csv")
    write_csv(result.ledger[list(LEDGER_COLUMNS)], folder / "ledger.csv")
    errors = [(u.source, u.error, u.remedy) for u in result.unread]
    write_csv(pd.DataFrame(errors, columns=list(ERROR_COLUMNS)), folder / "errors.csv")
    record = json.dumps(result.record, ensure_ascii=False, indent=1) + "\n"
    (folder / "run.json").write_text(record, encoding="utf-8")
