"""One opinion gets its agencies, competence and due date."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from pipeline.errors import DataError
from pipeline.routing import BEYOND, load_routing, route_opinion, route_table


@pytest.fixture(scope="module")
def routing():
    return load_routing()


@pytest.mark.parametrize(
    ("day", "lead", "successor"),
    [
        ("2024-05-05", "p-tnmt", "p-kthtdt"),
        ("2025-03-05", "p-nnmt", "p-kthtdt"),
        ("2025-08-05", "p-kthtdt", ""),
    ],
)
def test_lead_follows_the_meeting_date_and_names_who_answers_today(routing, day, lead, successor):
    route = route_opinion("Làm sổ đỏ ba năm chưa xong", "land", routing, meeting_date=day)
    assert (route.lead, route.successor) == (lead, successor)


def test_successor_of_a_split_department_follows_the_matter(routing):
    asked = {"meeting_date": "2024-05-05", "on": None}
    trade = route_opinion("Sạp ở chợ tăng tiền thuê", "tourism", routing, **asked)
    assert (trade.lead, trade.successor) == ("p-kinh-te", "p-kthtdt")


@pytest.mark.parametrize(
    ("place", "lead"), [("phường Sa Pa", "p-kthtdt"), ("xã Bản Hồ", "p-kinh-te-xa")]
)
def test_economic_department_has_another_name_in_a_xa(routing, place, lead):
    route = route_opinion(
        "Đường lầy lội", "planning", routing, meeting_date="2025-09-01", meeting_place=place
    )
    assert route.lead == lead


@pytest.mark.parametrize("topic_text", [("planning", "Điện yếu"), ("planning", "Nước máy bẩn")])
def test_company_only_coordinates(routing, topic_text):
    route = route_opinion(topic_text[1], topic_text[0], routing, meeting_date="2025-09-01")
    assert routing.agencies[route.lead].level != "doanh-nghiep"
    assert any(routing.agencies[code].level == "doanh-nghiep" for code in route.coordinate)


@pytest.mark.parametrize(
    ("text", "topic", "forward", "competence"),
    [
        ("Tỉnh lộ 152 hỏng nặng", "planning", "so-xay-dung", "tinh"),
        ("Vốn chương trình mục tiêu quốc gia về chậm", "agriculture", "so-nnmt", "trung-uong"),
        ("Đề nghị Chính phủ nâng trợ cấp", "social", "so-y-te", "trung-uong"),
    ],
)
def test_matter_above_the_office_is_forwarded(routing, text, topic, forward, competence):
    route = route_opinion(text, topic, routing, meeting_date="2025-09-01")
    assert forward in route.forward
    assert route.competence == competence and BEYOND in route.notes


def test_matter_in_another_commune_goes_to_its_committee(routing):
    route = route_opinion(
        "Ở xã Tả Phìn nhà tôi có ruộng, làm bìa mãi không được", "land", routing,
        meeting_date="2025-09-01", meeting_place="phường Sa Pa",
    )  # fmt: skip
    assert route.lead == "ubnd-xa-ta-phin"
    assert "p-kthtdt" in route.coordinate


def test_road_that_leads_elsewhere_stays(routing):
    route = route_opinion(
        "Đường từ thôn đi xã Bản Hồ lầy lội", "planning", routing,
        meeting_date="2025-09-01", meeting_place="xã Tả Van",
    )  # fmt: skip
    assert route.lead == "p-kinh-te-xa"


def test_town_office_leads_within_the_town_and_names_the_commune(routing):
    route = route_opinion(
        "Nước thải chảy ra suối", "environment", routing,
        meeting_date="2024-06-06", meeting_place="UBND thị xã Sa Pa",
        address="thôn Cát Cát, xã Hoàng Liên",
    )  # fmt: skip
    assert route.lead == "p-tnmt" and "ubnd-xa-hoang-lien-cu" in route.coordinate


def test_secondary_topics_bring_their_leads_as_coordinating(routing):
    route = route_opinion(
        "Làm bìa bị gợi ý phong bì", "cadres", routing, also=["land"], meeting_date="2024-01-05"
    )
    assert route.lead == "p-noi-vu" and "p-tnmt" in route.coordinate


@pytest.mark.parametrize("kind", ["khiếu nại", "tố cáo"])
def test_complaint_has_the_days_of_its_law_and_a_warning(routing, kind):
    route = route_opinion("Tính sót nhà bếp", "land", routing, kind=kind, meeting_date="2025-09-01")
    assert route.due == date(2025, 10, 1) and "Luật" in route.due_rule
    assert route.lead and any("tiếp công dân" in note for note in route.notes)


def test_missing_meeting_date_takes_the_given_day_and_sets_no_due_date(routing):
    now = route_opinion("Đo lại đất", "land", routing)
    then = route_opinion("Đo lại đất", "land", routing, on=date(2024, 1, 1))
    assert (now.lead, then.lead) == ("p-kthtdt", "p-tnmt")
    assert now.due is None and then.due is None


def test_unknown_topic_is_refused_with_remedy(routing):
    with pytest.raises(DataError, match=r"'weather' has no rule .* Add a row"):
        route_opinion("Trời rét", "weather", routing)


def test_table_gains_joined_codes_and_keeps_its_columns(routing):
    table = pd.DataFrame(
        {"text": ["Điện yếu", "Xin cảm ơn"], "topic": ["planning", "other"],
         "kind": ["kiến nghị", "cảm ơn"], "meeting_date": ["2024-05-05", None]}
    )  # fmt: skip
    routed = route_table(table, routing)
    assert list(routed.columns) == [*table.columns, "lead", "coordinate", "forward", "due", "rule"]
    assert routed["coordinate"][0] == "dien-luc" and routed["due"].tolist() == ["2024-06-04", ""]
    assert "lead" not in table


def test_empty_table_gains_its_columns(routing):
    assert "rule" in route_table(pd.DataFrame({"text": [], "topic": []}), routing)


def test_table_reads_real_dates_and_gives_other_to_rows_without_topic(routing):
    days = pd.to_datetime(pd.Series(["2024-05-05", None]))
    table = pd.DataFrame({"text": ["A", "B"], "topic": ["", None], "meeting_date": days})
    routed = route_table(table, routing)
    assert routed["rule"].tolist() == ["AB-other-chung", "C-other-chung"]
    assert routed["due"].tolist() == ["2024-06-04", ""]
