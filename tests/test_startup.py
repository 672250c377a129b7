"""Commands import only what they need."""

from __future__ import annotations

import subprocess
import sys

import pytest

_HEAVY = ("sklearn", "underthesea", "pandas", "numpy", "scipy")
_PROGRAM = """
import sys
from pipeline.cli import main
sys.argv = ["ykien", *{arguments!r}]
try:
    main()
except SystemExit as end:
    assert not end.code, end.code
print("loaded:", *sorted(set({heavy!r}) & set(sys.modules)))
"""


@pytest.mark.parametrize(
    "arguments",
    [["--help"], ["models", "list"], ["classify", "--help"], ["run", "--help"]],
    ids=" ".join,
)
def test_command_imports_nothing_heavy_when_it_needs_nothing(arguments, models_folder) -> None:
    program = _PROGRAM.format(arguments=arguments, heavy=_HEAVY)
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1].strip() == "loaded:"
