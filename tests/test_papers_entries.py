"""What a clerk writes into the summary workbook outlives the next run, and nothing else does."""

from __future__ import annotations

import zipfile
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner
from sample_papers import options, run_result

from pipeline.cli import ykien
from pipeline.errors import ReadError
from pipeline.papers import read_entries, write_papers
from pipeline.papers.columns import GONE_SHEET, MARKS_SHEET, SUMMARY_SHEET
from pipeline.papers.entries import Entries, Entry
from pipeline.routing import load_routing

FIRST = """BIÊN BẢN
Hội nghị đối thoại giữa Chủ tịch UBND xã với Nhân dân
Hôm nay, ngày 12 tháng 3 năm 2024, tại nhà văn hóa thôn Hang Đá, xã Hoàng Liên.
Ông Giàng A Chu, thôn Hang Đá: đề nghị xã sửa đoạn đường từ cầu vào thôn bị sạt từ năm ngoái.
Bà Lý Thị Mẩy, thôn Séo Mý Tỷ: tôi tố cáo cán bộ địa chính nhận tiền của dân khi cấp sổ đỏ.
"""
SECOND = FIRST.replace("12 tháng 3", "15 tháng 4").replace("sạt từ năm ngoái", "lún sâu, lầy lội")
STATUS, LETTER, NOTE = "Kết quả, trạng thái", "Văn bản trả lời (số, ngày)", "Ghi chú"
SOLVED = "Đã giải quyết xong"


@pytest.fixture
def office(models_folder, tmp_path, monkeypatch):
    """A folder with two minutes and a run of both."""
    monkeypatch.chdir(tmp_path)
    Path("một.txt").write_text(FIRST, encoding="utf-8")
    Path("hai.txt").write_text(SECOND, encoding="utf-8")
    run()
    return tmp_path


def run(*more: str, files=("một.txt", "hai.txt"), codes=(0,)):
    words = ["run", *files, "-o", "out", "--on", "2024-06-01", *more]
    done = CliRunner().invoke(ykien, words)
    assert done.exit_code in codes, f"{done.output} {done.exception!r}"
    return done


class Table:
    """One sheet of the summary workbook, its cells by row and heading."""

    path = Path("out/bang_tong_hop.xlsx")

    def __init__(self, title: str = SUMMARY_SHEET) -> None:
        self.book = openpyxl.load_workbook(self.path)
        self.sheet = self.book[title]
        self.at = {cell.value: cell.column for cell in self.sheet[1]}

    def get(self, row: int, heading: str) -> str:
        return self.sheet.cell(row, self.at[heading]).value or ""

    def put(self, row: int, **cells: object) -> Table:
        for key, value in cells.items():
            heading = {"status": STATUS, "letter": LETTER, "note": NOTE}[key]
            self.sheet.cell(row, self.at[heading]).value = value
        self.book.save(self.path)
        return self

    def row_of(self, identity: str) -> int:
        rows = range(2, self.sheet.max_row + 1)
        return next(row for row in rows if self.get(row, "Mã ý kiến") == identity)


def test_status_letter_and_note_are_in_the_next_workbook(office) -> None:
    Table().put(2, status=SOLVED, letter="Số 12/UBND ngày 05/4/2024", note="Đã gọi điện")
    told = run()
    table = Table()
    assert [table.get(2, h) for h in (STATUS, LETTER, NOTE)] == [
        SOLVED, "Số 12/UBND ngày 05/4/2024", "Đã gọi điện",
    ]  # fmt: skip
    assert table.get(3, STATUS) != SOLVED
    assert "giữ lại phần cán bộ đã ghi của 1 ý kiến" in told.stderr


def test_the_page_and_the_figures_follow_the_status(office) -> None:
    Table().put(2, status=SOLVED)
    run()
    sheet = Table("Số liệu").sheet
    figures = {row[0].value: row[1].value for row in sheet.iter_rows(max_col=2)}
    assert figures[SOLVED] == 1
    assert figures["Quá hạn, chưa có trả lời"] == 3
    assert SOLVED in Path("out/bao_cao.html").read_text(encoding="utf-8")
    public = Table("Công khai (đã che)")
    assert public.get(2, STATUS) == SOLVED


def test_an_untouched_workbook_brings_nothing_and_the_same_bytes(office) -> None:
    before = Table.path.read_bytes()
    told = run()
    assert Table.path.read_bytes() == before
    assert "giữ lại" not in told.stderr


def test_entries_stay_over_many_runs_and_can_be_taken_back(office) -> None:
    Table().put(2, status="đang xem xét, giải quyết", note="Chờ họp")
    run()
    kept = Table.path.read_bytes()
    run()
    assert Table.path.read_bytes() == kept
    assert Table().get(2, STATUS) == "Đang xem xét, giải quyết"
    Table().put(2, status=None, note=None)
    run()
    assert (Table().get(2, STATUS), Table().get(2, NOTE)) == ("Chưa giải quyết", "")


@pytest.fixture
def papers(tmp_path, monkeypatch):
    """Write the papers of the sample result, in which one opinion is an accusation."""
    monkeypatch.chdir(tmp_path)
    result, routing = run_result(), load_routing()

    def write(**cells: str) -> Entries:
        result.opinions = result.opinions.assign(**cells)
        entries = read_entries(Path("out"))
        write_papers(result, Path("out"), routing=routing, options=options())
        return entries

    write()
    return write


def test_what_the_program_wrote_itself_is_no_entry(papers) -> None:
    Table().put(3, letter="12/UBND")
    papers(reply="Sẽ sửa trong tháng 5", forward="")
    table = Table()
    assert {table.get(row, STATUS) for row in range(2, 7)} == {"Đã trả lời tại hội nghị"}
    assert "Vượt thẩm quyền" not in table.get(4, NOTE)
    assert table.get(3, LETTER) == "12/UBND"


def test_a_note_of_the_program_stands_before_that_of_the_clerk(papers) -> None:
    table = Table()
    row = next(r for r in range(2, 7) if "tố cáo" in table.get(r, NOTE))
    machine = table.get(row, NOTE)
    table.put(row, note=f"{machine}. Đã chuyển ngày 02/5")
    papers()
    papers()
    assert Table().get(row, NOTE) == f"{machine}. Đã chuyển ngày 02/5"
    papers(kind="kiến nghị", forward="")
    assert Table().get(row, NOTE) == "Đã chuyển ngày 02/5"


def test_an_entry_on_a_sheet_apart_counts_and_the_newer_one_wins(papers) -> None:
    apart = Table("Khiếu nại, tố cáo").put(2, status="Đã giải trình, cung cấp thông tin")
    row = Table().row_of(apart.get(2, "Mã ý kiến"))
    papers()
    assert Table().get(row, STATUS) == "Đã giải trình, cung cấp thông tin"
    Table("Khiếu nại, tố cáo").put(2, status=SOLVED)
    papers()
    assert Table().get(row, STATUS) == SOLVED
    assert Table("Khiếu nại, tố cáo").get(2, STATUS) == SOLVED


def test_two_sheets_that_differ_are_told_and_the_first_counts(papers) -> None:
    apart = Table("Khiếu nại, tố cáo").put(2, note="hai")
    row = Table().row_of(apart.get(2, "Mã ý kiến"))
    Table().put(row, note="một")
    assert "đã được ghi khác ở trước" in papers().doubts[0]
    assert Table().get(row, NOTE) == "một"


def test_letters_to_the_level_above_are_kept(papers) -> None:
    table = Table("Vượt thẩm quyền")
    for heading in ("Văn bản chuyển (số, ngày)", "Văn bản trả lời của cấp trên (số, ngày)"):
        table.sheet.cell(2, table.at[heading]).value = f"số 7: {heading}"
    table.book.save(Table.path)
    papers()
    after = Table("Vượt thẩm quyền")
    assert after.get(2, "Văn bản chuyển (số, ngày)").startswith("số 7")
    assert after.get(2, "Văn bản trả lời của cấp trên (số, ngày)").startswith("số 7")


def test_rows_whose_opinion_is_gone_are_listed_and_come_back_with_it(office) -> None:
    identity = Table().get(2, "Mã ý kiến")
    assert Table().get(2, NOTE) == ""
    Table().put(2, status=SOLVED, note="Đã sửa xong cầu")
    other = "hai.txt" if identity.startswith("mot") else "một.txt"
    told = run(files=(other,))
    assert "1 ý kiến đã có ghi chép nhưng không còn trong kết quả" in told.stderr
    assert identity in told.stderr
    gone = Table(GONE_SHEET)
    assert [gone.get(2, h) for h in ("Mã ý kiến", STATUS, NOTE)] == [
        identity, SOLVED, "Đã sửa xong cầu",
    ]  # fmt: skip
    assert "đường" in gone.get(2, "Nội dung ý kiến, kiến nghị")
    assert identity in Path("out/bao_cao.html").read_text(encoding="utf-8")
    run(files=(other,))
    assert Table(GONE_SHEET).get(2, NOTE) == "Đã sửa xong cầu"
    run()
    table = Table()
    assert table.get(table.row_of(identity), NOTE) == "Đã sửa xong cầu"
    assert GONE_SHEET not in table.book.sheetnames


def test_rows_sorted_and_a_title_above_the_headings_are_no_obstacle(office) -> None:
    table = Table()
    first = table.get(2, "Mã ý kiến")
    rows = [[cell.value for cell in row] for row in table.sheet.iter_rows(min_row=2)]
    for at, row in enumerate(reversed(rows), start=2):
        for column, value in enumerate(row, start=1):
            table.sheet.cell(at, column).value = value
    table.put(table.row_of(first), note="của dòng một")
    table.sheet.insert_rows(1)
    table.sheet.cell(1, 1).value = "Bảng của văn phòng"
    table.book.save(Table.path)
    run()
    assert Table().get(Table().row_of(first), NOTE) == "của dòng một"


def test_only_the_columns_of_a_clerk_are_read(office) -> None:
    table = Table()
    before = table.get(2, "Lĩnh vực")
    table.sheet.cell(2, table.at["Lĩnh vực"]).value = "Du lịch"
    table.sheet.cell(2, table.at["Nội dung ý kiến, kiến nghị"]).value = "chữ lạ"
    table.sheet.cell(1, len(table.at) + 1).value = "Cột riêng"
    table.book.save(Table.path)
    run()
    assert Table().get(2, "Lĩnh vực") == before
    assert "chữ lạ" not in Table().get(2, "Nội dung ý kiến, kiến nghị")


def test_a_formula_is_neither_worked_out_nor_kept_and_is_told(office) -> None:
    Table().put(2, note='=HYPERLINK("http://a.vn","x")', letter="12/UBND")
    told = run()
    table = Table()
    assert (table.get(2, NOTE), table.get(2, LETTER)) == ("", "12/UBND")
    assert "ô chứa công thức" in told.stderr
    cells = [c for sheet in table.book for row in sheet.iter_rows() for c in row]
    assert not [c.coordinate for c in cells if c.data_type == "f"]


def test_a_text_like_a_formula_stays_text(office) -> None:
    table = Table()
    cell = table.sheet.cell(2, table.at[NOTE])
    cell.value, cell.data_type = "=1+1", "s"
    table.book.save(Table.path)
    run()
    kept = Table().sheet.cell(2, table.at[NOTE])
    assert (kept.value, kept.data_type) == ("=1+1", "s")


def test_dates_and_states_of_the_offices_own_are_kept_as_read(office) -> None:
    Table().put(2, letter=datetime(2024, 5, 6), status="Chờ tỉnh cho ý kiến")
    run()
    assert Table().get(2, LETTER) == "06/05/2024"
    assert Table().get(2, STATUS) == "Chờ tỉnh cho ý kiến"
    listed = {cell.value for row in Table("Danh mục").sheet.iter_rows() for cell in row}
    assert "Chờ tỉnh cho ý kiến" in listed


def test_a_clerks_words_are_masked_for_others(office) -> None:
    Table().put(2, note="Đã gọi ông Giàng A Sềnh, số 0915 204 377")
    run("--audience", "agency")
    note = Table().get(2, NOTE)
    assert "0915" not in note and note
    text = " ".join(str(c.value) for s in Table().book for row in s.iter_rows() for c in row)
    assert "0915 204 377" not in text


def test_a_workbook_from_before_the_marks_gives_its_entries(office) -> None:
    table = Table()
    del table.book[MARKS_SHEET]
    table.put(2, status=SOLVED, note="ghi cũ")
    run()
    assert (Table().get(2, STATUS), Table().get(2, NOTE)) == (SOLVED, "ghi cũ")
    assert Table().get(4, STATUS) == "Chưa giải quyết"


def _no_id_column() -> None:
    table = Table()
    table.sheet.delete_cols(table.at["Mã ý kiến"])
    table.book.save(Table.path)


def _renamed_sheet() -> None:
    table = Table()
    table.sheet.title = "Trang 1"
    table.book.save(Table.path)


def _bomb() -> None:
    with zipfile.ZipFile(Table.path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    name = "xl/sharedStrings.xml"
    parts[name] = b'<!DOCTYPE a [<!ENTITY b "bbbb">]>' + parts[name]
    with zipfile.ZipFile(Table.path, "w") as new:
        for name, content in parts.items():
            new.writestr(name, content)


def _garbage() -> None:
    Table.path.write_bytes(b"PK\x03\x04 broken")


@pytest.mark.parametrize("spoil", [_no_id_column, _renamed_sheet, _bomb, _garbage])
def test_a_workbook_that_cannot_be_read_stops_the_run_and_stays(office, spoil) -> None:
    spoil()
    before = Table.path.read_bytes()
    done = run(codes=(1,))
    assert isinstance(done.exception, ReadError)
    assert "không đọc lại được phần cán bộ đã ghi" in str(done.exception)
    assert Table.path.read_bytes() == before


def test_corrections_that_are_imported_keep_entries_too(office) -> None:
    from pipeline.review.columns import COLUMNS, OPINIONS_SHEET

    headings = {column.key: column.heading for column in COLUMNS}
    identity = Table().get(2, "Mã ý kiến")
    Table().put(2, status=SOLVED).put(3, note="Chờ")
    CliRunner().invoke(ykien, ["review", "export", "out", "-o", "s.xlsx", "--all"])
    book = openpyxl.load_workbook("s.xlsx")
    sheet = book[OPINIONS_SHEET]
    at = {cell.value: cell.column for cell in sheet[1]}
    row = next(r for r in range(2, 6) if sheet.cell(r, 1).value == identity)
    sheet.cell(row, at[headings["topic"]]).value = "Không phải ý kiến"
    book.save("s.xlsx")
    words = ["review", "import", "s.xlsx", "--dir", "out", "--by", "A", "--no-labels"]
    done = CliRunner().invoke(ykien, words)
    assert done.exit_code == 0, done.exception
    assert Table(GONE_SHEET).get(2, STATUS) == SOLVED
    assert Table().get(2, NOTE).endswith("Chờ")


@pytest.mark.parametrize(
    ("text", "machine", "now", "cell"),
    [
        ("riêng", "", "", "riêng"),
        ("riêng", "", "Máy", "Máy. riêng"),
        ("Máy. riêng", "Máy", "Máy", "Máy. riêng"),
        ("Máy. riêng", "Máy", "", "riêng"),
        ("viết lại", "Máy", "Máy mới", "viết lại"),
        ("Máy", "", "Máy", "Máy"),
    ],
)
def test_a_clerks_words_stand_beside_those_of_the_program(text, machine, now, cell) -> None:
    assert Entry(text, machine).beside(now) == cell
