"""Word: what a reader of the document sees, in its order, and nothing that Word hides."""

from __future__ import annotations

import pytest
import sample_files
from sample_files import docx_of, paragraph, part, run
from test_reading_legacy import encoded

from pipeline.reading.options import default_options
from pipeline.reading.word import read_docx

OPTIONS = default_options()


def texts(body: str, **parts: str) -> list[str]:
    return [each.text for each in read_docx(docx_of(body, **parts), OPTIONS).paragraphs]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(
            paragraph(run("đề "), f"<w:ins>{run('nghị')}</w:ins>", f"<w:del>{run('x')}</w:del>"),
            ["đề nghị"],
            id="tracked changes",
        ),
        pytest.param(
            paragraph(run("Đề nghị"), properties="<w:rPr><w:del/></w:rPr>")
            + paragraph(run(" sửa đường")),
            ["Đề nghị sửa đường"],
            id="deleted paragraph mark",
        ),
        pytest.param(
            f"<w:moveFrom>{paragraph(run('cũ'))}</w:moveFrom><w:moveTo>{paragraph(run('mới'))}</w:moveTo>",
            ["mới"],
            id="moved",
        ),
        pytest.param(
            f"<w:sdt><w:sdtContent>{paragraph(run('trong ô'))}</w:sdtContent></w:sdt>",
            ["trong ô"],
            id="content control",
        ),
        pytest.param(
            paragraph(f"<w:hyperlink>{run('xem tại đây')}</w:hyperlink>"),
            ["xem tại đây"],
            id="link",
        ),
        pytest.param(
            paragraph(run("a"), "<w:r><w:instrText>HYPERLINK x</w:instrText></w:r>", run("b")),
            ["ab"],
            id="field code",
        ),
        pytest.param(
            paragraph(run("ẩn", properties="<w:vanish/>"), run("hiện")), ["hiện"], id="hidden"
        ),
        pytest.param(
            paragraph("<w:r><w:t>một</w:t><w:br/><w:t>hai</w:t><w:tab/><w:t>ba</w:t></w:r>"),
            ["một", "hai ba"],
            id="line break and tab",
        ),
        pytest.param(
            paragraph(
                run("thân"),
                "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>"
                f"<w:txbxContent>{paragraph(run('hộp'))}</w:txbxContent></wps:txbx></w:drawing>"
                f"</mc:Choice><mc:Fallback><w:pict><w:txbxContent>{paragraph(run('hộp'))}"
                "</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>",
            ),
            ["thân", "hộp"],
            id="text box once",
        ),
    ],
)
def test_read_docx_gives_what_word_shows(body, expected):
    assert texts(body) == expected


def test_read_docx_ignores_comments():
    comment = part("comments", f"<w:comment w:id='0'>{paragraph(run('bí mật'))}</w:comment>")
    body = paragraph("<w:commentRangeStart w:id='0'/>", run("rõ"), "<w:commentRangeEnd w:id='0'/>")
    assert texts(body, comments=comment) == ["rõ"]


def test_read_docx_puts_headers_first_and_footnotes_last():
    body = paragraph(run("thân"))
    head = part("hdr", paragraph(run("đầu trang")))
    foot = part("ftr", paragraph(run("chân trang")))
    note = part("footnotes", f"<w:footnote>{paragraph(run('chú thích'))}</w:footnote>")
    content = read_docx(
        docx_of(body, header1=head, footer1=foot, header2=head, footnotes=note), OPTIONS
    )
    assert [(each.part, each.text) for each in content.paragraphs] == [
        ("header", "đầu trang"), ("body", "thân"), ("footer", "chân trang"), ("footer", "chú thích"),
    ]  # fmt: skip


NUMBERING = part(
    "numbering",
    "<w:abstractNum w:abstractNumId='1'>"
    "<w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='upperRoman'/><w:lvlText w:val='%1.'/></w:lvl>"
    "<w:lvl w:ilvl='1'><w:start w:val='1'/><w:numFmt w:val='decimal'/><w:lvlText w:val='%2.'/></w:lvl>"
    "<w:lvl w:ilvl='2'><w:start w:val='1'/><w:numFmt w:val='decimal'/><w:isLgl/>"
    "<w:lvlText w:val='%1.%2.%3'/></w:lvl></w:abstractNum>"
    "<w:abstractNum w:abstractNumId='2'><w:lvl w:ilvl='0'><w:numFmt w:val='bullet'/>"
    "<w:lvlText w:val='\uf0b7'/></w:lvl></w:abstractNum>"
    "<w:num w:numId='1'><w:abstractNumId w:val='1'/></w:num>"
    "<w:num w:numId='2'><w:abstractNumId w:val='2'/></w:num>"
    "<w:num w:numId='3'><w:abstractNumId w:val='1'/><w:lvlOverride w:ilvl='0'>"
    "<w:startOverride w:val='5'/></w:lvlOverride></w:num>",
)


def item(number: int, level: int = 0) -> str:
    properties = f"<w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='{number}'/></w:numPr>"
    return paragraph(run("mục"), properties=properties)


def labels(*items: str) -> list[str]:
    content = read_docx(docx_of("".join(items), numbering=NUMBERING), OPTIONS)
    return [each.label for each in content.paragraphs]


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        pytest.param([item(1), item(1)], ["I.", "II."], id="counts"),
        pytest.param(
            [item(1), item(1, 1), item(1, 1), item(1), item(1, 1)],
            ["I.", "1.", "2.", "II.", "1."],
            id="restarts below",
        ),
        pytest.param([item(1), item(1, 1), item(1, 2)], ["I.", "1.", "1.1.1"], id="legal"),
        pytest.param([item(1), item(3), item(3)], ["I.", "V.", "VI."], id="start override"),
        pytest.param([item(2), item(0), item(9)], ["•", "", ""], id="bullet, none, unknown"),
    ],
)
def test_read_docx_labels_items_as_word_draws_them(items, expected):
    assert labels(*items) == expected


def test_read_docx_numbers_paragraphs_whose_style_brings_the_list():
    styles = part(
        "styles",
        "<w:style w:type='paragraph' w:styleId='a'><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr>"
        "</w:pPr></w:style><w:style w:type='paragraph' w:styleId='b'><w:basedOn w:val='a'/></w:style>",
    )
    body = paragraph(run("mục"), properties="<w:pStyle w:val='b'/>")
    content = read_docx(docx_of(body * 2, numbering=NUMBERING, styles=styles), OPTIONS)
    assert [each.label for each in content.paragraphs] == ["I.", "II."]


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(run(text))}</w:tc>"


def row(*cells: str) -> str:
    return f"<w:tr>{''.join(cells)}</w:tr>"


def test_read_docx_gives_merged_cells_once_and_headings_by_grid_column():
    body = "<w:tbl>" + row(
        cell("STT"), cell("Nội dung", "<w:gridSpan w:val='2'/>"), cell("Trả lời")
    )
    body += row(cell("1", "<w:vMerge w:val='restart'/>"), cell("a"), cell("b"), cell("c"))
    body += row(cell("", "<w:vMerge/>"), cell("d"), cell("e"), cell("f")) + "</w:tbl>"
    content = read_docx(docx_of(body), OPTIONS)
    found = [
        (each.place.row, each.place.column, each.heading, each.text)
        for each in content.paragraphs[3:]
    ]
    assert found == [
        (2, 1, "STT", "1"), (2, 2, "Nội dung", "a"), (2, 3, "Nội dung", "b"), (2, 4, "Trả lời", "c"),
        (3, 2, "Nội dung", "d"), (3, 3, "Nội dung", "e"), (3, 4, "Trả lời", "f"),
    ]  # fmt: skip


def test_read_docx_gives_nested_tables_where_they_stand():
    inner = f"<w:tbl>{row(cell('trong'))}</w:tbl>"
    first = f"<w:tc>{paragraph(run('ngoài'))}{inner}</w:tc>"
    outer = f"<w:tbl>{row(first, cell('cuối'))}</w:tbl>"
    content = read_docx(docx_of(outer), OPTIONS)
    assert [(each.place.table, each.text) for each in content.paragraphs] == [
        (1, "ngoài"), (2, "trong"), (1, "cuối"),
    ]  # fmt: skip


@pytest.mark.parametrize(("font", "encoding"), [(".VnTime", "tcvn3"), ("VNI-Times", "vni")])
def test_read_docx_converts_legacy_fonts_and_says_so(font, encoding):
    text = "đề nghị xã hỗ trợ định cư"
    old = encoded(text, encoding)
    body = paragraph(
        run(old[:7], font), run(old[7:], font, "<w:b/>"), run(" – thôn Tả Phìn", "Arial")
    )
    content = read_docx(docx_of(body), OPTIONS)
    assert content.paragraphs[0].text == f"{text} – thôn Tả Phìn"
    assert len(content.notes) == 1


def test_read_docx_takes_the_font_from_the_style_when_the_run_has_none():
    styles = part(
        "styles",
        "<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii='.VnTime'/></w:rPr></w:rPrDefault>"
        "</w:docDefaults>",
    )
    content = read_docx(docx_of(paragraph(run("®Ò nghÞ")), styles=styles), OPTIONS)
    assert content.paragraphs[0].text == "đề nghị"


def test_read_docx_marks_bold_paragraphs_and_headings():
    styles = part(
        "styles",
        "<w:style w:type='paragraph' w:styleId='h'><w:name w:val='heading 1'/></w:style>",
    )
    body = paragraph(run("đậm", properties="<w:b/>")) + paragraph(
        run("mục"), properties="<w:pStyle w:val='h'/>"
    )
    body += paragraph(run("đậm", properties="<w:b/>"), run(" nhạt"))
    content = read_docx(docx_of(body, styles=styles), OPTIONS)
    assert [each.bold for each in content.paragraphs] == [True, True, False]


def test_read_docx_counts_pages_when_word_left_their_breaks():
    body = paragraph(run("một")) + paragraph("<w:r><w:lastRenderedPageBreak/><w:t>hai</w:t></w:r>")
    content = read_docx(docx_of(body), OPTIONS)
    assert [each.place.page for each in content.paragraphs] == [1, 2]


def test_read_docx_reads_what_python_docx_writes():
    content = read_docx(sample_files.docx(rows=sample_files.TABLE), OPTIONS)
    body = [each.text for each in content.paragraphs if each.part == "body"]
    assert body == list(sample_files.PARAGRAPHS)
