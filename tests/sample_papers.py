"""A small invented run result, from which the tests of papers write everything."""

from __future__ import annotations

from types import SimpleNamespace

import pandas as pd

from pipeline.extraction.tabulation import MEETING_COLUMNS
from pipeline.table import LEDGER_COLUMNS, OPINION_COLUMNS

MEETING = "bien-ban-phuong-a1b2c3"
_BASE = {
    "meeting_id": MEETING, "meeting_date": "2025-11-20", "meeting_place": "Nhà văn hóa tổ 3",
    "role": "", "commune": "phường Sa Pa", "context": "", "reply": "", "kind": "kiến nghị",
    "also": "", "confidence": 0.91, "decision": "auto", "reason": "", "coordinate": "",
    "forward": "", "due": "2025-12-22", "rule": "C-planning-road", "evidence": "đường",
    "source": "bien_ban.docx", "location": "đoạn 4",
}  # fmt: skip
_ROWS = (
    {"speaker": "Ông Giàng A Sềnh", "address": "tổ 3", "text": "Đường tổ 3 hỏng, gọi 0915 204 377",
     "topic": "planning", "lead": "p-kthtdt", "coordinate": "cong-an-xa", "reply": "Sẽ sửa"},
    {"speaker": "Bà Lý Mẩy Pham", "address": "tổ 4", "text": '=HYPERLINK("http://a.vn")',
     "topic": "land", "lead": "p-kthtdt", "decision": "review", "reason": "gần ngang nhau: x / y"},
    {"speaker": "Anh Tẩn Láo Sử", "address": "tổ 5", "text": "Sửa ĐT152 & cầu <mới>",
     "topic": "planning", "lead": "p-kthtdt", "forward": "so-xay-dung"},
    {"speaker": "Bà Vù Thị Chía", "address": "tổ 1",
     "text": "Tôi tố cáo ông Đặng Quốc Tạo nhận tiền của dân", "topic": "cadres",
     "kind": "tố cáo", "lead": "p-vhxh", "decision": "review", "reason": "có dấu hiệu tố cáo: x"},
    {"speaker": "Cử tri", "address": "", "text": "+84 912 445 018 là số của cán bộ trực",
     "topic": "cadres", "lead": "p-vhxh", "due": ""},
)  # fmt: skip


def opinions() -> pd.DataFrame:
    """Return five opinions: one plain, one formula, one beyond competence, one accusation."""
    rows = [
        {**_BASE, **row, "turn": turn, "opinion_id": f"{MEETING}-{turn}.1"}
        for turn, row in enumerate(_ROWS, start=1)
    ]
    return pd.DataFrame(rows, columns=list(OPINION_COLUMNS))


def meetings(count: int = 1) -> pd.DataFrame:
    """Return one meeting of five opinions, or the same with others that hold none."""
    first = {
        "id": MEETING, "source": "bien_ban.docx", "kind": "biên bản", "number": "",
        "title": "Hội nghị đối thoại", "date": "2025-11-20", "place": "Nhà văn hóa tổ 3",
        "level": "xã", "unit": "phường Sa Pa", "chair": "Bùi Quang Khải", "secretary": "",
        "delegates": 137, "subject": "", "opinions": 5, "turns": 5, "answered": 1, "notes": "",
    }  # fmt: skip
    rows = [first] + [{**first, "id": f"khac-{n:06d}", "delegates": None} for n in range(1, count)]
    table = pd.DataFrame(rows, columns=list(MEETING_COLUMNS))
    table["delegates"] = table["delegates"].astype("Int64")
    return table


def run_result(n_meetings: int = 1) -> SimpleNamespace:
    """Return what `pipeline.run.run` hands to `write_papers`."""
    texts = [("Khai mạc", "formality", "")] + [
        (row.text, "opinion", row.opinion_id) for row in opinions().itertuples()
    ]
    ledger = pd.DataFrame(
        [("bien_ban.docx", n, "đoạn", kind, ids, "r", text)
         for n, (text, kind, ids) in enumerate(texts)],
        columns=list(LEDGER_COLUMNS),
    )  # fmt: skip
    unread = SimpleNamespace(source="hỏng.doc", error="Không mở được.", remedy="Hãy lưu lại.")
    return SimpleNamespace(
        opinions=opinions(),
        set_aside=opinions().iloc[0:0],
        meetings=meetings(n_meetings),
        ledger=ledger,
        unread=(unread,),
        notes=(("bien_ban.docx", "thiếu số văn bản"),),
        record={"ykien": "0", "inputs": [{"source": "bien_ban.docx", "sha256": "0" * 64}]},
    )


def options(**given: str) -> SimpleNamespace:
    """Return run options, all unset but those given."""
    return SimpleNamespace(**{"audience": None, "notice": None, "on": None, **given})
