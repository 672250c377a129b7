"""Whole documents: layouts, replies, header facts, the ledger."""

import pytest

from pipeline.extraction import extract_minutes, ledger_table, meeting_table, opinion_table
from pipeline.reading.document import Document, Paragraph, Place
from pipeline.table import EXTRACTED, LEDGER_COLUMNS


def document(text: str) -> Document:
    lines = tuple(Paragraph(n, line) for n, line in enumerate(text.split("\n"), 1))
    return Document("thu/Biên bản A.txt", "txt", lines, "abcdef" + "0" * 58)


def texts(text: str) -> list[str]:
    return [opinion.text for opinion in extract_minutes(document(text)).opinions]


LAYOUTS = {
    "glued numbers": ("1Hỗ trợ xi măng làm đường\n2Xem lại chế độ bảo hiểm", 2),
    "lone numbers": ("Ý KIẾN CỬ TRI\n1\nĐề nghị sửa cầu treo\n2\nĐề nghị kéo điện", 2),
    "voters' report": ("Cử tri có một số ý kiến: kéo điện cho thôn Hút; sửa kè thôn Duông.", 2),
    "bullets of a newspaper": ("* Ông Hà Văn An ở xã Bo cho biết: đường hỏng.\nANH HÀ", 1),
    "quotation first": ("“Mẹ tôi đi làm thẻ ba lần chưa được”\n- bạn đọc tên Lê Tơ (xã Bo)", 1),
    "question and answer": ("Hỏi: Tôi muốn tách thửa thì nộp ở đâu?\nTrả lời:\nỞ một cửa.", 1),
    "name above the words": ("1. Cử tri Lò Inh - bản Cóc\nĐường vào bản hỏng đề nghị sửa.", 1),
    "only counts": ("Có 10 ý kiến, tập trung vào các vấn đề: đất đai, giao thông nông thôn.", 0),
    "names of a list": ("II. THÀNH PHẦN\n- Bà Lục Oanh: Phó Giám đốc Chi nhánh;", 0),
    "conclusion": ("Kết luận: đề nghị các thôn tuyên truyền để Nhân dân hiểu.", 0),
}


@pytest.mark.parametrize(("text", "count"), LAYOUTS.values(), ids=LAYOUTS)
def test_extract_minutes_finds_opinions_in_layout(text, count):
    assert len(texts(text)) == count


REPLIES = {
    "marker": "Ông A Pao (tổ 1): đèn hỏng.\nTrả lời: Sẽ thay trong tuần.",
    "official": "Ông Lý Pao (tổ 1): đèn hỏng.\nBà Hà, Phó Chủ tịch UBND xã: Sẽ thay trong tuần.",
    "number": "Ý KIẾN\n1. Đề nghị thay đèn\n2. Đề nghị sửa cầu\nTRẢ LỜI\nVề ý kiến số 1: Sẽ thay.",
    "name": "Ý KIẾN\nÔng Lý Pao (tổ 1): đèn hỏng.\nTRẢ LỜI\nViệc ông Pao nêu, sẽ thay đèn.",
    "subject": "Ý KIẾN\nÔng Lý Pao: ngõ 6 tối.\nBà Mẩy Lan: chợ dột.\nTRẢ LỜI\nVề ngõ 6: sẽ thay.",
    "inline": "Ý KIẾN\n1. Đề nghị thay đèn ngõ 6. Trả lời: Sẽ thay trong tuần.",
}


@pytest.mark.parametrize("text", REPLIES.values(), ids=REPLIES)
def test_extract_minutes_attaches_reply_to_first_opinion_only(text):
    opinions = extract_minutes(document(text)).opinions
    assert "ẽ thay" in opinions[0].reply and opinions[0].answered
    assert not any("ẽ thay" in opinion.text for opinion in opinions)
    assert not any(opinion.answered for opinion in opinions[1:])


def test_extract_minutes_reads_rows_with_two_matters_and_two_replies():
    cells = ["STT", "Họ tên", "Nội dung ý kiến", "Trả lời"]
    cells += ["1", "Ông Hà An, tổ 6", "(1) rác đầy ngõ; (2) lắp gương", "(1) Đã dọn. (2) Ghi nhận."]
    paragraphs = [
        Paragraph(n + 1, cell, Place(table=1, row=n // 4 + 1, column=n % 4 + 1), part="cell")
        for n, cell in enumerate(cells)
    ]
    found = extract_minutes(Document("a.docx", "docx", tuple(paragraphs), "0" * 64)).opinions
    assert [one.text for one in found] == ["rác đầy ngõ", "lắp gương"]
    assert [one.reply for one in found] == ["(1) Đã dọn.", "(2) Ghi nhận."]
    assert found[0].location == "bảng 1, hàng 2, cột 3, ký tự 4-15"


HEADER = """UBND THỊ XÃ SA PA
UBND XÃ TẢ VAN
Số: 58/BB-UBND
BIÊN BẢN
Hội nghị đối thoại quý II
Thực hiện Kế hoạch số 3 ngày 01/02/2024, hôm nay, ngày mười hai tháng sáu năm hai nghìn không \
trăm hai mươi tư, tại Nhà văn hóa thôn Dền, xã tổ chức hội nghị.
Chủ trì: ông Hoàng Thiện, Chủ tịch UBND xã. Tham dự có 2.282 đại biểu."""


def test_extract_minutes_reads_header_facts():
    meeting = extract_minutes(document(HEADER)).meeting
    assert (meeting.number, meeting.kind, meeting.level) == ("58/BB-UBND", "biên bản", "xã")
    assert (meeting.date, meeting.unit) == ("2024-06-12", "xã Tả Van")
    assert (meeting.chair, meeting.delegates) == ("Hoàng Thiện", 2282)
    assert meeting.place == "Nhà văn hóa thôn Dền"
    assert meeting.notes[0] == "Không tìm thấy trong văn bản: thư ký."


def test_ledger_accounts_for_every_paragraph_once():
    one = document(
        HEADER + "\nÝ KIẾN\nÔng Lý Pao (tổ 1): đèn hỏng.\nTrả lời: Sẽ thay.\n\nKT. CHỦ TỊCH"
    )
    ledger = ledger_table([extract_minutes(one)], [one])
    assert tuple(ledger.columns) == LEDGER_COLUMNS
    assert list(ledger["paragraph"]) == [paragraph.number for paragraph in one.paragraphs]
    assert list(ledger["class"])[-4:] == ["opinion", "reply", "formality", "formality"]


def test_ledger_names_a_badly_read_page_unread():
    one = Document("a.png", "png", (Paragraph(1, "xq#", confidence=0.2),), "0" * 64)
    assert extract_minutes(one).ledger[0].outcome == "unread"


def test_opinion_table_has_declared_columns_and_stable_ids():
    minutes = extract_minutes(
        document("Ông Lý Pao (tổ 1): đèn hỏng. Ngoài ra, đề nghị sửa cầu treo.")
    )
    table = opinion_table([minutes])
    assert tuple(table.columns) == EXTRACTED
    assert list(table["opinion_id"]) == ["bien-ban-a-abcdef-1.1", "bien-ban-a-abcdef-1.2"]
    assert meeting_table([minutes])["opinions"].item() == 2


def test_opinion_table_is_empty_and_typed_without_opinions():
    table = opinion_table([extract_minutes(document(""))])
    assert table.empty and str(table["turn"].dtype) == "int64"


def test_extract_minutes_goes_on_after_a_sealed_part():
    text = (
        "BÁO CÁO\nKết quả giải quyết kiến nghị của cử tri\nI. TÌNH HÌNH CHUNG\nTổng số: 86 kiến nghị.\n"
        "II. KẾT QUẢ CỤ THỂ\n1. Lĩnh vực giao thông\n* Cử tri xã Bo: Đề nghị sửa đường Khe Thùng.\n"
        "Kết quả: Đã bố trí 2 tỷ đồng."
    )
    found = extract_minutes(document(text)).opinions
    assert [one.text for one in found] == ["Đề nghị sửa đường Khe Thùng"]
    assert found[0].commune == "xã Bo" and found[0].answered


@pytest.mark.parametrize(
    ("line", "count"),
    [
        ("Số đại biểu: 80", 80),
        ("- Số đại biểu tham dự: 80/90", 80),
        ("Số cử tri: 1.250.", 1250),
        ("Số đại biểu: 7 thôn", None),
    ],
)
def test_extract_minutes_reads_a_labelled_number_of_delegates(line, count):
    assert extract_minutes(document(f"BIÊN BẢN\n{line}")).meeting.delegates == count


def test_extract_minutes_notes_a_document_without_opinions():
    note = "Không tìm thấy ý kiến nào trong văn bản."
    assert note in extract_minutes(document("BIÊN BẢN\nHội nghị kết thúc.")).meeting.notes
    assert note not in extract_minutes(document("Ông Lý Pao (tổ 1): đèn hỏng.")).meeting.notes


def test_extract_minutes_keeps_an_item_whose_speaker_left_a_number():
    text = "Ý KIẾN\n1. Ông Lý Pao: đèn hỏng.\n2. Ông Lò Vần (ĐT: 0912.345.678): Đề nghị sửa cầu."
    assert [one.speaker for one in extract_minutes(document(text)).opinions] == [
        "Ông Lý Pao",
        "Ông Lò Vần",
    ]
