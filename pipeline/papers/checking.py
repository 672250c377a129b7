"""Tries every template and table of `data/papers` on a made-up meeting."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import DataError
from pipeline.papers.figures import count_figures
from pipeline.papers.lines import lines_of
from pipeline.papers.masking_words import load_masking_words
from pipeline.papers.names import Names
from pipeline.papers.notice import PARTY, STATE, write_notices
from pipeline.papers.page import PageContent, write_page
from pipeline.papers.period import period_report
from pipeline.papers.repeated import repeated_groups
from pipeline.papers.slips import write_slips
from pipeline.table import LEDGER_COLUMNS, OPINION_COLUMNS

if TYPE_CHECKING:
    import pandas as pd

    from pipeline.routing import Routing

_MEETING_COLUMNS = (
    "id", "source", "title", "date", "place", "unit", "chair", "secretary", "delegates",
    "subject", "opinions", "turns", "answered", "notes",
)  # fmt: skip


def check_papers(routing: Routing) -> list[str]:
    """Return what is wrong with templates, states and masking words, one text a problem.

    Every template is filled with a meeting of three opinions, so that a field
    that does not exist shows here and not in the middle of a run.

    Parameters
    ----------
    routing
        Agencies, units and the office.
    """
    problems: list[str] = []
    _tried(load_masking_words, problems)
    with tempfile.TemporaryDirectory() as folder:
        for write in _writers(routing, Path(folder)):
            _tried(write, problems)
    return list(dict.fromkeys(problems))


def _tried(write: Callable[[], object], problems: list[str]) -> None:
    try:
        write()
    except DataError as error:
        problems.extend(error.problems or (str(error),))


def _writers(routing: Routing, folder: Path) -> list[Callable[[], object]]:
    opinions, meetings = _opinions(routing), _meetings()

    def notice(form: str) -> None:
        names = Names(routing, routing.latest_day)
        write_notices(lines_of(opinions, names), meetings, names, folder, form=form, on=None)

    def slips() -> None:
        names = Names(routing, routing.latest_day)
        write_slips(lines_of(opinions, names), names, folder, on=None)

    def page() -> None:
        write_page(_page(opinions, meetings, routing), folder / "bao_cao.html")

    def report() -> None:
        period_report(opinions, meetings, folder / "bao_cao.docx", routing=routing)

    return [slips, lambda: notice(STATE), lambda: notice(PARTY), report, page]


def _page(opinions: pd.DataFrame, meetings: pd.DataFrame, routing: Routing) -> PageContent:
    import pandas as pd

    lines = lines_of(opinions, Names(routing, routing.latest_day))
    ledger = [("a.docx", 0, "đoạn 1", "opinion", lines[0].id, "thử", lines[0].text)]
    return PageContent(
        lines=lines,
        meetings=meetings,
        figures=count_figures(lines, meetings),
        repeated=repeated_groups(lines),
        ledger=pd.DataFrame(ledger, columns=list(LEDGER_COLUMNS)),
        unread=(),
        notes=(("a.docx", "thử"),),
        audience="internal",
        office=routing.office.name,
        on=None,
    )


def _opinions(routing: Routing) -> pd.DataFrame:
    import pandas as pd

    code = next(iter(routing.agencies))
    row = dict.fromkeys(OPINION_COLUMNS, "") | {
        "meeting_id": "thu-000000", "turn": 1, "text": "Đề nghị sửa đường vào thôn", "topic": "land",
        "kind": "kiến nghị", "lead": code, "context": "thử", "decision": "review", "reason": "thử",
        "confidence": 0.5, "reply": "thử", "coordinate": code,
    }  # fmt: skip
    rows = [
        row | {"opinion_id": "thu-000000-1.1"},
        row | {"opinion_id": "thu-000000-1.2", "forward": code},
        row | {"opinion_id": "thu-000000-1.3", "kind": "tố cáo"},
    ]
    return pd.DataFrame(rows, columns=list(OPINION_COLUMNS))


def _meetings() -> pd.DataFrame:
    import pandas as pd

    row = dict.fromkeys(_MEETING_COLUMNS, "") | {
        "id": "thu-000000", "delegates": 1, "opinions": 3, "turns": 1, "answered": 3,
    }  # fmt: skip
    return pd.DataFrame([row, row | {"id": "thu-000001", "date": "2026-01-05"}])
