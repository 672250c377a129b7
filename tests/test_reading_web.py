"""Web pages: what a browser shows, in its order; nothing is run and nothing is fetched."""

from __future__ import annotations

import pytest
import sample_files

from pipeline.reading.options import default_options
from pipeline.reading.web import read_html

OPTIONS = default_options()


def read(body: str, head: str = "") -> list:
    page = f"<html><head>{head}</head><body>{body}</body></html>"
    return list(read_html(page.encode(), OPTIONS).paragraphs)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param("<p>một <b>hai</b> ba</p>", ["một hai ba"], id="inline"),
        pytest.param("a<br>b<div>c</div>d", ["a", "b", "c", "d"], id="blocks"),
        pytest.param("<div><div>x<p>y</p>z</div></div>", ["x", "y", "z"], id="nested blocks"),
        pytest.param("<script>a</script><style>b</style><p>c</p>", ["c"], id="script and style"),
        pytest.param("<p hidden>a</p><p style='display: none'>b</p>c", ["c"], id="hidden"),
        pytest.param("<!-- a --><p>b &amp; c&nbsp;d</p>", ["b & c d"], id="comment and entity"),
        pytest.param("<p>a<p>b", ["a", "b"], id="unclosed"),
    ],
)
def test_read_html_gives_the_paragraphs_that_are_shown(body, expected):
    assert [each.text for each in read(body)] == expected


def test_read_html_labels_list_items():
    found = read("<ol start=3><li>a</li><li><p>b</p></li></ol><ul><li>c</li></ul>")
    assert [(each.label, each.text) for each in found] == [("3.", "a"), ("4.", "b"), ("•", "c")]


def test_read_html_tells_menus_and_feet_from_the_text():
    found = read(
        "<nav>menu</nav><article><header>Tên bài</header>bài</article><footer>chân</footer>"
    )
    assert [(each.part, each.text) for each in found] == [
        ("header", "menu"), ("body", "Tên bài"), ("body", "bài"), ("footer", "chân"),
    ]  # fmt: skip


def test_read_html_places_cells_beside_spans():
    found = read(
        "<table><tr><th>STT<th colspan=2>Nội dung<th>Trả lời</tr>"
        "<tr><td rowspan=2>1<td>a<td>b<td>c</tr><tr><td>d<td>e<td>f</tr></table>"
    )
    assert [(each.place.row, each.place.column, each.text) for each in found[3:]] == [
        (2, 1, "1"), (2, 2, "a"), (2, 3, "b"), (2, 4, "c"), (3, 2, "d"), (3, 3, "e"), (3, 4, "f"),
    ]  # fmt: skip
    assert found[-1].heading == "Trả lời"


def test_read_html_gives_nested_tables_numbers_of_their_own():
    found = read("<table><tr><td>a<table><tr><td>b</table></td><td>c</table>")
    assert [(each.place.table, each.text) for each in found] == [(1, "a"), (2, "b"), (1, "c")]


def test_read_html_believes_the_declared_encoding():
    page = "<meta charset='windows-1252'><p>café à la carte, naïve façade</p>".encode("cp1252")
    assert read_html(page, OPTIONS).paragraphs[0].text == "café à la carte, naïve façade"


def test_read_html_marks_headings_as_bold():
    assert [each.bold for each in read("<h2>Mục</h2><p>a <b>b</b></p><p><b>c</b></p>")] == [
        True, False, True,
    ]  # fmt: skip


def test_read_html_gives_the_sample_whole():
    content = read_html(sample_files.html(rows=sample_files.TABLE), OPTIONS)
    body = [each.text for each in content.paragraphs if each.part == "body"]
    cells = [each.text for each in content.paragraphs if each.part == "cell"]
    assert body == list(sample_files.PARAGRAPHS)
    assert cells == [cell for row in sample_files.TABLE for cell in row if cell]
