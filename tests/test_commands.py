"""The commands print what the documents show, and name what is wrong."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from pipeline.cli import ykien
from pipeline.errors import DataError, ModelError


@pytest.fixture
def call(models_folder):
    """Call a command in this process."""
    return lambda *arguments: CliRunner().invoke(ykien, list(arguments))


@pytest.mark.parametrize(
    ("arguments", "shown"),
    [
        (["evaluate"], "first choice in annotators' set"),
        (["evaluate", "--risk-curve"], "coverage  risk"),
        (["evaluate-routing"], "lead right"),
        (["evaluate-kinds"], "khiếu nại or tố cáo flagged"),
        (["evaluate-masking"], "names masked"),
        (["models", "list"], "accuracy 0.500"),
        (["models", "verify"], "file and manifest fit"),
    ],
)
def test_command_prints_its_figures(call, arguments, shown) -> None:
    result = call(*arguments)
    assert result.exit_code == 0, result.exception
    assert shown in result.output


def test_evaluate_writes_json_and_a_page(call, tmp_path) -> None:
    result = call(
        "evaluate", "--json", str(tmp_path / "e.json"), "--html", str(tmp_path / "e.html")
    )
    assert result.exit_code == 0, result.exception
    figures = json.loads((tmp_path / "e.json").read_text(encoding="utf-8"))
    assert len(figures["topics"]) == 11 and figures["n"] == 304
    page = (tmp_path / "e.html").read_text(encoding="utf-8")
    assert "<svg" in page and "http" not in page


def test_explain_shows_topics_words_route_and_basis(call) -> None:
    shown = call("explain", "Xin cấp sổ đỏ cho 43 hộ tổ 1", "--on", "2024-05-06").output
    for part in ("Đất đai (land)", "sổ đỏ", "Quyết định", "Chủ trì: ", "Quy tắc: ", "Hạn: 20"):
        assert part in shown


def test_explain_of_nonsense_gives_no_confidence(call) -> None:
    assert "quá ngắn" in call("explain", "sửa đường").output


def test_the_second_opinion_is_refused_where_the_model_has_none(call) -> None:
    result = call("evaluate", "--semantic")
    assert isinstance(result.exception, ModelError)
    assert "ykien train --semantic" in str(result.exception)


def test_check_passes_on_the_shipped_data(call) -> None:
    result = call("check")
    assert result.exit_code == 0, result.output


def test_check_names_every_fault_and_fails(call, tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("YKIEN_DATA", str(tmp_path))
    (tmp_path / "topics").mkdir()
    (tmp_path / "topics" / "topics.csv").write_text("code,name,core,scope\nland,,yes,x\n")
    result = call("check")
    assert result.exit_code == 1
    assert "row 2, column name: empty" in result.output


def test_check_reads_the_tables_once_and_tells_their_faults_once(call, monkeypatch) -> None:
    read = []

    def broken() -> None:
        read.append("tables")
        raise DataError("rules.csv, row 2: wrong", problems=("rules.csv, row 2: wrong",))

    monkeypatch.setattr("pipeline.routing.load_routing", broken)
    result = call("check")
    assert read == ["tables"]
    assert result.output.count("rules.csv, row 2: wrong") == 1
    assert "templates of the papers: ok" in result.output


def test_calibrate_saves_a_model_fitted_on_own_opinions(call, real, tmp_path) -> None:
    path = tmp_path / "own.csv"
    real.drop(columns="accept").head(200).to_csv(path, index=False)
    result = call("calibrate", str(path))
    assert result.exit_code == 0, result.exception
    assert "calibrated on 200 opinions" in result.output


def test_a_broken_labelled_file_is_named_with_all_its_faults(call, tmp_path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("id,text,topic\n1,sửa đường,lands\n2,,land\n", encoding="utf-8")
    result = call("evaluate", str(path))
    assert isinstance(result.exception, DataError)
    assert len(result.exception.problems) == 2


def test_training_that_would_lose_a_topic_is_refused(call, labelled, tmp_path) -> None:
    labelled[labelled["topic"] != "party"].to_csv(tmp_path / "few.csv", index=False)
    result = call("train", str(tmp_path / "few.csv"))
    assert isinstance(result.exception, DataError)
    assert "the topic party" in str(result.exception)
