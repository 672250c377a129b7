"""What decides where the layout does not: who speaks, letters that come back, content alone."""

import pytest

from pipeline.extraction import extract_minutes
from pipeline.extraction.office import citizen_asks, office_speaks, petitions, reply_inside
from pipeline.reading.document import Document, Paragraph


def minutes(text: str):
    lines = tuple(Paragraph(n, line) for n, line in enumerate(text.strip().split("\n"), 1))
    return extract_minutes(Document("a.txt", "txt", lines, "f"))


@pytest.mark.parametrize(
    "sentence",
    [
        "Báo đã chuyển đơn đến Thanh tra huyện.",
        "Giao UBND xã kiểm tra, báo cáo trước ngày 15/4.",
        "Nội dung này đang được Chủ tịch huyện thụ lý.",
        "Đề nghị ông cung cấp giấy tờ về việc nộp thuế.",
        "Phòng Kinh tế đã kiểm tra ngày 01/6, máy số 2 cháy cuộn dây.",
        "Cảm ơn bạn đã gửi câu hỏi.",
    ],
)
def test_an_office_is_known_by_what_it_does(sentence: str) -> None:
    assert office_speaks(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "UBND xã đã lập biên bản nhưng họ vẫn đổ rác.",
        "Đề nghị UBND xã sửa cầu.",
        "Theo quy định thì tôi được hưởng mà sao chưa có tiền?",
        "Phường chưa trả lời đơn của bà con.",
    ],
)
def test_a_citizen_who_names_an_office_is_none(sentence: str) -> None:
    assert not office_speaks(sentence)


def test_the_offices_words_are_cut_off_inside_a_paragraph() -> None:
    text = "Thu quỹ đường 3 triệu/khẩu mà không có phiếu, Giao UBND xã dừng thu, công khai khoản đã thu."
    assert text[reply_inside(text) :].startswith("Giao UBND xã")
    assert reply_inside("Tôi đề nghị xã giao lại đất. Bao giờ làm?") is None


def test_own_trouble_is_a_petition_and_an_officials_promise_is_not() -> None:
    assert petitions("Nhà tôi ở cuối hẻm, nước không lên, xin hỏi bao giờ có?")
    assert not petitions("Tôi đã ghi nhận, phường sẽ trả lời bà con. Còn ai hỏi nữa không?")
    assert not citizen_asks("Sở đã yêu cầu UBND xã di dời bãi rác trước mùa hè.")


LETTERS = """
HỒI ÂM BẠN ĐỌC
1. Ông Lê Văn Tư, trú tại thôn Đông, xã Hòa Lộc, gửi đơn đề ngày 2-7. Nội dung: Xã thu hồi ao của ông mà không bồi thường công đào. Báo có Phiếu chuyển số 12 gửi UBND huyện.
2. Tập thể công nhân Xí nghiệp Gạch (có 20 chữ ký). Nội dung: Xí nghiệp nợ lương từ tháng 3. Báo đã chuyển đơn đến Liên đoàn Lao động tỉnh.
3. Bà Hà Thị Sáu và các hộ ngõ Chùa có đơn kêu cứu. Theo đơn, tòa nhà ép cọc làm nứt tường, cửa không đóng được. Báo có Công văn gửi UBND quận.
* Sở Giao thông vận tải: nhận được ý kiến của bạn đọc Lý Minh về việc gờ giảm tốc quá cao, xe cứu thương xóc mạnh, Sở đã cho thợ bào thấp xuống.
"""


def test_letters_told_in_one_paragraph_end_where_the_office_begins() -> None:
    found = minutes(LETTERS).opinions
    assert [one.text[:24] for one in found] == [
        "Xã thu hồi ao của ông mà",
        "Xí nghiệp nợ lương từ th",
        "tòa nhà ép cọc làm nứt t",
        "gờ giảm tốc quá cao, xe ",
    ]
    assert found[0].speaker == "Ông Lê Văn Tư" and "Phiếu chuyển" in found[0].reply
    assert found[3].reply.startswith("Sở đã cho thợ")


SIGNED = """
● Rác đổ trộm ven hồ
Đêm nào cũng có xe ba gác chở gạch vụn đổ xuống bờ hồ sau chợ. (Anh Cao Tiến, đường An Bình)
● Vỉa hè bị chiếm
Hàng ăn bày bàn ghế kín vỉa hè, học sinh phải xuống lòng đường. (Chị Vân, đường Cát)
● Đèn tín hiệu hỏng
Đèn đỏ ngã năm hỏng suốt bốn hôm, giờ tan tầm xe chen nhau. (Một bạn đọc)
"""


def test_a_signature_in_brackets_makes_a_letter_and_its_title_none() -> None:
    found = minutes(SIGNED).opinions
    assert [one.speaker for one in found] == ["Anh Cao Tiến", "Chị Vân", "Một bạn đọc"]
    assert not any(one.reply for one in found)


SLIPS = """
PHIẾU SỐ 1
Họ và tên: Hồ Văn Thu     Năm sinh: 1961
Địa chỉ: tổ 7
Ý kiến về an ninh trật tự: Thanh niên tụ tập hút bóng cười, đề nghị tuần tra sau 9 giờ tối
Ý kiến về thái độ phục vụ: Tốt
Đề xuất khác: Không
PHIẾU SỐ 2
Họ và tên: không ghi
Địa chỉ: tổ 3
Ý kiến về an ninh trật tự: bình thường
Ý kiến về thái độ phục vụ: Xin dấu xác nhận mà phải lên ba lần, lần nào cũng thiếu giấy
Đề xuất khác: Mong mở thêm buổi chiều thứ bảy
PHIẾU SỐ 3
Họ và tên: Lê Mẫn
Địa chỉ: tổ 2
Ý kiến về an ninh trật tự: Xe tải chạy đêm không phủ bạt, cát rớt đầy đường
Ý kiến về thái độ phục vụ: Được
Đề xuất khác: Không có
"""


def test_labels_that_come_back_are_learned_and_empty_answers_left_out() -> None:
    found = minutes(SLIPS).opinions
    assert [one.speaker for one in found] == ["Hồ Văn Thu", "", "", "Lê Mẫn"]
    assert found[2].text == "Mong mở thêm buổi chiều thứ bảy"


def test_several_fields_may_stand_on_one_line() -> None:
    found = minutes("""
Người gửi: Đinh Văn Tuấn | Email: t***@mail.com | Địa chỉ: phường Quang Trung
Nội dung câu hỏi: Ngõ tôi ngập mỗi khi mưa, bao giờ làm cống?
Trả lời: Làm trong quý III.
Người gửi: Hà Thị Mơ | Email: | Địa chỉ: xã Đông
Nội dung câu hỏi: Xe rác ba hôm chưa vào ngõ, đề nghị kiểm tra.
Trả lời: Xe hỏng, đã sửa.
""").opinions
    assert [one.speaker for one in found] == ["Đinh Văn Tuấn", "Hà Thị Mơ"]
    assert found[0].commune == "phường Quang Trung"


FRAMED = """
Khách mời:
- Ông TĂNG BÁ PHÚC, Phó Giám đốc Sở Nội vụ
(Lê Ngọc Bảo, ấp Tân Rú, xã Xuân Hưng)
Tôi phải chạy 27 km lên trung tâm mới, có thể đặt điểm tiếp nhận ở trụ sở cũ không?
Ông Tăng Bá Phúc: Câu hỏi rất xác đáng. Xã sẽ mở điểm vệ tinh từ tháng 11.
(Bạn đọc gọi từ số 0908xxx117)
Hồ sơ tôi nộp từ tháng 5, nay phường bảo nộp lại, lỗi chậm đâu phải do tôi?
Ông Tăng Bá Phúc: Hồ sơ đã nhận thì tiếp tục giải quyết.
(Trần Hữu Dư, cán bộ xã nghỉ việc)
Tôi nghỉ từ 01/8 mà chưa nhận được trợ cấp, hồ sơ đang ở đâu?
Ông Tăng Bá Phúc: Dự kiến chi trả trước 25/10.
"""


def test_names_in_brackets_open_turns_even_below_a_list_of_guests() -> None:
    found = minutes(FRAMED).opinions
    assert [one.speaker.split()[-1] for one in found][::2] == ["Bảo", "Dư"]
    assert len(found) == 3 and all(one.answered for one in found)


BARE = """
Bài đăng: Lấy ý kiến về phố đi bộ
Khánh Vy
Nhà mình trong hẻm 12, cấm xe từ 6 giờ tối thì tôi gửi xe ở đâu?
UBND phường Vĩnh Hòa
Chào bạn, cư dân vùng lõi được cấp thẻ ra vào.
Tài Lê
Ủng hộ nhưng làm ơn dẹp mấy quán nhạc sàn, ồn quá trẻ con không học được
Bà Bảy Cà Phê
Tui bán ở đó 20 năm, làm phố đi bộ rồi tui có được bán nữa không?
"""


def test_a_layout_never_seen_is_judged_by_content() -> None:
    found = minutes(BARE).opinions
    assert [one.speaker for one in found] == ["Khánh Vy", "Tài Lê", "Bà Bảy Cà Phê"]
    assert found[0].reply.startswith("Chào bạn")


def test_a_plan_stays_silent() -> None:
    plan = """
KẾ HOẠCH
Tổ chức đối thoại với Nhân dân năm 2023
1. Lắng nghe ý kiến, kiến nghị của Nhân dân; giải quyết khó khăn, bức xúc.
2. Yêu cầu đối thoại dân chủ, không né tránh.
3. Đề nghị MTTQ tổng hợp ý kiến, không để sót kiến nghị của bà con.
"""
    assert not minutes(plan).opinions


def test_recipients_below_the_address_are_no_opinions() -> None:
    found = minutes("""
V/v trả lời kiến nghị của cử tri
Kính gửi:
- Thường trực HĐND thị xã;
- Ủy ban MTTQ thị xã.
1. Cử tri xã Đông đề nghị có giải pháp với dự án bỏ hoang; lắp thêm camera ở ngã tư chợ.
- Đối với dự án bỏ hoang: UBND thị xã đã yêu cầu chủ đầu tư phát quang.
- Đối với camera: Công an thị xã khảo sát 12 vị trí.
2. Cử tri xã Tây đề nghị sửa trạm bơm trước vụ hè thu.
UBND thị xã đã giao Phòng Kinh tế sửa trước 25/6.
""").opinions
    assert [one.text[:12] for one in found] == ["có giải pháp", "lắp thêm cam", "sửa trạm bơm"]
    assert found[1].reply.startswith("Đối với camera")


def test_readers_who_call_are_told_by_their_numbers() -> None:
    found = minutes("""
QUA ĐƯỜNG DÂY NÓNG
0918.22x.xxx: Hẻm 47 nắp cống vỡ cả tuần nay, có người sụp chân.
0977.31x.xxx: Bệnh viện lấy số từ 5 giờ mà 10 giờ chưa tới lượt.
Email phamhai***@mail.com: Xe buýt số 20 bỏ trạm, vẫy không dừng.
""").opinions
    assert len(found) == 3 and found[0].speaker == "0918.22x.xxx"
