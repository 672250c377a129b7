"""Days are counted by Vietnam's calendar."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.routing import load_routing, meeting_steps
from pipeline.routing.deadlines import due_date


@pytest.fixture(scope="module")
def routing():
    return load_routing()


@pytest.mark.parametrize(
    ("start", "count", "unit", "end"),
    [
        ("2025-03-05", 10, "ngày", "2025-03-15"),
        ("2025-03-05", 10, "ngày làm việc", "2025-03-19"),
        ("2026-02-13", 1, "ngày làm việc", "2026-02-23"),
        ("2024-04-26", 1, "ngày làm việc", "2024-05-02"),
        ("2024-05-03", 1, "ngày làm việc", "2024-05-04"),
        ("2025-04-25", 1, "ngày làm việc", "2025-04-26"),
        ("2025-08-29", 1, "ngày làm việc", "2025-09-03"),
        ("2025-03-10", -7, "ngày", "2025-03-03"),
        ("2025-03-10", -1, "ngày làm việc", "2025-03-07"),
    ],
)
def test_days_are_counted_apart(routing, start, count, unit, end):
    day = routing.calendar.add(date.fromisoformat(start), count, unit)
    assert day == date.fromisoformat(end)


def test_due_date_on_a_day_off_moves_to_the_next_working_day(routing):
    day, rule = due_date(routing.deadlines, routing.calendar, "kiến nghị", date(2025, 1, 2))
    assert day == date(2025, 2, 3) and rule == "mặc định của chương trình: 30 ngày"


def test_thanks_have_no_due_date(routing):
    assert due_date(routing.deadlines, routing.calendar, "cảm ơn", date(2025, 1, 2)) == (None, "")


@pytest.mark.parametrize(("day", "known"), [(date(2024, 5, 5), False), (date(2025, 9, 9), True)])
def test_duty_to_publish_holds_from_its_law(routing, day, known):
    steps = {step.id: due for step, due in meeting_steps(routing.deadlines, routing.calendar, day)}
    assert ("cong-bo-ket-qua" in steps) is known
    assert steps["chuyen-co-quan"] > day


def test_only_seen_rules_and_own_defaults_set_days(routing):
    for deadline in routing.deadlines:
        assert deadline.program_default or (deadline.mark and deadline.basis)
