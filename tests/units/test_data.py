"""The province's file says what the resolutions say."""

from __future__ import annotations

import unicodedata
from collections import Counter
from datetime import date

import pytest

from quizsvc.units.service import NGHE_AN
from quizsvc.units.tree_faults import Eras

REFORM_2024, REFORM_2025 = date(2024, 12, 1), date(2025, 7, 1)


def kinds_on(rows, day):
    return Counter(row.kind for row in rows if row.valid_from <= day and (row.valid_to is None or day < row.valid_to))


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 11, 23), {"province": 1, "commune": 119, "ward": 11}),
        (REFORM_2025, {"province": 1, "commune": 119, "ward": 11}),
        (date(2025, 6, 30), {"province": 1, "district": 20, "commune": 362, "township": 17, "ward": 33}),
        (REFORM_2024, {"province": 1, "district": 20, "commune": 362, "township": 17, "ward": 33}),
        (date(2024, 11, 30), {"province": 1, "district": 21, "commune": 411, "township": 17, "ward": 32}),
        (date(2000, 1, 1), {"province": 1}),
    ],
)
def test_each_era_has_its_units(rows, day, expected):
    assert kinds_on(rows, day) == expected


def test_former_units(rows):
    former = [row for row in rows if row.valid_from == date(2020, 2, 1)]
    assert sum(row.kind == "district" for row in former) == 21
    assert sum(row.kind != "district" for row in former) == 460


def test_every_unit_that_ended_has_heirs_valid_on_that_day(rows):
    eras = Eras(rows)
    for row in rows:
        assert bool(row.succeeded_by) == (row.valid_to is not None), row
        assert all(eras.on(code, row.valid_to) for code in row.succeeded_by)


def test_nobody_is_divided_below_the_districts(rows):
    assert all(len(row.succeeded_by) <= 1 for row in rows if row.kind != "district")


def test_today_s_units_stand_under_the_province_and_have_predecessors(rows):
    today = [row for row in rows if row.valid_from == REFORM_2025]
    heirs = {code for row in rows if row.valid_to == REFORM_2025 for code in row.succeeded_by}
    assert {row.parent_code for row in today} == {"40"}
    assert {row.code for row in today} == heirs
    assert len({row.name for row in today}) == 130


def test_districts_became_what_their_communes_became(rows):
    for district in (row for row in rows if row.kind == "district" and row.valid_to == REFORM_2025):
        below = [row for row in rows if row.parent_code == district.code and row.valid_to == REFORM_2025]
        assert {code for row in below for code in row.succeeded_by} == set(district.succeeded_by)


def test_spelling(rows):
    assert all(unicodedata.is_normalized("NFC", row.name) for row in rows)
    titles = {
        "province": ("Tỉnh ",),
        "district": ("Thành phố ", "Thị xã ", "Huyện "),
        "commune": ("Xã ",),
        "ward": ("Phường ",),
        "township": ("Thị trấn ",),
    }
    assert all(row.name.startswith(titles[row.kind]) for row in rows)
    assert b"\r" not in NGHE_AN.read_bytes()


@pytest.mark.parametrize(
    ("code", "day", "name", "heir"),
    [
        ("16687", date(2024, 6, 1), "Phường Lê Mao", "16681"),  # into Quang Trung
        ("16708", date(2024, 6, 1), "Xã Hưng Lộc", "16708"),  # became a ward with the same code
        ("16708", date(2025, 1, 1), "Phường Hưng Lộc", "16708"),
        ("16708", REFORM_2025, "Phường Vinh Lộc", None),
        ("16837", date(2025, 1, 1), "Xã Nậm Cắn", "16837"),  # two neighbours that differ in accents only
        ("16873", date(2025, 1, 1), "Xã Nậm Càn", "16870"),
        ("16780", date(2025, 1, 1), "Xã Châu Bính", "16792"),
        ("16804", date(2025, 1, 1), "Xã Châu Bình", "16804"),
        ("17830", date(2025, 1, 1), "Xã Nghi Văn", "17854"),
        ("17911", date(2025, 1, 1), "Xã Nghi Vạn", "17827"),
        ("17545", date(2025, 1, 1), "Xã Đồng Thành", "17521"),
        ("17572", date(2025, 1, 1), "Xã Đông Thành", "17506"),
        ("413", date(2024, 6, 1), "Thị xã Cửa Lò", "412"),
    ],
)
def test_known_units(rows, code, day, name, heir):
    row = Eras(rows).on(code, day)
    assert row.name == name
    assert row.succeeded_by == ((heir,) if heir else ())
