"""The child process that parses risky files, so that a bad one cannot harm the program.

Messages both ways are one line of JSON; a file's bytes follow its request.
Nothing is ever unpickled: what a hostile file makes of the child stays text.
"""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict
from typing import Any, BinaryIO

from pipeline.reading.content import Content
from pipeline.reading.document import Paragraph, Place
from pipeline.reading.options import Limits, Ocr, ReadingOptions
from pipeline.reading.refusal import Refused

ALIVE, DONE, FAILED = "alive", "content", "refused"


def main() -> None:
    """Answer requests until the parent closes the pipe."""
    requests, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    # Libraries that print must not disturb the answers.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    _limit_memory(int(sys.argv[1]) if len(sys.argv) > 1 else 0)
    _tell_of_pages(answers)
    while line := requests.readline():
        request = json.loads(line)
        data = requests.read(request["size"])
        send(answers, _answer(request, data))


def _answer(request: dict[str, Any], data: bytes) -> dict[str, Any]:
    from pipeline.reading.documents import parse

    try:
        options = options_from(request["options"])
        content = parse(data, request["name"], request["format"], options)
    except Refused as refusal:
        return {FAILED: [str(refusal), refusal.remedy]}
    return {DONE: asdict(content)}


def _limit_memory(bytes_: int) -> None:
    """Set the limit where the system has one (not on Windows)."""
    try:
        import resource
    except ImportError:
        return
    if bytes_:
        resource.setrlimit(resource.RLIMIT_AS, (bytes_, bytes_))


def _tell_of_pages(answers: BinaryIO) -> None:
    from pipeline.reading import ocr

    ocr.on_page.append(lambda: send(answers, {ALIVE: True}))


def send(stream: BinaryIO, message: dict[str, Any]) -> None:
    """Write one message."""
    stream.write(json.dumps(message).encode("ascii") + b"\n")
    stream.flush()


def options_from(fields: dict[str, Any]) -> ReadingOptions:
    """Return options that were sent as JSON; the child itself never starts another."""
    nested = {"limits": Limits(**fields["limits"]), "scan": Ocr(**fields["scan"])}
    return ReadingOptions(**{**fields, **nested, "isolated": False})


def content_from(fields: dict[str, Any]) -> Content:
    """Return content that was sent as JSON."""
    paragraphs = tuple(
        Paragraph(**{**each, "place": Place(**each["place"])}) for each in fields["paragraphs"]
    )
    return Content(
        fields["format"], paragraphs, tuple(fields["notes"]), tuple(fields["raw_offsets"])
    )


if __name__ == "__main__":
    main()
