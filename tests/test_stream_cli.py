"""`ykien classify` on the command line: exit codes, silence in a pipe, a real kill."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest
from click.testing import CliRunner

from pipeline.cli.classify import command


@pytest.fixture
def table(labelled, tmp_path, models_folder):
    """Two chunks of rows as csv."""
    path = tmp_path / "table.csv"
    texts = [text.replace('"', "'") for text in labelled["text"]]
    lines = [f'{n},"{texts[n % len(texts)]} số {n}"' for n in range(2_500)]
    path.write_text("\n".join(["id,text", *lines, ""]), encoding="utf-8")
    return path


def test_classify_says_what_it_did_and_is_silent_in_a_pipe(table, tmp_path) -> None:
    table.write_text("id,text\n1,Đề nghị cấp sổ đỏ cho 43 hộ\n", encoding="utf-8")
    result = CliRunner().invoke(command, [str(table), "-o", str(tmp_path / "out.csv")])
    assert result.exit_code == 0 and "Dòng: 1" in result.stdout and result.stderr == ""


def test_classify_ends_with_3_when_a_row_is_broken(table, tmp_path) -> None:
    table.write_text("id,text\n1,Đề nghị cấp sổ đỏ\n2,a,b\n", encoding="utf-8")
    result = CliRunner().invoke(command, [str(table), "-o", str(tmp_path / "out.csv")])
    assert result.exit_code == 3 and "1 dòng hỏng" in result.stderr


@pytest.mark.slow
def test_classify_killed_by_the_system_ends_the_same(table, tmp_path) -> None:
    def line(out):
        return [sys.executable, "-m", "pipeline", "classify", str(table), "-o", str(tmp_path / out)]

    first = subprocess.Popen(line("out.csv"), env=os.environ)
    part = tmp_path / "out.csv.part"
    while first.poll() is None and not list(part.glob("0*.json")):
        time.sleep(0.05)
    first.send_signal(signal.SIGKILL)
    first.wait()
    assert not (tmp_path / "out.csv").exists()
    for out in ("out.csv", "whole.csv"):
        subprocess.run(line(out), env=os.environ, check=True, capture_output=True)
    assert (tmp_path / "out.csv").read_bytes() == (tmp_path / "whole.csv").read_bytes()
