"""The wheel works in an environment of its own, from any folder, without the checkout."""

from __future__ import annotations

import os
import site
import subprocess
import sys
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def installed(tmp_path_factory) -> Path:
    """The `ykien` command of a fresh environment that holds the wheel and nothing of the checkout.

    The libraries are lent by this environment through a path file: path files of
    a lent folder are not followed, so an editable checkout stays out of reach.
    """
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "-o", str(folder)]
    subprocess.run([*build, str(ROOT)], check=True, capture_output=True)
    (wheel,) = folder.glob("ykien-*.whl")
    venv.create(folder / "env", with_pip=True)
    python = folder / "env" / ("Scripts" if os.name == "nt" else "bin") / "python"
    install = [str(python), "-m", "pip", "install", "--quiet", "--no-deps", "--no-index"]
    subprocess.run([*install, str(wheel)], check=True, capture_output=True)
    where = subprocess.run(
        [str(python), "-c", "import site; print(site.getsitepackages()[0])"],
        check=True, capture_output=True, text=True,
    ).stdout.strip()  # fmt: skip
    lent = next(path for path in site.getsitepackages() if Path(path).is_dir())
    (Path(where) / "lent.pth").write_text(lent + "\n")
    return python.with_name("ykien")


def _called(command: Path, *arguments: str, cwd: Path) -> subprocess.CompletedProcess:
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("YKIEN_", "PYTHONPATH"))}
    return subprocess.run(
        [str(command), *arguments], cwd=cwd, env=clean, capture_output=True, text=True
    )


@pytest.mark.slow
def test_wheel_runs_the_main_job_from_another_folder(installed, tmp_path) -> None:
    (tmp_path / "a.txt").write_text(
        "Ông Vàng A Sử, thôn Hạ: đề nghị sửa đoạn đường vào thôn.\n", encoding="utf-8"
    )
    done = _called(installed, "run", "a.txt", "-o", "out", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out" / "opinions.csv").exists()


@pytest.mark.slow
def test_wheel_holds_its_own_data_and_model(installed, tmp_path) -> None:
    code = "import pipeline, pipeline.resources as r; print(pipeline.__file__, r.data_dir())"
    shown = subprocess.run(
        [str(installed.with_name("python")), "-c", code],
        cwd=tmp_path,
        capture_output=True,
        text=True,
    ).stdout
    assert str(ROOT) not in shown
    assert "shipped" in shown
    listed = _called(installed, "models", "list", cwd=tmp_path)
    assert listed.stdout.startswith("*"), listed.stderr
