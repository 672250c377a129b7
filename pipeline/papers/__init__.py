"""Papers: the table of opinions becomes what an office reads, sends and signs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.papers.csv_files import write_csv
from pipeline.papers.folder import whole_folder
from pipeline.table import ERROR_COLUMNS, LEDGER_COLUMNS, OPINION_COLUMNS

if TYPE_CHECKING:
    from pipeline.routing import Routing


def write_papers(result, out: Path, *, routing: Routing, options) -> list[Path]:
    """Write every paper of a run to the folder `out`, whole or not at all.

    Parameters
    ----------
    result
        The run's tables: `opinions`, `meetings`, `ledger`, `unread`, `record`.
    out
        The folder.
    routing
        Agencies and units, for their names.
    options
        `audience`, `notice` and `on` of the run.

    Returns
    -------
    list of Path
        What was written.

    Raises
    ------
    OutputError
        The folder cannot be written.
    """
    import pandas as pd

    with whole_folder(out) as folder:
        write_csv(result.opinions[list(OPINION_COLUMNS)], folder / "opinions.csv")
        write_csv(result.ledger[list(LEDGER_COLUMNS)], folder / "ledger.csv")
        errors = [(u.source, u.error, u.remedy) for u in result.unread]
        write_csv(pd.DataFrame(errors, columns=list(ERROR_COLUMNS)), folder / "errors.csv")
        (folder / "run.json").write_text(
            json.dumps(result.record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
        )
        names = sorted(path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return [out / name for name in names]
