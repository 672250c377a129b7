"""Opens a workbook that people filled in and gave back, within limits, nothing worked out."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from pipeline.reading.archive import open_archive
from pipeline.reading.options import Limits
from pipeline.reading.refusal import Refused

_HEAD = 8192
"""Bytes of a part in which a document type must stand, if it declares one."""


def open_filled(path: Path, limits: Limits, *, values: bool) -> Any:
    """Return an xlsx workbook whose sheets are read row by row.

    Formulas are never worked out.

    Parameters
    ----------
    path
        The workbook.
    limits
        How large it may be, packed and unpacked.
    values
        Whether a formula's cell holds the value that was stored with it; else
        it holds the formula, of data type "f".

    Raises
    ------
    Refused
        It is too large, locked, damaged, no xlsx, or declares a document type.
    OSError
        The file cannot be opened.
    """
    import openpyxl

    if path.stat().st_size > limits.file_bytes:
        raise Refused(
            f"{path.name}: tệp lớn quá {limits.file_bytes // 1_000_000} MB.",
            "Xóa ảnh và các trang thừa rồi lưu lại.",
        )
    data = path.read_bytes()
    with open_archive(data, limits) as archive:
        try:
            for member in archive.infolist():
                with archive.open(member) as part:
                    head = part.read(_HEAD)
                if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
                    raise _damaged(path)
            return openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=values)
        except Refused:
            raise
        except Exception as error:  # openpyxl raises whatever a broken part makes it raise
            raise _damaged(path) from error


def _damaged(path: Path) -> Refused:
    return Refused(
        f"{path.name}: không phải bảng tính .xlsx, hoặc tệp bị hỏng hay đặt mật khẩu.",
        "Mở bằng Excel hoặc LibreOffice, bỏ mật khẩu, lưu lại dạng .xlsx.",
    )
