"""Plans, rolls of names, recipients and editorial boxes hold no opinion."""

import pytest

from pipeline.extraction.extract import extract_minutes
from pipeline.reading.document import Document, Paragraph

HEAD = "BIÊN BẢN\nHội nghị đối thoại với Nhân dân\nÝ KIẾN CỦA NHÂN DÂN\n"
SAID = "1. Ông Lò Văn Tém, bản Lả: Cầu mục ván, đề nghị xã thay.\n"


def opinions(text: str):
    lines = text.strip().split("\n")
    paragraphs = tuple(Paragraph(at, line) for at, line in enumerate(lines, 1))
    return extract_minutes(Document("a.txt", "txt", paragraphs, "f")).opinions


@pytest.mark.parametrize(
    "tail",
    [
        "Nơi nhận:\n- Đảng ủy xã;\n- UBND huyện;\nTM. UBND XÃ\n",
        "Đường dây nóng: 0900 000 111 - Email: bandoc@bao.example\n",
        "Mời bạn đọc gửi ý kiến, kiến nghị về tòa soạn.\n",
        "2. Bà Vi Thị Pọm, bản Lả: Nhất trí với báo cáo, không có ý kiến gì.\n",
    ],
)
def test_extraction_leaves_out_what_follows_the_opinions(tail):
    assert [one.speaker for one in opinions(HEAD + SAID + tail)] == ["Ông Lò Văn Tém"]


def test_extraction_takes_proposals_of_a_plan_for_the_writers_own():
    text = "BÁO CÁO\nKết quả tổ chức đối thoại và kế hoạch quý II\n4. Đề xuất\n"
    assert not opinions(text + "Đề nghị Thường trực Đảng ủy bố trí kinh phí 18 triệu đồng.")


def test_extraction_attaches_the_answer_of_the_chair():
    found = opinions(HEAD + SAID + "Chủ trì trả lời (đ/c An): Xã sẽ thay ván trong tháng 9.")
    assert "thay ván" in found[0].reply


def test_extraction_names_the_village_that_heads_a_list():
    found = opinions("DANH SÁCH Ý KIẾN CỦA NHÂN DÂN\n* Thôn Lũng Vài\n+ Đề nghị nạo vét kênh N5.")
    assert found[0].speaker == "Thôn Lũng Vài"
