"""Loading is idempotent and whole; a code means what it meant on its day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import func, select

from quizsvc.core.db import transaction
from quizsvc.units.csv_file import FaultyUnits
from quizsvc.units.models import Unit, UnitSuccession
from quizsvc.units.queries import path_of
from quizsvc.units.service import (
    Report,
    ancestors_and_self,
    in_subtree,
    is_within,
    load_units,
    unit_by_code,
    unit_by_id,
)
from quizsvc.units.tree_faults import Row

DAY, REFORM, TODAY = date(2020, 1, 1), date(2025, 7, 1), date(2026, 1, 1)
SMALL = [
    Row(2, "1", "Xã A", "commune", "10", DAY, REFORM, ("1",)),
    Row(3, "2", "Xã B", "commune", "10", DAY, REFORM, ("1",)),
    Row(4, "10", "Huyện H", "district", "99", DAY, REFORM, ("1",)),
    Row(5, "99", "Tỉnh T", "province", None, DAY),
    Row(6, "1", "Xã A", "commune", "99", REFORM),
]


def test_loads_the_province_twice(session, rows):
    assert load_units(session, rows) == Report(len(rows), 0, 0)
    links = session.scalar(select(func.count()).select_from(UnitSuccession))
    assert load_units(session, rows) == Report(0, 0, len(rows))
    assert session.scalar(select(func.count()).select_from(Unit)) == len(rows)
    assert session.scalar(select(func.count()).select_from(UnitSuccession)) == links


def test_survives_the_transaction(app, rows):
    with transaction() as session:
        load_units(session, SMALL)
    with transaction() as session:
        assert load_units(session, SMALL) == Report(0, 0, 5)
        assert load_units(session, rows).added == len(rows)


def test_paths_and_subtrees(session):
    load_units(session, SMALL)
    top = unit_by_code(session, "99", on=TODAY)
    district = unit_by_code(session, "10", on=DAY)
    old = unit_by_code(session, "1", on=DAY)
    new = unit_by_code(session, "1", on=TODAY)
    assert ancestors_and_self(old) == (top.id, district.id, old.id)
    assert path_of(session, old.id) == (top.id, district.id, old.id)
    assert path_of(session, None) == path_of(session, -1) == ()
    assert old.path == f"/{top.id}/{district.id}/{old.id}/"
    assert is_within(old, district)
    assert is_within(old, old)
    assert is_within(new, top)
    assert not is_within(new, district)
    found = session.scalars(select(Unit).where(in_subtree(district)))
    assert {unit.name for unit in found} == {"Huyện H", "Xã A", "Xã B"}


def test_a_code_means_what_it_meant_on_that_day(session):
    load_units(session, SMALL)
    eras = {unit_by_code(session, "1", on=day).valid_from for day in (DAY, date(2025, 6, 30))}
    assert eras == {DAY}
    assert unit_by_code(session, "1", on=REFORM).valid_from == REFORM
    assert unit_by_code(session, "1", on=date(2019, 12, 31)) is None
    assert unit_by_code(session, "2", on=REFORM) is None
    assert unit_by_code(session, "nothing", on=TODAY) is None


def test_ids_that_name_nothing(session):
    load_units(session, SMALL)
    for text in ("", "0", "01", "-1", "1.0", "x", "²", "99999999999", "2147483648", "2147483647"):
        assert unit_by_id(session, text) is None, text


def test_finds_by_id(session):
    load_units(session, SMALL)
    unit = unit_by_code(session, "2", on=DAY)
    assert unit_by_id(session, str(unit.id)) is unit


def test_takes_corrections(session):
    load_units(session, SMALL)
    renamed = [replace(SMALL[0], name="Xã Á", aliases=("Làng Á",)), *SMALL[1:]]
    assert load_units(session, renamed) == Report(0, 1, 4)
    assert unit_by_code(session, "1", on=DAY).search == "a lang a 1 =xa=x="
    ended = [
        *renamed[:4],
        replace(renamed[4], valid_to=TODAY, succeeded_by=("1",)),
        Row(7, "1", "Phường A", "ward", "99", TODAY),
    ]
    assert load_units(session, ended) == Report(1, 1, 4)
    orphaned = [replace(row, succeeded_by=() if row.code == "2" else row.succeeded_by) for row in ended]
    assert load_units(session, orphaned) == Report(0, 1, 5)


def test_moves_everyone_below(session):
    load_units(session, [*SMALL, Row(7, "11", "Khu", "commune", "2", DAY, REFORM)])
    other = Row(8, "20", "Huyện K", "district", "99", DAY, REFORM)
    load_units(session, [SMALL[0], replace(SMALL[1], parent_code="20"), *SMALL[2:], other])
    path = [session.get(Unit, unit_id).code for unit_id in ancestors_and_self(unit_by_code(session, "11", on=DAY))]
    assert path == ["99", "20", "2", "11"]


def test_refuses_a_code_that_would_mean_two_units(app):
    with transaction() as session:
        load_units(session, SMALL)
    later = [replace(SMALL[3], name="Tỉnh Mới"), replace(SMALL[4], valid_from=date(2025, 6, 1))]
    with transaction() as session, pytest.raises(FaultyUnits, match="dòng 6, cột valid_from: Mã 1 đã được lưu"):
        load_units(session, later)
    with transaction() as session:
        assert load_units(session, SMALL) == Report(0, 0, 5)
