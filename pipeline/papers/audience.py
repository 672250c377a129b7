"""Gives each audience its own copy of the tables: internal, agency or public."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipeline.papers.lines import COMPLAINTS
from pipeline.papers.masking import Masked, mask
from pipeline.papers.masking_names import find_names
from pipeline.papers.masking_words import load_masking_words

if TYPE_CHECKING:
    import pandas as pd

INTERNAL, AGENCY, PUBLIC = "internal", "agency", "public"
AUDIENCES = (INTERNAL, AGENCY, PUBLIC)
MASKED_COLUMNS = ("opinion_id", "location", "column", "kind", "text")
KIND_NAMES = {
    "name": "tên người", "phone": "số điện thoại", "id": "số giấy tờ", "account": "số tài khoản",
    "email": "thư điện tử", "link": "trang mạng", "plate": "biển số", "house": "số nhà",
    "parcel": "thửa đất", "birth": "ngày sinh", "village": "thôn, tổ",
}  # fmt: skip
WITHHELD = "(Nội dung có dấu hiệu khiếu nại, tố cáo: xử lý theo quy trình tiếp công dân)"
WITHHELD_REPLY = "(Đã trả lời người có ý kiến)"
_TEXTS = ("text", "context", "reply")
_PERSONAL = ("speaker", "role", "address", "evidence", "source", "location")
_HASH = 6


@dataclass(frozen=True)
class Told:
    """The opinions as one audience sees them, and what was masked in them."""

    opinions: pd.DataFrame
    masked: list[tuple[str, str, str, str, str]]


def stricter(audience: str, floor: str) -> str:
    """Return the audience that is told less.

    Examples
    --------
    >>> stricter("internal", "agency")
    'agency'
    """
    return max(audience, floor, key=AUDIENCES.index)


def opinions_for(audience: str, opinions: pd.DataFrame) -> Told:
    """Return the opinion table as an audience may see it.

    An agency keeps speaker and address, so that it can answer, and loses accused
    persons and numbers. The public sees matter, commune, agency and state only:
    no speaker, no village, no words of evidence, no file names.

    Parameters
    ----------
    audience
        One of `AUDIENCES`.
    opinions
        The whole table; it stays as it is.
    """
    if audience == INTERNAL:
        return Told(opinions, [])
    table = opinions.copy()
    listed: list[tuple[str, str, str, str, str]] = []
    known = [_names_in(speaker) for speaker in opinions["speaker"]]
    for column in _TEXTS:
        done = [
            mask(text, level=audience, known=names)
            for text, names in zip(opinions[column], known, strict=True)
        ]
        table[column] = [one.text for one in done]
        listed += _listed(opinions, column, done)
    if audience == PUBLIC:
        for column in ("meeting_place", "commune"):
            done = [mask(text, level=PUBLIC) for text in opinions[column]]
            table[column] = [one.text for one in done]
        for column in _PERSONAL:
            table[column] = ""
        _withhold_accusations(table)
        for column in ("opinion_id", "meeting_id"):
            table[column] = [public_id(identity) for identity in opinions[column]]
    return Told(table, listed)


def _withhold_accusations(table: pd.DataFrame) -> None:
    """A complaint or denunciation is counted in public and not told."""
    accusing = table["kind"].isin(COMPLAINTS)
    answered = accusing & (table["reply"] != "")
    table.loc[accusing, ["context", "reply"]] = ""
    table.loc[accusing, "text"] = WITHHELD
    table.loc[answered, "reply"] = WITHHELD_REPLY


def _names_in(speaker: str) -> tuple[str, ...]:
    """Return the bare names of a speaker written as "Ông Giàng A Tráng"."""
    spans = find_names(speaker, load_masking_words())
    return tuple(speaker[start:end] for start, end in spans)


def _listed(opinions: pd.DataFrame, column: str, done: list[Masked]) -> list[Any]:
    return [
        (row.opinion_id, row.location, column, KIND_NAMES[finding.kind], finding.text)
        for row, one in zip(opinions.itertuples(index=False), done, strict=True)
        for finding in one.findings
    ]


def public_id(identity: str) -> str:
    """Return an id without the file's name, which may name a village or a person.

    Examples
    --------
    >>> public_id("hop-thon-sa-seng-5ac6fe-2.1")
    'hn-5ac6fe-2.1'
    """
    stem, dash, turn = identity.rpartition("-")
    if "." in turn and turn.replace(".", "").isdigit():
        return f"hn-{stem[-_HASH:]}{dash}{turn}"
    return f"hn-{identity[-_HASH:]}"


def meetings_for(audience: str, meetings: pd.DataFrame) -> pd.DataFrame:
    """Return the table of meetings as an audience may see it."""
    if audience == INTERNAL:
        return meetings
    table = meetings.copy()
    for column in ("title", "place", "subject"):
        table[column] = [mask(text, level=audience).text for text in meetings[column]]
    if audience == AGENCY:
        return table
    for column in ("chair", "secretary", "source", "notes"):
        table[column] = ""
    table["id"] = [public_id(identity) for identity in meetings["id"]]
    return table


def ledger_for(audience: str, ledger: pd.DataFrame) -> pd.DataFrame:
    """Return the ledger as an audience may see it; the public gets no text of documents."""
    if audience == INTERNAL:
        return ledger
    table = ledger.copy()
    if audience == PUBLIC:
        return table.iloc[0:0]
    table["text"] = [mask(text, level=audience).text for text in ledger["text"]]
    return table


def record_for(audience: str, record: dict[str, Any]) -> dict[str, Any]:
    """Return what `run.json` holds; for the public nothing that names files, places or people."""
    if audience != PUBLIC:
        return record
    inputs = [{"sha256": one.get("sha256", "")} for one in record.get("inputs", [])]
    told = {key: value for key, value in record.items() if key not in {"meetings", "notes"}}
    return {**told, "inputs": inputs}
