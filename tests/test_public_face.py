"""The names an analyst imports: sorted, all there, and light."""

from __future__ import annotations

import subprocess
import sys

import pytest
from sklearn.base import clone

import pipeline


def test_all_is_sorted_and_every_name_has_a_home() -> None:
    assert pipeline.__all__ == sorted(pipeline.__all__) == sorted(pipeline._HOMES)


@pytest.mark.parametrize("name", pipeline.__all__)
def test_a_public_name_loads_and_is_documented(name) -> None:
    assert getattr(pipeline, name).__doc__


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = pipeline.nothing


def test_importing_the_package_loads_no_heavy_library() -> None:
    code = "import pipeline, sys; print({'pandas', 'sklearn', 'underthesea'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_three_lines_tag_and_route_a_document(models_folder) -> None:
    from pipeline import load_model, read_minutes, tag_and_route
    from pipeline.resources import data_dir

    opinions = read_minutes(data_dir() / "minutes" / "bien_ban_hop_thon_sa_seng_2022.txt")
    table = tag_and_route(opinions, load_model())
    assert len(table) == len(opinions) > 3
    assert (table["lead"] != "").all()


def test_a_missing_document_is_a_clear_error(tmp_path) -> None:
    with pytest.raises(pipeline.YkienError):
        pipeline.read_minutes(tmp_path / "none.docx")


def test_the_classifier_clones_with_changed_parameters() -> None:
    assert clone(pipeline.new_classifier(C=2.0)).get_params()["C"] == 2.0
