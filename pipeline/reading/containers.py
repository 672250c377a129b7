"""Reads zip files and mails: every member by itself, one bad member never the others."""

from __future__ import annotations

import contextlib
import hashlib
import re
import zipfile
from collections.abc import Iterator
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import PurePosixPath

from pipeline.reading.archive import open_archive, read_member
from pipeline.reading.content import finish
from pipeline.reading.document import Document, Paragraph
from pipeline.reading.documents import Unread, parse, read_bytes
from pipeline.reading.files import READABLE
from pipeline.reading.letters import clean
from pipeline.reading.options import ReadingOptions
from pipeline.reading.refusal import Refused


def read_zip(
    data: bytes, source: str, options: ReadingOptions, depth: int
) -> Iterator[Document | Unread]:
    """Give every readable member of a zip, in the order of their names.

    Members are read in memory and never written to disk, so names with "../"
    lead nowhere; such steps are left out of the names that are shown.
    """
    archive = open_archive(data, options.limits)
    members = [member for member in archive.infolist() if _is_wanted(member)]
    if not members:
        raise Refused("Tệp nén không có tệp nào đọc được.", "Kiểm tra nội dung của tệp nén.")
    for member in sorted(members, key=_name)[: options.limits.members]:
        name = f"{source}!{_name(member)}"
        try:
            content = read_member(archive, member.filename, options.limits)
        except Refused as refusal:
            yield Unread(name, str(refusal), refusal.remedy)
            continue
        yield from read_bytes(content, name, options, depth + 1)
    if len(members) > options.limits.members:
        left = len(members) - options.limits.members
        yield Unread(source, f"Tệp nén có quá nhiều tệp, {left} tệp chưa đọc.", "Chia nhỏ tệp nén.")


def _is_wanted(member: zipfile.ZipInfo) -> bool:
    name = PurePosixPath(_name(member))
    hidden = name.name.startswith((".", "~$")) or "__MACOSX" in name.parts
    return not member.is_dir() and not hidden


def _name(member: zipfile.ZipInfo) -> str:
    """Return a member's name without steps out of the archive and with its accents.

    Old Windows programs write Vietnamese names in a code page without saying
    so; Python then reads them as cp437.
    """
    name = member.filename
    if not member.flag_bits & 0x800 and not name.isascii():
        with contextlib.suppress(UnicodeEncodeError, UnicodeDecodeError):
            name = name.encode("cp437").decode("utf-8")
    parts = re.split(r"[\\/]+", clean(name))
    return "/".join(part for part in parts if part not in ("", ".", "..") and ":" not in part)


def read_mail(
    data: bytes, source: str, options: ReadingOptions, depth: int
) -> Iterator[Document | Unread]:
    """Give the body of a mail and its attachments."""
    message = BytesParser(policy=policy.default).parsebytes(data)
    body = _mail_document(message, data, source, options)
    if body is not None:
        yield body
    attachments = _attachments(message)
    for number, part in enumerate(attachments[: options.limits.members], 1):
        name = PurePosixPath(_text(part.get_filename()) or f"tep-{number}").name
        if PurePosixPath(name).suffix.lower() in READABLE:
            yield from read_bytes(_payload(part), f"{source}!{name}", options, depth + 1)
        else:
            yield Unread(
                f"{source}!{name}", "Không đọc được loại tệp đính kèm này.", "Lưu thành .docx."
            )
    if body is None and not attachments:
        raise Refused("Thư không có nội dung.", "Kiểm tra lại tệp thư.")


def _mail_document(
    message: EmailMessage, data: bytes, source: str, options: ReadingOptions
) -> Document | None:
    part = _body(message)
    payload = _payload(part) if part is not None else b""
    if not payload.strip():
        return None
    kind = "html" if part is not None and part.get_content_subtype() == "html" else "txt"
    content = parse(payload, source, kind, options)
    heads = [
        Paragraph(0, f"{label}: {_text(message.get(name))}", part="header")
        for label, name in (("Tiêu đề", "subject"), ("Người gửi", "from"), ("Ngày gửi", "date"))
        if _text(message.get(name))
    ]
    whole = finish([*heads, *content.paragraphs], "eml", notes=content.notes, guess=False)
    fingerprint = hashlib.sha256(data).hexdigest()
    return Document(source, "eml", whole.paragraphs, fingerprint, whole.notes)


def _body(message: EmailMessage) -> EmailMessage | None:
    try:
        return message.get_body(preferencelist=("plain", "html"))
    except Exception:  # the parser keeps broken mails, their walk may still fail
        return None


def _attachments(message: EmailMessage) -> list[EmailMessage]:
    try:
        return list(message.iter_attachments()) if message.is_multipart() else []
    except Exception:  # see _body
        return []


def _payload(part: EmailMessage) -> bytes:
    """Return a part's bytes; text parts come as UTF-8 if they say which letters they use."""
    try:
        if part.get_content_maintype() == "text" and part.get_filename() is None:
            charset = part.get_content_charset()
            if charset:
                content = part.get_payload(decode=True)
                return content.decode(charset, "strict").encode("utf-8")
        return part.get_payload(decode=True) or b""
    except Exception:  # unknown charset, broken base64: the reader proper finds out
        try:
            return part.get_payload(decode=True) or b""
        except Exception:
            return b""


def _text(value: object) -> str:
    try:
        return clean(str(value)) if value is not None else ""
    except Exception:  # headers are decoded when they are looked at
        return ""
