"""Slips, notices and reports: the right form, the right addressee, nothing empty."""

from __future__ import annotations

import re
import shutil
import zipfile
from pathlib import Path

import docx
import pytest
from sample_papers import meetings, opinions, options, run_result

from pipeline.errors import DataError
from pipeline.papers import check_papers, period_report, write_papers
from pipeline.papers.names import Names, date_of_signing, load_statuses, vietnamese_day
from pipeline.papers.word import fill_template
from pipeline.resources import data_dir
from pipeline.routing import load_routing


@pytest.fixture(scope="module")
def routing():
    return load_routing()


@pytest.fixture(scope="module")
def papers(routing, tmp_path_factory):
    out = tmp_path_factory.mktemp("word") / "out"
    write_papers(run_result(2), out, routing=routing, options=options(on="2026-01-05"))
    return out


@pytest.fixture
def own_data(tmp_path, monkeypatch):
    folder = shutil.copytree(data_dir(), tmp_path / "data")
    monkeypatch.setenv("YKIEN_DATA", str(folder))
    return folder


def text_of(path: Path) -> str:
    body = docx.Document(path).element.body
    return "\n".join("".join(p.itertext()) for p in body.iter() if p.tag.endswith("}p"))


def test_slip_has_the_state_form(papers):
    text = text_of(papers / "phieu_chuyen" / "p-kthtdt.docx")
    for part in ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "PHIẾU CHUYỂN", "PC-UBND", "Nơi nhận:",
                 "Sa Pa, ngày 05 tháng 01 năm 2026", "Lưu: VT."):  # fmt: skip
        assert part in text


def test_slip_keeps_margins_font_and_page_numbers_of_the_decree(papers):
    page = docx.Document(papers / "phieu_chuyen" / "p-kthtdt.docx").sections[0]
    assert 20 <= page.top_margin.mm <= 25 and 30 <= page.left_margin.mm <= 35
    assert 15 <= page.right_margin.mm <= 20 and 20 <= page.bottom_margin.mm <= 25
    assert page.different_first_page_header_footer
    assert "PAGE" in page.header._element.xml
    assert "PAGE" not in page.first_page_header._element.xml


def test_slip_lists_opinions_with_due_dates_and_escapes_their_text(papers):
    text = text_of(papers / "phieu_chuyen" / "p-kthtdt.docx")
    assert "Sửa ĐT152 & cầu <mới>" in text
    assert "22/12/2025" in text and "Công an phường Sa Pa" in text


def test_slip_masks_numbers_and_accusations_go_to_reception_only(papers):
    lead = text_of(papers / "phieu_chuyen" / "p-vhxh.docx")
    reception = text_of(papers / "phieu_chuyen" / "tiep-cong-dan.docx")
    assert "912 445" not in lead and "tố cáo" not in lead
    assert "tố cáo" in reception and "Quốc Tạo" not in reception


def test_papers_leave_no_tag_and_no_none(papers):
    for path in papers.rglob("*.docx"):
        assert not re.search(r"\{\{|\{%|None|nan\b", text_of(path)), path.name


def test_notice_is_a_draft_without_names_or_accusations(papers):
    path = papers / "thong_bao_ket_luan.docx"
    xml = b"".join(zipfile.ZipFile(path).read(n) for n in zipfile.ZipFile(path).namelist())
    text = text_of(path)
    assert "DỰ THẢO".encode() in xml
    assert "Sềnh" not in text and "nhận tiền" not in text
    assert "Chủ trì: " in text and "chuyển Sở Xây dựng" in text
    assert "chậm nhất ngày 30/11/2025" in text


@pytest.mark.parametrize(
    ("form", "there", "absent"),
    [("party", "ĐẢNG CỘNG SẢN VIỆT NAM", "CỘNG HÒA"), ("state", "CỘNG HÒA", "ĐẢNG CỘNG SẢN")],
)
def test_notice_takes_the_form_that_is_asked(routing, tmp_path, form, there, absent):
    write_papers(run_result(), tmp_path / "o", routing=routing, options=options(notice=form))
    text = text_of(tmp_path / "o" / "thong_bao_ket_luan.docx")
    assert there in text and absent not in text
    assert "ngày ….. tháng" in text


def test_period_report_counts_meetings_and_compares_with_the_plan(routing, tmp_path):
    figures = period_report(opinions(), meetings(2), tmp_path / "r.docx", routing=routing,
                            period="quý IV năm 2025", on="2026-01-15", planned=4)  # fmt: skip
    text = text_of(tmp_path / "r.docx")
    assert (figures.meetings, figures.opinions.value, figures.delegates) == (2, 5, 137)
    assert "2/4 hội nghị theo kế hoạch (50,0%)" in text
    assert "quá hạn mà chưa có trả lời 3 ý kiến (60,0%)" in text
    assert "Sềnh" not in text


def test_period_report_compares_with_the_period_before(routing, tmp_path):
    before = period_report(opinions().head(2), meetings(), tmp_path / "a.docx", routing=routing)
    period_report(opinions(), meetings(), tmp_path / "b.docx", routing=routing, previous=before)
    text = text_of(tmp_path / "b.docx")
    assert "số ý kiến tăng 3 (2 → 5)" in text and "số hội nghị không đổi (1)" in text


def test_check_finds_nothing_in_the_shipped_papers(routing):
    assert check_papers(routing) == []


@pytest.mark.parametrize(
    "name", ["phieu_chuyen.docx", "thong_bao_dang.docx", "bao_cao_tong_hop.docx", "bao_cao.html",
             "masking.toml", "statuses.csv"],
)  # fmt: skip
def test_check_names_the_file_that_is_broken(own_data, routing, name):
    (own_data / "papers" / name).write_bytes(b"\xff")
    assert any(name in problem for problem in check_papers(routing))


def test_unknown_field_of_a_template_is_named(own_data):
    path = own_data / "papers" / "phieu_chuyen.docx"
    paper = docx.Document(path)
    paper.add_paragraph("{{ so_dien_thoai_la }}")
    paper.save(path)
    with pytest.raises(DataError, match=r"phieu_chuyen\.docx.*so_dien_thoai_la"):
        fill_template("phieu_chuyen.docx", {"noi_nhan": [], "y_kien": []} | _fields())


def _fields() -> dict:
    names = ("co_quan_cap_tren co_quan_in_hoa co_quan ky_hieu dia_danh_ngay_thang trich_yeu "
             "kinh_gui tiep_nhan_tu cac_hoi_nghi so_y_kien ly_do de_nghi can_xem tham_quyen_ky "
             "chuc_vu_ky ho_ten_ky")  # fmt: skip
    return dict.fromkeys(names.split(), "x")


@pytest.mark.parametrize(
    "tag", ["{% for x in y_kien %}", "{{ kinh_gui", "{{ kinh_gui + 1 }}", "{%tr for y in %}"]
)
def test_broken_tag_of_a_template_is_reported(own_data, tag):
    path = own_data / "papers" / "phieu_chuyen.docx"
    paper = docx.Document(path)
    paper.add_paragraph(tag)
    paper.save(path)
    with pytest.raises(DataError, match=r"phieu_chuyen\.docx"):
        fill_template("phieu_chuyen.docx", {"noi_nhan": [], "y_kien": []} | _fields())


@pytest.mark.parametrize("content", [b"", b"khong phai Word", None])
def test_template_that_is_no_word_file_is_named(own_data, content):
    path = own_data / "papers" / "phieu_chuyen.docx"
    path.unlink() if content is None else path.write_bytes(content)
    with pytest.raises(DataError, match=r"phieu_chuyen\.docx"):
        fill_template("phieu_chuyen.docx", {})


def test_agency_name_changes_in_every_paper_by_one_cell(own_data, tmp_path):
    path = own_data / "agencies" / "agencies.csv"
    table = path.read_text(encoding="utf-8-sig")
    path.write_text(table.replace('"Phòng Kinh tế, Hạ tầng và Đô thị",', "Phòng Đô thị mới,", 1),
                    encoding="utf-8-sig")  # fmt: skip
    write_papers(run_result(), tmp_path / "o", routing=load_routing(own_data), options=options())
    assert "Kính gửi: Phòng Đô thị mới" in text_of(
        tmp_path / "o" / "phieu_chuyen" / "p-kthtdt.docx"
    )
    assert "Phòng Đô thị mới" in (tmp_path / "o" / "bao_cao.html").read_text(encoding="utf-8")


def test_slip_of_an_agency_that_is_gone_goes_to_its_successor(routing, tmp_path):
    result = run_result()
    result.opinions = result.opinions.assign(lead="p-vhtt", meeting_date="2024-05-06")
    write_papers(result, tmp_path / "o", routing=routing, options=options(on="2026-01-15"))
    text = text_of(tmp_path / "o" / "phieu_chuyen" / "p-vhtt.docx")
    assert "Kính gửi: Phòng Văn hóa - Xã hội phường Sa Pa" in text
    assert "tiếp nhận nhiệm vụ của Phòng Văn hóa và Thông tin thị xã" in text


@pytest.mark.parametrize(
    ("iso", "printed"), [("2025-03-05", "05/3/2025"), ("2025-01-15", "15/01/2025"), ("", "")]
)
def test_vietnamese_day_follows_the_decree(iso, printed):
    assert vietnamese_day(iso) == printed


def test_date_of_signing_is_dots_without_a_day():
    assert "ngày ….." in date_of_signing("Sa Pa", None)


def test_states_that_the_program_sets_may_not_be_missing(tmp_path):
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "statuses.csv").write_text("code,name,answered\nx,X,no\n", "utf-8")
    with pytest.raises(DataError, match="chua-giai-quyet"):
        load_statuses(tmp_path)


def test_unknown_agency_code_is_printed_as_it_is(routing):
    assert Names(routing, routing.latest_day).agency("khong-co") == "khong-co"
