"""Writes the draft of the conclusion notice (thông báo kết luận), party or state form."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.papers.figures import number
from pipeline.papers.letterhead import party_letterhead, recipients, state_letterhead
from pipeline.papers.lines import THANKS, Line
from pipeline.papers.names import Names, vietnamese_day
from pipeline.papers.slips import due_or_words, file_name
from pipeline.papers.word import write_document
from pipeline.routing import meeting_steps

if TYPE_CHECKING:
    import pandas as pd

    from pipeline.routing import Office

PARTY, STATE = "party", "state"
_TEMPLATES = {PARTY: "thong_bao_dang.docx", STATE: "thong_bao_nha_nuoc.docx"}
_PUBLISH = "cong-bo-ket-qua"
_Parts = Sequence[tuple[dict[str, Any], list[Line]]]
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")


def write_notices(
    lines: Sequence[Line],
    meetings: pd.DataFrame,
    names: Names,
    folder: Path,
    *,
    form: str | None,
    on: str | None,
) -> None:
    """Write `thong_bao_ket_luan.docx` for all meetings, and one a meeting if there are several.

    A notice is published, so `lines` and `meetings` must be those for the public:
    it names no speaker, and accusations stay out of it.

    Parameters
    ----------
    lines, meetings
        Opinions and meetings; meetings without an opinion get no notice.
    names
        Names of agencies, and the office.
    folder
        Where the files go; single notices into `thong_bao/`.
    form
        "party" or "state"; state if None.
    on
        ISO date of signing; dots without it.
    """
    by_meeting: dict[str, list[Line]] = {}
    for line in lines:
        by_meeting.setdefault(line.meeting, []).append(line)
    held = [row for row in meetings.to_dict("records") if row["id"] in by_meeting]
    if not held:
        return
    form = form or STATE
    parts = [(row, by_meeting[row["id"]]) for row in held]
    _write(parts, names, folder / "thong_bao_ket_luan.docx", form, on)
    if len(parts) > 1:
        for row, members in parts:
            when_and_where = f"{row['date']} {row['unit']}".strip() or "hoi nghi"
            name = file_name(when_and_where, row["id"][-6:])
            path = folder / "thong_bao" / f"{name}.docx"
            _write([(row, members)], names, path, form, on)


def _write(parts: _Parts, names: Names, path: Path, form: str, on: str | None) -> None:
    office = names.routing.office
    head = party_letterhead(office, on) if form == PARTY else state_letterhead(office, on, paper="")
    sections = [
        _section(position, row, members, names, form)
        for position, (row, members) in enumerate(parts, start=1)
    ]
    assigned = {line.today or line.lead for _, members in parts for line in members if line.lead}
    fields = {
        **head,
        "trich_yeu": _subject(parts),
        "nhieu_hoi_nghi": len(parts) > 1,
        "hoi_nghi": sections,
        "ket_thuc": (
            f"{head['co_quan']} thông báo để các cơ quan, đơn vị, địa phương biết và tổ chức "
            f"thực hiện{'.' if form == PARTY else './.'}"
        ),
        "noi_nhan": recipients(office, f"{form}_recipients", *_assigned(assigned)),
    }
    write_document(path, _TEMPLATES[form], fields)


def _assigned(names: set[str]) -> list[str]:
    """A long list of recipients would push the signature off the page."""
    return sorted(names) if len(names) <= 6 else ["Các cơ quan được phân công tại Thông báo này"]


def _subject(parts: _Parts) -> str:
    days = [vietnamese_day(row["date"]) for row, _ in parts if row["date"]]
    if len(parts) == 1:
        when = f" ngày {days[0]}" if days else ""
        return f"Kết luận tại hội nghị tiếp xúc, đối thoại với Nhân dân{when}"
    return f"Kết luận tại {len(parts):02d} hội nghị tiếp xúc, đối thoại với Nhân dân"


def _section(position: int, row: dict, members: list[Line], names: Names, form: str) -> dict:
    open_lines = [line for line in members if not line.is_complaint and line.kind != THANKS]
    numbered = list(enumerate(open_lines, start=1))
    beyond = [(tt, line) for tt, line in numbered if line.forward]
    complaints = sum(line.is_complaint for line in members)
    return {
        "thu_tu": _roman(position),
        "ten": row["title"] or "Hội nghị tiếp xúc, đối thoại",
        "dien_bien": _course(row, names.routing.office, form),
        "ket_qua": _outcome(members),
        "nguoi_ket_luan": "người chủ trì hội nghị",
        "phan_cong": [_assignment(tt, line) for tt, line in numbered],
        "vuot_tham_quyen": [{"tt": tt, "noi_nhan": line.forward} for tt, line in beyond],
        "khieu_nai_to_cao": (
            f"Có {complaints:02d} nội dung có dấu hiệu khiếu nại, tố cáo được chuyển xử lý theo "
            "quy trình tiếp công dân, xử lý đơn; không nêu trong Thông báo này."
            if complaints
            else ""
        ),
        "muc_to_chuc": 2 + bool(numbered) + bool(beyond),
        "to_chuc": _follow_up(row, open_lines, names, form),
    }


def _roman(position: int) -> str:
    return _ROMAN[position - 1] if position <= len(_ROMAN) else str(position)


def _course(row: dict, office: Office, form: str) -> str:
    import pandas as pd

    body = office.party_name if form == PARTY else office.name
    when = f"Ngày {vietnamese_day(row['date'])}, " if row["date"] else ""
    where = f"tại {row['place']}, " if row["place"] else ""
    people = (
        ""
        if pd.isna(row["delegates"])
        else f" Dự hội nghị có {number(int(row['delegates']))} đại biểu."
    )
    sentence = f"{when}{where}{body} tổ chức hội nghị tiếp xúc, đối thoại với Nhân dân."
    return sentence[:1].upper() + sentence[1:] + people


def _outcome(members: list[Line]) -> str:
    turns = len({line.turn for line in members})
    answered = sum(bool(line.reply) for line in members)
    rest = len(members) - answered
    text = f"Tại hội nghị có {turns:02d} lượt phát biểu với {len(members):02d} ý kiến"
    if not answered:
        return f"{text}; chưa có ý kiến nào được trả lời tại hội nghị."
    if not rest:
        return f"{text}; toàn bộ đã được trả lời tại hội nghị."
    return f"{text}; {answered:02d} ý kiến đã được trả lời tại hội nghị, {rest:02d} ý kiến chưa."


def _assignment(tt: int, line: Line) -> dict[str, Any]:
    return {
        "tt": tt,
        "noi_dung": line.text,
        "ngu_canh": line.context,
        "tra_loi": line.reply or "Chưa trả lời tại hội nghị",
        "chu_tri": line.today or line.lead,
        "phoi_hop": line.coordinate_today,
        "thoi_han": due_or_words(line),
    }


def _follow_up(row: dict, lines: list[Line], names: Names, form: str) -> list[str]:
    office = names.routing.office
    last = max((line.due for line in lines if line.due), default="")
    until = f" chậm nhất ngày {vietnamese_day(last)}" if last else " đúng thời hạn được giao"
    watcher = "Văn phòng Đảng ủy" if form == PARTY else "Văn phòng HĐND và UBND"
    body = office.party_name if form == PARTY else office.name
    rows = [
        "Các cơ quan được phân công chủ trì giải quyết, trả lời người có ý kiến theo thời hạn nêu "
        f"trên; báo cáo kết quả về {body} (qua {watcher}){until}.",
        f"{watcher} theo dõi, đôn đốc, tổng hợp kết quả thực hiện.",
    ]
    publish = _publication(row, names)
    if publish:
        rows.append(publish)
    return [*rows, "Đề nghị Ủy ban Mặt trận Tổ quốc Việt Nam cùng cấp giám sát việc thực hiện."]


def _publication(row: dict, names: Names) -> str:
    """Say by when the results must be public, where a law in force on that day says so."""
    if not row["date"]:
        return ""
    routing = names.routing
    steps = meeting_steps(routing.deadlines, routing.calendar, date.fromisoformat(row["date"]))
    for step, day in steps:
        if step.id == _PUBLISH:
            when = vietnamese_day(day.isoformat())
            return f"Công bố công khai kết quả đối thoại chậm nhất ngày {when} ({step.basis})."
    return ""
