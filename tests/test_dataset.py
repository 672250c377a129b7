"""A labelled file with errors is refused, and every error is named."""

from __future__ import annotations

import pytest

from pipeline.errors import DataError
from pipeline.topics.taxonomy import load_topics
from pipeline.training.dataset import labelled_files, load_labelled
from pipeline.training.originality import leaks, near_copies, personal_numbers
from pipeline.training.splitting import grouped_folds

HEAD = "id,text,topic,also,kind,form,place_type,register,brief,meeting\n"


def _problems(tmp_path, content: str | bytes) -> str:
    path = tmp_path / "a.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(DataError) as caught:
        load_labelled([path], load_topics())
    return "\n".join(caught.value.problems)


@pytest.mark.parametrize(
    ("rows", "complaint"),
    [
        ("1,sửa đường,lands,,,,,,,\n", "row 2, column topic: unknown topic 'lands'"),
        ("1,sửa đường,land,roads,,,,,,\n", "row 2, column also: unknown topic 'roads'"),
        ("1,sửa đường,land,land,,,,,,\n", "column also: repeats"),
        ("1,,land,,,,,,,\n", "row 2, column text: empty"),
        ("1,a b,land,,,,,,,\n1,c d,land,,,,,,,\n", "id '1' stands twice"),
        ("1,Sửa đường,land,,,,,,,\n2,sửa  đường,party,,,,,,,\n", "same text as '1'"),
        ("1,a b,land,,xin,,,,,\n", "column kind: unknown kind 'xin'"),
        ("1,a b,land,,,song,,,,\n", "column form: unknown form 'song'"),
    ],
)
def test_every_wrong_cell_is_named(tmp_path, rows, complaint) -> None:
    assert complaint in _problems(tmp_path, HEAD + rows)


def test_all_problems_are_listed_not_only_the_first(tmp_path) -> None:
    assert _problems(tmp_path, HEAD + "1,,lands,,,,,,,\n2,,lands,,,,,,,\n").count("row") == 4


def test_missing_columns_and_other_encodings_are_named(tmp_path) -> None:
    assert "column(s) missing: topic" in _problems(tmp_path, "id,text\n1,a\n")
    assert "not UTF-8" in _problems(tmp_path, (HEAD + "1,đường,land\n").encode("utf-16"))


def test_shipped_opinions_are_valid_original_and_hold_no_personal_numbers(real) -> None:
    rows = load_labelled(labelled_files(), load_topics())
    texts = list(rows["text"])
    assert near_copies(texts) == []
    assert leaks(texts, list(real["text"])) == []
    assert personal_numbers(texts) == []


def test_near_copies_are_found_although_names_were_swapped() -> None:
    first = "Đề nghị xã sớm sửa đoạn đường từ ngã ba vào thôn Hạ vì mùa mưa lầy lội trơn trượt"
    second = first.replace("thôn Hạ", "thôn Thượng")
    assert [pair[:2] for pair in near_copies([first, second])] == [(1, 0)]


@pytest.mark.parametrize("text", ["gọi 0912 345 678", "số 0912345678", "CCCD 001203004567"])
def test_personal_numbers_are_found(text) -> None:
    assert len(personal_numbers([text])) == 1


def test_money_and_areas_are_no_personal_numbers() -> None:
    assert personal_numbers(["hơn 1.250.000.000 đồng, 29,33 ha, QĐ số 1673"]) == []


def test_no_brief_stands_on_both_sides(labelled) -> None:
    groups = labelled["brief"].to_numpy()
    for seen, unseen in grouped_folds(labelled["topic"], groups, folds=3, seed=0):
        assert not set(groups[seen]) & set(groups[unseen])
