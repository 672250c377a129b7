"""One opinion gets its agencies, competence and due date."""

from __future__ import annotations

import pytest

from pipeline.routing import check_routing, load_routing, route_opinion


@pytest.fixture(scope="module")
def routing():
    return load_routing()


def test_shipped_data_has_no_problem():
    assert check_routing() == []


@pytest.mark.parametrize(
    ("day", "lead"),
    [("2024-05-05", "p-tnmt"), ("2025-03-05", "p-nnmt"), ("2025-08-05", "p-kthtdt")],
)
def test_lead_follows_the_meeting_date(routing, day, lead):
    route = route_opinion("Làm sổ đỏ ba năm chưa xong", "land", routing, meeting_date=day)
    assert route.lead == lead
