"""Minutes as tables: opinions, the ledger and the meetings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from pipeline.extraction.location import where
from pipeline.extraction.minutes import Minutes, Opinion
from pipeline.reading.document import Document
from pipeline.table import EXTRACTED, LEDGER_COLUMNS

if TYPE_CHECKING:
    import pandas as pd

MEETING_COLUMNS = (
    "id", "source", "kind", "number", "title", "date", "place", "level", "unit", "chair",
    "secretary", "delegates", "subject", "opinions", "turns", "answered", "notes",
)  # fmt: skip


def opinion_table(minutes: Sequence[Minutes]) -> pd.DataFrame:
    """Return one row an opinion, with the columns `pipeline.table.EXTRACTED`.

    The id of an opinion is `<meeting>-<turn>.<n>`; its commune is the speaker's,
    else the meeting's where the meeting was held by a commune or ward.
    """
    import pandas as pd

    rows = [_opinion_row(one, opinion) for one in minutes for opinion in one.opinions]
    table = pd.DataFrame(rows, columns=list(EXTRACTED))
    table["turn"] = table["turn"].astype("int64")
    return table


def ledger_table(minutes: Sequence[Minutes], documents: Sequence[Document]) -> pd.DataFrame:
    """Return one row a paragraph or cell, with the columns `pipeline.table.LEDGER_COLUMNS`.

    Every paragraph of `documents` stands in it exactly once.
    """
    import pandas as pd

    rows = []
    for one, document in zip(minutes, documents, strict=True):
        entries = {entry.paragraph: entry for entry in one.ledger}
        for paragraph in document.paragraphs:
            entry = entries[paragraph.number]
            rows.append((
                document.source, paragraph.number, where(paragraph), entry.outcome,
                "; ".join(entry.opinions), entry.rule, paragraph.text,
            ))  # fmt: skip
    return pd.DataFrame(rows, columns=list(LEDGER_COLUMNS))


def meeting_table(minutes: Sequence[Minutes]) -> pd.DataFrame:
    """Return one row a meeting: its facts, and how many opinions, turns and answers it had."""
    import pandas as pd

    rows = []
    for one in minutes:
        row = asdict(one.meeting)
        row["notes"] = " ".join(one.meeting.notes)
        row["opinions"] = len(one.opinions)
        row["turns"] = len({opinion.turn for opinion in one.opinions})
        row["answered"] = sum(opinion.answered for opinion in one.opinions)
        rows.append(row)
    table = pd.DataFrame(rows, columns=list(MEETING_COLUMNS))
    table["delegates"] = table["delegates"].astype("Int64")
    return table


def _opinion_row(one: Minutes, opinion: Opinion) -> dict:
    meeting = one.meeting
    return {
        "opinion_id": f"{meeting.id}-{opinion.turn}.{opinion.part}",
        "meeting_id": meeting.id,
        "meeting_date": meeting.date,
        "meeting_place": meeting.place,
        "turn": opinion.turn,
        "speaker": opinion.speaker,
        "role": opinion.role,
        "address": opinion.address,
        "commune": opinion.commune or (meeting.unit if meeting.level == "xã" else ""),
        "text": opinion.text,
        "context": opinion.context,
        "reply": opinion.reply,
        "source": meeting.source,
        "location": opinion.location,
    }
