"""The documents tell the truth: commands exist and run, figures are those of the model in use."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.cli import _COMMANDS, ykien
from pipeline.topics.taxonomy import load_topics

ROOT = Path(__file__).resolve().parents[1]
PAGES = [ROOT / "README.md", ROOT / "README.vi.md", *sorted((ROOT / "docs").glob("*.md"))]
BLOCK = re.compile(r"```sh\n(.*?)```", re.S)


def _commands(page: Path) -> list[str]:
    lines = "\n".join(BLOCK.findall(page.read_text(encoding="utf-8"))).splitlines()
    return [line.strip() for line in lines if line.strip().startswith("ykien ")]


ALL = sorted({command for page in PAGES for command in _commands(page)})
README = sorted(set(_commands(ROOT / "README.md")))
SLOW = ("ykien train", "ykien models compare", "ykien models promote", "ykien models rollback")


@pytest.mark.parametrize("command", ALL)
def test_every_command_of_the_documents_is_understood(command: str) -> None:
    words = shlex.split(command.split("#")[0].split("&&")[0])[1:]
    group, context = ykien, []
    while words and hasattr(group, "get_command") and group.get_command(None, words[0]):
        group = group.get_command(None, words[0])
        context.append(words.pop(0))
    options = {name for parameter in group.params for name in parameter.opts}
    assert context, f"{command!r} names no command"
    assert {word.split("=")[0] for word in words if word.startswith("-")} <= options | {"--help"}


@pytest.mark.parametrize("command", [c for c in README if not c.startswith(SLOW)])
def test_every_quick_command_of_the_readme_runs(command: str, tmp_path, monkeypatch) -> None:
    (tmp_path / "data").symlink_to(ROOT / "data")
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(ykien, shlex.split(command.split("#")[0])[1:])
    assert result.exit_code == 0, result.exception or result.output


@pytest.mark.parametrize("name", sorted(_COMMANDS))
def test_every_command_has_help_with_an_example_and_a_place_in_the_documents(name: str) -> None:
    shown = CliRunner().invoke(ykien, [name, "--help"])
    assert shown.exit_code == 0
    assert "Example: ykien" in re.sub(r"\s+", " ", shown.output)
    assert any(f"ykien {name}" in page.read_text(encoding="utf-8") for page in PAGES)


def test_accuracy_table_of_the_readme_is_the_model_in_use() -> None:
    name = (ROOT / "models" / "current").read_text(encoding="utf-8").strip()
    figures = json.loads((ROOT / "models" / name / "manifest.json").read_text())["figures"]
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for key in ("accuracy", "macro_f1", "core_macro_f1", "accepted"):
        assert f"**{figures[key]:.3f}**" in text, f"README lacks {key} = {figures[key]:.3f}"


def test_topics_of_the_readme_are_the_topics() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for topic in load_topics().values():
        assert f"`{topic.code}` {topic.name}" in text


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_documents_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []
