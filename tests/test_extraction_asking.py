"""What asks nothing is no opinion."""

import pytest

from pipeline.extraction.asking import matter_start, needs_none
from pipeline.extraction.lines import Piece
from pipeline.extraction.retelling import retold, voices
from pipeline.extraction.splitting import split_turn
from pipeline.extraction.stretches import quotation
from pipeline.extraction.subjects import changes_subject
from pipeline.extraction.turning import SPEECH


def piece(text: str) -> Piece:
    return Piece(1, 0, len(text), text)


CONTENT = [
    "Hoàn toàn nhất trí với báo cáo, không có ý kiến gì thêm",
    "Cảm ơn xã đã trả lời, tôi không còn thắc mắc",
    "Tôi thấy ban quản lý làm tốt, không có gì phản ánh",
    "Chi bộ quý vừa rồi kết nạp được 3 đảng viên, bà con trồng thêm 4 ha quế",
]
MATTERS = [
    "Tôi nhất trí nhưng đề nghị xã nói rõ tiền đền bù",
    "Đường vào bản hỏng đã hai năm",
    "Nâng cấp kênh N2",
    "Bao giờ có điện?",
]


@pytest.mark.parametrize("text", CONTENT)
def test_needs_none_knows_agreement_thanks_and_reports(text):
    assert needs_none(text)


@pytest.mark.parametrize("text", MATTERS)
def test_needs_none_keeps_whatever_asks_or_complains(text):
    assert not needs_none(text)


def test_needs_none_trusts_the_verb_that_introduces_a_retold_request():
    assert not needs_none("một cái máy xúc vào bản", "anh mong", told=True)


def test_matter_start_leaves_out_modesty_and_praise_before_a_complaint():
    text = "Tôi già rồi, không biết nói nhiều. Chợ mới đẹp, tôi hoan nghênh. Phí chợ tăng quá cao."
    assert text[matter_start(text) :] == "Phí chợ tăng quá cao."


def test_retold_begins_where_the_speaker_comes_to_the_matter():
    text = "ông ủng hộ việc làm đường, nhưng ông thắc mắc tiền cổng chào thu rồi chưa thấy làm"
    assert retold(piece(text)).text.startswith("tiền cổng chào")


def test_voices_cuts_where_another_person_takes_the_word():
    text = "Nghe đến đây nhiều người xôn xao, chị Mùa Thị Sua nói nhà chị cũng bị lấy sổ."
    assert [text[start:][:3] for start, _ in voices(text)] == ["Ngh", "chị"]


@pytest.mark.parametrize(
    "text",
    [
        "“Nước yếu cả tháng nay” - ông Tạ Văn Lãm, phường Đông, nói.",
        "“Nước yếu cả tháng nay”. (Bạn đọc Tạ Văn Lãm)",
        "Một chủ quán ở phường Đông: “Nước yếu cả tháng nay”",
    ],
)
def test_quotation_finds_its_speaker_on_either_side(text):
    found = quotation(piece(text))
    assert found.piece.text.startswith("Nước yếu")
    assert found.speaker.name


def test_split_turn_cuts_after_a_question_where_another_trouble_begins():
    text = (
        "Đường liên ấp mới làm đã bể, ai nghiệm thu? "
        "Tổ 5 xài nước giếng phèn hoài, xin gắn đồng hồ nước."
    )
    assert len(split_turn([piece(text)], SPEECH)) == 2


def test_changes_subject_says_nothing_where_no_phrase_is_known():
    assert not changes_subject("abc xyz", "def ghi")


def test_split_turn_cuts_between_two_troubles_that_share_nothing():
    text = (
        "Hồ sơ tách thửa của con gái tôi nộp từ tháng 2, trễ hẹn ba lần. "
        "Cây xanh trước nhà số 20 sắp ngã, sợ đè dây điện."
    )
    assert len(split_turn([piece(text)], SPEECH)) == 2
