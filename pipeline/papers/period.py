"""Writes the report of a period (báo cáo tổng hợp) over many meetings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.papers.audience import AGENCY, meetings_for, opinions_for
from pipeline.papers.entries import Entry, with_entries
from pipeline.papers.figures import Figure, Figures, count_figures, number, share
from pipeline.papers.letterhead import recipients, state_letterhead
from pipeline.papers.lines import Line, lines_of
from pipeline.papers.names import Names, vietnamese_day
from pipeline.papers.repeated import repeated_groups
from pipeline.papers.slips import due_or_words
from pipeline.papers.word import write_document

if TYPE_CHECKING:
    import pandas as pd

    from pipeline.routing import Routing

TEMPLATE = "bao_cao_tong_hop.docx"
_MOST, _MATTERS, _GIST = 8, 5, 160


def period_report(
    opinions: pd.DataFrame,
    meetings: pd.DataFrame,
    path: Path,
    *,
    routing: Routing,
    period: str = "",
    on: str | None = None,
    audience: str = AGENCY,
    planned: int | None = None,
    previous: Figures | None = None,
    kept: Sequence[Mapping[str, Entry]] | None = None,
) -> Figures:
    """Write the report of a period to `path` and return its figures.

    Parameters
    ----------
    opinions, meetings
        The tables of one or many runs, columns as `run` gives them.
    path
        The Word file.
    routing
        Agencies, units, the office.
    period
        The period in words ("quý I năm 2026"); the span of the meetings' dates if empty.
    on
        ISO date of the report; what is due before it and not answered is overdue.
    audience
        "agency" (to the level above) or "public"; speakers are named for neither.
    planned
        Number of meetings that the plan held for the period, if known.
    previous
        Figures of the period before, as this function returned them, to compare with.
    kept
        What clerks wrote about each opinion (`Entries.of`), in the order of the table.
    """
    day = date.fromisoformat(on) if on else None
    names = Names(routing, day or routing.latest_day)
    lines = lines_of(opinions_for(audience, opinions).opinions, names)
    if kept is not None:
        lines = with_entries(lines, kept, names, audience)
    held = meetings_for(audience, meetings)
    figures = count_figures(lines, held, on=day)
    office = routing.office
    span = period or _span(held)
    fields = {
        **state_letterhead(office, on, paper=""),
        "trich_yeu": f"Tổng hợp ý kiến, kiến nghị của Nhân dân qua tiếp xúc, đối thoại {span}",
        "ky": span,
        "to_chuc": _held(figures, span, planned),
        "hoi_nghi": _meetings(held),
        "thong_bao_giam_sat": "(cơ quan ghi theo thực tế từng hội nghị).",
        "ket_qua": [*_results(figures, day), *_compared(figures, previous)],
        "theo_linh_vuc": _shares(figures.topics, figures),
        "theo_co_quan": _shares(figures.agencies, figures),
        "theo_trang_thai": _shares(figures.statuses, figures),
        "theo_tham_quyen": _shares(figures.levels, figures),
        "noi_len": _prominent(figures, repeated_groups(lines)),
        "ton_tai": _shortcomings(figures, held, day),
        "de_xuat": _proposals(figures.beyond.lines),
        "phu_luc": [_row(line) for line in lines if not line.is_complaint],
        "ket_thuc": f"Trên đây là báo cáo tổng hợp {span} của {office.name}./.",
        "noi_nhan": recipients(office, "report_recipients"),
    }
    write_document(path, TEMPLATE, fields)
    return figures


def _span(meetings: pd.DataFrame) -> str:
    days = sorted(day for day in meetings["date"] if day)
    if not days:
        return ""
    first, last = vietnamese_day(days[0]), vietnamese_day(days[-1])
    return f"ngày {first}" if first == last else f"từ ngày {first} đến ngày {last}"


def _held(figures: Figures, span: str, planned: int | None) -> str:
    of_plan = (
        f"/{planned} hội nghị theo kế hoạch ({share(figures.meetings, planned)})"
        if planned
        else " hội nghị"
    )
    people = f", có {number(figures.delegates)} đại biểu dự" if figures.delegates else ""
    unknown = (
        f" ({figures.delegates_unknown} hội nghị không ghi số đại biểu)"
        if people and figures.delegates_unknown
        else ""
    )
    start = f"{span[:1].upper()}{span[1:]}, đã" if span else "Đã"
    return (
        f"{start} tổ chức, tổng hợp {figures.meetings}{of_plan}{people}{unknown}; "
        f"có {number(figures.turns)} lượt phát biểu với {number(figures.opinions.value)} ý kiến."
    )


def _meetings(meetings: pd.DataFrame) -> list[dict[str, Any]]:
    known = meetings["delegates"].notna()
    return [
        {
            "tt": position,
            "ngay": vietnamese_day(row["date"]),
            "ten": ", ".join(p for p in (row["title"], row["unit"]) if p) or "Hội nghị",
            "dai_bieu": number(int(row["delegates"])) if stated else "",
            "y_kien": row["opinions"],
            "tra_loi": row["answered"],
        }
        for position, (row, stated) in enumerate(
            zip(meetings.to_dict("records"), known, strict=True), start=1
        )
    ]


def _results(figures: Figures, day: date | None) -> list[str]:
    whole = figures.opinions.value
    rows = [
        f"Trả lời trực tiếp tại hội nghị {_of(figures.answered, whole)}. "
        "Trả lời chưa phải là giải quyết xong; kết quả giải quyết được cập nhật ở cột trạng thái.",
        f"Vượt thẩm quyền, tổng hợp chuyển cấp trên {_of(figures.beyond, whole)}; có dấu hiệu "
        f"khiếu nại, tố cáo, chuyển tiếp công dân {_of(figures.complaints, whole)}.",
    ]
    if day:
        rows.append(
            f"Tính đến ngày {vietnamese_day(day.isoformat())}, quá hạn mà chưa có trả lời "
            f"{_of(figures.overdue, whole)}."
        )
    return rows


def _compared(figures: Figures, previous: Figures | None) -> list[str]:
    if previous is None:
        return []
    pairs = (
        ("số hội nghị", figures.meetings, previous.meetings),
        ("số ý kiến", figures.opinions.value, previous.opinions.value),
        ("số ý kiến đã trả lời tại hội nghị", figures.answered.value, previous.answered.value),
        ("số ý kiến vượt thẩm quyền", figures.beyond.value, previous.beyond.value),
    )
    return [f"So với kỳ trước: {'; '.join(_change(*pair) for pair in pairs)}."]


def _change(name: str, now: int, before: int) -> str:
    if now == before:
        return f"{name} không đổi ({number(now)})"
    word = "tăng" if now > before else "giảm"
    return f"{name} {word} {number(abs(now - before))} ({number(before)} → {number(now)})"


def _of(figure: Figure, whole: int) -> str:
    return f"{number(figure.value)} ý kiến ({share(figure.value, whole)})"


def _shares(counted: Sequence[Figure], figures: Figures) -> list[dict[str, str]]:
    whole = figures.opinions.value
    return [{"ten": f.name, "so": number(f.value), "ty_le": share(f.value, whole)} for f in counted]


def _prominent(figures: Figures, repeated: Sequence[tuple[Line, ...]]) -> list[str]:
    whole = figures.opinions.value
    leading = [f"{f.name}: {_of(f, whole)}." for f in figures.topics[:3]]
    again = [
        f"Nêu {len(group):02d} lần: “{gist(group[0].text)}” ({_where(group)})."
        for group in repeated
        if not any(line.is_complaint for line in group)
    ]
    matters = [f"Vấn đề nêu nhiều: {f.name}, {_of(f, whole)}." for f in figures.matters[:_MATTERS]]
    return [f"Lĩnh vực nhiều ý kiến: {text}" for text in leading] + matters + again[:_MOST]


def _where(group: tuple[Line, ...]) -> str:
    places = dict.fromkeys(line.unit or line.commune for line in group)
    return ", ".join(place for place in places if place) or "không ghi địa bàn"


def gist(text: str) -> str:
    """Return the beginning of an opinion, cut at a word."""
    return text if len(text) <= _GIST else text[:_GIST].rsplit(" ", 1)[0] + "…"


def _shortcomings(figures: Figures, meetings: pd.DataFrame, day: date | None) -> list[str]:
    whole = figures.opinions.value
    rows = [f"Chưa tính được thời hạn (thiếu ngày họp) {_of(figures.without_due, whole)}."]
    if day and figures.overdue.value:
        late: dict[str, int] = {}
        for line in figures.overdue.lines:
            late[line.today or line.lead] = late.get(line.today or line.lead, 0) + 1
        first = sorted(late.items(), key=lambda item: (-item[1], item[0]))[:_MOST]
        named = "; ".join(f"{name} ({count})" for name, count in first)
        rows.append(f"Cơ quan có ý kiến quá hạn: {named}.")
    undated = int((meetings["date"] == "").sum())
    if undated:
        rows.append(f"{undated} hội nghị, văn bản không ghi ngày họp.")
    return [*rows, "Nguyên nhân: (cơ quan bổ sung)."]


def _proposals(lines: Sequence[Line]) -> list[str]:
    by_body: dict[str, list[Line]] = {}
    for line in lines:
        if not line.is_complaint:
            by_body.setdefault(line.forward, []).append(line)
    if not by_body:
        return ["Không có."]
    return [
        f"Đề nghị {body}: " + "; ".join(gist(line.text).rstrip(".") for line in members) + "."
        for body, members in sorted(by_body.items())
    ]


def _row(line: Line) -> dict[str, Any]:
    return {
        "tt": line.number,
        "noi_dung": line.text,
        "linh_vuc": line.topic,
        "chu_tri": line.lead,
        "thoi_han": due_or_words(line),
        "trang_thai": line.status,
    }
