"""One matter, one opinion."""

import pytest

from pipeline.extraction.courtesy import without_courtesies, without_place
from pipeline.extraction.lines import Piece
from pipeline.extraction.splitting import split_turn
from pipeline.extraction.turning import ITEM, REPORT, SPEECH


def piece(text: str) -> Piece:
    return Piece(1, 0, len(text), text)


SPEECHES = [
    ("Thứ nhất, đường vào bản hỏng. Thứ hai, nước ăn không có từ Tết.", 2),
    ("Nước ba ngày mới có một lần. Ngoài ra, đề nghị lắp đèn ngõ 6 cho bà con đi lại.", 2),
    ("(1) xe rác không vào ngõ; (2) lắp gương cầu khúc cua", 2),
    ("- Hồ sơ nộp ba năm không trả; - Cán bộ nói trống không với người già", 2),
    ("Một là làm đi cho dân nhờ, hai là nhổ cái biển đi.", 1),
    ("Tám năm nay không được sửa nhà. Tôi không trách ai. Tôi chỉ đề nghị nói rõ.", 1),
    ("Đề nghị thay tấm đan đã sập; hỏi thì bảo dân tự làm; bóng đèn đầu ngõ hỏng lâu", 2),
]


@pytest.mark.parametrize(("text", "count"), SPEECHES)
def test_split_turn_cuts_speech_only_at_clear_signs(text, count):
    assert len(split_turn([piece(text)], SPEECH)) == count


def test_split_turn_cuts_report_at_every_request():
    text = "sửa đập Nà Lóng; kéo điện cho thôn Hút; việc này đã nêu nhiều lần; xây phòng học"
    assert [matter.text for matter in split_turn([piece(text)], REPORT)] == [
        "sửa đập Nà Lóng;",
        "kéo điện cho thôn Hút; việc này đã nêu nhiều lần;",
        "xây phòng học",
    ]


def test_split_turn_keeps_item_of_official_list_whole():
    text = "Xem xét lộ trình, cho ghi nợ; công khai cách tính; xác định rõ thời điểm tính."
    assert len(split_turn([piece(text)], ITEM)) == 1


def test_split_turn_gives_later_matter_its_context():
    text = "Thứ nhất, chợ dột từ mái xuống. Thứ hai, thu phí không có vé."
    assert split_turn([piece(text)], SPEECH)[1].context == "chợ dột từ mái xuống."


def test_without_courtesies_keeps_praise_only_where_nothing_else_is_said():
    said = "Trước hết tôi nhất trí với báo cáo. Nhưng đèn ngõ 6 hỏng từ Tết chưa ai thay."
    assert without_courtesies(piece(said)).text.startswith("Nhưng đèn")
    thanks = "Tôi xin cảm ơn phường đã che lại mái nhà cho tôi."
    assert without_courtesies(piece(thanks)).text == thanks[:-1]


def test_without_place_takes_bracket_at_the_end():
    rest, place = without_place(piece("Sửa kênh La Ve bị lũ cuốn (xã Bản Hồ, Thanh Bình)."))
    assert (rest.text, place) == ("Sửa kênh La Ve bị lũ cuốn", "xã Bản Hồ, Thanh Bình")
