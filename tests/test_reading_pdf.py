"""PDF: paragraphs rebuilt from lines, tables from rules, furniture told apart."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
import sample_files
from test_reading_legacy import encoded

from pipeline.reading.joining import joined, paragraphs
from pipeline.reading.layout import Word, in_reading_order, lines_of
from pipeline.reading.options import default_options
from pipeline.reading.pdf import read_pdf
from pipeline.reading.programs import find_program

OPTIONS = default_options()


def drawn(*strings: tuple[float, float, str], font: str = "Sample", face: bytes = b"") -> bytes:
    """Return a page with strings at places counted from the upper left corner."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    made = TTFont(font, sample_files.font_path())
    made.face.name = face or made.face.name
    pdfmetrics.registerFont(made)
    stream = io.BytesIO()
    canvas = Canvas(stream, (600, 800), invariant=1)
    canvas.setFont(font, 11)
    for x, y, text in strings:
        canvas.drawString(x, 800 - y, text)
    canvas.save()
    return stream.getvalue()


def body(data: bytes) -> list[str]:
    return [each.text for each in read_pdf(data, OPTIONS).paragraphs if each.part == "body"]


def test_read_pdf_joins_a_paragraph_over_the_end_of_a_page():
    long = [", ".join([f"đoạn {n} nói về con đường liên thôn"] * 60) + "." for n in range(4)]
    assert body(sample_files.pdf(long)) == long


def test_read_pdf_tells_page_numbers_and_running_feet_from_the_text():
    long = [f"{text} " * 8 for text in sample_files.PARAGRAPHS[2:5]] * 2
    content = read_pdf(sample_files.pdf(long, foot="Biên bản số 12/BB-UBND"), OPTIONS)
    heads = {each.text for each in content.paragraphs if each.part == "header"}
    feet = {each.text for each in content.paragraphs if each.part == "footer"}
    assert heads == {"1", "2", "3", "4"}
    assert feet == {"Biên bản số 12/BB-UBND"}


def test_read_pdf_reads_columns_one_after_the_other():
    left = [(50, 100 + 15 * n, f"cột trái dòng thứ {n} nói") for n in range(8)]
    right = [(330, 100 + 15 * n, f"cột phải dòng thứ {n} nói") for n in range(8)]
    text = " ".join(
        body(drawn((50, 60, "Tiêu đề chạy hết cả hai cột của trang này nhé"), *left, *right))
    )
    assert text.index("trái dòng thứ 7") < text.index("phải dòng thứ 0")


def test_read_pdf_keeps_the_two_blocks_of_a_letterhead_apart():
    found = body(
        drawn(
            (60, 50, "ỦY BAN NHÂN DÂN"), (330, 50, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
            (60, 66, "XÃ TẢ VAN"), (330, 66, "Độc lập - Tự do - Hạnh phúc"),
            (60, 110, "Hôm nay xã tổ chức hội nghị đối thoại với Nhân dân tại nhà văn hóa thôn."),
        )
    )  # fmt: skip
    assert found[:2] == ["ỦY BAN NHÂN DÂN", "XÃ TẢ VAN"]
    assert found[2:4] == ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]


def test_read_pdf_joins_a_table_over_the_end_of_a_page():
    rows = [sample_files.TABLE[0]]
    rows += [
        (str(n), "Ông Vàng A Tủa", sample_files.PARAGRAPHS[3], "Ghi nhận") for n in range(1, 12)
    ]
    content = read_pdf(sample_files.pdf([], rows), OPTIONS)
    numbers = [each.text for each in content.paragraphs if each.heading == "STT"]
    texts = [each.text for each in content.paragraphs if each.heading == "Nội dung kiến nghị"]
    assert numbers == [str(n) for n in range(1, 12)]
    assert texts == [sample_files.PARAGRAPHS[3]] * 11
    assert {each.place.table for each in content.paragraphs if each.part == "cell"} == {1}


def test_read_pdf_names_the_pages_that_it_leaves_unread():
    few = replace(OPTIONS, limits=replace(OPTIONS.limits, pages=1))
    long = [f"{text} " * 9 for text in sample_files.PARAGRAPHS[2:5]] * 2
    content = read_pdf(sample_files.pdf(long), few)
    assert any("trang 2-4 chưa đọc" in note for note in content.notes)


@pytest.mark.parametrize(("face", "encoding"), [(b".VnTime", "tcvn3"), (b"VNI-Times", "vni")])
def test_read_pdf_converts_text_in_legacy_fonts(face, encoding):
    text = "đề nghị xã cấp đất ở cho các hộ"
    content = read_pdf(drawn((50, 90, encoded(text, encoding)), font=encoding, face=face), OPTIONS)
    assert content.paragraphs[0].text == text
    assert "phông chữ" in content.notes[0]


@pytest.mark.skipif(not find_program("pdftotext"), reason="needs pdftotext")
def test_read_pdf_saves_what_it_can_from_a_damaged_file():
    broken = sample_files.pdf().replace(b"startxref", b"startxxxx")
    content = read_pdf(broken, OPTIONS)
    assert "BIÊN BẢN" in [each.text for each in content.paragraphs]
    assert "hỏng một phần" in content.notes[0]


def test_read_pdf_gives_letters_that_were_printed_twice_once():
    [text] = body(drawn((50, 90, "Đề nghị xã sửa đường"), (50.2, 90, "Đề nghị xã sửa đường")))
    assert text == "Đề nghị xã sửa đường"


def test_read_pdf_runs_no_script():
    data = sample_files.pdf().replace(
        b"/Type /Catalog", b"/Type /Catalog /OpenAction << /S /JavaScript /JS (app.alert(1)) >>", 1
    )
    assert body(data) == list(sample_files.PARAGRAPHS)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["đề ngh-", "ị xã"], "đề nghị xã"),
        (["kinh tế -", "xã hội"], "kinh tế - xã hội"),
        (["COVID-", "19 quay lại"], "COVID-19 quay lại"),
        (["Kế hoạch số 12-", "KH/ĐU"], "Kế hoạch số 12-KH/ĐU"),
        (["thương-", "mại"], "thương-mại"),
    ],
)
def test_joined_heals_words_cut_at_the_end_of_a_line(lines, expected):
    assert joined(lines) == expected


def grouped(*rows: tuple[float, float, str]) -> list[str]:
    """Return the paragraphs of lines given by left edge, top and text; 6 points a letter."""
    words = []
    for x, top, text in rows:
        for word in text.split():
            words.append(Word(word, x, x + 6 * len(word), top, top + 12))
            x += 6 * (len(word) + 1)
    lines = in_reading_order(lines_of(words))
    return [joined([line.text for line in group]) for group in paragraphs(lines)]


FULL = "Một dòng đầy chữ kéo dài đến hết lề phải của trang giấy này và"


def test_paragraphs_starts_anew_at_an_indent_after_the_end_of_a_sentence():
    ended = FULL[:-2] + "x."
    assert grouped((50, 0, ended), (70, 18, FULL), (50, 36, "tiếp nữa.")) == [
        ended, f"{FULL} tiếp nữa.",
    ]  # fmt: skip


def test_paragraphs_starts_anew_where_a_speaker_is_named_after_a_full_line():
    ended = FULL[:-2] + "x."
    assert len(grouped((50, 0, ended), (50, 18, "Ông Sùng A Sà nói tiếp"))) == 2
    assert len(grouped((50, 0, FULL), (50, 18, "Ông Sùng A Sà nói tiếp"))) == 1


def test_paragraphs_goes_on_when_a_dash_opens_a_line_by_chance():
    assert len(grouped((50, 0, FULL), (50, 18, "- xã hội của địa phương"))) == 1
    assert len(grouped((50, 0, FULL), (50, 18, "- Đề nghị xã xem lại"))) == 2
