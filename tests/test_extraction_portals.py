"""Portal dialogues, names in capitals, delegations, hotline pages: who speaks stands apart from the words."""

import pytest

from pipeline.extraction import extract_minutes
from pipeline.extraction.heads import speaker_alone
from pipeline.extraction.lines import Line, Piece
from pipeline.extraction.namings import group_head, read_out
from pipeline.extraction.office import office_speaks
from pipeline.extraction.persons import is_official
from pipeline.extraction.roster import read_roster
from pipeline.reading.document import Document, Paragraph


def minutes(text: str):
    lines = tuple(Paragraph(n, line) for n, line in enumerate(text.strip().split("\n"), 1))
    return extract_minutes(Document("a.txt", "txt", lines, "f"))


def line(text: str) -> Line:
    return Line(Piece(1, 0, len(text), text))


ONLINE = """
Đối thoại trực tuyến với Chủ tịch UBND huyện
Người hỏi: Lò Thị Panh - xã Mường Na
Thưa ông, đường từ trung tâm xã về bản Nà Sản đã hỏng ba năm nay mà chưa ai sửa.
Ông Đỗ Quốc Hưng, Chủ tịch UBND huyện Mường Na
Năm 2027 huyện bố trí vốn để rải nhựa đoạn này.
Người hỏi: Hà Văn Sự, xã Chiềng Lao
Tôi nộp hồ sơ tách thửa từ tháng 2, xin hỏi bao giờ thì có kết quả?
Ông Đỗ Quốc Hưng, Chủ tịch UBND huyện Mường Na
Hồ sơ còn thiếu bản trích đo, mời ông bổ sung.
Người hỏi: Một giáo viên xã Pá Hu
Nhà công vụ dột nát, mùa mưa chúng em phải che bạt mà ngủ, đề nghị cho sửa.
Ông Đỗ Quốc Hưng, Chủ tịch UBND huyện Mường Na
Phòng Giáo dục lập danh sách các phòng cần sửa.
"""

CAPITALS = """
BIÊN BẢN HỘI NGHỊ ĐỐI THOẠI VỚI NHÂN DÂN
ĐỖ QUỐC HƯNG - Chủ tịch UBND phường
Đ/c Hưng báo cáo: thu ngân sách đạt 6 tỷ; còn 9 hộ chưa bàn giao mặt bằng.
ĐỢT PHÁT BIỂU THỨ NHẤT
LÒ THỊ PANH, tổ 4
+ Cống đầu ngõ bị lấp, mưa là ngập, đề nghị phường cho mở lại.
+ Xưởng gỗ chạy từ 5 giờ sáng, bụi bay vào nhà.
ÔNG HÀ VĂN SỰ (hưu trí)
Nhà văn hóa cũ khóa cửa ba năm nay, đề nghị mở cho người già sinh hoạt.
TRẢ LỜI ĐỢT MỘT
Đ/c Hưng: Cống sẽ mở trước ngày 20.
Bà Panh đứng lên: cống ấy phường đã hứa hai lần rồi mà không làm.
ĐỢT PHÁT BIỂU THỨ HAI
Chị CÀ THỊ NGOAN, phụ huynh
Lớp mầm non có 42 cháu mà chỉ hai cô, đề nghị thêm giáo viên.
TRẢ LỜI ĐỢT HAI
Đ/c Hưng: Đã xin thêm ba giáo viên.
"""

HOTLINE = """
THÔNG TIN TỪ ĐƯỜNG DÂY NÓNG
* Bạn đọc Hà Văn Sự (thị trấn Na Sang) phản ánh: Nhà máy xả khói ban đêm, trẻ con ho cả tháng.
* Nắp cống trước chợ mất hơn mười ngày nay, xe máy ngã liên tục, theo bạn đọc Lò Thị Panh, tổ 2.
* Quán hát mở loa đến 1 giờ sáng làm cả xóm không ngủ được - đó là phản ánh của nhiều hộ dân tổ 7.
HỒI ÂM
- Về phản ánh nhà máy xả khói đêm (số 304), Sở Công Thương thông tin: đã lắp bộ lọc.
"""

SIGNED = """
ĐẢNG ỦY PHƯỜNG NA SANG
BIÊN BẢN
hội nghị đối thoại với Nhân dân
II. KẾT QUẢ GIẢI QUYẾT Ý KIẾN QUÝ I
- Đề nghị có thêm thùng rác ở chợ: đã đặt 16 thùng
- Sửa rãnh thoát nước tổ 2: xong ngày 14/4
III. Ý KIẾN CỦA NHÂN DÂN
- Đất khai hoang từ năm 1989 nay bị vẽ vào rừng, đề nghị tách ra để cấp giấy (ông Hà Văn Sự, tổ 3).
- Điện tối nào cũng yếu, nồi cơm không chín, đề nghị nâng trạm biến áp (bà Lò Thị Panh, tổ 2).
- Suối cạn, cá trong ao chết hết hồi tháng 3, đề nghị kiểm tra nước (anh Cà Văn Inh).
- Cầu treo mục ván, học sinh phải đu dây qua suối (bà con tổ 5 - ông Sự nói thay).
"""


def test_asker_label_names_who_asks_when_words_stand_below():
    found = minutes(ONLINE).opinions
    assert [one.speaker for one in found] == ["Lò Thị Panh", "Hà Văn Sự", "Một giáo viên"]
    assert found[0].text.startswith("Thưa ông, đường từ trung tâm xã")


def test_official_named_alone_opens_reply_when_turn_stands_above():
    found = minutes(ONLINE).opinions
    assert "bố trí vốn" in found[0].reply
    assert "trích đo" in found[1].reply
    assert all("bố trí vốn" not in one.text for one in found)


def test_asker_label_signs_when_words_stand_above():
    text = "Đường bản lầy lội, xe không đi được, đề nghị xã đổ đá.\nNgười gửi: Lò Thị Panh"
    assert [one.speaker for one in minutes(f"DANH SÁCH Ý KIẾN\n{text}").opinions] == ["Lò Thị Panh"]


def test_name_in_capitals_speaks_when_words_stand_below():
    found = minutes(CAPITALS).opinions
    assert [one.speaker for one in found] == [
        "Lò Thị Panh",
        "Lò Thị Panh",
        "Ông Hà Văn Sự",
        "Lò Thị Panh",
        "Chị Cà Thị Ngoan",
    ]
    assert found[0].address == "tổ 4"


def test_name_in_capitals_reopens_opinions_when_replies_stand_above():
    last = minutes(CAPITALS).opinions[-1]
    assert last.text.startswith("Lớp mầm non")
    assert "ba giáo viên" in last.reply


def test_name_in_capitals_stays_reply_when_its_speaker_is_answered_by_name():
    text = (
        CAPITALS.split("ĐỢT PHÁT BIỂU THỨ HAI")[0]
        + "LÒ THỊ PANH, tổ 4\nPhường chưa có vốn, đề nghị bà con chờ sang năm."
    )
    assert not any("chưa có vốn" in one.text for one in minutes(text).opinions)


def test_interruption_is_opinion_when_its_speaker_has_spoken():
    found = [one for one in minutes(CAPITALS).opinions if "hứa hai lần" in one.text]
    assert len(found) == 1


def test_official_in_capitals_is_known_when_listed_in_head():
    assert all("thu ngân sách" not in one.text for one in minutes(CAPITALS).opinions)
    assert read_roster([line("ĐỖ QUỐC HƯNG - Chủ tịch UBND phường")]).knows("Đ/c Hưng")


def test_comrade_who_answers_is_official_when_named_nowhere_else():
    roster = read_roster([line("Đ/c Hưng trả lời luôn: huyện chưa quyết toán.")])
    assert roster.knows("Đ/c Hưng")
    assert not roster.knows("Bà Lò Thị Hưng") and not roster.knows("Bà Hưng")
    assert not read_roster([line("Chị Hoa trả lời là biết.")]).knows("Chị Hoa")


def test_speaker_alone_keeps_group_when_it_stands_before_the_name():
    speaker = speaker_alone(line("HỘ KINH DOANH CHỢ - chị CÀ THỊ NGOAN nói thay 26 hộ"))
    assert (speaker.name, speaker.role) == ("Chị Cà Thị Ngoan", "HỘ KINH DOANH CHỢ")


@pytest.mark.parametrize(
    ("text", "group", "who"),
    [
        ("Đoàn Nà Sản do ông Lò Văn Ún trình bày. Cầu hỏng.", "Đoàn Nà Sản", "ông Lò Văn Ún"),
        ("Đoàn Bản Pu, bà Cà Thị Mỷ đọc giấy: Rác nhiều.", "Đoàn Bản Pu", "bà Cà Thị Mỷ"),
        ("Đoàn Pá Hu (nói chung, anh Vàng A Dế). Chưa có sóng.", "Đoàn Pá Hu", "anh Vàng A Dế"),
        (
            "Đoàn Na Sang (không xưng tên): trước đi bộ 10 phút, nay hơn 12 km, đề nghị mở điểm nhận hồ sơ",
            "Đoàn Na Sang",
            "",
        ),
    ],
)
def test_delegation_head_names_group_and_speaker(text, group, who):
    assert group_head(text)[:2] == (group, who)


def test_delegation_head_is_none_when_an_office_comes():
    assert (
        group_head("Đoàn công tác do ông Lò Văn Ún, Chủ tịch UBND xã trình bày. Xã nghèo.") is None
    )


def test_host_reads_out_question_when_asker_is_named():
    found = read_out('MC: Câu hỏi của bạn "Hoa Mua": Lớp em ba bạn nghỉ học, ai giúp các bạn ấy?')
    assert found.speaker.name == 'bạn "Hoa Mua"'
    assert read_out("MC: Xin mời bạn Thắng: bạn nói ngắn thôi.") is None


def test_attribution_after_the_words_names_speaker_when_item_is_bulleted():
    found = minutes(HOTLINE).opinions
    told = {one.text.split()[0]: one.speaker for one in found}
    assert told["Nắp"] == "bạn đọc Lò Thị Panh"
    assert told["Quán"] == "nhiều hộ dân"


def test_answers_to_earlier_letters_answer_nothing_when_below_their_heading():
    found = minutes(HOTLINE)
    assert not any(one.reply for one in found.opinions)
    assert found.ledger[-1].outcome == "reply"


def test_results_of_last_time_are_no_opinions_when_opinions_are_announced_later():
    found = minutes(SIGNED).opinions
    assert len(found) == 4
    assert not any("thùng rác" in one.text for one in found)


def test_crowd_in_brackets_signs_when_persons_do_elsewhere():
    last = minutes(SIGNED).opinions[-1]
    assert last.text.startswith("Cầu treo") and last.text.endswith("qua suối")
    assert last.speaker.startswith("bà con")


def test_address_before_the_matter_is_kept_when_the_matter_follows_its_comma():
    text = "Ông Hà Văn Sự, tổ 3: Thưa ông, cống đầu ngõ bị lấp ba năm nay nên mưa là ngập. Bao giờ sửa?"
    assert minutes(text).opinions[0].text.startswith("Thưa ông, cống")


def test_lettered_parts_in_brackets_are_cut_apart():
    text = "Ông Hà Văn Sự, tổ 3: Xin nêu: (a) cầu mây đã đứt một bên, đề nghị sửa; (b) nước bản cạn từ tháng 3, xin khoan giếng."
    assert [one.text.split()[0] for one in minutes(text).opinions] == ["cầu", "nước"]


def test_declining_asks_nothing_when_nothing_follows():
    text = "Ý KIẾN CỦA NHÂN DÂN\nBạn Lò Thị Panh, xã Pá Hu: Cháu không hỏi, chỉ xin hát một bài."
    assert minutes(text).opinions == ()


@pytest.mark.parametrize(
    ("sentence", "office"),
    [
        ("Ban Bạn đọc đang xác minh.", True),
        ("Báo Na Sang có công văn chuyển đơn tới UBND huyện.", True),
        ("Báo xã mấy lần mà xã hứa rồi để đấy.", False),
    ],
)
def test_newspaper_speaks_as_an_office_when_it_hands_on(sentence, office):
    assert office_speaks(sentence) is office


def test_delegate_of_a_mass_organisation_is_no_official():
    assert not is_official("Đại diện Đoàn phường", named=False)
    assert is_official("Đại diện Phòng Kinh tế", named=False)


PETITIONS = """
KẾT QUẢ GIẢI QUYẾT KIẾN NGHỊ CỦA CỬ TRI
1. Cử tri xã Na Sang
+ Mỏ đá nổ mìn làm nứt tường nhà dân, đề nghị kiểm tra.
Trả lời: Sở Công Thương đã kiểm tra hộ chiếu nổ mìn.
+ Nước hồ lên thất thường, lúa mất trắng hai vụ liền, đề nghị báo trước.
Trả lời: Nhà máy thông báo trước 5 ngày.
+ Lồng cá bị mất trộm liên tục, dân trình báo mà không ai nhận.
Công an tỉnh đã phân công Công an huyện là đầu mối tiếp nhận.
"""


def test_every_bullet_below_a_crowd_is_an_item_when_each_is_answered():
    found = minutes(PETITIONS).opinions
    assert [one.text.split()[0] for one in found] == ["Mỏ", "Nước", "Lồng"]
    assert "đầu mối" in found[2].reply


def test_ordinal_person_is_introduced_when_his_name_stands_in_brackets():
    text = "Ý KIẾN CỦA NHÂN DÂN\nÔng thứ nhất (ông Lò Văn Ún): Thôn nhập rồi thì giấy tờ có phải làm lại không?"
    assert minutes(text).opinions[0].speaker == "ông Lò Văn Ún"


def test_count_of_letters_is_no_opinion_when_letters_follow():
    text = "ĐƠN THƯ BẠN ĐỌC\nTừ 01 đến 10/8, Báo nhận 23 đơn thư; 9 đơn không đủ điều kiện xử lý.\n1. Ông Hà Văn Sự (Na Sang): Đường hỏng ba năm không ai sửa."
    assert [one.speaker for one in minutes(text).opinions] == ["Ông Hà Văn Sự"]


def test_words_to_a_reporter_answer_when_they_end_an_item():
    text = HOTLINE.replace(
        "tổ 2.", "tổ 2. Trao đổi với phóng viên, đại diện công ty cho biết nắp sẽ được lắp lại."
    )
    cover = next(one for one in minutes(text).opinions if one.text.startswith("Nắp cống"))
    assert "lắp lại" not in cover.text
