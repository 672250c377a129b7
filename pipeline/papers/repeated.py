"""Finds matters that were raised more than once; they are shown, never taken out of counts."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.papers.lines import THANKS, Line
from pipeline.topics.text import fold

ALIKE = 0.3
_SHORTEST, _BLOCK = 12, 2000


def repeated_groups(lines: Sequence[Line], *, alike: float = ALIKE) -> list[tuple[Line, ...]]:
    """Return groups of opinions that say much the same, the largest first.

    Two opinions are alike if the cosine of their TF-IDF vectors of syllables
    and pairs of syllables (without diacritics, since people type either way) is
    at least `alike`; an opinion joins a group by being alike to its first one.

    Parameters
    ----------
    lines
        Opinions of one or many meetings.
    alike
        Cosine, 0 to 1.
    """
    from sklearn.feature_extraction.text import TfidfVectorizer

    told = [
        line
        for line in lines
        if len(line.text) >= _SHORTEST and line.kind != THANKS and not line.is_complaint
    ]
    if len(told) < 2:
        return []
    vectorizer = TfidfVectorizer(
        preprocessor=fold, token_pattern=r"(?u)\b\w\w+\b", ngram_range=(1, 2), sublinear_tf=True
    )
    try:
        vectors = vectorizer.fit_transform([line.text for line in told])
    except ValueError:  # nothing but punctuation
        return []
    groups: list[tuple[Line, ...]] = []
    taken: set[int] = set()
    for start in range(0, len(told), _BLOCK):
        near = (vectors[start : start + _BLOCK] @ vectors.T).tocsr()
        for row in range(near.shape[0]):
            members = _members(near, row, start + row, alike, taken)
            if len(members) > 1:
                taken.update(members)
                groups.append(tuple(told[member] for member in members))
    return sorted(groups, key=lambda group: (-len(group), group[0].number))


def _members(near, row: int, own: int, alike: float, taken: set[int]) -> list[int]:
    if own in taken:
        return []
    begin, end = near.indptr[row], near.indptr[row + 1]
    found = {
        int(column)
        for column, value in zip(near.indices[begin:end], near.data[begin:end], strict=True)
        if value >= alike and int(column) not in taken
    }
    return sorted(found | {own})
