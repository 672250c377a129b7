"""Builds small files in every format for the tests of reading; names in them are invented."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from email.message import EmailMessage
from xml.sax.saxutils import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

PARAGRAPHS = (
    "BIÊN BẢN",
    "Hội nghị đối thoại trực tiếp giữa người đứng đầu cấp ủy, chính quyền với Nhân dân",
    "Hôm nay, ngày 05 tháng 3 năm 2025, tại nhà văn hóa thôn Tả Van Giáy, Ủy ban nhân dân xã "
    "tổ chức hội nghị đối thoại với Nhân dân, có 64 người dự, diễn biến như sau:",
    "Ông Lù A Sử, thôn Séo Mý Tỷ: Đường vào thôn sạt từ trận mưa tháng 8, đi bộ còn khó. Đề nghị "
    "xã sớm cho máy vào hót đất để bà con chở ngô về trước khi vào vụ rét, kẻo hỏng hết.",
    "Bà Tẩn Mẩy Phủ, thôn Dền Thàng: con tôi học xong lớp 9 mà nhà xa quá; mong nhà trường có "
    "chỗ ở bán trú và xem lại tiền ăn, vì mức hỗ trợ hiện nay không đủ một bữa có thịt.",
    "Trả lời: Ủy ban nhân dân xã ghi nhận, giao công chức địa chính kiểm tra trong tháng 3.",
)
"""Running text that every format with paragraphs can hold."""

TABLE = (
    ("STT", "Họ và tên", "Nội dung kiến nghị", "Trả lời"),
    (
        "1",
        "Ông Giàng A Chớ",
        "Đề nghị kéo điện về thôn Kim Ngan vì 14 hộ còn thắp đèn dầu",
        "Ghi nhận",
    ),
    ("2", "Bà Lý Thị Dúa", "Xem lại việc bình xét hộ nghèo năm 2024, nhiều hộ chưa rõ", ""),
    ("3", "Ông Má A Pho", "Sửa mương thủy lợi bị vỡ ở cánh đồng dưới suối", "Đã giao thôn"),
)
"""A table with a heading row and an empty cell."""


def txt(paragraphs: Sequence[str] = PARAGRAPHS, encoding: str = "utf-8") -> bytes:
    """One line a paragraph."""
    return "\n".join(paragraphs).encode(encoding)


def csv(rows: Sequence[Sequence[str]] = TABLE, delimiter: str = ";") -> bytes:
    """Quoted only where needed, as Excel writes it."""
    import csv as writer

    stream = io.StringIO(newline="")
    writer.writer(stream, delimiter=delimiter).writerows(rows)
    return stream.getvalue().encode("utf-8-sig")


def html(paragraphs: Sequence[str] = PARAGRAPHS, rows: Sequence[Sequence[str]] = ()) -> bytes:
    """A page with a menu, a script and a style around the text."""
    body = "".join(f"<p>{escape(text)}</p>\n" for text in paragraphs)
    lines = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows
    )
    return (
        "<!DOCTYPE html><html><head><meta charset='utf-8'><style>p {color: red}</style></head>"
        f"<body><script>alert('x')</script>{body}<table>{lines}</table></body></html>"
    ).encode()


def docx(paragraphs: Sequence[str] = PARAGRAPHS, rows: Sequence[Sequence[str]] = ()) -> bytes:
    """A document as python-docx writes it."""
    import docx as word

    document = word.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    if rows:
        table = document.add_table(len(rows), len(rows[0]))
        for row, values in zip(table.rows, rows, strict=True):
            for cell, value in zip(row.cells, values, strict=True):
                cell.text = value
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def docx_of(body: str, **parts: str) -> bytes:
    """A document whose body is the given WordprocessingML; parts by name, such as `numbering`."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", part("document", f"<w:body>{body}</w:body>"))
        for name, content in parts.items():
            archive.writestr(f"word/{name}.xml", content)
    return stream.getvalue()


def part(root: str, content: str) -> str:
    """One XML part of a Word document."""
    return (
        f'<w:{root} xmlns:w="{W}" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        f'xmlns:wps="urn:wps">{content}</w:{root}>'
    )


def run(text: str, font: str = "", properties: str = "") -> str:
    """One run of a Word paragraph."""
    fonts = f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}"/>' if font else ""
    letters = escape(text).replace("\u00ad", "</w:t><w:softHyphen/><w:t>")
    return f'<w:r><w:rPr>{fonts}{properties}</w:rPr><w:t xml:space="preserve">{letters}</w:t></w:r>'


def paragraph(*runs: str, properties: str = "") -> str:
    """One Word paragraph of runs."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(runs)}</w:p>"


def xlsx(sheets: dict[str, Sequence[Sequence[object]]] | None = None, **options: object) -> bytes:
    """A workbook; the default sheet is `TABLE` below a title."""
    import xlsxwriter

    sheets = sheets or {"Biểu": (("BIỂU TỔNG HỢP Ý KIẾN",), (), *TABLE)}
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"strings_to_formulas": False, **options}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return stream.getvalue()


def font_path() -> str:
    """A font with all Vietnamese letters that comes with matplotlib."""
    import matplotlib

    return f"{matplotlib.get_data_path()}/fonts/ttf/DejaVuSans.ttf"


def pdf(
    paragraphs: Sequence[str] = PARAGRAPHS,
    rows: Sequence[Sequence[str]] = (),
    *,
    foot: str = "",
    password: str = "",
) -> bytes:
    """A PDF as an office prints it: lines wrapped, page numbers, a ruled table."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

    pdfmetrics.registerFont(TTFont("Sample", font_path()))
    style = ParagraphStyle("body", fontName="Sample", fontSize=12, leading=17, spaceAfter=6)
    stream = io.BytesIO()

    def furniture(canvas: object, template: object) -> None:
        canvas.setFont("Sample", 10)
        canvas.drawCentredString(A4[0] / 2, A4[1] - 30, str(template.page))
        canvas.drawString(72, 25, foot)

    flow = [Paragraph(escape(text), style) for text in paragraphs]
    if rows:
        cells = [[Paragraph(escape(cell), style) for cell in row] for row in rows]
        ruled = [("GRID", (0, 0), (-1, -1), 0.5, "black"), ("VALIGN", (0, 0), (-1, -1), "TOP")]
        flow.append(Table(cells, [40, 110, 210, 90], style=ruled, repeatRows=1))
    template = SimpleDocTemplate(stream, pagesize=A4, encrypt=password or None, invariant=1)
    template.build(flow, onFirstPage=furniture, onLaterPages=furniture)
    return stream.getvalue()


def eml(paragraphs: Sequence[str] = PARAGRAPHS, **attached: bytes) -> bytes:
    """A mail with the text as its body and the given files, `docx=…` as "tep.docx"."""
    message = EmailMessage()
    message["Subject"], message["From"] = "Biên bản hội nghị", "van-phong@example.org"
    message.set_content("\n".join(paragraphs))
    for extension, content in attached.items():
        message.add_attachment(
            content, maintype="application", subtype="octet-stream", filename=f"tệp.{extension}"
        )
    return message.as_bytes()


def packed(members: dict[str, bytes]) -> bytes:
    """A zip of files by name."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def rtf(paragraphs: Sequence[str] = PARAGRAPHS) -> bytes:
    """An RTF file; letters outside ASCII as code numbers."""
    lines = "\\par\n".join(
        "".join(letter if letter.isascii() else f"\\u{ord(letter)}?" for letter in text)
        for text in paragraphs
    )
    return ("{\\rtf1\\ansi\\deff0 " + lines + "}").encode("ascii")


def picture(paragraphs: Sequence[str] = PARAGRAPHS, *, format: str = "PNG") -> bytes:
    """A scan at 300 dpi: the first page of `pdf` as a picture."""
    import pypdfium2

    image = pypdfium2.PdfDocument(pdf(paragraphs))[0].render(scale=300 / 72, grayscale=True)
    stream = io.BytesIO()
    image.to_pil().save(stream, format, resolution=300)
    return stream.getvalue()


def everything() -> dict[str, bytes]:
    """One small file of every format by file name, for tests that go through all readers."""
    return {
        "a.txt": txt(),
        "a.csv": csv(),
        "a.html": html(rows=TABLE),
        "a.docx": docx(rows=TABLE),
        "a.xlsx": xlsx(),
        "a.pdf": pdf(PARAGRAPHS[:4], TABLE),
        "a.eml": eml(PARAGRAPHS[:3], docx=docx(PARAGRAPHS[:2])),
        "a.zip": packed({"b.docx": docx(PARAGRAPHS[:3]), "thư mục/c.txt": txt()}),
    }
