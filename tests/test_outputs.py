"""A file appears whole or not at all."""

from __future__ import annotations

import pytest

from pipeline.errors import OutputError
from pipeline.outputs import whole_file


def test_what_is_written_takes_the_place_of_what_stood_there(tmp_path) -> None:
    path = tmp_path / "new" / "a.csv"
    for text in ("one", "two"):
        with whole_file(path, remedy="") as unfinished:
            unfinished.write_text(text)
        assert path.read_text() == text
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), ValueError("no table")])
def test_what_fails_leaves_the_old_file_and_nothing_else(tmp_path, error) -> None:
    path = tmp_path / "a.csv"
    path.write_text("old")
    with (
        pytest.raises((OutputError, ValueError)) as caught,
        whole_file(path, remedy="Hãy giải phóng ổ đĩa.") as unfinished,
    ):
        unfinished.write_text("half")
        raise error
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]
    if isinstance(error, OSError):
        assert f"{path}: không ghi được" in str(caught.value)
        assert "Hãy giải phóng ổ đĩa." in str(caught.value)


def test_place_that_cannot_be_a_folder_is_told(tmp_path) -> None:
    (tmp_path / "file").write_text("")
    with (
        pytest.raises(OutputError, match=r"a\.csv: không ghi được"),
        whole_file(tmp_path / "file" / "a.csv", remedy="") as unfinished,
    ):
        unfinished.write_text("never")
