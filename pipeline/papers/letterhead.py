"""What stands above and below every Word paper: office, symbol, date, recipients, signature."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.papers.names import date_of_signing
from pipeline.table import split_cell

if TYPE_CHECKING:
    from pipeline.routing import Office

DOTS = "……………………"


def state_letterhead(office: Office, on: str | None, *, paper: str) -> dict[str, object]:
    """Return the fields of the state form (Nghị định 30/2020/NĐ-CP).

    Parameters
    ----------
    office
        What `data/office.toml` says.
    on
        ISO date of signing; dots are printed without it.
    paper
        Prefix of the keys of `[signing]` that this paper has of its own, such as
        "slip"; keys it lacks are those of the office.
    """
    signing = office.signing
    return {
        "co_quan_cap_tren": office.parent.upper(),
        "co_quan_in_hoa": office.name.upper(),
        "co_quan": office.name,
        "ky_hieu": office.symbol,
        "dia_danh_ngay_thang": date_of_signing(office.place_of_signing, on),
        "tham_quyen_ky": signing.get(f"{paper}_authority", signing.get("authority", "")),
        "chuc_vu_ky": signing.get(f"{paper}_title", signing.get("title", "")),
        "ho_ten_ky": signing.get(f"{paper}_name", signing.get("name", "")),
    }


def party_letterhead(office: Office, on: str | None) -> dict[str, object]:
    """Return the fields of the party form (Hướng dẫn 36-HD/VPTW)."""
    signing = office.signing
    return {
        "co_quan_cap_tren": office.party_parent.upper(),
        "co_quan_in_hoa": office.party_name.upper(),
        "co_quan": office.party_name,
        "ky_hieu": office.party_symbol,
        "dia_danh_ngay_thang": date_of_signing(office.place_of_signing, on),
        "tham_quyen_ky": signing.get("party_authority", ""),
        "chuc_vu_ky": signing.get("party_title", ""),
        "ho_ten_ky": signing.get("party_name", ""),
    }


def recipients(office: Office, key: str, *first: str) -> list[str]:
    """Return the recipients: `first`, then those that `[signing]` lists under `key`.

    A paper ends its list with the file copy ("Lưu: VT."), as the form asks.
    """
    listed = [*first, *split_cell(office.signing.get(key, "Lưu: VT"))]
    return [f"{name.rstrip('.;')};" for name in listed[:-1]] + [f"{listed[-1].rstrip('.;')}."]
