"""Layouts told by their own repetition: forms, shapes of lines, names alone, transcripts, lost columns."""

import pytest

from pipeline.extraction import extract_minutes
from pipeline.reading.document import Document, Paragraph


def minutes(text: str):
    lines = tuple(Paragraph(n, line) for n, line in enumerate(text.strip().split("\n"), 1))
    return extract_minutes(Document("a.txt", "txt", lines, "f"))


FORM = """
Người phát biểu: Ông Lò Văn Hặc - Trưởng bản
Nội dung: Cầu treo bản Nà Tông mục ván, đề nghị xã thay.
Chủ trì trao đổi lại: Xã sẽ thay ván trong tháng 9.
Người phát biểu: Bà Vì Thị Pành, ông Cà Văn Sơn (hộ dân)
Nội dung: Bà Pành: giếng cạn từ tháng 3, xin khoan giếng mới. Ông Sơn: loa bản hỏng hai năm.
Chủ trì trao đổi lại: Giếng sẽ khoan trong quý IV. Loa thì giao văn hóa xã sửa.
"""

PORTAL = """
Người hỏi: Đỗ Thị Sâm
Địa chỉ: ấp 2, xã Vĩnh Hòa
Lĩnh vực: Đất đai
Nội dung:
Tôi nộp hồ sơ tách thửa từ tháng 2 mà chưa có kết quả, xin hỏi bao giờ xong?
Trả lời (Phòng Kinh tế):
Hồ sơ thiếu trích đo, mời bà bổ sung.
[Hữu ích: 3]
----
Người hỏi: Lâm Hữu Phước
Địa chỉ: ấp 5
Lĩnh vực: Khác
Nội dung:
Nước máy ấp 5 đục cả tuần nay, đề nghị kiểm tra.
Trả lời:
Câu hỏi đang chờ trả lời.
"""

GROUPS = """
Nội dung 1. Nhà ăn
Ý kiến NLĐ: Suất ăn ít rau, canh nguội, đề nghị đổi nhà thầu.
Ý kiến NSDLĐ: Sẽ đổi từ tháng sau.
Nội dung 2. Nhà xe
Ý kiến NLĐ: Nhà xe dột, mưa là ướt hết.
Ý kiến NSDLĐ: Đề nghị các chuyền thông cảm, quý IV lợp lại.
"""

BRACKETS = """
Hỏi (bà Lương Thị Mơ, thôn Đông): Đường vào thôn bị xe tải làm hỏng, bao giờ sửa?
Đáp (Phòng Kinh tế): Sửa trong quý III, đề nghị bà con chờ.
Hỏi (ông Hà Văn Tý, thôn Tây): Tôi nộp hồ sơ từ năm 2021 mà chưa thấy trả, tôi hỏi ai?
Đáp: Hồ sơ thiếu trích lục, mời ông bổ sung.
"""

SHAPES = """
PH em Khoa (2A): - Sổ liên lạc thu 80 nghìn mà cả năm không nhận được tin nào
   → BGH: năm nay mỗi tuần một tin
PH em Ngân (4B): - Bếp gần nhà vệ sinh, ruồi nhiều
   → BGH: sẽ dời bếp trong hè
PH em Tú (6C): - Cổng trường xe ben chạy bụi mù, không cho chạy giờ đó được không
   → BGH: đã báo xã
"""

CLOCK = """
19h20 chú Năm Sang, tổ 4 >> hẻm 12 tối nào cũng có người tụ tập hít bóng cười, gọi không ai tới
- đ/c Tài: ghi, đi tuần từ mai
19h31 cô Bảy, tổ 6 >> camera hư ba cái, ai sửa?
- đ/c Tài: đang xin kinh phí
19h40 anh Lộc ở trọ >> đăng ký tạm trú bị trả ba lần, con không vô lớp 1 được
- đ/c Tài: mang hợp đồng thuê lên sáng thứ bảy
"""

NAMES = """
(1) Bà Hạng Thị Dơ - Sín Chải
đường lên nhóm trên lầy, xe máy không lên được
→ TL: đã có vốn, tháng 10 làm
(2) Ô. Má Seo Phừ, trg thôn Lao Chải
trâu chết rét hai con, khai rồi chưa thấy tiền
→ TL: danh sách gửi huyện rồi
(3) Nhóm hộ chợ Cũ
rác đổ ra suối, thối lắm
→ TL: cắm biển cấm đổ
"""

BARE = """
Phần 1. Đặt câu hỏi
Hà Thị Thương
Chi đoàn bản Nà Phát
Em muốn vay vốn mở quán mà ngân hàng đòi thế chấp, đề nghị xã giúp.
Lò Văn Khánh
Chi đoàn trường THPT
Sân bóng bị dùng làm bãi tập kết vật liệu ba năm nay, bao giờ trả lại?
Cà Thị Mai
Chi đoàn bản Huổi Cưởm
Bạn em 16 tuổi bị gia đình bắt lấy chồng, ai sẽ đứng ra can thiệp?
"""

QUESTIONS = """
Câu hỏi 1: (Cử tri xã Bản Qua)
Ngầm tràn không có cọc tiêu, đã có người bị nước cuốn.
Trả lời: Đã cắm 12 cọc tiêu.
Câu hỏi 2: (Cử tri xã Mường Hum)
Điện yếu, tối không xay xát được.
Trả lời: Điện lực đã khảo sát.
Câu hỏi 3: (Cử tri các xã Dền Sáng, Y Tý)
Hỏi: Thảo quả chết vì sương muối có được hỗ trợ không?
Trả lời: Đang chờ tỉnh.
"""

TRANSCRIPT = """
[00:00:03] NGƯỜI NÓI 1
dạ kính thưa toàn thể bà con hôm nay xã tổ chức đối thoại mời bà con phát biểu ạ
[00:01:10] NGƯỜI NÓI 2
dạ tôi là lò văn pành thôn nà sáy ạ cái đập đầu thôn bị vỡ từ tháng tám ruộng không có nước mà báo mãi không ai lên
[00:02:00] NGƯỜI NÓI 1
dạ cảm ơn bác mời chị kia ạ
[00:02:12] NGƯỜI NÓI 3
em xin hỏi là thẻ bảo hiểm của con em sai tên đi viện không được hưởng thì phải sửa ở đâu
[00:03:00] NGƯỜI NÓI 1
dạ nếu không còn ai thì em xin mời các đồng chí lãnh đạo trả lời
[00:03:20] NGƯỜI NÓI 4
cái đập đầu thôn nà sáy thì xã sẽ cho máy xúc lên đắp lại ruộng trong tuần này đề nghị bà con góp công
"""

KNOWN_VOICES = """
[00:00:06] Người dẫn: Mời bà con phát biểu ạ.
[00:00:40] Người nói 1: Tôi là Vàng A Sính ở thôn Hang Đá. Kè suối bị lũ khoét, ruộng nhà tôi mất một dải.
[00:01:40] Người nói 2: Chị em thêu ở bản bị hàng in máy nhái mẫu, đề nghị dán tem riêng.
[00:02:10] Người dẫn: Xin mời các đồng chí trả lời.
[00:02:30] Chủ tịch UBND xã: Kè suối thì tỉnh đã ghi vốn, đề nghị bà con không lấy đá lòng suối.
"""

LOST_COLUMNS = """
STT Họ tên Ý kiến Trả lời
1 Giàng Thị Dợ đường bê tông lên nhóm trên còn 700 mét chưa làm, mưa trơn không đi được Vốn năm sau
2 Sùng Seo Vư đất giao rừng vẽ sang nương nhà bên cạnh, xin xã xem lại giấy tờ Mang bìa lên địa chính
3 Lồ Thị Chư trâu nhà tôi chết rét hai con, kê khai rồi chưa thấy tiền hỗ trợ Danh sách đã gửi huyện
"""

TABS = "\n".join(
    [
        "TT\tBản\tNội dung kiến nghị\tCơ quan chủ trì\tTình trạng",
        "(1)\t(2)\t(3)\t(4)\t(5)",
        "I\tHẠ TẦNG\t\t\t",
        "1\tPhiêng Lán\tĐường nội bản vỡ, xe không vào được\tPhòng Kinh tế\tĐã khảo sát",
        "\t\t- Vỉa hè trước chợ bị lấn chiếm\tCông an xã\tĐã tháo dỡ",
        "2\tTà Niết\tNhư ý kiến số 1\t\t",
        "3\tTà Niết\tĐập tạm trôi mỗi năm hai lần, xin làm rọ đá\tPhòng Kinh tế\tVốn 2027",
    ]
)

BOXES = """
PHẦN I – CÁC NHÓM TRÌNH BÀY
▪ NHÓM HOA SEN (thôn A, thôn B) – chị Tẩn Mẩy Lan trình bày. Nước tự chảy bị sạt từ tháng 9, chị em đi gùi nước hai tiếng mỗi sáng.
PHẦN II – HỘP THƯ
Mẩu 1: “Trưởng thôn thu tiền đường mà không có biên lai”
Mẩu 2: “Chúc Hội ngày càng vui.”
PHẦN III – TRẢ LỜI
Đồng chí An: Nước thì xã đã xuất tiền mua ống, đề nghị chị em góp công.
"""

CONCLUSIONS = """
KẾT LUẬN ĐỐI VỚI TỪNG Ý KIẾN
1. Ông Trần Kim Hòa (TDP 1) đề nghị công bố ranh giới quy hoạch vì nhà dân không ai dám sửa.
Kết luận: Giao Phòng Kinh tế trả lời bằng văn bản.
2. Về ý kiến của chị Lê Thị My (TDP 2), về tình trạng hàng giả bán trước cổng chợ.
Kết luận: Đội quản lý thị trường kiểm tra đột xuất.
3. Bà Cil Múp Mai (TDP 3) phản ánh cống nghẹt, mưa là ngập.
Kết luận: Nạo vét trong 10 ngày.
"""

SOURCES = """
BÁO CÁO
ý kiến, kiến nghị của Nhân dân
NHÓM THỨ NHẤT: THẨM QUYỀN CỦA XÃ
1.1 Làm rõ lý do dừng chi tiền nhà văn hóa trong khi dân đã góp gỗ từ năm ngoái
Nơi có ý kiến: làng Bông (34 phiếu)
1.2 Cho biết trụ sở cũ bỏ trống sẽ dùng vào việc gì, nếu không thì làm lớp mẫu giáo
Nơi có ý kiến: các già làng (6 phiếu)
1.3 Hạn chế việc thả bò trên đường liên xã, hai tháng có ba vụ xe máy đâm vào bò
Nơi có ý kiến: thôn 1, thôn 2 (15 phiếu)
"""

CHAT = """
[08:12, 18/3/2025] Nguyễn Thu Hà: Đèn ngõ 12 tắt cả tuần nay, đề nghị phường cho thay
[08:15, 18/3/2025] Tổ trưởng Minh: em ghi nhận, báo phường rồi ạ
[08:40, 18/3/2025] Trần Văn Dũng: Xe rác mấy hôm không vào ngõ, hôi lắm
[08:41, 18/3/2025] Trần Văn Dũng: [Ảnh]
[09:02, 18/3/2025] Phạm Lan: Nhà 15 đổ vật liệu ra đường không ai nhắc à?
"""

MARKDOWN = """
## 2. Ý kiến của bà con
**Ông Vì Văn Kiên (bản Pá Khoang):** Nước về bản yếu, đề nghị xã sửa đường ống.
**Bà Quàng Thị Ón (bản Nà Lốc):** Cháu tôi không được hưởng tiền ăn bán trú.
## 3. Trả lời
**Chủ tịch UBND xã:** Về nước, tuần sau xã cho thợ lên sửa.
"""

LAYOUTS = {
    "fields": (FORM, ["Ông Lò Văn Hặc", "Bà Vì Thị Pành", "ông Cà Văn Sơn"]),
    "portal": (PORTAL, ["Đỗ Thị Sâm", "Lâm Hữu Phước"]),
    "labels of groups": (GROUPS, ["NLĐ", "NLĐ"]),
    "speaker in brackets": (BRACKETS, ["bà Lương Thị Mơ", "ông Hà Văn Tý"]),
    "same first words": (SHAPES, ["PH em Khoa", "PH em Ngân", "PH em Tú"]),
    "time and sign": (CLOCK, ["chú Năm Sang", "cô Bảy", "anh Lộc"]),
    "counted names": (NAMES, ["Bà Hạng Thị Dơ", "Ô. Má Seo Phừ", "Nhóm hộ"]),
    "bare names": (BARE, ["Hà Thị Thương", "Lò Văn Khánh", "Cà Thị Mai"]),
    "counted crowds": (QUESTIONS, ["Cử tri", "Cử tri", "Cử tri"]),
    "numbered voices": (TRANSCRIPT, ["lò văn pành", "NGƯỜI NÓI 3"]),
    "voices beside names": (KNOWN_VOICES, ["Vàng A Sính", "Người nói 2"]),
    "lost columns": (LOST_COLUMNS, ["Giàng Thị Dợ", "Sùng Seo Vư", "Lồ Thị Chư"]),
    "tabs": (TABS, ["", "", ""]),
    "groups and slips": (BOXES, ["chị Tẩn Mẩy Lan", ""]),
    "conclusions": (CONCLUSIONS, ["Ông Trần Kim Hòa", "chị Lê Thị My", "Bà Cil Múp Mai"]),
    "source below": (SOURCES, ["", "các già làng", ""]),
    "chat": (CHAT, ["Nguyễn Thu Hà", "Trần Văn Dũng", "Phạm Lan"]),
    "markdown": (MARKDOWN, ["Ông Vì Văn Kiên", "Bà Quàng Thị Ón"]),
}


@pytest.mark.parametrize(("text", "speakers"), LAYOUTS.values(), ids=LAYOUTS)
def test_extract_minutes_finds_each_speaker_of_a_layout(text, speakers):
    if text is BOXES:  # a wish for the meeting is kept as an item, or left out
        assert [one.speaker for one in minutes(text).opinions][:2] == speakers
        return
    assert [one.speaker for one in minutes(text).opinions] == speakers


@pytest.mark.parametrize("text", [case[0] for case in LAYOUTS.values()], ids=LAYOUTS)
def test_extract_minutes_accounts_for_every_line_of_a_layout(text):
    lines = text.strip().split("\n")
    assert [entry.paragraph for entry in minutes(text).ledger] == list(range(1, len(lines) + 1))


@pytest.mark.parametrize(
    ("text", "at", "reply"),
    [
        (FORM, 1, "khoan trong quý IV"),
        (FORM, 2, "giao văn hóa xã sửa"),
        (PORTAL, 0, "thiếu trích đo"),
        (GROUPS, 1, "quý IV lợp lại"),
        (SHAPES, 1, "dời bếp"),
        (CLOCK, 2, "hợp đồng thuê"),
        (NAMES, 0, "tháng 10 làm"),
        (TRANSCRIPT, 0, "máy xúc"),
        (LOST_COLUMNS, 2, "gửi huyện"),
        (TABS, 1, "tháo dỡ"),
        (CONCLUSIONS, 1, "đột xuất"),
    ],
)
def test_extract_minutes_attaches_the_reply_of_a_layout(text, at, reply):
    opinions = minutes(text).opinions
    assert reply in opinions[at].reply
    assert not any(reply in opinion.text for opinion in opinions)


def test_extract_minutes_keeps_a_question_that_waits_unanswered():
    assert not minutes(PORTAL).opinions[1].answered


def test_extract_minutes_takes_speakers_whose_field_stands_below_the_words():
    text = "\n".join(
        f"Nội dung: Đường {n} ngập, đề nghị sửa.\nHọ tên: {name}\nĐịa chỉ: tổ {n}"
        for n, name in enumerate(["Vũ Thị An", "Hồ Văn Bình", "Lê Văn Cảnh"], 1)
    )
    found = minutes(text).opinions
    assert [(one.speaker, one.address) for one in found] == [
        ("Vũ Thị An", "tổ 1"), ("Hồ Văn Bình", "tổ 2"), ("Lê Văn Cảnh", "tổ 3"),
    ]  # fmt: skip


def test_extract_minutes_takes_a_programme_for_no_list_of_opinions():
    text = "Diễn đàn lắng nghe ý kiến\n1. chào cờ\n2. báo cáo\n3. dân phát biểu\n4. tặng quà\n"
    found = minutes(text + "--- Ý kiến ---\n- Cầu thôn Hạ mục ván, đề nghị thay.").opinions
    assert [one.text for one in found] == ["Cầu thôn Hạ mục ván, đề nghị thay"]


def test_extract_minutes_reads_a_form_that_one_person_filled_in():
    text = """
PHIẾU GHI Ý KIẾN CÔNG DÂN
Họ và tên: Trần Thị Bích Hợp   Tuổi: 46
Nơi cư trú: khu phố 4, phường Lộc Tiến
Nội dung phản ánh, kiến nghị:
Cây dầu trước số nhà 212 bị mục gốc, dễ ngã vào dây điện, đề nghị chặt tỉa.
Trạm xăng gần chợ gắn loa quảng cáo quá lớn từ 6 giờ sáng.
Ý kiến của cán bộ tiếp nhận: Chuyển Phòng Kinh tế xử lý trong 7 ngày.
"""
    found = minutes(text).opinions
    assert [(one.speaker, one.address) for one in found] == [("Trần Thị Bích Hợp", "khu phố 4")] * 2
    assert all("7 ngày" in one.reply for one in found)


def test_extract_minutes_takes_the_label_below_a_name_off_the_words():
    text = "\n".join(
        f"{n}. Ông {name}, thôn {n}\n- Nội dung phát biểu: {said}\n- Ý kiến chỉ đạo: Giao kiểm tra."
        for n, (name, said) in enumerate(
            [
                ("Vàng Seo Dín", "Hồ thôn cạn, không có nước tưới."),
                ("Ly Seo Chẩn", "Trường thu tiền quỹ hai lần."),
                ("Thền A Và", "Cầu gãy hai thanh, đề nghị thay."),
            ],
            1,
        )
    )
    found = minutes("Tổng hợp nội dung phát biểu của nhân dân\n" + text).opinions
    assert [one.text.split()[0] for one in found] == ["Hồ", "Trường", "Cầu"]
    assert all("kiểm tra" in one.reply for one in found)


def test_extract_minutes_reads_a_transcript_in_an_annex_and_the_minutes_before_it():
    said = "\n".join(
        f"Ông Lò Văn {n}, bản Lả: Cầu số {n} mục ván, đề nghị thay." for n in "ABCDEFGHIJ"
    )
    found = minutes(said + "\n" + KNOWN_VOICES.strip()).opinions
    assert len(found) >= 10
