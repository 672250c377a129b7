"""Routing is measured on opinions marked by hand."""

from __future__ import annotations

import pytest

from pipeline.routing import evaluate_routing


@pytest.fixture(scope="module")
def report():
    return evaluate_routing()


def test_lead_is_right_for_nearly_all_marked_opinions(report):
    assert report.opinions >= 300 and report.lead_accuracy >= 0.95


def test_every_period_is_covered_and_good(report):
    assert set(report.by_period) == {"phuong-xa", "thi-xa-a", "thi-xa-b"}
    assert min(report.by_period.values()) >= 0.95


def test_coordinating_and_forward_are_mostly_right(report):
    assert report.coordinate_recall >= 0.9 and report.forward_accuracy >= 0.95


def test_every_agency_can_be_reached(report):
    assert report.unreachable == ()
