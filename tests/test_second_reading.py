"""What becomes of opinions that a second reading makes anew: who says them, what answers them."""

from __future__ import annotations

import pytest

from pipeline.extraction import extract_minutes
from pipeline.extraction.lines import read_lines
from pipeline.extraction.minutes import Minutes, Opinion
from pipeline.extraction.tellers import told_at_end, told_at_head, told_by_line
from pipeline.extraction.units import read_units
from pipeline.reading.document import Document, Paragraph


class Tagger:
    """Stands for a second reader that gives the tags it was told."""

    def __init__(self, tags: str) -> None:
        self._tags = list(tags)

    def reads(self, units):
        return True

    def mended(self, traits, first, fixed):
        assert len(traits) == len(self._tags), len(traits)
        return list(self._tags)


def document(*texts: str) -> Document:
    paragraphs = tuple(Paragraph(n, text) for n, text in enumerate(texts, 1))
    return Document("a.txt", "txt", paragraphs, "0" * 64)


def read(tags: str, *texts: str) -> Minutes:
    """Read paragraphs with the tags of their sentences, which blanks may part."""
    return extract_minutes(document(*texts), Tagger(tags.replace(" ", "")))


def opinions(tags: str, *texts: str) -> tuple[Opinion, ...]:
    return read(tags, *texts).opinions


def test_units_are_what_the_tags_stand_for():
    one = document("Đường hỏng; cầu gãy.", "Hết.")
    assert len(read_units(one.paragraphs, read_lines(one.paragraphs))) == 3


# Who speaks


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Chị Rơ Mah Hyăm, giáo viên mầm non, thổ lộ sáu cô ở chung hai gian.", "Chị Rơ Mah Hyăm"),
        ("Ông Lử vừa dứt lời thì bà Hạng Thị Dê, hộ bên cạnh, bảo phải đo lại.", "bà Hạng Thị Dê"),
        ("Già A Chưng kể cồng chiêng của làng còn đúng hai bộ.", "Già A Chưng"),
        ("Y Nguê, mới lấy chồng năm ngoái, rụt rè hỏi sao không được vay.", "Y Nguê"),
        ("Vi Thị Quế HPN bản Lạp: Chị em đi khai hoang không có tin.", "Vi Thị Quế"),
        ("21 giờ 35 phút, 6-5: Ông Trần Khả, tổ 4: xưởng nhựa lại đốt.", "Ông Trần Khả"),
        ("0912***377: Đăng ký tạm trú trên mạng báo lỗi.", "0912***377"),
        (
            "Người trồng cam, bưởi cho biết giá gỗ hạ từ 1,45 xuống 1,05 triệu.",
            "Người trồng cam, bưởi",
        ),
    ],
)
def test_one_who_takes_the_word_at_the_head_is_named(text, name):
    assert told_at_head(text).name == name


@pytest.mark.parametrize(
    "text",
    [
        "Chủ tịch xã Nguyễn Văn An cho biết đường sẽ làm.",
        "Đất của ông Lò Văn Páo bị lấn, xin xã xem lại.",
        "Tiếp tục quy tập hài cốt ở khu vực động Ông Do, người dân đã báo.",
        "Đường vào bản lầy lội, xe không đi được.",
    ],
)
def test_one_who_is_only_spoken_of_is_not_named(text):
    assert told_at_head(text).name == ""


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "“Trụ nước nằm lọt trong quầy trái cây, cháy thì lấy nước ở đâu?” - anh Đoàn Hữu Lộc báo tin.",
            "anh Đoàn Hữu Lộc",
        ),
        (
            '"Kiệt 47 thấp hơn mặt đường cả 6 tấc, nước vô nhà tui" - ông Trần Đình Quýt, tổ 14.',
            "ông Trần Đình Quýt",
        ),
        (
            "Dịch rầy nâu mà thuốc thì để ở kho huyện, hết rầy mới cấp (Út Rồi - Ninh Điền).",
            "Út Rồi",
        ),
        ("Chồng đánh, gọi công an xuống rồi về, nhà tạm lánh ở đâu (ẩn danh)", "ẩn danh"),
        ("Vé chợ đen gấp đôi, ngay trước mặt bảo vệ. Ban quản lý nghĩ sao? P.T.M", "P.T.M"),
        ("Đường hỏng ba năm nay, đề nghị sửa (thôn Nà Lốc).", ""),
    ],
)
def test_one_whom_the_end_names(text, name):
    assert told_at_end(text).name == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Minh Tuấn - 08:15 12/3/2022", "Minh Tuấn"),
        ("Cô Tư dâu tây 20/08/2022 09:33", "Cô Tư dâu tây"),
        ("(Phí Thị Hằng, ngõ 27 phố Đồng Cửa)", "Phí Thị Hằng"),
        ("Lĩnh vực: Môi trường · Người gửi: H***** · 03/12/2025 21:10", "H*****"),
        ("Hỏi bởi: Châu Thị Mộng Thu - 04/09/2023 - Thuế, phí", "Châu Thị Mộng Thu"),
        ("Thứ tư, 8/11/2021", ""),
        ("Xã Nậm Khắt", ""),
        ("ĐẤT ĐAI, TÁI ĐỊNH CƯ", ""),
        ("Thích · Trả lời · 3 giờ · 37", ""),
        ("Ngày gửi: 03/09/2025 08:02", ""),
    ],
)
def test_a_line_names_who_speaks_or_nobody(text, name):
    assert told_by_line(text).name == name


def test_a_story_is_told_by_the_one_whom_it_names():
    found = opinions(
        "OO BI",
        "Dự buổi gặp có sáu mươi người. Ngồi góc phải là ông Má A Vảng, già làng ở Sín Chải.",
        "Ông không phản đối làm du lịch. Con gái đi múa mà nghỉ ngày cúng thì bị trừ lương.",
    )
    assert [one.speaker for one in found] == ["ông Má A Vảng"]


def test_names_stand_above_where_that_comes_back():
    found = opinions(
        "O B O B O B",
        "Minh Tuấn - 08:15 12/3/2022",
        "Cầu Bà Nga có gác chắn mà xe tải vẫn ủi qua.",
        "Hải Đăng - 08:40 12/3/2022",
        "Nước triều lên qua bờ bao, nhà kê tủ lên bốn viên gạch.",
        "Lê Thị Na - 09:10 12/3/2022",
        "Gọi số điện thoại dán trước trụ sở thì thuê bao.",
    )
    assert [one.speaker for one in found] == ["Minh Tuấn", "Hải Đăng", "Lê Thị Na"]


def test_names_stand_below_where_that_comes_back_and_close_a_whole_letter():
    found = opinions(
        "B B O B O",
        "Cống trước nhà tắc từ Tết đến giờ.",
        "Nhân đây xin hỏi bao giờ có đèn.",
        "(Phí Thị Hằng, ngõ 27 phố Đồng Cửa)",
        "Ruộng bị lấp bùn mà không ai đền.",
        "(Vũ Đăng Mạo, thôn Thượng)",
    )
    assert [one.speaker for one in found] == ["Phí Thị Hằng", "Phí Thị Hằng", "Vũ Đăng Mạo"]


def test_nobody_is_named_where_nobody_is_told():
    found = opinions(
        "O B", "Quang cảnh buổi gặp mặt sáng qua.", "Đường vào bản lầy lội, xe không đi được."
    )
    assert [one.speaker for one in found] == [""]


def test_a_short_name_is_told_in_full():
    found = opinions(
        "O B",
        "Cử tri Khưu Tuyết Mai mở khách sạn nhỏ bên bờ rạch.",
        "Bà Mai than khách cầm hóa đơn 700 nghìn mà xấu hổ giùm.",
    )
    assert [one.speaker for one in found] == ["Cử tri Khưu Tuyết Mai"]


# What answers


def test_an_official_behind_an_opinion_in_its_paragraph_answers_it():
    found = opinions(
        "BO BO",
        "Anh Lò Văn Khụt hỏi xe chở mía chạy qua bản sao không ai bắt. "
        "Trung tá Khánh trả lời tuyến này do tỉnh phụ trách.",
        "Chị Hà Thị Thanh phản ánh làm căn cước phải cõng mẹ ra trụ sở. "
        "Trung tá Khánh nhận lỗi, tháng sau mỗi bản có một buổi lưu động.",
    )
    assert [one.reply for one in found] == [
        "Trung tá Khánh trả lời tuyến này do tỉnh phụ trách.",
        "Trung tá Khánh nhận lỗi, tháng sau mỗi bản có một buổi lưu động.",
    ]


def test_a_label_that_comes_back_behind_opinions_answers_them():
    minutes = read(
        "BO BO BO",
        "Mãng cầu tới thu hoạch không ai lên mua.",
        "KQ: Chốt đã dỡ 20/10.",
        "Đường 781 làm một nửa rồi ngưng gần năm.",
        "KQ: Nhà thầu khởi động lại từ 15/11.",
        "Sòng bài mở lại, thanh niên bị gọi đòi chuộc.",
        "KQ: Công an tỉnh giải cứu 5 người.",
    )
    assert [one.reply[:8] for one in minutes.opinions] == ["KQ: Chốt", "KQ: Nhà ", "KQ: Công"]
    assert [entry.outcome for entry in minutes.ledger] == ["opinion", "reply"] * 3


def test_what_stands_below_a_label_alone_answers_up_to_the_next_opinion():
    found = opinions(
        "B O OO B O O",
        "Cầu phao nước lên là cắt, học sinh nghỉ học.",
        "TRẢ LỜI:",
        "Dự án cầu chưa cân đối được vốn. Trước mắt trang bị đủ áo phao.",
        "Nhà máy gạch để lại hố nước sâu.",
        "TRẢ LỜI:",
        "Việc khai thác để lại hố sâu là đúng.",
    )
    assert found[0].reply.endswith("trang bị đủ áo phao.")
    assert found[1].reply.endswith("để lại hố sâu là đúng.")


def test_headings_and_a_reporters_background_are_no_replies():
    found = opinions(
        "B O OO B",
        "Chợ dột sáu chỗ mà phí mặt bằng thu như ngồi trong nhà.",
        "RUỘNG ĐẸP, MƯƠNG KHÔ",
        "Thị xã có hơn 86 ha ruộng. Người viết có mặt ở Nà Làng hôm trước.",
        "Mương chảy ngang ruộng bị nhà nghỉ xây kè chặn.",
    )
    assert [one.reply for one in found] == ["", ""]


def test_who_presides_only_leads_the_talk():
    found = opinions(
        "B O B",
        "Chợ dột sáu chỗ mà phí vẫn thu như cũ.",
        "Chủ tọa cảm ơn bà Út và mời người tiếp theo nói.",
        "Mương bị nhà nghỉ xây kè chặn.",
    )
    assert [one.reply for one in found] == ["", ""]


def test_an_answer_is_not_shared_out_among_opinions_above_it():
    found = opinions(
        "B BO",
        "Rừng bị chặt phá, kiểm lâm không thấy đâu cả.",
        "Đường vào rừng hỏng ba năm nay. Chủ tịch xã trả lời: rừng do kiểm lâm giữ, đường tháng 6 sửa.",
    )
    assert found[1].reply.startswith("Chủ tịch xã trả lời: rừng do kiểm lâm giữ, đường")


def test_an_opinion_in_which_an_official_answers_is_its_reply():
    found = opinions(
        "B B",
        "Thư viện huyện đóng cửa lúc 17 giờ, học sinh tan học thì hết đọc.",
        "Trưởng phòng Văn hóa đáp: từ tháng 4 thí điểm mở sáng thứ bảy.",
    )
    assert len(found) == 1
    assert found[0].reply.startswith("Trưởng phòng Văn hóa đáp")


def test_replies_of_the_rules_go_to_the_opinion_that_now_stands_before_them():
    texts = (
        "Ý kiến của cử tri:",
        "1. Bà An: Đường hỏng, đề nghị sửa. Cầu gãy, đề nghị làm lại.",
        "Trả lời: Cầu tháng 6 làm, đường chờ vốn.",
    )
    alone = extract_minutes(document(*texts)).opinions
    again = opinions("O BB O", *texts)
    assert [one.text for one in again] == ["Đường hỏng, đề nghị sửa", "Cầu gãy, đề nghị làm lại"]
    assert {one.speaker for one in (*alone, *again)} == {"Bà An"}
    assert again[-1].reply.startswith("Trả lời: Cầu tháng 6")
