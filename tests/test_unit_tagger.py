"""The second reader: what a unit is, what it is told by, and which file is opened."""

from __future__ import annotations

import json
import shutil

import pytest
from click.testing import CliRunner

from pipeline.cli import ykien
from pipeline.errors import DataError
from pipeline.extraction import UnitTagger, load_tagger
from pipeline.extraction.learning import as_tagger, fit, marked
from pipeline.extraction.lines import read_lines
from pipeline.extraction.unit_tagger import MANIFEST_FILE, MODEL_FILE, SecondReadingSettings
from pipeline.extraction.unit_traits import traits_of
from pipeline.extraction.units import read_units
from pipeline.reading.document import Document, Paragraph
from pipeline.resources import data_dir

ASKED = "Bà con mong xã sửa con đường vào bản."
OPENED = "Đồng chí Chủ tịch khai mạc hội nghị."


def document(*texts: str) -> Document:
    paragraphs = tuple(Paragraph(n, text) for n, text in enumerate(texts, 1))
    return Document("a.txt", "txt", paragraphs, "0" * 64)


def gold(*texts: str) -> dict:
    return {"opinions": [{"text_start": text, "text_end": text} for text in texts]}


def units(one: Document):
    return read_units(one.paragraphs, read_lines(one.paragraphs))


class Field:
    """Stands for a trained field that is sure of its tags to some degree."""

    def __init__(self, tags: str, chance: float) -> None:
        self._tags, self._chance = list(tags), chance

    def tag(self, traits):
        return self._tags

    def labels(self):
        return ["B", "I", "O"]

    def marginals(self, traits):
        rest = (1 - self._chance) / 2
        return [[self._chance if name == tag else rest for name in "BIO"] for tag in self._tags]


def mended(tags: str, chance: float, first: str, fixed: str = "") -> str:
    tagger = UnitTagger(Field(tags, chance), SecondReadingSettings(margin=0.6))
    fixed = fixed or "." * len(first)
    traits = [["w"]] * len(first)
    return "".join(tagger.mended(traits, list(first), [one == "x" for one in fixed]))


def test_units_are_sentences_and_clauses_without_list_labels():
    found = units(document("1. Sửa đường; kéo điện. Bà con chờ đã lâu."))
    assert [unit.text for unit in found] == ["Sửa đường", "kéo điện.", "Bà con chờ đã lâu."]
    assert [unit.clause for unit in found] == [False, True, False]
    assert found[0].mark == "number" and found[0].count == 3


def test_traits_tell_words_shape_place_and_neighbours():
    first, second = traits_of(units(document(ASKED, OPENED)))
    assert {"w đường", "w sửa_con", "first0 bà", "shape Aa aaa a", "asks", "place 0"} <= {*first}
    assert "-1 asks" in second and "1 nothing" in second


def test_what_is_surely_another_replaces_the_first_tags_and_what_is_doubtful_does_not():
    assert mended("OBI", 0.95, "BOO") == "OBI"
    assert mended("OBI", 0.6, "BOO") == "BOO"
    assert mended("OBI", 0.95, "BOO", fixed=".x.") == "OOI"


def test_documents_of_too_many_units_are_read_by_the_rules_alone():
    tagger = UnitTagger(Field("OB", 0.99), SecondReadingSettings(most_units=1))
    assert tagger.mended([["w"], ["w"]], ["B", "O"], [False, False]) == ["B", "O"]


def test_marks_become_tags_by_most_letters():
    learned = marked(document(OPENED, f"{ASKED} Trạm y tế thiếu thuốc.", OPENED), gold(ASKED))
    assert learned.tags == ["O", "B", "O", "O"] and learned.opinions == 1


def test_what_is_learned_is_found_again_in_another_order():
    seen = [marked(document(OPENED, ASKED, OPENED), gold(ASKED)) for _ in range(5)]
    tagger = as_tagger(fit(seen, SecondReadingSettings()), SecondReadingSettings())
    other = traits_of(units(document(OPENED, OPENED, ASKED)))
    assert tagger.mended(other, ["O"] * 3, [False] * 3) == ["O", "O", "B"]


def test_nothing_to_learn_is_said():
    with pytest.raises(DataError, match="nothing to learn"):
        fit([marked(document(OPENED), gold())], SecondReadingSettings())


def copied(tmp_path):
    folder = tmp_path / "extraction"
    shutil.copytree(data_dir() / "extraction", folder)
    return folder


def test_a_file_that_the_manifest_does_not_name_is_not_opened(tmp_path):
    folder = copied(tmp_path)
    with (folder / MODEL_FILE).open("ab") as file:
        file.write(b"x")
    with pytest.raises(DataError, match="sha256"):
        load_tagger(folder)


@pytest.mark.parametrize("content", ["", "[]", "{}"])
def test_a_broken_manifest_is_named(tmp_path, content):
    folder = copied(tmp_path)
    (folder / MANIFEST_FILE).write_text(content, encoding="utf-8")
    with pytest.raises(DataError, match="train-extraction"):
        load_tagger(folder)


def test_train_extraction_writes_a_tagger_that_is_opened(tmp_path, monkeypatch):
    data = tmp_path / "data"
    for name in ("extraction", "phrases", "letters"):
        shutil.copytree(data_dir() / name, data / name)
    shutil.copy(data_dir() / "reading.toml", data)
    for name in ("one", "two"):
        (data / "marked" / name).mkdir(parents=True)
        for at in range(4):
            path = data / "marked" / name / f"{name}{at}.txt"
            path.write_text(f"{OPENED}\n{ASKED}\n{OPENED}\n", encoding="utf-8")
            marks = json.dumps(gold(ASKED), ensure_ascii=False)
            path.with_suffix(".json").write_text(marks, encoding="utf-8")
    folders = [str(data / "marked" / name) for name in ("one", "two")]
    monkeypatch.setenv("YKIEN_DATA", str(data))
    result = CliRunner().invoke(ykien, ["train-extraction", *folders, "--leave-out"])
    assert result.exit_code == 0, result.output
    assert "learned from 8 documents" in result.output
    assert "overall" in result.output and "1.00 1.00" in result.output
    facts = json.loads((data / "extraction" / MANIFEST_FILE).read_text(encoding="utf-8"))
    assert facts["documents"] == 8 and facts["opinions"] == 8
    load_tagger(data / "extraction")
