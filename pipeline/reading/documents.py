"""Turns a file, or all members of a container, into documents; errors become `Unread`."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.reading.content import Content
from pipeline.reading.document import Document
from pipeline.reading.files import READABLE, format_of
from pipeline.reading.options import ReadingOptions, default_options
from pipeline.reading.refusal import Refused


@dataclass(frozen=True)
class Unread:
    """A file or member that could not be read; both texts are one line of Vietnamese."""

    source: str
    error: str
    remedy: str


def read_documents(
    path: Path, *, source: str | None = None, options: ReadingOptions | None = None
) -> Iterator[Document | Unread]:
    """Give the document in a file, or every document in a zip or mail.

    Nothing is raised for a bad file: it comes out as `Unread`, with what is
    wrong and what to do, and the others go on.

    Parameters
    ----------
    path
        The file.
    source
        What the tables shall call it; the path as given if None.
    options
        Choices and limits; those of `data/reading.toml` if None.

    Yields
    ------
    Document or Unread
    """
    options = options or default_options()
    source = path.as_posix() if source is None else source
    try:
        data = _bytes_of(path, options)
    except Refused as refusal:
        yield _unread(source, refusal)
        return
    yield from read_bytes(data, source, options)


def read_bytes(
    data: bytes, source: str, options: ReadingOptions, depth: int = 0
) -> Iterator[Document | Unread]:
    """Give the documents in the bytes of a file named `source`, `depth` containers deep."""
    from pipeline.reading.containers import read_mail, read_zip

    try:
        format = _known_format(data, source, depth)
        if format == "zip":
            yield from read_zip(data, source, options, depth)
        elif format == "mail":
            yield from read_mail(data, source, options, depth)
        else:
            yield _document(data, source, format, options)
    except Refused as refusal:
        yield _unread(source, refusal)
    except Exception as error:  # mails nested without end, and what nobody thought of
        yield _unread(source, Refused(f"Tệp bị hỏng, không đọc được ({type(error).__name__})."))


def _bytes_of(path: Path, options: ReadingOptions) -> bytes:
    limit = options.limits.file_bytes
    try:
        size = path.stat().st_size
        if size <= limit and path.is_file():
            return path.read_bytes()
    except FileNotFoundError as error:
        raise Refused("Không tìm thấy tệp.", "Kiểm tra lại đường dẫn và tên tệp.") from error
    except (OSError, ValueError) as error:
        raise Refused(
            "Không có quyền đọc tệp.", "Đóng tệp nếu đang mở, kiểm tra quyền rồi chạy lại."
        ) from error
    if not path.is_file():
        raise Refused("Không phải là tệp.", "Đưa vào tệp biên bản hoặc thư mục chứa chúng.")
    raise Refused(
        f"Tệp lớn {size // 1_000_000} MB, quá giới hạn {limit // 1_000_000} MB.",
        "Chia nhỏ tệp, bỏ bớt ảnh, hoặc nâng giới hạn trong data/reading.toml.",
    )


def _known_format(data: bytes, source: str, depth: int) -> str:
    if not data.strip(b"\x00 \r\n\t"):
        raise Refused("Tệp trống.", "Kiểm tra lại tệp; xin lại bản có nội dung.")
    name = source.rsplit("!", 1)[-1]
    format = format_of(name, data)
    if not format:
        extension = Path(name).suffix or "không có đuôi"
        known = ", ".join(sorted(ext.lstrip(".") for ext in READABLE))
        raise Refused(f"Không đọc được loại tệp này ({extension}).", f"Các loại đọc được: {known}.")
    if format in ("zip", "mail") and depth > 1:
        raise Refused("Tệp nén lồng nhau quá sâu.", "Giải nén rồi đưa các tệp bên trong vào.")
    return format


def _document(data: bytes, source: str, format: str, options: ReadingOptions) -> Document:
    content = _parsed(data, source.rsplit("!", 1)[-1], format, options)
    if not content.paragraphs:
        raise Refused("Tệp không có chữ nào.", "Kiểm tra lại tệp; nếu là ảnh chụp thì bật OCR.")
    return Document(
        source,
        content.format,
        content.paragraphs,
        hashlib.sha256(data).hexdigest(),
        content.notes,
        content.raw_offsets,
    )


# Their readers are our own few lines over the standard library.
_HARMLESS = ("txt", "csv", "locked")
# LibreOffice is a process of its own already, and needs more memory than the child has.
_CONVERTED = "doc"


def _parsed(data: bytes, name: str, format: str, options: ReadingOptions) -> Content:
    if format == _CONVERTED:
        return _converted(data, name, options)
    if not options.isolated or format in _HARMLESS:
        return parse(data, name, format, options)
    from pipeline.reading.isolation import ChildUnavailable, parse_apart

    try:
        return parse_apart(data, name, format, options)
    except ChildUnavailable:
        return parse(data, name, format, options)


def _converted(data: bytes, name: str, options: ReadingOptions) -> Content:
    from pipeline.reading.programs import office_to_docx

    extension = ".rtf" if data.startswith(b"{\\rtf") else Path(name).suffix.lower()
    docx = office_to_docx(data, ".doc" if extension == ".docx" else extension, options)
    content = _parsed(docx, name, "docx", options)
    return replace(content, format=extension.lstrip("."))


def parse(data: bytes, name: str, format: str, options: ReadingOptions) -> Content:
    """Return the content of one file of a known format.

    Raises
    ------
    Refused
        Whatever goes wrong, also inside a library.
    """
    try:
        return _reader(format)(data, name, options)
    except (Refused, KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except MemoryError as error:
        raise Refused("Tệp cần quá nhiều bộ nhớ.", "Chia nhỏ tệp rồi chạy lại.") from error
    except RecursionError as error:
        raise Refused("Tệp có bảng lồng nhau quá sâu.", "Bỏ bớt bảng lồng nhau.") from error
    except BaseException as error:  # parsers in Rust raise a BaseException when they panic
        raise Refused(f"Tệp bị hỏng, không đọc được ({type(error).__name__}).") from error


def _reader(format: str) -> Callable[[bytes, str, ReadingOptions], Content]:
    return {
        "docx": _docx, "pdf": _pdf, "workbook": _workbook, "csv": _csv,
        "html": _html, "txt": _txt, "image": _image, "locked": _locked,
    }[format]  # fmt: skip


def _docx(data: bytes, name: str, options: ReadingOptions) -> Content:
    from pipeline.reading.word import read_docx
    from pipeline.reading.word_pictures import has_only_pictures, read_pictures

    content = read_docx(data, options)
    if options.ocr != "off" and has_only_pictures(content, data, options):
        return read_pictures(content, data, options)
    return content


def _pdf(data: bytes, name: str, options: ReadingOptions) -> Content:
    from pipeline.reading.pdf import read_pdf

    return read_pdf(data, options)


def _workbook(data: bytes, name: str, options: ReadingOptions) -> Content:
    from pipeline.reading.sheets import read_workbook, require_text

    return require_text(read_workbook(data, options))


def _csv(data: bytes, name: str, options: ReadingOptions) -> Content:
    from pipeline.reading.sheets import read_csv, require_text

    return require_text(read_csv(data, options))


def _html(data: bytes, name: str, options: ReadingOptions) -> Content:
    from pipeline.reading.web import read_html

    return read_html(data, options)


def _txt(data: bytes, name: str, options: ReadingOptions) -> Content:
    from pipeline.reading.plain import read_plain

    return read_plain(data, options)


def _image(data: bytes, name: str, options: ReadingOptions) -> Content:
    from pipeline.reading.ocr import read_image

    return read_image(data, options)


def _locked(data: bytes, name: str, options: ReadingOptions) -> Content:
    from pipeline.reading.archive import locked

    raise locked()


def _unread(source: str, refusal: Refused) -> Unread:
    return Unread(source, _line(str(refusal)), _line(refusal.remedy))


def _line(text: str) -> str:
    return " ".join(text.split())
