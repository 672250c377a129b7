"""Progress shows on a terminal only."""

from __future__ import annotations

import io
import sys

from pipeline.cli.progress import progress_bar


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_sees_how_far_it_is(monkeypatch) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys, "stderr", Terminal())
    with progress_bar(
        "Đọc biên bản", "ý kiến", shown=lambda done, total: f"{done}/{total} tệp"
    ) as tell:
        tell(2, 4, 7)
    assert "Đọc biên bản: 7 ý kiến" in sys.stderr.getvalue()
    assert "2/4 tệp" in sys.stderr.getvalue()


def test_a_pipe_stays_silent(monkeypatch) -> None:
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    with progress_bar("Đọc biên bản", "ý kiến", shown=lambda done, total: "") as tell:
        tell(2, 4, 7)
    assert sys.stderr.getvalue() == ""


def test_a_terminal_sees_the_bar_before_the_first_file_is_read(monkeypatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys, "stderr", Terminal())
    with progress_bar(
        "Đọc biên bản", "ý kiến", shown=lambda done, total: f"{done:.0f}/{total:.0f}"
    ):
        pass
    assert "Đọc biên bản" in sys.stderr.getvalue()
