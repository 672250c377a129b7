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
from pipeline.papers.csv_files import write_csv
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
from pipeline.papers.slips import write_slips
from pipeline.papers.workbook import write_workbook
from pipeline.table import ERROR_COLUMNS, LEDGER_COLUMNS, OPINION_COLUMNS

if TYPE_CHECKING:
    import pandas as pd

    from pipeline.routing import Routing

OWNED = (
    "opinions.csv", "ledger.csv", "errors.csv", "run.json", "da_che.csv", "bang_tong_hop.xlsx",
    "bao_cao.html", "bao_cao_tong_hop.docx", "thong_bao_ket_luan.docx", "phieu_chuyen", "thong_bao",
)  # fmt: skip
"""What a run writes, or an earlier one may have written, in its folder."""

__all__ = ["check_papers", "evaluate_masking", "mask", "period_report", "write_papers"]


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
    import pandas as pd

    audience = options.audience or INTERNAL
    day = date.fromisoformat(options.on) if options.on else None
    names = Names(routing, day or routing.latest_day)
    told = {one: opinions_for(one, result.opinions) for one in AUDIENCES if one != INTERNAL}
    told[INTERNAL] = opinions_for(INTERNAL, result.opinions)
    lines = {one: lines_of(told[one].opinions, names) for one in AUDIENCES}
    meetings = meetings_for(audience, result.meetings)
    figures = count_figures(lines[audience], meetings, on=day)
    with whole_folder(out, owned=OWNED) as folder:
        _write_tables(result, told[audience].opinions, audience, folder)
        if audience == INTERNAL:
            masked = pd.DataFrame(told[PUBLIC].masked, columns=list(MASKED_COLUMNS))
            write_csv(masked, folder / "da_che.csv")
        book = folder / "bang_tong_hop.xlsx"
        write_workbook(lines[audience], lines[PUBLIC], figures, names, book)
        to_agencies = lines[stricter(audience, AGENCY)]
        write_slips(to_agencies, names, folder / "phieu_chuyen", on=options.on)
        published = meetings_for(PUBLIC, result.meetings)
        write_notices(lines[PUBLIC], published, names, folder, form=options.notice, on=options.on)
        if len(result.meetings) > 1:
            period_report(
                result.opinions,
                result.meetings,
                folder / "bao_cao_tong_hop.docx",
                routing=routing,
                on=options.on,
                audience=stricter(audience, AGENCY),
            )
        content = PageContent(
            lines=lines[audience],
            meetings=meetings,
            figures=figures,
            repeated=repeated_groups(lines[audience]),
            ledger=ledger_for(audience, result.ledger),
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
    ledger = ledger_for(audience, result.ledger)
    write_csv(ledger[list(LEDGER_COLUMNS)], folder / "ledger.csv")
    unread = [(u.source, u.error, u.remedy) for u in result.unread if audience != PUBLIC]
    write_csv(pd.DataFrame(unread, columns=list(ERROR_COLUMNS)), folder / "errors.csv")
    record = json.dumps(record_for(audience, result.record), ensure_ascii=False, indent=1) + "\n"
    (folder / "run.json").write_text(record, encoding="utf-8")
