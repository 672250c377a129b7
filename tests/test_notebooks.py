"""The notebooks run from top to bottom and keep to their form."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

jupytext = pytest.importorskip("jupytext")
nbclient = pytest.importorskip("nbclient")

FOLDER = Path(__file__).resolve().parents[1] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.py"))
ALLOWED = {"pipeline", "matplotlib", "pandas"}


def test_there_are_at_most_four_notebooks() -> None:
    assert 1 <= len(NOTEBOOKS) <= 4
    assert not list(FOLDER.glob("*.ipynb"))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_a_notebook_asks_first_and_defines_nothing(path) -> None:
    cells = jupytext.read(path).cells
    tree = ast.parse(path.read_text(encoding="utf-8"))
    imported = {
        (node.module if isinstance(node, ast.ImportFrom) else node.names[0].name).split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
    }
    assert "**Question:**" in cells[0].source and "**Answer:**" in cells[0].source
    assert not [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.ClassDef)]
    assert imported <= ALLOWED


@pytest.mark.slow
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_a_notebook_runs_from_top_to_bottom(path, monkeypatch) -> None:
    monkeypatch.setenv("MPLBACKEND", "agg")
    notebook = jupytext.read(path)
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "", "language": "python"}
    nbclient.NotebookClient(
        notebook, timeout=120, resources={"metadata": {"path": FOLDER}}
    ).execute()
    assert all(c.execution_count for c in notebook.cells if c.cell_type == "code")
