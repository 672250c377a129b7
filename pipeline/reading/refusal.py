"""Why a file was refused, with what its owner can do about it."""

from __future__ import annotations

from pipeline.errors import ReadError


class Refused(ReadError):
    """A file that cannot be read; `remedy` tells a clerk, in Vietnamese, what to do.

    Readers raise it; `read_documents` turns it into `Unread`, so that one bad
    file never stops the others.
    """

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.remedy = remedy or "Mở tệp bằng phần mềm tạo ra nó, lưu lại rồi chạy lại."

    def __reduce__(self) -> tuple:
        return Refused, (self.args[0], self.remedy)
