"""Gives each audience its own copy of the tables: internal, agency or public."""

from __future__ import annotations

AUDIENCES = ("internal", "agency", "public")


def stricter(audience: str, floor: str) -> str:
    """Return the audience that is told less.

    Examples
    --------
    >>> stricter("internal", "agency")
    'agency'
    """
    return max(audience, floor, key=AUDIENCES.index)
