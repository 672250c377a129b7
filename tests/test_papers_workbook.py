"""The summary workbook: no formulas, drop-downs, colours, sheets apart."""

from __future__ import annotations

import openpyxl
import pytest
from sample_papers import options, run_result

from pipeline.papers import write_papers
from pipeline.papers.columns import LONGEST_CELL, as_date, shortened
from pipeline.routing import load_routing


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    out = tmp_path_factory.mktemp("xlsx") / "out"
    write_papers(run_result(), out, routing=load_routing(), options=options(on="2026-01-15"))
    return openpyxl.load_workbook(out / "bang_tong_hop.xlsx")


def test_no_cell_is_a_formula_or_a_link(book):
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert [c.coordinate for c in cells if c.data_type == "f" or c.hyperlink] == []
    assert any(str(c.value).startswith("=HYPERLINK") for c in cells)


def test_drop_downs_offer_topics_agencies_and_states(book):
    rules = book["Tổng hợp"].data_validations.dataValidation
    assert {rule.type for rule in rules} == {"list"}
    assert len(rules) == 5
    listed = {cell.value for row in book["Danh mục"].iter_rows() for cell in row}
    assert {"Đất đai", "Đã trả lời tại hội nghị", "Vượt thẩm quyền, chuyển cấp trên"} <= listed


def test_every_value_under_a_drop_down_is_one_of_its_choices(book):
    sheet = book["Tổng hợp"]
    listed = {cell.value for row in book["Danh mục"].iter_rows() for cell in row}
    for rule in sheet.data_validations.dataValidation:
        for row in sheet[str(rule.sqref)]:
            assert row[0].value in listed


def test_summary_prints_on_landscape_a4_with_its_heading_on_each_page(book):
    sheet = book["Tổng hợp"]
    assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.freeze_panes and sheet.auto_filter.ref
    assert "&P" in sheet.oddFooter.center.text


def test_rows_to_look_at_are_coloured_by_rule(book):
    rules = [r for area in book["Tổng hợp"].conditional_formatting for r in area.rules]
    assert any('="x"' in formula for rule in rules for formula in rule.formula)


@pytest.mark.parametrize(
    ("sheet", "rows"),
    [("Tổng hợp", 5), ("Khiếu nại, tố cáo", 1), ("Vượt thẩm quyền", 1), ("Công khai (đã che)", 5)],
)
def test_sheet_holds_its_opinions(book, sheet, rows):
    assert sum(row[0].value is not None for row in book[sheet].iter_rows(min_row=2)) == rows


def test_public_sheet_names_nobody(book):
    text = " ".join(str(c.value) for row in book["Công khai (đã che)"].iter_rows() for c in row)
    assert not any(word in text for word in ("Sềnh", "Tạo", "0915", "912 445", "tổ 3", "nhận tiền"))


@pytest.mark.parametrize(("text", "length"), [("a" * 10, 10), ("a" * 40_000, None)])
def test_shortened_fits_into_a_cell(text, length):
    assert len(shortened(text)) == (length or len(shortened(text))) < LONGEST_CELL + 100


@pytest.mark.parametrize("text", ["", "chưa rõ"])
def test_as_date_keeps_what_is_no_date(text):
    assert as_date(text) == text
