"""A filled-in row becomes a statement: who says what of which opinion."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from pipeline.review.columns import NOTHING, SEEN
from pipeline.review.label import Label, seal_of
from pipeline.review.sheets import FilledSheet, Line
from pipeline.review.vocabulary import NotUnderstood, Vocabulary
from pipeline.topics.text import fold, normalize

_SEEN = {SEEN, "co", "da xem", "roi", "dung", "ok", "v", "✓", "✔", "1"}
_NOTHING = {"khong co", "khong", "-", fold(NOTHING)}
_FILLED = ("seen", "topic", "also1", "also2", "kind", "lead", "remark")


@dataclass(frozen=True)
class Statement:
    """One reviewer's word on one opinion.

    `shown` is the label that stood in the sheet, `label` the whole label that
    results: a blank cell agrees with what was shown. `lead_given` tells that the
    agency was chosen by hand; otherwise `label.lead` follows the rules when the
    topic changes.
    """

    opinion_id: str
    who: str
    shown: Label
    label: Label
    lead_given: bool
    basis: str
    remark: str
    place: str


def statements_of(
    sheet: FilledSheet,
    who: str,
    texts: Mapping[str, str],
    shown: Mapping[str, Label],
    vocabularies: Mapping[str, Vocabulary],
    problems: list[str],
) -> list[Statement]:
    """Return the statements of a sheet; what is wrong with it is added to `problems`.

    Parameters
    ----------
    sheet, who
        The sheet and the name of its reviewer.
    texts, shown
        Text and present label of every opinion of the run, by id.
    vocabularies
        The names of topics, kinds and agencies.
    problems
        Gets one Vietnamese line for each wrong cell.
    """
    found: list[Statement] = []
    seen: dict[str, int] = {}
    for line in sheet.lines:
        identity = _checked_id(sheet, line, texts, problems)
        if identity is None:
            continue
        if identity in seen:
            problems.append(
                f"{sheet.place(line, 'opinion_id')}: mã «{identity}» đã có ở hàng {seen[identity]}. "
                "Mỗi ý kiến chỉ được một hàng; hãy xóa hàng thừa."
            )
            continue
        seen[identity] = line.row
        if any(line.cells.get(key) for key in _FILLED):
            reader = _Row(sheet, line, shown[identity], vocabularies, problems)
            label = reader.label()
            if reader.is_seen() and label is not None:
                found.append(
                    Statement(
                        identity,
                        who,
                        shown[identity],
                        label,
                        bool(line.cells["lead"]),
                        line.cells["basis"],
                        line.cells["remark"][:1000],
                        f"{sheet.path.name}, hàng {line.row}",
                    )
                )
    return found


def _checked_id(
    sheet: FilledSheet, line: Line, texts: Mapping[str, str], problems: list[str]
) -> str | None:
    identity, where = line.cells["opinion_id"], sheet.place(line, "opinion_id")
    if not identity:
        problems.append(f"{where}: ô mã trống. Hãy khôi phục mã hoặc xuất lại bảng.")
        return None
    if identity not in texts:
        near = get_close_matches(identity, texts, n=1, cutoff=0.9)
        hint = f" Có phải «{near[0]}» không?" if near else ""
        problems.append(
            f"{where}: không có ý kiến mã «{identity}» trong thư mục kết quả.{hint} "
            "Hãy khôi phục mã, hoặc chỉ đúng thư mục bằng --dir."
        )
        return None
    if seal_of(identity, texts[identity], line.cells["basis"]) != line.cells["seal"]:
        problems.append(
            f"{where}: mã «{identity}» không khớp dấu kiểm của hàng (mã đã bị sửa hoặc các cột bị "
            "xếp lệch hàng). Hãy khôi phục hàng này hoặc xuất lại bảng."
        )
        return None
    if line.cells["text"] and not _same_text(line.cells["text"], texts[identity]):
        problems.append(
            f"{sheet.place(line, 'text')}: nội dung không phải của ý kiến «{identity}» (có thể chỉ "
            "xếp lại một số cột). Hãy khôi phục hàng này hoặc xuất lại bảng."
        )
        return None
    return identity


def _same_text(cell: str, text: str) -> bool:
    return normalize(cell).lstrip("'")[:2000] == normalize(text).lstrip("'")[:2000]


class _Row:
    """Reads the filled-in cells of one row against what the reviewer was shown."""

    def __init__(self, sheet, line, shown: Label, vocabularies, problems: list[str]) -> None:
        self.sheet, self.line, self.shown = sheet, line, shown
        self.vocabularies, self.problems = vocabularies, problems

    def is_seen(self) -> bool:
        """Whether the reviewer looked: a tick, or any correction."""
        tick = fold(normalize(self.line.cells["seen"]))
        if tick and tick not in _SEEN:
            self._wrong(
                "seen", f"«{self.line.cells['seen']}» không rõ nghĩa. Ghi «x» hoặc để trống"
            )
            return False
        return bool(tick) or any(self.line.cells[key] for key in _FILLED[1:6])

    def label(self) -> Label | None:
        """Return the whole label, or None when a cell is not understood."""
        before = len(self.problems)
        topic = self._code("topic") or self.shown.topic
        kind = self._code("kind") or self.shown.kind
        if topic in self.vocabularies["topic"].whole:
            # What is no opinion goes to no agency, whatever else the row still says.
            return Label(topic, (), kind, "") if len(self.problems) == before else None
        also = self._also(topic)
        lead = self._code("lead") or self.shown.lead
        return Label(topic, also, kind, lead) if len(self.problems) == before else None

    def _also(self, topic: str) -> tuple[str, ...]:
        cells = [self.line.cells[key] for key in ("also1", "also2")]
        if not any(cells):
            return tuple(code for code in self.shown.also if code != topic)
        codes = []
        for key in ("also1", "also2"):
            for part in self.line.cells[key].split(";"):
                if part.strip() and fold(normalize(part)) not in _NOTHING:
                    codes.append(self._code(key, part, "also"))
        return tuple(dict.fromkeys(code for code in codes if code and code != topic))

    def _code(self, key: str, cell: str | None = None, vocabulary: str = "") -> str:
        cell = self.line.cells[key] if cell is None else cell
        if not cell.strip():
            return ""
        try:
            return self.vocabularies[vocabulary or key].code(cell)
        except NotUnderstood as error:
            near = ", ".join(f"«{name}»" for name in error.nearest)
            self._wrong(key, f"không hiểu «{cell}». Gần nhất: {near}. Hãy chọn trong danh sách")
            return ""

    def _wrong(self, key: str, what: str) -> None:
        self.problems.append(f"{self.sheet.place(self.line, key)}: {what}.")
