"""Runs the programs that may be installed beside us: LibreOffice, pdftotext, Tesseract."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from pipeline.reading.content import Content
from pipeline.reading.options import ReadingOptions
from pipeline.reading.plain import plain_paragraphs
from pipeline.reading.refusal import Refused

_PLACES = {
    "soffice": (
        r"C:\Program Files\LibreOffice\program\soffice.exe",
        r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
        "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    ),
    "tesseract": (
        r"C:\Program Files\Tesseract-OCR\tesseract.exe",
        r"C:\Program Files (x86)\Tesseract-OCR\tesseract.exe",
    ),
    "pdftotext": (),
}
_INSTALL = {
    "soffice": (
        "Cài LibreOffice (Windows: tải tại libreoffice.org; Debian: apt install "
        "libreoffice-writer-nogui), hoặc mở tệp bằng Word và lưu thành .docx."
    ),
    "tesseract": (
        "Cài Tesseract kèm tiếng Việt (Windows: bộ cài Tesseract-OCR, chọn Vietnamese; "
        "Debian: apt install tesseract-ocr tesseract-ocr-vie), hoặc gõ lại thành .docx."
    ),
}


def find_program(name: str) -> str:
    """Return where a program is, "" if it is not installed.

    Parameters
    ----------
    name
        "soffice", "tesseract" or "pdftotext".
    """
    found = shutil.which(name) or (shutil.which("libreoffice") if name == "soffice" else None)
    return found or next((place for place in _PLACES[name] if Path(place).is_file()), "")


def missing(name: str, what: str) -> Refused:
    """Return the refusal of a file that a missing program would read."""
    shown = {"soffice": "LibreOffice", "tesseract": "Tesseract"}[name]
    return Refused(f"{what} cần {shown}, máy này chưa cài.", _INSTALL[name])


def office_to_docx(data: bytes, extension: str, options: ReadingOptions) -> bytes:
    """Return an old office file (doc, rtf, odt) as docx, by LibreOffice.

    Each run gets a profile of its own: two runs that share one make the second
    fail without a word. Macros are not run by a conversion.

    Raises
    ------
    Refused
        If LibreOffice is missing, takes too long, or gives nothing.
    """
    program = find_program("soffice")
    if not program:
        raise missing("soffice", f"Tệp {extension}")
    with tempfile.TemporaryDirectory(prefix="ykien-") as folder:
        source = Path(folder) / f"document{extension}"
        source.write_bytes(data)
        profile = (Path(folder) / "profile").as_uri()
        command = [
            program, f"-env:UserInstallation={profile}", "--headless", "--norestore",
            "--convert-to", "docx:MS Word 2007 XML", "--outdir", folder, str(source),
        ]  # fmt: skip
        run(command, b"", options.limits.seconds)
        made = Path(folder) / "document.docx"
        if not made.is_file():
            raise Refused(
                "LibreOffice không mở được tệp (hỏng hoặc đặt mật khẩu).",
                "Mở tệp bằng Word, bỏ mật khẩu nếu có, lưu thành .docx rồi chạy lại.",
            )
        return made.read_bytes()


def pdf_to_text(data: bytes, options: ReadingOptions, why: str) -> Content | None:
    """Return what pdftotext makes of a PDF, None if it is not installed or fails.

    Parameters
    ----------
    data, options
        The PDF and the limits.
    why
        What made it necessary, in Vietnamese, for the note.
    """
    program = find_program("pdftotext")
    if not program:
        return None
    with tempfile.TemporaryDirectory(prefix="ykien-") as folder:
        source = Path(folder) / "document.pdf"
        source.write_bytes(data)
        last = str(options.limits.pages)
        command = [program, "-layout", "-enc", "UTF-8", "-l", last, str(source), "-"]
        try:
            text = run(command, b"", options.limits.seconds)
        except Refused:
            return None
    note = f"{why}; chữ được đọc bằng pdftotext (không phân biệt bảng), cần đối chiếu bản gốc."
    return plain_paragraphs(text.decode("utf-8", "replace"), (note,), "pdf")


def run(command: list[str], data: bytes, seconds: float) -> bytes:
    """Return what a program writes; it and its children end when the time is over.

    Raises
    ------
    Refused
        If it cannot start or takes too long. An exit code is not looked at:
        callers check what was made.
    """
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    apart = {} if sys.platform == "win32" else {"start_new_session": True}
    try:
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            env=environment, **apart,
        )  # fmt: skip
    except OSError as error:
        raise Refused(
            f"Không chạy được {Path(command[0]).name}.", "Cài lại chương trình."
        ) from error
    try:
        return process.communicate(data, timeout=seconds)[0]
    except subprocess.TimeoutExpired as error:
        raise Refused(
            f"{Path(command[0]).name} chạy quá {seconds:.0f} giây, đã dừng.",
            "Chia nhỏ tệp, hoặc lưu lại thành .docx.",
        ) from error
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the program and whatever it started (LibreOffice starts a second process)."""
    if process.poll() is not None:
        return
    if sys.platform == "win32":
        process.kill()
    else:
        import signal

        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
