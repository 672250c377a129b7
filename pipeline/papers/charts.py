"""Draws bar charts as inline SVG that needs no network and reads aloud well."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.papers.figures import Figure, number, share

_ROW, _LABEL, _BAR, _LETTERS, _MOST = 26, 340, 320, 50, 12


def bar_chart(title: str, figures: Sequence[Figure], anchors: Sequence[str], whole: int) -> str:
    """Return one horizontal bar a figure, each a link to the lines behind it.

    Parameters
    ----------
    title
        Name of the chart, read by screen readers.
    figures, anchors
        What to draw, and the id on the page to which each bar leads.
    whole
        The number of which each figure is a share.

    Returns
    -------
    Markup
        SVG; every text in it is escaped.
    """
    from markupsafe import Markup

    figures, anchors = _leading(figures, anchors)
    most = max((figure.value for figure in figures), default=1) or 1
    width, height = _LABEL + _BAR + 110, _ROW * len(figures) + 6
    bars = [
        _bar(row, figure, anchor, most, whole)
        for row, (figure, anchor) in enumerate(zip(figures, anchors, strict=True))
    ]
    spoken = "; ".join(f"{figure.name}: {figure.value}" for figure in figures)
    return Markup(
        '<svg viewBox="0 0 {} {}" role="group" aria-label="{}. {}" class="chart">{}</svg>'
    ).format(width, height, title, spoken, Markup("").join(bars))


def _leading(figures: Sequence[Figure], anchors: Sequence[str]) -> tuple[list[Figure], list[str]]:
    """A chart of sixty bars says nothing: the small ones become one bar."""
    if len(figures) <= _MOST + 1:
        return list(figures), list(anchors)
    rest = tuple(line for figure in figures[_MOST:] for line in figure.lines)
    others = Figure(f"{len(figures) - _MOST} mục còn lại", rest)
    return [*figures[:_MOST], others], list(anchors[: _MOST + 1])


def _bar(row: int, figure: Figure, anchor: str, most: int, whole: int) -> str:
    from markupsafe import Markup

    long = max(round(_BAR * figure.value / most), 1)
    middle = row * _ROW + _ROW / 2
    name = figure.name if len(figure.name) <= _LETTERS else figure.name[: _LETTERS - 1] + "…"
    return Markup(
        '<a href="#{}"><title>{}: {}</title>'
        '<text x="{}" y="{}" text-anchor="end" dominant-baseline="middle">{}</text>'
        '<rect x="{}" y="{}" width="{}" height="{}" rx="2"></rect>'
        '<text x="{}" y="{}" dominant-baseline="middle">{} ({})</text></a>'
    ).format(
        anchor, figure.name, figure.value,
        _LABEL - 8, middle, name,
        _LABEL, row * _ROW + 4, long, _ROW - 8,
        _LABEL + long + 6, middle, number(figure.value), share(figure.value, whole),
    )  # fmt: skip
