"""Opens zip containers (docx, xlsx, ods, zip) after checking what they would unpack to."""

from __future__ import annotations

import io
import zipfile
import zlib

from pipeline.reading.options import Limits
from pipeline.reading.refusal import Refused

_PASSWORD = "Mở tệp, bỏ mật khẩu (File > Info > Protect Document), lưu lại rồi chạy lại."


def open_archive(data: bytes, limits: Limits) -> zipfile.ZipFile:
    """Return the container, once its members are known to stay within the limits.

    Raises
    ------
    Refused
        If it is damaged, locked, or would unpack to more than `limits.unpacked_bytes`.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError) as error:
        raise Refused(
            "Tệp bị hỏng hoặc tải chưa đủ, không mở được.",
            "Xin lại bản gốc hoặc mở bằng Word/Excel, chọn sửa lỗi (Repair), lưu lại.",
        ) from error
    members = archive.infolist()
    if len(members) > 10 * limits.members:
        raise Refused(f"Tệp chứa quá nhiều thành phần ({len(members)}).", "Chia nhỏ tệp.")
    unpacked = sum(member.file_size for member in members)
    if unpacked > limits.unpacked_bytes:
        raise Refused(
            f"Tệp nén nở ra {unpacked // 1_000_000} MB, quá giới hạn "
            f"{limits.unpacked_bytes // 1_000_000} MB (có thể là tệp độc hại).",
            "Kiểm tra nguồn gốc của tệp; nếu đúng là biên bản thì chia nhỏ, bỏ bớt ảnh.",
        )
    return archive


def read_member(archive: zipfile.ZipFile, name: str, limits: Limits) -> bytes:
    """Return one member's bytes; b"" if there is no such member.

    Raises
    ------
    Refused
        If the member is damaged, locked, or packed in a way Python cannot read.
    """
    try:
        info = archive.getinfo(name)
    except KeyError:
        return b""
    if info.flag_bits & 0x1:
        raise Refused(
            "Tệp nén đặt mật khẩu.", "Giải nén bằng mật khẩu rồi đưa các tệp bên trong vào."
        )
    try:
        with archive.open(info) as member:
            content = member.read(limits.unpacked_bytes + 1)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError) as error:
        raise Refused("Tệp bị hỏng: một phần không giải nén được.", "Xin lại bản gốc.") from error
    except (NotImplementedError, RuntimeError) as error:
        raise Refused(
            "Tệp nén bằng cách lạ hoặc đặt mật khẩu.", "Nén lại bằng Zip thường, không mật khẩu."
        ) from error
    if len(content) > limits.unpacked_bytes:
        raise Refused("Tệp nén nở ra quá giới hạn.", "Kiểm tra nguồn gốc của tệp.")
    return content


def locked() -> Refused:
    """Return the refusal of a document that asks for a password."""
    return Refused("Tệp đặt mật khẩu nên không đọc được.", _PASSWORD)
