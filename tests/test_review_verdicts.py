"""A reviewer says that a row is no opinion: it leaves papers and training, and can come back."""

from __future__ import annotations

import csv
import json
import re
import shutil
import zipfile
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from pipeline.cli import ykien
from pipeline.errors import DataError
from pipeline.papers.set_aside import VERDICT_FILE, load_verdicts
from pipeline.resources import data_dir
from pipeline.review.columns import COLUMNS, GUIDE_SHEET, LISTS_SHEET, OPINIONS_SHEET
from pipeline.review.vocabulary import NotUnderstood, label_names

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "data/minutes/bien_ban_doi_thoai_phuong_sa_pa_thang7_2025.docx"
HEADINGS = {column.key: column.heading for column in COLUMNS}
CODE, NAME = next(iter(load_verdicts().items()))


@pytest.fixture
def office(models_folder, tmp_path, monkeypatch):
    """A folder with a run in it, and labelled data of its own."""
    data = tmp_path / "data"
    skipped = shutil.ignore_patterns("briefs", "minutes", "labelled", "evaluation")
    shutil.copytree(data_dir(), data, ignore=skipped)
    (data / "labelled" / "reviewed").mkdir(parents=True)
    monkeypatch.setenv("YKIEN_DATA", str(data))
    monkeypatch.chdir(tmp_path)
    again()
    return tmp_path


def ykien_says(*words: object, codes=(0,)) -> str:
    done = CliRunner().invoke(ykien, [str(word) for word in words])
    assert done.exit_code in codes, f"{words}: {done.output} {done.exception!r}"
    return done.output


def again() -> str:
    return ykien_says("run", SAMPLE, "-o", "out", "--on", "2025-08-01")


def sheet_of(name: str = "review.xlsx") -> str:
    ykien_says("review", "export", "out", "-o", name, "--all")
    return name


def fill(path: str, row: int, **cells: str) -> str:
    """Write cells into a row of a sheet and return the row's opinion."""
    book = openpyxl.load_workbook(path)
    sheet = book[OPINIONS_SHEET]
    at = {cell.value: cell.column for cell in sheet[1]}
    for key, value in cells.items():
        sheet.cell(row, at[HEADINGS[key]]).value = value
    book.save(path)
    return sheet.cell(row, at[HEADINGS["opinion_id"]]).value


def bring(path: str, codes=(0,)) -> str:
    return ykien_says("review", "import", path, "--dir", "out", "--by", "Lý A", codes=codes)


def rows(path: str | Path) -> list[dict[str, str]]:
    with Path(path).open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def ids(path: str | Path) -> list[str]:
    return [row["opinion_id"] for row in rows(path)]


def shown_in_workbook() -> set[str]:
    book = openpyxl.load_workbook("out/bang_tong_hop.xlsx")
    return {str(c.value) for row in book["Tổng hợp"].iter_rows() for c in row}


def figures() -> dict[str, int]:
    sheet = openpyxl.load_workbook("out/bang_tong_hop.xlsx")["Số liệu"]
    return {row[0].value: row[1].value for row in sheet.iter_rows(max_col=2)}


def words_of_letters() -> str:
    """All words of the slips and the notice."""
    parts = []
    for path in sorted(Path("out").rglob("*.docx")):
        with zipfile.ZipFile(path) as letter:
            parts.append(re.sub(r"<[^>]+>", "", letter.read("word/document.xml").decode()))
    return " ".join(parts)


def everything() -> dict[Path, bytes]:
    return {p: p.read_bytes() for p in sorted(Path("out").rglob("*")) if p.is_file()}


def test_the_sheet_offers_the_verdict_below_the_topics_and_not_as_a_secondary_one(office) -> None:
    book = openpyxl.load_workbook(sheet_of())
    lists = {c[0].value: [x.value for x in c[1:] if x.value] for c in book[LISTS_SHEET].columns}
    assert lists["topic"][-1] == NAME
    assert NAME not in lists["also"]
    assert any(f"«{NAME}»" in str(row[0].value) for row in book[GUIDE_SHEET].iter_rows())


def test_a_row_so_marked_leaves_the_papers_and_is_counted(office) -> None:
    before = ids("out/opinions.csv")
    path = sheet_of()
    gone = fill(path, 3, topic=NAME)
    assert f"«{NAME}»: 1 dòng" in bring(path)
    assert ids("out/opinions.csv") == [one for one in before if one != gone]
    assert ids("out/not_opinions.csv") == [gone]
    row = rows("out/not_opinions.csv")[0]
    assert (row["topic"], row["lead"], row["due"]) == (CODE, "", "")
    assert "Lý A" in row["reason"] and NAME in row["reason"]
    assert gone not in shown_in_workbook()
    assert figures()[f"Đánh dấu «{NAME}» (đã đưa ra khỏi bảng)"] == 1
    assert figures()["Ý kiến"] == len(before) - 1
    page = Path("out/bao_cao.html").read_text(encoding="utf-8")
    assert f"đánh dấu «{NAME}»: 1 dòng" in page
    counts = json.loads(Path("out/run.json").read_text(encoding="utf-8"))["counts"]
    assert (counts["opinions"], counts["set_aside"]) == (len(before) - 1, 1)
    assert CODE not in counts["topics"]


def test_a_row_so_marked_stands_in_no_slip_and_no_notice(office) -> None:
    path = sheet_of()
    plain = [row for row in rows("out/opinions.csv") if row["kind"] == "kiến nghị"]
    chosen = next(row for row in plain if row["text"][:40] in words_of_letters())
    sheet = openpyxl.load_workbook(path)[OPINIONS_SHEET]
    at = next(r for r in range(2, 99) if sheet.cell(r, 1).value == chosen["opinion_id"])
    fill(path, at, topic=NAME)
    bring(path)
    assert chosen["text"][:40] not in words_of_letters()


def test_the_verdict_is_recorded_and_teaches_nothing(office) -> None:
    path = sheet_of()
    gone, seen = fill(path, 3, topic=NAME), fill(path, 4, seen="x")
    bring(path)
    lines = Path("out/corrections.jsonl").read_text(encoding="utf-8").splitlines()
    log = [json.loads(line) for line in lines]
    after = {event["opinion_id"]: event["after"]["topic"] for event in log}
    assert after[gone] == CODE and after[seen] != CODE
    labelled = rows(office / "data/labelled/reviewed/out.csv")
    assert [row["id"] for row in labelled] == [seen]


def test_a_label_kept_before_goes_when_the_row_turns_out_to_be_no_opinion(office) -> None:
    path = sheet_of()
    fill(path, 3, seen="x")
    bring(path)
    kept = office / "data/labelled/reviewed/out.csv"
    assert len(rows(kept)) == 1
    fill(path, 3, topic=NAME)
    bring(path)
    assert not kept.exists()


def test_importing_twice_changes_no_byte(office) -> None:
    path = sheet_of()
    fill(path, 3, topic=NAME)
    bring(path)
    before = everything()
    assert "0 lượt xem" in bring(path)
    assert everything() == before


def test_a_run_made_again_keeps_what_reviewers_said(office) -> None:
    path = sheet_of()
    gone, moved = fill(path, 3, topic=NAME), fill(path, 4, topic="Đất đai")
    bring(path)
    before = ids("out/opinions.csv")
    assert f"«{NAME}»: 1 dòng" in again()
    assert ids("out/opinions.csv") == before
    assert ids("out/not_opinions.csv") == [gone]
    topic = {row["opinion_id"]: row["topic"] for row in rows("out/opinions.csv")}
    assert topic[moved] == "land"
    after = everything()
    assert "0 lượt xem" in bring(path)
    assert everything() == after


def test_a_verdict_taken_back_puts_the_row_where_it_was(office) -> None:
    before = ids("out/opinions.csv")
    path = sheet_of()
    gone = fill(path, 3, topic=NAME)
    bring(path)
    second = sheet_of("second.xlsx")
    sheet = openpyxl.load_workbook(second)[OPINIONS_SHEET]
    at = {cell.value: cell.column for cell in sheet[1]}
    row = next(r for r in range(2, sheet.max_row + 1) if sheet.cell(r, 1).value == gone)
    assert sheet.cell(row, at[HEADINGS["topic_now"]]).value == NAME
    fill(second, row, topic="Đất đai")
    bring(second)
    assert ids("out/opinions.csv") == before
    assert not Path("out/not_opinions.csv").exists()
    back = next(r for r in rows("out/opinions.csv") if r["opinion_id"] == gone)
    assert back["topic"] == "land" and back["lead"] and back["due"]


def test_counts_of_the_meeting_shrink_in_papers_only(office) -> None:
    total = len(ids("out/opinions.csv"))
    path = sheet_of()
    fill(path, 3, topic=NAME)
    bring(path)
    record = json.loads(Path("out/run.json").read_text(encoding="utf-8"))
    assert record["meetings"][0]["opinions"] == total
    assert f'<td class="so">{total - 1}</td>' in Path("out/bao_cao.html").read_text("utf-8")


def test_two_reviewers_who_differ_about_it_conflict(office) -> None:
    a, b = sheet_of("a.xlsx"), sheet_of("b.xlsx")
    one = fill(a, 3, topic=NAME)
    fill(b, 3, topic="Đất đai")
    told = ykien_says("review", "import", a, b, "--dir", "out", "--by", "Lý A", codes=(3,))
    assert NAME in told and "Xung đột" in told
    assert one in ids("out/opinions.csv")


@pytest.mark.parametrize("typed", ["không phải ý kiến", "KHONG PHAI Y KIEN ", CODE])
def test_the_verdict_is_understood_when_it_is_written_whole(typed) -> None:
    assert label_names()["topic"].code(typed) == CODE


@pytest.mark.parametrize("typed", ["không", "Không phải", "không phải kiến nghị"])
def test_the_verdict_is_never_guessed(typed) -> None:
    with pytest.raises(NotUnderstood):
        label_names()["topic"].code(typed)


def test_an_office_may_call_it_otherwise(office) -> None:
    file = office / "data" / VERDICT_FILE
    file.write_text("code,name\nother-matter,Ngoài nội dung đối thoại\n", encoding="utf-8")
    path = sheet_of()
    gone = fill(path, 3, topic="Ngoài nội dung đối thoại")
    assert "«Ngoài nội dung đối thoại»: 1 dòng" in bring(path)
    assert gone not in ids("out/opinions.csv")


def test_a_file_of_verdicts_without_names_is_refused(tmp_path) -> None:
    (tmp_path / "review").mkdir()
    (tmp_path / VERDICT_FILE).write_text("code\nx\n", encoding="utf-8")
    with pytest.raises(DataError, match="code, name"):
        load_verdicts(tmp_path)


LABELLED = (
    "id,text,topic,also,kind,form,place_type,register,brief,meeting\n"
    "a-1,Đề nghị xã sửa đường vào thôn cho bà con đi lại,planning,,kiến nghị,,,,b,m\n"
    "a-2,Xin cảm ơn các đồng chí đã về dự hội nghị hôm nay,cadres,,kiến nghị,,,,b,m\n"
)


def test_a_labelled_row_that_is_no_opinion_leaves_the_labelled_data(office) -> None:
    from pipeline.review.suggested import audit_sheet
    from pipeline.topics.taxonomy import load_topics
    from pipeline.training.dataset import load_labelled
    from pipeline.training.label_audit import Suspect

    file = office / "data" / "labelled" / "own.csv"
    file.write_text(LABELLED, encoding="utf-8")
    table = load_labelled([file], load_topics())
    audit_sheet(table, [Suspect(1, 0.1, "cadres", ("lạ",))], Path("audit.xlsx"))
    assert fill("audit.xlsx", 2, topic=NAME) == "a-2"
    said = ykien_says("review", "labels", "audit.xlsx", "--by", "Lý A")
    assert "1 dòng không phải ý kiến" in said
    assert [row["id"] for row in rows(file)] == ["a-1"]
    log = (office / "data/labelled/reviewed/corrections.jsonl").read_text(encoding="utf-8")
    assert CODE in log
    assert "0 nhãn đã xem" in ykien_says("review", "labels", "audit.xlsx", "--by", "Lý A")
    assert [row["id"] for row in rows(file)] == ["a-1"]


def test_a_suggested_row_that_is_no_opinion_is_logged_and_not_suggested_again(office) -> None:
    (office / "data" / "labelled" / "own.csv").write_text(LABELLED, encoding="utf-8")
    reviewed = office / "data" / "labelled" / "reviewed"
    ykien_says("suggest", "out", "-o", "suggested.xlsx", "-n", 3)
    gone, kept = fill("suggested.xlsx", 2, topic=NAME), fill("suggested.xlsx", 3, topic="Đất đai")
    for _ in range(2):
        assert "1 dòng không phải ý kiến" in ykien_says(
            "review", "labels", "suggested.xlsx", "--by", "Lý A"
        )
        assert [row["id"] for row in rows(reviewed / "labelled.csv")] == [kept]
        log = (reviewed / "corrections.jsonl").read_text(encoding="utf-8").splitlines()
        assert [json.loads(line)["opinion_id"] for line in log] == [gone]
    ykien_says("suggest", "out", "-o", "next.xlsx", "-n", 50)
    sheet = openpyxl.load_workbook("next.xlsx")[OPINIONS_SHEET]
    assert {gone, kept}.isdisjoint(row[0].value for row in sheet.iter_rows(min_row=2))
