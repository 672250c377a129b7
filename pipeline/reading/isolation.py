"""Keeps one child process that parses risky files within limits of time and memory."""

from __future__ import annotations

import atexit
import json
import os
import queue
import subprocess
import sys
import threading
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pipeline.reading.child import ALIVE, DONE, content_from, send
from pipeline.reading.content import Content
from pipeline.reading.options import ReadingOptions
from pipeline.reading.refusal import Refused

_ROOT = Path(__file__).resolve().parents[2]


class ChildUnavailable(Exception):
    """No child process can be started on this machine."""


class _Child:
    """A running child and the thread that collects its answers."""

    def __init__(self, memory: int) -> None:
        path = os.pathsep.join(filter(None, (str(_ROOT), os.environ.get("PYTHONPATH", ""))))
        environment = {**os.environ, "PYTHONPATH": path, "OMP_NUM_THREADS": "1"}
        try:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "pipeline.reading.child", str(memory)],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                env=environment,
            )  # fmt: skip
        except OSError as error:
            raise ChildUnavailable from error
        self.answers: queue.Queue[dict[str, Any] | None] = queue.Queue()
        threading.Thread(target=self._collect, daemon=True).start()

    def _collect(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.answers.put(json.loads(line))
        self.answers.put(None)

    def ask(self, request: dict[str, Any], data: bytes) -> None:
        # A child that dies while it is sent a file shows in its missing answer.
        def write() -> None:
            assert self.process.stdin is not None
            try:
                send(self.process.stdin, request)
                self.process.stdin.write(data)
                self.process.stdin.flush()
            except OSError:
                return

        threading.Thread(target=write, daemon=True).start()

    def end(self) -> None:
        self.process.kill()
        self.process.wait()


_lock = threading.Lock()
_running: dict[int, _Child] = {}


def parse_apart(data: bytes, name: str, format: str, options: ReadingOptions) -> Content:
    """Return what `documents.parse` makes of a file, worked out in the child process.

    The child lives on for the next file; one that dies or takes longer than
    `options.limits.seconds` without a sign of life is ended and replaced.

    Raises
    ------
    Refused
        What the parser refuses, and when time or memory is used up.
    ChildUnavailable
        If no process can be started.
    """
    request = {"name": name, "format": format, "options": asdict(options), "size": len(data)}
    with _lock:
        child = _child(options.limits.memory_bytes)
        child.ask(request, data)
        try:
            answer = _awaited(child, options.limits.seconds)
        except BaseException:
            # An interrupted wait would leave its answer for the next file.
            close()
            raise
    if DONE in answer:
        return content_from(answer[DONE])
    raise Refused(*answer["refused"])


def _child(memory: int) -> _Child:
    # Keyed by the limit, because it is set once for the life of a process.
    child = _running.get(memory)
    if child is None or child.process.poll() is not None:
        close()
        child = _running[memory] = _Child(memory)
    return child


def _awaited(child: _Child, seconds: float) -> dict[str, Any]:
    while True:
        try:
            answer = child.answers.get(timeout=seconds)
        except queue.Empty:
            raise Refused(
                f"Tệp đọc quá {seconds:.0f} giây, đã dừng (tệp quá phức tạp hoặc độc hại).",
                "Chia nhỏ tệp, hoặc nâng giới hạn seconds trong data/reading.toml.",
            ) from None
        if answer is None:
            raise Refused(
                "Tệp làm chương trình đọc dừng đột ngột (hỏng, quá lớn hoặc độc hại).",
                "Mở bằng phần mềm tạo ra tệp, lưu lại; hoặc chia nhỏ rồi chạy lại.",
            )
        if ALIVE not in answer:
            return answer


def close() -> None:
    """End the child process, if one is running."""
    for child in list(_running.values()):
        child.end()
    _running.clear()


atexit.register(close)
