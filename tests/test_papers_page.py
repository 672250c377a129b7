"""The leaders' page: offline, escaped, reachable, masked for its audience."""

from __future__ import annotations

import re
import zipfile
from html.parser import HTMLParser
from pathlib import Path

import pytest
from sample_papers import opinions, options, run_result

from pipeline.errors import DataError
from pipeline.papers import write_papers
from pipeline.papers.charts import bar_chart
from pipeline.papers.figures import Figure
from pipeline.papers.lines import lines_of
from pipeline.papers.names import Names
from pipeline.papers.repeated import repeated_groups
from pipeline.routing import load_routing


@pytest.fixture(scope="module")
def routing():
    return load_routing()


@pytest.fixture(scope="module")
def pages(routing, tmp_path_factory):
    made = {}
    for audience in ("internal", "agency", "public"):
        out = tmp_path_factory.mktemp(audience) / "o"
        given = options(audience=audience, on="2026-01-15")
        write_papers(run_result(2), out, routing=routing, options=given)
        made[audience] = out
    return made


def page(folder) -> str:
    return (folder / "bao_cao.html").read_text(encoding="utf-8")


def test_page_asks_nothing_of_the_network(pages):
    html = page(pages["internal"])
    assert not re.search(r"""(?:src|href)=["'](?!#)""", html)
    assert "<script" not in html and "default-src 'none'" in html


def test_page_escapes_what_people_said(pages):
    html = page(pages["internal"])
    assert "cầu &lt;mới&gt;" in html and "<mới>" not in html


def test_every_link_of_the_page_has_a_target(pages):
    html = page(pages["internal"])
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert set(re.findall(r'href="#([^"]+)"', html)) <= set(ids)
    assert len(ids) == len(set(ids))


class _Outline(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags, self.levels, self.bare = set(), [], 0

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.levels += [int(tag[1])] if re.fullmatch("h[1-6]", tag) else []
        self.bare += tag == "th" and "scope" not in dict(attrs)


def test_page_has_landmarks_headings_in_order_and_scoped_headings_of_tables(pages):
    outline = _Outline()
    outline.feed(page(pages["internal"]))
    assert {"header", "nav", "main", "footer", "caption", "title"} <= outline.tags
    steps = zip(outline.levels, outline.levels[1:], strict=False)
    assert outline.levels[0] == 1 and all(after - before <= 1 for before, after in steps)
    assert outline.bare == 0
    assert '<html lang="vi">' in page(pages["internal"])


def test_page_shows_documents_coloured_by_class(pages):
    html = page(pages["internal"])
    assert 'class="doan opinion"' in html and 'class="doan formality"' in html


@pytest.mark.parametrize(
    ("audience", "absent"),
    [("agency", ("0915", "Quốc Tạo")),
     ("public", ("0915", "Quốc Tạo", "Sềnh", "tổ 3", "nhận tiền", "bien_ban", "Bùi Quang Khải"))],
)  # fmt: skip
def test_no_file_tells_an_audience_too_much(pages, audience, absent):
    for path in (path for path in pages[audience].rglob("*.*") if path.is_file()):
        assert [word for word in absent if word in told_by(path)] == [], path.name


def told_by(path: Path) -> str:
    if path.suffix not in {".docx", ".xlsx"}:
        return path.read_text(encoding="utf-8-sig")
    with zipfile.ZipFile(path) as parts:
        xml = (parts.read(name) for name in parts.namelist() if name.endswith(".xml"))
        return re.sub("<[^>]+>", "", b" ".join(xml).decode("utf-8", "replace"))


def test_list_of_masked_things_is_internal(pages):
    assert (pages["internal"] / "da_che.csv").exists()
    assert not (pages["agency"] / "da_che.csv").exists()


def test_broken_page_template_is_named(routing, tmp_path, monkeypatch):
    import shutil

    from pipeline.resources import data_dir

    folder = shutil.copytree(data_dir(), tmp_path / "data")
    (folder / "papers" / "bao_cao.html").write_text("{{ la_lam }}", encoding="utf-8")
    monkeypatch.setenv("YKIEN_DATA", str(folder))
    with pytest.raises(DataError, match=r"bao_cao\.html.*la_lam"):
        write_papers(run_result(), tmp_path / "o", routing=routing, options=options())


def test_chart_escapes_names_and_folds_the_small_bars(routing):
    lines = lines_of(opinions(), Names(routing, routing.latest_day))
    figures = [Figure(f"<b>{n}", tuple(lines)) for n in range(20)]
    svg = str(bar_chart("Biểu đồ", figures, [f"a{n}" for n in range(20)], 5))
    assert "<b>" not in svg and "8 mục còn lại" in svg


def test_repeated_opinions_are_grouped_whatever_their_diacritics(routing):
    table = opinions().head(3).assign(
        text=["Đèn đường tổ 3 hỏng ba tháng", "Den duong to 3 hong ba thang roi", "Xin sổ đỏ cho hộ"]
    )  # fmt: skip
    groups = repeated_groups(lines_of(table, Names(routing, routing.latest_day)))
    assert [[line.number for line in group] for group in groups] == [[1, 2]]
