"""Writes one transfer slip (phiếu chuyển) for each agency that must answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.papers.letterhead import recipients, state_letterhead
from pipeline.papers.lines import THANKS, Line
from pipeline.papers.names import Names, vietnamese_day
from pipeline.papers.word import write_document
from pipeline.topics.text import fold

if TYPE_CHECKING:
    from pipeline.routing import Office

TEMPLATE = "phieu_chuyen.docx"
RECEPTION = "tiep-cong-dan"
NO_DATE = "Chưa xác định"
_MANY = 3
_RESERVED = {
    "con",
    "prn",
    "aux",
    "nul",
    *(f"{port}{n}" for port in ("com", "lpt") for n in "123456789"),
}
"""Names of devices, which Windows gives to no file."""


@dataclass(frozen=True)
class Slip:
    """One slip: file name, addressee, why it gets the opinions, and the opinions."""

    file: str
    addressee: str
    formerly: str
    reason: str
    request: str
    lines: tuple[Line, ...]


def write_slips(lines: Sequence[Line], names: Names, folder: Path, *, on: str | None) -> list[Slip]:
    """Write a slip for each agency to `folder` and return them.

    Every opinion stands on the slip of its lead, and if it is beyond competence
    also on one to the level above. One with signs of a complaint or denunciation
    stands only on the slip to citizen reception: an accused office must not be
    handed the accusation.
    """
    office = names.routing.office
    slips = slips_of(lines, names)
    for slip in slips:
        write_document(folder / f"{slip.file}.docx", TEMPLATE, _fields(slip, office, on))
    return slips


def slips_of(lines: Sequence[Line], names: Names) -> list[Slip]:
    """Return the slips, one an addressee, ordered by file name."""
    office = names.routing.office
    groups: dict[tuple[str, str], list[Line]] = {}
    above: dict[str, list[Line]] = {}
    complaints = [line for line in lines if line.is_complaint]
    for line in lines:
        if line.is_complaint:
            continue
        groups.setdefault((line.lead_code, line.seat), []).append(line)
        for code in line.forward_codes:
            above.setdefault(code, []).append(line)
    slips = [
        _to_lead(code, place, members, names.home, office)
        for (code, place), members in groups.items()
        if code
    ]
    slips += [_to_assign(members, office) for (code, _), members in groups.items() if not code]
    slips += [_to_above(code, members, names, office) for code, members in above.items()]
    if complaints:
        slips.append(_to_reception(complaints, office))
    return sorted(slips, key=lambda slip: slip.file)


def _to_lead(code: str, place: str, members: list[Line], home: str, office: Office) -> Slip:
    first = members[0]
    addressee = first.today or first.lead
    return Slip(
        file=file_name(code, "" if place == home else place),
        addressee=addressee,
        formerly=first.lead if first.today else "",
        reason=f"thuộc trách nhiệm chủ trì giải quyết, trả lời của {addressee}",
        request=(
            f"Đề nghị {addressee} chủ trì, phối hợp với các cơ quan liên quan xem xét, giải quyết "
            "và trả lời người có ý kiến trong thời hạn ghi ở từng ý kiến; gửi kết quả bằng văn bản "
            f"về {office.name} để tổng hợp, theo dõi./."
        ),
        lines=tuple(members),
    )


def _to_assign(members: list[Line], office: Office) -> Slip:
    """An opinion without a lead is not lost: the office assigns it by hand."""
    addressee = office.signing.get("assigning_body", "Văn phòng HĐND và UBND")
    return Slip(
        file="chua-ro-co-quan",
        addressee=addressee,
        formerly="",
        reason="chưa xác định được cơ quan chủ trì giải quyết, trả lời",
        request=f"Đề nghị {addressee} tham mưu phân công cơ quan chủ trì giải quyết, trả lời./.",
        lines=tuple(members),
    )


def _to_above(code: str, members: list[Line], names: Names, office: Office) -> Slip:
    addressee = names.agency(code)
    return Slip(
        file=file_name(f"cap-tren-{code}", ""),
        addressee=addressee,
        formerly="",
        reason=f"vượt thẩm quyền của {office.name}, thuộc thẩm quyền xem xét của {addressee}",
        request=(
            f"Kính đề nghị {addressee} xem xét, giải quyết theo thẩm quyền và thông báo kết quả "
            f"cho {office.name} để trả lời Nhân dân./."
        ),
        lines=tuple(members),
    )


def _to_reception(members: list[Line], office: Office) -> Slip:
    addressee = office.signing.get("citizen_reception", "Bộ phận tiếp công dân")
    return Slip(
        file=RECEPTION,
        addressee=addressee,
        formerly="",
        reason="có dấu hiệu khiếu nại, tố cáo, cần xử lý theo quy trình tiếp công dân, xử lý đơn",
        request=(
            f"Đề nghị {addressee} xem xét, phân loại, hướng dẫn công dân và xử lý theo quy định "
            f"của pháp luật về tiếp công dân, khiếu nại, tố cáo; báo cáo kết quả về {office.name} "
            "để theo dõi./."
        ),
        lines=tuple(members),
    )


def file_name(code: str, place: str) -> str:
    """Return a file name of plain letters, safe on Windows; the place after an underscore.

    Examples
    --------
    >>> file_name("p-vhxh", "xã Tả Van")
    'p-vhxh_xa-ta-van'
    """
    parts = [part for part in (_plain(code), _plain(place)) if part]
    name = "_".join(parts) or "khong-ro"
    return f"{name}-" if name in _RESERVED else name


def _plain(text: str) -> str:
    letters = "".join(c if c.isascii() and c.isalnum() else "-" for c in fold(text))
    return "-".join(part for part in letters.split("-") if part)[:60].rstrip("-")


def _fields(slip: Slip, office: Office, on: str | None) -> dict[str, object]:
    return {
        **state_letterhead(office, on, paper="slip"),
        "trich_yeu": "Ý kiến, kiến nghị của Nhân dân tại hội nghị tiếp xúc, đối thoại",
        "kinh_gui": slip.addressee,
        "tiep_nhan_tu": slip.formerly,
        "cac_hoi_nghi": meetings_in_words(slip.lines),
        "so_y_kien": f"{len(slip.lines):02d}",
        "ly_do": slip.reason,
        "de_nghi": slip.request,
        "can_xem": any(line.review for line in slip.lines),
        "y_kien": [_opinion(number, line) for number, line in enumerate(slip.lines, start=1)],
        "noi_nhan": recipients(office, "slip_recipients", "Như trên"),
    }


def _opinion(number: int, line: Line) -> dict[str, str]:
    return {
        "tt": f"{number}{'*' if line.review else ''}",
        "nguoi": line.who,
        "noi_dung": line.text,
        "ngu_canh": line.context,
        "tra_loi": line.reply,
        "phoi_hop": line.coordinate_today,
        "thoi_han": due_or_words(line),
        "ghi_chu": "",
        "linh_vuc": line.topic,
    }


def due_or_words(line: Line) -> str:
    """Return the due date, or words that no clerk can take for one."""
    return vietnamese_day(line.due) if line.due else "" if line.kind == THANKS else NO_DATE


def meetings_in_words(lines: Sequence[Line]) -> str:
    """Return which meetings the lines come from, as a sentence goes on with it."""
    met = sorted({(line.met, line.place) for line in lines}, key=lambda m: (m[0][-4:], m))
    days = [day for day, _ in met if day]
    if len(met) == 1 and days:
        place = f" tại {met[0][1]}" if met[0][1] else ""
        return f"hội nghị tiếp xúc, đối thoại ngày {days[0]}{place}"
    if 1 < len(met) <= _MANY and len(days) == len(met):
        return f"các hội nghị tiếp xúc, đối thoại ngày {', '.join(days)}"
    if len({line.meeting for line in lines}) == 1:
        return "hội nghị tiếp xúc, đối thoại"
    return f"{len({line.meeting for line in lines}):02d} hội nghị tiếp xúc, đối thoại"
