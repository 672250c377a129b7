"""Papers: the table of opinions becomes what an office reads, sends and signs."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.papers.audience import (
    AGENCY,
    AUDIENCES,
    INTERNAL,
    MASKED_COLUMNS,
    PUBLIC,
    ledger_for,
    meetings_for,
    opinions_for,
    record_for,
    stricter,
)
from pipeline.papers.checking import check_papers
from pipeline.papers.columns import WORKBOOK_FILE
from pipeline.papers.csv_files import write_csv
from pipeline.papers.entries import Entries, with_entries
from pipeline.papers.figures import count_figures
from pipeline.papers.folder import whole_folder
from pipeline.papers.lines import lines_of
from pipeline.papers.masking import mask
from pipeline.papers.masking_evaluation import evaluate_masking
from pipeline.papers.names import Names
from pipeline.papers.notice import write_notices
from pipeline.papers.page import PageContent, write_page
from pipeline.papers.period import period_report
from pipeline.papers.repeated import repeated_groups
from pipeline.papers.returned import read_entries
from pipeline.papers.set_aside import (
    SET_ASIDE_FILE,
    ledger_without,
    meetings_without,
    verdict_counts,
)
from pipeline.papers.slips import write_slips
from pipeline.papers.workbook import write_workbook
from pipeline.table import ERROR_COLUMNS, LEDGER_COLUMNS, OPINION_COLUMNS

if TYPE_CHECKING:
    import pandas as pd

    from pipeline.routing import Routing

OWNED = (
    "opinions.csv", "ledger.csv", "errors.csv", "run.json", "da_che.csv", WORKBOOK_FILE,
    SET_ASIDE_FILE, "bao_cao.html", "bao_cao_tong_hop.docx", "thong_bao_ket_luan.docx", "phieu_chuyen", "thong_bao",
)  # fmt: skip
"""What a run writes, or an earlier one may have written, in its folder."""

__all__ = [
    "check_papers",
    "evaluate_masking",
    "mask",
    "period_report",
    "read_entries",
    "write_papers",
]


def write_papers(
    result, out: Path, *, routing: Routing, options, entries: Entries | None = None
) -> list[Path]:
    """Write every paper of a run to the folder `out`, whole or not at all.

    Parameters
    ----------
    result
        The run's tables: `opinions`, `set_aside`, `meetings`, `ledger`, `unread`, `notes`, `record`.
    out
        The folder.
    routing
        Agencies, units, the office and its deadlines.
    options
        `audience`, `notice` and `on` of the run.
    entries
        What a clerk wrote into the workbook that stands in `out`; read from there if None.

    Returns
    -------
    list of Path
        What was written.

    Raises
    ------
    ReadError
        The workbook that stands in `out` cannot be read; nothing is written.
    DataError
        A template or a table of `data/papers` is wrong.
    OutputError
        The folder cannot be written.
    """
    import pandas as pd

    audience = options.audience or INTERNAL
    day = date.fromisoformat(options.on) if options.on else None
    names = Names(routing, day or routing.latest_day)
    told = {one: opinions_for(one, result.opinions) for one in AUDIENCES if one != INTERNAL}
    told[INTERNAL] = opinions_for(INTERNAL, result.opinions)
    entries = read_entries(out) if entries is None else entries
    ids = list(result.opinions["opinion_id"])
    kept = [entries.of(identity) for identity in ids]
    machine = {one: lines_of(told[one].opinions, names) for one in AUDIENCES}
    lines = {one: with_entries(machine[one], kept, names, one) for one in AUDIENCES}
    held = meetings_without(result.meetings, result.opinions, result.set_aside)
    meetings = meetings_for(audience, held)
    figures = count_figures(
        lines[audience], meetings, on=day, set_aside=verdict_counts(result.set_aside)
    )
    with whole_folder(out, owned=OWNED) as folder:
        _write_tables(result, told[audience].opinions, audience, folder)
        if audience == INTERNAL:
            masked = pd.DataFrame(told[PUBLIC].masked, columns=list(MASKED_COLUMNS))
            write_csv(masked, folder / "da_che.csv")
        write_workbook(
            lines[audience],
            lines[PUBLIC],
            figures,
            names,
            folder / WORKBOOK_FILE,
            machine=machine[audience],
            entries=entries,
            gone=entries.gone(ids),
            audience=audience,
        )
        to_agencies = lines[stricter(audience, AGENCY)]
        write_slips(to_agencies, names, folder / "phieu_chuyen", on=options.on)
        published = meetings_for(PUBLIC, held)
        write_notices(lines[PUBLIC], published, names, folder, form=options.notice, on=options.on)
        if len(result.meetings) > 1:
            period_report(
                result.opinions,
                held,
                folder / "bao_cao_tong_hop.docx",
                routing=routing,
                on=options.on,
                audience=stricter(audience, AGENCY),
                kept=kept,
            )
        content = PageContent(
            lines=lines[audience],
            meetings=meetings,
            figures=figures,
            repeated=repeated_groups(lines[audience]),
            ledger=ledger_for(audience, ledger_without(result.ledger, result.set_aside)),
            unread=() if audience == PUBLIC else result.unread,
            notes=() if audience == PUBLIC else result.notes,
            audience=audience,
            office=routing.office.name,
            on=options.on,
        )
        write_page(content, folder / "bao_cao.html")
        written = sorted(p.relative_to(folder) for p in folder.rglob("*") if p.is_file())
    return [out / name for name in written]


def _write_tables(result, opinions: pd.DataFrame, audience: str, folder: Path) -> None:
    import pandas as pd

    write_csv(opinions[list(OPINION_COLUMNS)], folder / "opinions.csv")
    if audience == INTERNAL and len(result.set_aside):
        write_csv(result.set_aside[list(OPINION_COLUMNS)], folder / SET_ASIDE_FILE)
    ledger = ledger_for(audience, result.ledger)
    write_csv(ledger[list(LEDGER_COLUMNS)], folder / "ledger.csv")
    unread = [(u.source, u.error, u.remedy) for u in result.unread if audience != PUBLIC]
    write_csv(pd.DataFrame(unread, columns=list(ERROR_COLUMNS)), folder / "errors.csv")
    record = json.dumps(record_for(audience, result.record), ensure_ascii=False, indent=1) + "\n"
    (folder / "run.json").write_text(record, encoding="utf-8")
