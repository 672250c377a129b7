"""A short search for files that make a reader crash, hang or raise."""

from __future__ import annotations

from fuzz_reading import outcomes


def test_readers_survive_mutated_files():
    counts, bad = outcomes(seconds=20, seed=20, most=900)
    assert bad == []
    assert counts["document"] > 20
    assert counts["unread"] > 20
