"""Settings in TOML: what is refused, and with which words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest

from pipeline.errors import DataError
from pipeline.reading.options import ReadingOptions, default_options
from pipeline.settings import filled, read_toml


@dataclass(frozen=True)
class Sample:
    share: float = 0.5
    language: str = "vie"
    weights: Mapping[str, float] = field(default_factory=lambda: {"syllables": 1.0})


def test_values_take_the_place_of_defaults(tmp_path) -> None:
    path = tmp_path / "a.toml"
    path.write_bytes("\ufeffshare = 0.2\n[weights]\nwords = 2\n".encode())
    assert filled(Sample, read_toml(path), path) == Sample(share=0.2, weights={"words": 2})


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("shares = 1", "unknown setting 'shares'. Use: language, share, weights."),
        ("share = -1", "share = -1 is not a number from 0 up"),
        ("share = true", "share = True is not a number"),
        ("language = 3", "language = 3 is no text"),
        ("weights = 1", "weights = 1 is no table of numbers"),
        ('weights = {a = "b"}', "is no table of numbers"),
        ("share =", "cannot be read"),
    ],
)
def test_what_cannot_be_is_refused_with_file_and_name(line, said, tmp_path) -> None:
    path = tmp_path / "a.toml"
    path.write_text(line, encoding="utf-8")
    with pytest.raises(DataError, match="a.toml") as error:
        filled(Sample, read_toml(path), path)
    assert said in str(error.value)


def test_limits_of_reading_are_written_in_megabytes(tmp_path, monkeypatch) -> None:
    (tmp_path / "reading.toml").write_text(
        "[limits]\nfile_megabytes = 1.5\npages = 2e1\n", encoding="utf-8"
    )
    monkeypatch.setenv("YKIEN_DATA", str(tmp_path))
    limits = default_options().limits
    assert (limits.file_bytes, limits.pages) == (1_500_000, 20)
    assert isinstance(limits.pages, int)
    assert limits.unpacked_bytes == 400_000_000


def test_settings_of_reading_as_delivered_are_the_defaults() -> None:
    assert default_options() == ReadingOptions()


def test_limits_of_reading_that_are_no_numbers_are_refused(tmp_path, monkeypatch) -> None:
    (tmp_path / "reading.toml").write_text('[limits]\npages = "many"\n', encoding="utf-8")
    monkeypatch.setenv("YKIEN_DATA", str(tmp_path))
    with pytest.raises(DataError, match="pages = 'many' is not a number"):
        default_options()
