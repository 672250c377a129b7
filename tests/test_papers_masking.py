"""Personal data is masked for those who must not see it, and nothing else is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import DataError
from pipeline.papers import evaluate_masking, mask
from pipeline.papers.masking_words import load_masking_words


def test_masking_reaches_its_targets_on_the_marked_texts():
    report = evaluate_masking()
    assert report.texts >= 120
    assert report.name_recall >= 0.98, report.missed
    assert report.number_recall == 1.0, report.missed
    assert report.false_share <= 0.01, report.false


def test_masking_figures_print_as_vietnamese_lines():
    assert "Tên người" in evaluate_masking().summary()


def test_masking_file_without_its_columns_is_named(tmp_path):
    (tmp_path / "m.csv").write_text("id,text\n1,a\n", encoding="utf-8")
    with pytest.raises(DataError, match="names, numbers"):
        evaluate_masking(tmp_path / "m.csv")


@pytest.mark.parametrize(
    ("text", "level", "masked"),
    [
        ("Ông Giàng A Sềnh, thôn Sín Chải", "internal", "Ông Giàng A Sềnh, thôn Sín Chải"),
        ("hộ ông Sùng A Vảng chưa có sổ", "agency", "hộ ông Sùng A Vảng chưa có sổ"),
        ("hộ ông Sùng A Vảng lấn mương", "agency", "hộ ông [tên] lấn mương"),
        ("ông Tạo địa chính nhận tiền", "agency", "ông [tên] địa chính nhận tiền"),
        ("số nhà 17 phố Xuân Viên", "agency", "số nhà 17 phố Xuân Viên"),
        ("số nhà 17 phố Xuân Viên", "public", "[số nhà] phố Xuân Viên"),
        ("gọi 0915 204 377", "agency", "gọi [số điện thoại]"),
        ("thôn Séo Mý Tỷ, xã Tả Van", "public", "thôn [thôn, tổ], xã Tả Van"),
        ("đồng chí Hà Mạnh Tiến - Phó Chủ tịch", "public", "đồng chí [tên] - Phó Chủ tịch"),
    ],
)
def test_mask_depends_on_who_reads(text, level, masked):
    assert mask(text, level=level).text == masked


def test_agency_keeps_the_speaker_whose_matter_it_answers():
    text = "tôi là Lù A Chớ, ông Lử lấn đất"
    assert (
        mask(text, level="agency", known=["Lù A Chớ"]).text == "tôi là Lù A Chớ, ông [tên] lấn đất"
    )


@pytest.mark.parametrize(
    "text",
    [
        "đơn giá 1.250.000.000 đồng theo Quyết định 2318/QĐ-UBND ngày 14/6/2023",
        "Bà con, ông bà, anh em đều nói vậy",
        "Trường Tiểu học Võ Thị Sáu, đường Nguyễn Chí Thanh",
        "Quản lý thị trường và Ủy ban nhân dân phường Sa Pa",
        "NGHỊ QUYẾT CỦA ĐẠI BIỂU VÀ CỬ TRI GỬI ĐẾN KỲ HỌP",
    ],
)
def test_mask_leaves_what_is_no_personal_data(text):
    assert mask(text).text == text


def test_findings_say_what_was_masked_and_where():
    text = "gọi chị Mùi 0332 555 014"
    found = mask(text).findings
    assert (
        [text[f.start : f.end] for f in found] == [f.text for f in found] == ["Mùi", "0332 555 014"]
    )


@given(st.text(max_size=80))
def test_mask_takes_any_text(text):
    assert mask(text, level="internal").text == text
    assert all(f.text in text for f in mask(text).findings)


def test_masking_words_name_the_file_when_it_is_broken(tmp_path):
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "masking.toml").write_text("[names]\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"masking\.toml"):
        load_masking_words(tmp_path)
