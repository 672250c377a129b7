"""Faults in the tables are named with file, row, column and remedy."""

from __future__ import annotations

import csv
import shutil

import pytest

from pipeline.errors import DataError
from pipeline.resources import data_dir
from pipeline.routing import load_routing

FOLDERS = ("agencies", "routing", "units", "calendar", "topics")


@pytest.fixture
def copy(tmp_path):
    for name in FOLDERS:
        shutil.copytree(data_dir() / name, tmp_path / name)
    shutil.copy(data_dir() / "office.toml", tmp_path)
    return tmp_path


def edit(path, change, delimiter=","):
    with path.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    change(rows)
    with path.open("w", encoding="utf-8-sig", newline="") as lines:
        writer = csv.DictWriter(lines, rows[0].keys(), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)


def row_of(rows, **cells):
    return next(row for row in rows if all(row[key] == value for key, value in cells.items()))


def problems_of(folder):
    with pytest.raises(DataError) as caught:
        load_routing(folder)
    return caught.value.problems


def test_shipped_data_has_no_problem():
    assert load_routing().rules


FAULTS = [
    ("routing/rules.csv", {"id": "A-land-chung"}, {"lead": "p-vu-tru"}, "column lead: no agency has the code 'p-vu-tru'"),
    ("routing/rules.csv", {"id": "C-land-chung"}, {"lead": "p-tnmt"}, "column lead: p-tnmt does not exist on"),
    ("routing/rules.csv", {"id": "C-planning-power"}, {"lead": "dien-luc"}, "is a company and cannot lead"),
    ("routing/rules.csv", {"id": "C-land-chung"}, {"topic": "landd"}, "land has no default rule on 2025-07-01"),
    ("routing/rules.csv", {"id": "C-land-chung"}, {"valid_to": "31/12/2025"}, "land has no default rule on 2026-01-01"),
    ("routing/rules.csv", {"id": "C-land-dispute"}, {"matter": "price"}, "are equal in rank and both fit"),
    ("routing/rules.csv", {"id": "C-land-dispute"}, {"matter": "prices"}, "'prices' is no matter of land"),
    ("routing/rules.csv", {"id": "C-land-dispute"}, {"period": "tuong-lai"}, "column period: 'tuong-lai' is unknown"),
    ("routing/rules.csv", {"id": "C-land-dispute"}, {"valid_from": "mai"}, "'mai' is not a date"),
    ("routing/rules.csv", {"id": "C-land-dispute"}, {"mark": "X"}, "column mark: 'X' is unknown"),
    ("routing/matters.csv", {"matter": "dispute"}, {"words": ""}, "column words: empty"),
    ("routing/periods.csv", {"code": "phuong-xa"}, {"valid_from": "2025-08-01"}, "no period holds between"),
    ("routing/periods.csv", {"code": "phuong-xa"}, {"valid_from": "2025-06-01"}, "overlap, for example on 2025-06-01"),
    ("routing/beyond.csv", {"id": "quoc-lo"}, {"forward": "so-la"}, "column forward: no agency 'so-la'"),
    ("routing/deadlines.csv", {"id": "to-cao"}, {"limit": "ba mươi"}, "column limit: 'ba mươi' is no number"),
    ("agencies/agencies.csv", {"code": "p-vhxh"}, {"code": "p-kthtdt"}, "'p-kthtdt' stands already in row"),
    ("agencies/agencies.csv", {"code": "p-tnmt"}, {"successor": "p-mai"}, "column successor: no agency"),
    ("agencies/agencies.csv", {"code": "p-tnmt"}, {"name": ""}, "column name: empty"),
    ("units/units.csv", {"id": "xa-muong-hoa-cu"}, {"name": "Tả Van"}, "xã Tả Van stands twice in thi-xa"),
    ("units/units.csv", {"id": "xa-muong-hoa-cu"}, {"successor": "xa-mai"}, "no unit 'xa-mai'"),
    ("units/villages.csv", {"name": "Cát Cát"}, {"unit": "xa-mai"}, "no unit 'xa-mai'"),
    ("calendar/swaps.csv", {"date": "2025-05-02"}, {"becomes": "chơi"}, "column becomes: 'chơi' is unknown"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "where", "cells", "message"), FAULTS)
def test_fault_is_named(copy, file, where, cells, message):
    edit(copy / file, lambda rows: row_of(rows, **where).update(cells))
    found = [line for line in problems_of(copy) if message in line]
    assert found and found[0].startswith((file, "routing/rules.csv"))


def test_load_lists_every_problem(copy):
    edit(copy / "routing/rules.csv", lambda rows: [row.update(mark="X") for row in rows[:3]])
    with pytest.raises(DataError, match=r"rules\.csv, row 2, column mark") as caught:
        load_routing(copy)
    assert len(caught.value.problems) == 3


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("[deadlines]\nto-cao = { limit = 3, unit = 'ngày' }", "[deadlines] to-cao: no default"),
        ("[deadlines]\ntra-loi = 15", "[deadlines] tra-loi: 15 is no limit"),
        ("[routing]\ndate_if_missing = 'mai'", "[routing] date_if_missing: 'mai'"),
        ("[office", "office.toml: cannot be read"),
        ("[office]\nunit = 'xa-la'", "[office] unit: 'xa-la' is unknown"),
    ],
)
def test_fault_in_the_office_file_is_named(copy, line, message):
    (copy / "office.toml").write_text(line, encoding="utf-8")
    assert any(message in problem for problem in problems_of(copy))


def test_office_sets_its_own_limit(copy):
    text = "[office]\nunit = 'phuong-sa-pa'\n[deadlines]\ntra-loi = { limit = 15, unit = 'ngày làm việc' }"
    (copy / "office.toml").write_text(text, encoding="utf-8")
    step = next(step for step in load_routing(copy).deadlines if step.id == "tra-loi")
    assert step.rule == "quy định của cơ quan (office.toml): 15 ngày làm việc"


@pytest.mark.parametrize("name", ["routing/rules.csv", "agencies/agencies.csv"])
def test_file_saved_by_excel_with_semicolons_is_read(copy, name):
    edit(copy / name, lambda rows: None, delimiter=";")
    assert load_routing(copy).rules == load_routing().rules


def test_new_name_of_an_agency_needs_one_cell(copy):
    path = copy / "agencies/agencies.csv"
    edit(path, lambda rows: row_of(rows, code="p-vhxh").update(name="Phòng Văn hóa"))
    agency = load_routing(copy).agencies["p-vhxh"]
    assert agency.name_in("phường Sa Pa") == "Phòng Văn hóa phường Sa Pa"


@pytest.mark.parametrize("name", ["units/units.csv", "routing/rules.csv", "topics/topics.csv"])
def test_missing_file_is_named(copy, name):
    (copy / name).unlink()
    assert any(f"{name}: cannot be read" in line for line in problems_of(copy))


def test_empty_data_folder_is_reported_not_a_crash(tmp_path):
    assert len(problems_of(tmp_path)) >= 9
