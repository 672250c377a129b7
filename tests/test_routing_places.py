"""Communes, wards and villages are recognised by old and new names."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.routing import load_routing

OLD, NEW = date(2024, 5, 5), date(2025, 9, 9)


@pytest.fixture(scope="module")
def places():
    return load_routing().places


def found(places, text, day, **options):
    return [mention.unit.full_name for mention in places.find(text, day, **options)]


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        ("phường Sa Pả", "phường Sa Pả", "phường Sa Pa"),
        ("Tổ 3, P. Sa Pa", "phường Sa Pa", "phường Sa Pa"),
        ("xã Mường Hoa", "xã Mường Hoa", "xã Tả Van"),
        ("xã Hầu Thào", "xã Mường Hoa", "xã Tả Van"),
        ("thôn Cát Cát", "xã Hoàng Liên", "xã Tả Van"),
        ("TDP Cầu Mây 2", "phường Cầu Mây", "phường Sa Pa"),
        ("xã Minh Quân", "xã Minh Quân", "phường Âu Lâu"),
        ("xã Minh Quán", "xã Minh Quán", "xã Trấn Yên"),
        ("ban Seo Mi Ty", "xã Tả Van", "xã Tả Van"),
        ("xã Thanh Bình, huyện Mường Khương", "xã Thanh Bình", "xã Mường Khương"),
    ],
)
def test_name_means_the_unit_of_the_day(places, text, old, new):
    assert found(places, text, OLD) == [old]
    assert found(places, text, NEW) == [new]


def test_tone_twins_without_diacritics_are_not_guessed(places):
    assert found(places, "phuong sa pa", OLD) == []


@pytest.mark.parametrize(
    "text", ["thôn Sín Chải", "đưa lên thị xã Sa Pa", "lên Sa Pa chơi", "len Sa Pa"]
)
def test_ambiguous_or_wide_names_are_not_communes(places, text):
    assert found(places, text, OLD) == []


def test_village_of_several_communes_is_known_by_its_commune(places):
    assert found(places, "thôn Sín Chải, xã Trung Chải", OLD) == ["xã Trung Chải"]


@pytest.mark.parametrize("text", ["phường Phan Xi Păng", "P.Phan Si Pang, Sa Pa"])
def test_misspelt_address_is_recognised(places, text):
    assert found(places, text, OLD, loose=True) == ["phường Phan Si Păng"]


@pytest.mark.parametrize("text", ["đỉnh Phan Si Păng", "đi Bản Hồ", "tuyến Tả Van - Bản Hồ"])
def test_name_of_a_sight_or_a_direction_is_not_where_the_matter_lies(places, text):
    assert all(mention.direction for mention in places.find(text, OLD)[:1])


def test_every_old_unit_leads_to_a_unit_of_today(places):
    old = [unit for unit in places.units.values() if unit.last < NEW and unit.district]
    assert len(old) >= 319 and all(places.on_day(unit.id, NEW) for unit in old)


def test_sixteen_units_of_sa_pa_became_six(places):
    old = [unit for unit in places.units.values() if unit.district == "Thị xã Sa Pa"]
    assert len(old) == 16 and len({places.on_day(unit.id, NEW).id for unit in old}) == 6
