"""A folder of papers appears whole, the same for the same input, or not at all."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from sample_papers import options, run_result

from pipeline.errors import DataError, OutputError
from pipeline.papers import write_papers
from pipeline.papers.folder import whole_folder
from pipeline.papers.slips import file_name
from pipeline.routing import load_routing


@pytest.fixture(scope="module")
def routing():
    return load_routing()


@pytest.fixture(scope="module")
def written(routing, tmp_path_factory):
    out = tmp_path_factory.mktemp("papers") / "ket_qua"
    write_papers(run_result(2), out, routing=routing, options=options(on="2026-01-15"))
    return out


@pytest.mark.parametrize(
    "name",
    ["opinions.csv", "ledger.csv", "errors.csv", "run.json", "da_che.csv", "bang_tong_hop.xlsx",
     "bao_cao.html", "bao_cao_tong_hop.docx", "thong_bao_ket_luan.docx",
     "phieu_chuyen/p-kthtdt.docx", "phieu_chuyen/p-vhxh.docx", "phieu_chuyen/tiep-cong-dan.docx",
     "phieu_chuyen/cap-tren-so-xay-dung.docx"],
)  # fmt: skip
def test_papers_hold_every_file(written, name):
    assert (written / name).stat().st_size > 20


def test_papers_are_byte_equal_when_written_twice(written, routing, tmp_path):
    write_papers(run_result(2), tmp_path / "b", routing=routing, options=options(on="2026-01-15"))
    first = {p.relative_to(written): p.read_bytes() for p in written.rglob("*") if p.is_file()}
    again = tmp_path / "b"
    second = {p.relative_to(again): p.read_bytes() for p in again.rglob("*") if p.is_file()}
    assert first == second


def test_papers_stay_as_they_were_when_a_template_is_broken(routing, tmp_path, monkeypatch):
    out = tmp_path / "ket_qua"
    out.mkdir()
    (out / "bao_cao.html").write_text("cũ", encoding="utf-8")
    monkeypatch.setattr("pipeline.papers.write_page", _fail)
    with pytest.raises(DataError):
        write_papers(run_result(), out, routing=routing, options=options())
    assert [p.name for p in out.iterdir()] == ["bao_cao.html"]
    assert [p.name for p in tmp_path.iterdir()] == ["ket_qua"]


def _fail(*_):
    raise DataError("mẫu hỏng")


def test_folder_error_says_what_to_do_when_out_is_a_file(tmp_path):
    (tmp_path / "out").write_text("x")
    with pytest.raises(OutputError, match="chọn thư mục khác"), whole_folder(tmp_path / "out"):
        pass


def test_internal_list_goes_when_the_folder_is_made_anew_for_the_public(routing, tmp_path):
    out = tmp_path / "o"
    write_papers(run_result(2), out, routing=routing, options=options())
    (out / "ghi_chu.txt").write_text("của tôi", encoding="utf-8")
    write_papers(run_result(), out, routing=routing, options=options(audience="public"))
    assert not (out / "da_che.csv").exists() and not (out / "thong_bao").exists()
    assert (out / "ghi_chu.txt").read_text(encoding="utf-8") == "của tôi"


def test_folder_takes_all_back_when_one_file_cannot_be_moved(tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_text("cũ a")
    (tmp_path / "b.txt").write_text("cũ b")
    real = os.rename

    def stuck(source, target):
        if Path(target) == tmp_path / "b.txt" and Path(source).parent.name == "new":
            raise PermissionError(13, "đang mở")
        real(source, target)

    monkeypatch.setattr("pipeline.papers.folder.os.rename", stuck)
    with pytest.raises(OutputError, match="đóng các tệp"), whole_folder(tmp_path) as folder:
        (folder / "a.txt").write_text("mới a")
        (folder / "b.txt").write_text("mới b")
    kept = {p.name: p.read_text() for p in tmp_path.iterdir()}
    assert kept == {"a.txt": "cũ a", "b.txt": "cũ b"}


def test_every_file_name_is_safe_on_windows(written):
    names = [p.name for p in written.rglob("*")]
    assert all(re.fullmatch(r"[A-Za-z0-9_.-]+", name) for name in names)


@pytest.mark.parametrize(
    ("code", "place", "name"),
    [("p-vhxh", "", "p-vhxh"), ("a/..\\b", "", "a-b"), ("p", "xã Ô Quý Hồ", "p_xa-o-quy-ho"),
     ("", "", "khong-ro"), ("con", "", "con-")],
)  # fmt: skip
def test_file_name_keeps_plain_letters_only(code, place, name):
    assert file_name(code, place) == name


@pytest.mark.parametrize(
    "text",
    ["\x00\x0b\x1f a", "{{ 7*7 }} {% for x in y %}", "</w:t><b>&amp;", "=1+1", "\ufffe" * 3, ""],
)
def test_any_text_goes_through_every_paper(routing, tmp_path, text):
    result = run_result(2)
    result.opinions = result.opinions.assign(text=text, reply=text, speaker=text, context=text)
    written = write_papers(result, tmp_path / "o", routing=routing, options=options())
    assert len(written) > 10


def test_papers_of_a_run_without_opinions_are_written(routing, tmp_path):
    result = run_result(2)
    result.opinions = result.opinions.iloc[0:0]
    write_papers(result, tmp_path / "o", routing=routing, options=options(on="2026-01-15"))
    assert "0 ý kiến" not in (tmp_path / "o" / "errors.csv").read_text(encoding="utf-8-sig")
    assert (tmp_path / "o" / "bang_tong_hop.xlsx").exists()


def test_missing_values_are_no_obstacle(routing, tmp_path):
    result = run_result()
    result.opinions = result.opinions.assign(confidence=float("nan"), lead="", due="", commune="")
    write_papers(result, tmp_path / "o", routing=routing, options=options())
    html = (tmp_path / "o" / "bao_cao.html").read_text(encoding="utf-8")
    assert not re.search(r"\bnan\b", html)
    assert (tmp_path / "o" / "phieu_chuyen" / "chua-ro-co-quan.docx").exists()
