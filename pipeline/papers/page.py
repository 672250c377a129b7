"""Writes `bao_cao.html`, the one page for leaders that opens without a network."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.errors import DataError
from pipeline.papers.charts import bar_chart
from pipeline.papers.figures import Figure, Figures, number, share
from pipeline.papers.lines import Line
from pipeline.papers.names import vietnamese_day
from pipeline.resources import data_dir

if TYPE_CHECKING:
    import pandas as pd

TEMPLATE = "bao_cao.html"
OUTCOMES = {
    "opinion": "Ý kiến",
    "reply": "Trả lời",
    "formality": "Thủ tục, lời dẫn",
    "unread": "Không đọc được",
}
AUDIENCES = {
    "internal": "Bản nội bộ: đầy đủ thông tin cá nhân, không phát tán",
    "agency": "Bản gửi cơ quan giải quyết: đã che thông tin không cần để trả lời",
    "public": "Bản công khai: đã che thông tin cá nhân",
}
_PREVIEW = 90


@dataclass(frozen=True)
class PageContent:
    """All that the page shows; lines and ledger are masked for their audience already."""

    lines: Sequence[Line]
    meetings: pd.DataFrame
    figures: Figures
    repeated: Sequence[tuple[Line, ...]]
    ledger: pd.DataFrame
    unread: Sequence[Any]
    notes: Sequence[tuple[str, str]]
    audience: str
    office: str
    on: str | None


def write_page(content: PageContent, path: Path) -> None:
    """Write the page to `path`.

    Raises
    ------
    DataError
        The template `data/papers/bao_cao.html` is missing, broken, or names an
        unknown field.
    """
    import jinja2
    import jinja2.sandbox

    folder = data_dir() / "papers"
    rules = jinja2.sandbox.SandboxedEnvironment(
        loader=jinja2.FileSystemLoader(folder),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    rules.filters.update(so=number, ngay=vietnamese_day, rut_gon=preview)
    try:
        page = rules.get_template(TEMPLATE).render(_fields(content))
    except (jinja2.TemplateError, OSError, ValueError, TypeError) as error:
        raise DataError(
            f"{folder / TEMPLATE}: {type(error).__name__}: {error}. Correct the template, or take "
            "the one that came with the program."
        ) from error
    path.write_text(page, encoding="utf-8", newline="\n")


def preview(text: str) -> str:
    """Return the beginning of a text, cut at a word."""
    return text if len(text) <= _PREVIEW else text[:_PREVIEW].rsplit(" ", 1)[0] + " …"


def _fields(content: PageContent) -> dict[str, Any]:
    figures = content.figures
    whole = figures.opinions.value
    return {
        "co_quan": content.office,
        "nguoi_doc": AUDIENCES[content.audience],
        "noi_bo": content.audience == "internal",
        "ngay_lap": vietnamese_day(content.on) if content.on else "",
        "so_lieu": figures,
        "the": _cards(figures, whole),
        "nhom": [
            _block("linh-vuc", "Theo lĩnh vực", figures.topics, whole),
            _block("van-de", "Theo vấn đề cụ thể", figures.matters, whole),
            _block("co-quan", "Theo cơ quan chủ trì", figures.agencies, whole),
            _block("trang-thai", "Theo trạng thái", figures.statuses, whole),
            _block("tham-quyen", "Theo thẩm quyền", figures.levels, whole),
            _block("don-vi", "Theo xã, phường", figures.communes, whole),
        ],
        "ly_do": figures.reasons,
        "lap_lai": content.repeated,
        "hoi_nghi": _meetings(content.meetings),
        "khong_doc": content.unread,
        "luu_y": content.notes,
        "y_kien": content.lines,
        "van_ban": _documents(content.ledger, {line.id: line.number for line in content.lines}),
        "ten_loai": OUTCOMES,
    }


def _cards(figures: Figures, whole: int) -> list[dict[str, Any]]:
    """Figures that are lines open their lines; those that are not lead to the meetings."""
    cards = [
        ("hoi-nghi", "Hội nghị, văn bản", number(figures.meetings), ""),
        ("hoi-nghi", "Đại biểu dự", number(figures.delegates), _unstated(figures)),
        ("hoi-nghi", "Lượt ý kiến", number(figures.turns), ""),
        ("y-kien", "Ý kiến", number(whole), ""),
    ]
    counted = (
        ("tra-loi", figures.answered),
        ("can-xem", figures.review),
        ("vuot", figures.beyond),
        ("don", figures.complaints),
        ("qua-han", figures.overdue),
        ("khong-han", figures.without_due),
    )
    cards += [(a, f.name, number(f.value), share(f.value, whole)) for a, f in counted]
    return [
        dict(zip(("dich", "ten", "so", "phu"), card, strict=True))
        | {"dong": dict(counted).get(card[0])}
        for card in cards
    ]


def _unstated(figures: Figures) -> str:
    unknown = figures.delegates_unknown
    return f"{unknown} văn bản không ghi" if unknown else ""


def _block(anchor: str, title: str, counted: Sequence[Figure], whole: int) -> dict[str, Any]:
    anchors = [f"{anchor}-{position}" for position in range(1, len(counted) + 1)]
    return {
        "dich": anchor,
        "ten": title,
        "bieu_do": bar_chart(title, counted, anchors, whole),
        "muc": [
            {"dich": a, "ten": f.name, "so": number(f.value), "phu": share(f.value, whole),
             "dong": f}
            for a, f in zip(anchors, counted, strict=True)
        ],
    }  # fmt: skip


def _meetings(meetings: pd.DataFrame) -> list[dict[str, Any]]:
    known = meetings["delegates"].notna()
    return [
        {
            "ten": row["title"] or row["subject"] or row["source"],
            "ngay": vietnamese_day(row["date"]),
            "noi": row["place"],
            "don_vi": row["unit"],
            "dai_bieu": number(int(row["delegates"])) if stated else "",
            "luot": row["turns"],
            "y_kien": row["opinions"],
            "tra_loi": row["answered"],
        }
        for row, stated in zip(meetings.to_dict("records"), known, strict=True)
    ]


def _documents(ledger: pd.DataFrame, numbers: dict[str, int]) -> list[dict[str, Any]]:
    """Return each document with its paragraphs, their class and the opinions they hold."""
    documents: dict[str, list[dict[str, Any]]] = {}
    for row in ledger.to_dict("records"):
        ids = [i.strip() for i in row["opinion_ids"].split(";")]
        documents.setdefault(row["source"], []).append({
            "loai": row["class"],
            "chu": row["text"],
            "cho": row["location"],
            "luat": row["rule"],
            "y_kien": [numbers[i] for i in ids if i in numbers],
        })  # fmt: skip
    return [
        {"ten": source, "doan": paragraphs, "dem": _counts(paragraphs)}
        for source, paragraphs in documents.items()
    ]


def _counts(paragraphs: Sequence[dict[str, Any]]) -> str:
    counted = Counter(paragraph["loai"] for paragraph in paragraphs)
    return ", ".join(f"{counted[code]} {name.lower()}" for code, name in OUTCOMES.items())
