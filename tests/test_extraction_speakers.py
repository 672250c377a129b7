"""Who speaks: every form of introduction that minutes, lists and newspapers use."""

import pytest

from pipeline.extraction.persons import parse_speaker
from pipeline.extraction.signs import is_contact
from pipeline.extraction.speakers import introduction

FORMS = [
    ("Ông Lý Láo Tả, thôn Sả Séng: đường hỏng", "Ông Lý Láo Tả", "thôn Sả Séng", "đường hỏng"),
    ("Bà Chảo Mẩy (tổ 4): xin lắp đèn", "Bà Chảo Mẩy", "tổ 4", "xin lắp đèn"),
    ("Bác Vũ Thụ - TDP số 3, chủ quán, nêu ý kiến: nước đục", "Bác Vũ Thụ", "TDP số 3", "nước đục"),
    ("Theo các hộ dân ở khu vực Bờ Hồ: ồn quá", "các hộ dân", "khu vực Bờ Hồ", "ồn quá"),
    ("Ý kiến của bà Đinh Thị Nga (TDP 2): bụi", "bà Đinh Thị Nga", "TDP 2", "bụi"),
    ("Cử tri thôn Nậm Lang đề nghị sửa cầu", "Cử tri", "thôn Nậm Lang", "sửa cầu"),
    ("Bản Hua Nhè xin kéo điện", "Bản Hua Nhè", "", "kéo điện"),
    ("Vàng A Dê, thôn Cát Cát: vé đắt", "Vàng A Dê", "thôn Cát Cát", "vé đắt"),
    ("Tại hội nghị, ông Hà Văn Tám (tổ 2) cho biết ngõ ngập", "ông Hà Văn Tám", "tổ 2", "ngõ ngập"),
]


@pytest.mark.parametrize(("text", "name", "address", "words"), FORMS)
def test_introduction_names_speaker_and_start(text, name, address, words):
    found = introduction(text)
    assert (found.speaker.name, found.speaker.address) == (name, address)
    assert text[found.start :] == words


@pytest.mark.parametrize("text", ["Đường hỏng nặng từ năm 2020.", "Thời gian: 8 giờ 30", "Bà con."])
def test_introduction_finds_none_where_nobody_is_named(text):
    assert introduction(text) is None


@pytest.mark.parametrize(
    ("who", "official"),
    [
        ("Ông Ngô Tiến Đạt, Phó Chủ tịch UBND phường", True),
        ("Ông Vàng A Chớ, Trưởng thôn Má Tra", False),
        ("Bà Lù Thị Mỷ, Phó Chủ tịch Hội Nông dân", False),
        ("Đồng chí Trần Hữu Chí, Trưởng Công an xã", True),
    ],
)
def test_parse_speaker_tells_officials_from_villagers(who, official):
    assert parse_speaker(who).official is official


def test_parse_speaker_keeps_village_and_commune_apart():
    speaker = parse_speaker("Bà Võ Thị Nhung ở ấp Thạnh Phú, thị trấn Cờ Sao, người bán vé số")
    assert (speaker.address, speaker.commune) == ("ấp Thạnh Phú", "thị trấn Cờ Sao")
    assert speaker.role == "người bán vé số"


REACHED = [
    "Ông Giàng A Páo, điện thoại 0912345678: Đề nghị cấp sổ đỏ cho 43 hộ.",
    "Ông Giàng A Páo (ĐT: 0912.345.678): Đề nghị cấp sổ đỏ cho 43 hộ.",
    "Ông Giàng A Páo SĐT 0912 345 678: Đề nghị cấp sổ đỏ cho 43 hộ.",
    "Ông Giàng A Páo, email pao@thu.vn: Đề nghị cấp sổ đỏ cho 43 hộ.",
    "Ông Giàng A Páo - di động +84 912 345 678 đề nghị: Đề nghị cấp sổ đỏ cho 43 hộ.",
]


@pytest.mark.parametrize("text", REACHED)
def test_introduction_leaves_out_how_to_reach_the_speaker(text):
    found = introduction(text)
    assert (found.speaker.name, found.speaker.role) == ("Ông Giàng A Páo", "")
    assert text[found.start :] == "Đề nghị cấp sổ đỏ cho 43 hộ." and not is_contact(text)


@pytest.mark.parametrize(
    ("text", "contact"),
    [
        ("Giao thông, điện thoại 0912345678: đường vào bản hỏng nặng.", False),
        ("Đề nghị trả lời vì sao đường dây nóng 0912345678 không ai nghe.", False),
        ("Đường dây nóng: 0912345678, email: a@thu.vn", True),
        ("Mọi ý kiến xin gửi về UBND xã, điện thoại: 0214 3871 234", True),
        ("Đề nghị bà con liên hệ: 0912345678 (điện thoại)", True),
    ],
)
def test_is_contact_spares_matters_and_requests(text, contact):
    assert is_contact(text) is contact
