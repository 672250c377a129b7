"""Running text: who speaks by pronoun, before, in and after a quotation; facts at the end."""

import pytest

from pipeline.extraction import extract_minutes
from pipeline.extraction.namings import group_head
from pipeline.extraction.selfnaming import interpreted, selfnaming
from pipeline.extraction.sentences import sentences
from pipeline.reading.document import Document, Paragraph


def minutes(text: str):
    lines = tuple(Paragraph(n, line) for n, line in enumerate(text.strip().split("\n"), 1))
    return extract_minutes(Document("a.txt", "txt", lines, "f"))


STORIES = {
    "pronoun": (
        "Bà Huỳnh Ngọc Sương, 63 tuổi, đem theo bìa kẹp giấy. Bà kể nộp hồ sơ từ tháng 3, đến nay chưa ai trả.",
        "Bà Huỳnh Ngọc Sương",
    ),
    "according, at the end": (
        "Xe chở đá chạy suốt đêm qua cổng trường, theo phản ánh của ông Tăng Quốc Việt - tổ 5.",
        "ông Tăng Quốc Việt",
    ),
    "verb, at the end": (
        "Nước rửa cá xả thẳng ra mương sau nhà dân, bà Đỗ Thị Sâm (tổ 14) phản ánh.",
        "bà Đỗ Thị Sâm",
    ),
    "quotation, then name": (
        "Người đầu tiên cầm micro là ông Trần Bảo. “Luồng vào cảng cạn từ sau bão, tàu tôi phải chờ con nước”, ông Bảo nói.",
        "ông Trần Bảo",
    ),
    "unnamed": (
        "Theo một người đàn ông không nêu tên, cán bộ quầy số 4 bấm điện thoại trong lúc dân đứng chờ.",
        "một người đàn ông không nêu tên",
    ),
    "first of several": (
        "Người thứ nhất là ông Giàng A Vảng kể rằng cây mắc ca vàng lá mà gọi công ty không được.",
        "ông Giàng A Vảng",
    ),
    "clock": (
        "8 giờ 25 ông Cà Văn Hoan, trưởng bản Nà Hốc, đứng lên nói rằng bản chưa ai có sổ đỏ.",
        "ông Cà Văn Hoan",
    ),
    "place before the name": (
        "Ở bản Tin Lay, theo bà Mào Thị Lả chi hội trưởng phụ nữ, có nhóm người rủ đóng 5 triệu rồi mất hút.",
        "bà Mào Thị Lả",
    ),
}


@pytest.mark.parametrize(("text", "speaker"), STORIES.values(), ids=STORIES)
def test_extract_minutes_finds_who_speaks_in_a_story(text, speaker):
    assert [one.speaker for one in minutes("Chuyện ghi ở hội trường\n" + text).opinions] == [
        speaker
    ]


def test_extract_minutes_cuts_clauses_that_name_their_own_speakers():
    text = (
        "Cử tri khu vực 1 phản ánh đường Trần Phú ngập mỗi khi triều cường; cử tri khu vực 3 "
        "kiến nghị lắp đèn hẻm 45; cử tri khu vực 5 đề nghị đẩy nhanh việc xây cầu."
    )
    found = minutes("BÁO CÁO TỔNG HỢP\nÝ kiến cử tri phường An\n" + text).opinions
    assert [one.address for one in found] == ["khu vực 1", "khu vực 3", "khu vực 5"]


def test_extract_minutes_reads_a_letter_whose_writer_names_himself():
    text = (
        "Kính gửi ban biên tập!\nTôi tên là Mùa A Chu, trú tại bản Háng Lìa. Đơn vị làm đường đổ đất "
        "xuống ruộng nhà tôi, vùi mất 800 m2 lúa, hỏi nhiều lần không ai trả lời.\nTrân trọng cảm ơn."
    )
    assert [one.speaker for one in minutes(text).opinions] == ["Mùa A Chu"]


def test_extract_minutes_takes_no_answer_of_an_unknown_body_for_an_opinion():
    text = (
        "NỘI DUNG ĐỐI THOẠI\nChị Tô Thị Hương (quầy vải): Phí vệ sinh thu hai lần một ngày.\n"
        "BQL chợ trả lời: chỉ thu một lần, đề nghị tiểu thương phản ánh ngay."
    )
    found = minutes(text).opinions
    assert [one.speaker for one in found] == ["Chị Tô Thị Hương"] and "một lần" in found[0].reply


def test_extract_minutes_takes_a_reference_to_another_opinion_for_none():
    text = "Ý KIẾN CỬ TRI\n1. Đề nghị thay đèn ngõ 6\n2. Trùng với ý kiến số 1"
    assert len(minutes(text).opinions) == 1


def test_extract_minutes_finds_facts_that_stand_at_the_end():
    text = (
        "BIÊN BẢN ĐỐI THOẠI\ngiữa lãnh đạo xã với các bản\nCó mặt 74 trên 80 giấy mời.\n"
        "Ông Lò Văn Tém, bản Lả: Cầu mục ván, đề nghị xã thay.\nMường Tông, ngày 23 tháng 10 năm 2025"
    )
    meeting = minutes(text).meeting
    assert (meeting.date, meeting.unit, meeting.delegates) == ("2025-10-23", "xã Mường Tông", 74)


@pytest.mark.parametrize(
    ("text", "name", "address"),
    [
        ("dạ em là lò thị sen ở bản nà lốc ạ em hỏi", "lò thị sen", "bản nà lốc"),
        ("Tôi Đinh Văn Cử, cựu chiến binh. Đường hỏng.", "Đinh Văn Cử", ""),
    ],
)
def test_selfnaming_finds_name_and_village(text, name, address):
    found = selfnaming(text)
    assert (found.speaker.name, found.speaker.address) == (name, address)


def test_interpreted_finds_the_person_for_whom_another_speaks():
    assert (
        interpreted("dạ bà phàn sử mẩy bà nói là cháu bà chưa có giấy").speaker.name
        == "bà phàn sử mẩy"
    )


def test_group_head_finds_no_group_in_a_heading():
    assert (
        group_head("NHÓM HOA SEN (thôn A) – chị Lò Thị Sen đọc. Nước bị sạt.")[1]
        == "chị Lò Thị Sen"
    )
    assert group_head("NHÓM THỨ NHẤT: THUỘC THẨM QUYỀN CỦA XÃ") is None


def test_sentences_cuts_words_without_stops_where_the_speaker_turns():
    text = "chị em thêu bán rẻ quá không biết làm thế nào mà bán được giá hơn " * 2
    assert len(sentences(text + "còn nữa là cái nhà văn hóa bị tốc mái")) == 2
