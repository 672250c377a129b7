"""Parses XML from files that nobody vouches for: no entities, no network, no huge trees."""

from __future__ import annotations

from typing import Any

from pipeline.reading.refusal import Refused

_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_USUAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def parse_xml(data: bytes, what: str) -> Any:
    """Return the root element of `data`.

    Parameters
    ----------
    data
        One XML part of an office file.
    what
        Its name, for the message.

    Raises
    ------
    Refused
        If it declares a document type (office files never do, entity bombs
        must) or cannot be parsed.
    """
    from lxml import etree

    if b"<!DOCTYPE" in data[:8192] or b"<!ENTITY" in data[:8192]:
        raise Refused(
            f"Tệp có khai báo lạ trong {what} (có thể là tệp độc hại), không mở.",
            "Kiểm tra nguồn gốc của tệp; nếu tin cậy, mở bằng Word/Excel và lưu lại.",
        )
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(data.replace(_STRICT, _USUAL), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Refused(
            f"Tệp bị hỏng: phần {what} không đúng cấu trúc.",
            "Mở bằng Word/Excel, chọn sửa lỗi (Repair), lưu lại; hoặc xin lại bản gốc.",
        ) from error
    if root is None:
        raise Refused(f"Tệp bị hỏng: phần {what} trống.")
    return root
