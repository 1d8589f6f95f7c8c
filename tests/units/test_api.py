"""Phones find units by words, parent and day."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from quizsvc.core.db import transaction
from quizsvc.units.service import load_units
from tests.units.conftest import with_units

ITEM = {"id", "code", "name", "kind", "parent_id", "valid_from", "valid_to"}


def names(phone, **query):
    answer = phone.get("/api/v1/units", query_string={"limit": 100} | query)
    assert answer.status_code == 200, answer.json
    return [item["name"] for item in answer.json["items"]]


def id_of(phone, code, **query):
    items = phone.get("/api/v1/units", query_string={"q": code} | query).json["items"]
    return next(item["id"] for item in items if item["code"] == code)


def all_pages(phone, **query):
    cursor, found = None, []
    while True:
        shown = {"cursor": cursor} if cursor else {}
        page = phone.get("/api/v1/units", query_string=query | shown).json
        found += page["items"]
        cursor = page["next"]
        if cursor is None:
            return found


def test_an_item(phone):
    answer = phone.get("/api/v1/units", query_string={"q": "Vinh Phú"})
    (item,) = answer.json["items"]
    assert set(item) == ITEM
    assert (item["code"], item["name"], item["kind"]) == ("16702", "Phường Vinh Phú", "ward")
    assert (item["valid_from"], item["valid_to"]) == ("2025-07-01", None)
    assert isinstance(item["id"], str)
    assert item["parent_id"] == id_of(phone, "40")
    assert answer.json["next"] is None
    assert answer.headers["Cache-Control"] == "public, max-age=300"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("thai hoa", ["Phường Thái Hòa"]),
        ("Thái Hòa", ["Phường Thái Hòa"]),
        ("thái hoà", ["Phường Thái Hòa"]),  # the other way to set the accent
        ("Tha\u0301i Ho\u0300a", ["Phường Thái Hòa"]),  # decomposed
        ("HOA thai", ["Phường Thái Hòa"]),
        ("tha ho", ["Phường Thái Hòa"]),
        ("vinh phu", ["Phường Vinh Phú"]),
        ("P. Vinh Phú", ["Phường Vinh Phú"]),
        ("phường vinh ph", ["Phường Vinh Phú"]),
        ("xã anh sơn", ["Xã Anh Sơn", "Xã Anh Sơn Đông"]),
        ("đô lương", ["Xã Đô Lương"]),
        ("16702", ["Phường Vinh Phú"]),
        ("tinh nghe an", ["Tỉnh Nghệ An"]),
        ("inh", []),
        (
            "vinh%",
            [
                "Phường Thành Vinh",
                "Phường Trường Vinh",
                "Phường Vinh Hưng",
                "Phường Vinh Lộc",
                "Phường Vinh Phú",
                "Xã Vĩnh Tường",
            ],
        ),
        ("%", []),
        ("v_nh", []),
        ("=xa=", None),
    ],
)
def test_words(phone, text, expected):
    found = names(phone, q=text)
    assert found == expected if expected is not None else len(found) == 100


def test_blank_words_filter_nothing(phone):
    assert names(phone, q="  ") == names(phone)


def test_children(phone):
    province = id_of(phone, "40")
    children = all_pages(phone, parent=province)
    assert len(children) == 130
    assert {child["parent_id"] for child in children} == {province}
    assert names(phone, parent=id_of(phone, "16702")) == []


def test_earlier_days(phone):
    districts = names(phone, parent=id_of(phone, "40"), on="2024-06-01")
    assert len(districts) == 21
    assert "Huyện Anh Sơn" in districts
    assert names(phone, q="cua lo", on="2024-06-01") == ["Thị xã Cửa Lò"]
    assert names(phone, q="tx cua lo", on="2024-06-01") == ["Thị xã Cửa Lò"]
    vinh = id_of(phone, "412", on="2025-01-01")
    assert len(names(phone, parent=vinh, on="2024-11-30")) == 25
    assert len(names(phone, parent=vinh, on="2025-06-30")) == 33
    assert names(phone, parent=vinh) == []


def test_today_is_vietnam_s_today(app, clock, rows):
    phone = with_units(app).test_client()
    with transaction() as session:
        load_units(session, rows)
    clock.now = datetime(2025, 6, 30, 16, 59, tzinfo=UTC)
    assert names(phone, q="cua lo") == []
    clock.now = datetime(2025, 6, 30, 17, 0, tzinfo=UTC)
    assert names(phone, q="cua lo") == ["Phường Cửa Lò"]


@pytest.mark.parametrize("query", [{}, {"on": "2024-06-01"}, {"q": "x"}])
def test_pages_show_everything_once_in_one_order(phone, query):
    whole = all_pages(phone, limit=100, **query)
    paged = all_pages(phone, limit=7, **query)
    assert paged == whole
    assert len({item["id"] for item in whole}) == len(whole) > 100


def test_order(phone):
    found = all_pages(phone, limit=100, on="2024-06-01")
    levels = {"province": 0, "district": 1}
    assert [levels.get(item["kind"], 2) for item in found] == sorted(levels.get(item["kind"], 2) for item in found)
    assert [item["name"] for item in found[:4]] == ["Tỉnh Nghệ An", "Huyện Anh Sơn", "Huyện Con Cuông", "Thị xã Cửa Lò"]
    assert names(phone, q="anh") == ["Xã Anh Sơn", "Xã Anh Sơn Đông", "Xã Quỳnh Anh"]


@pytest.mark.parametrize("parent", ["0", "999999", "x", "99999999999999999999"])
def test_an_unknown_parent(phone, parent):
    answer = phone.get("/api/v1/units", query_string={"parent": parent})
    assert answer.status_code == 404
    assert answer.json["type"] == "/problems/not-found"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("on", "20240601"),
        ("on", "2024-W01-1"),
        ("on", "hôm nay"),
        ("on", ""),
        ("parent", ""),
        ("q", "a" * 101),
        ("q", "a\x00"),
        ("limit", "0"),
        ("limit", "101"),
        ("cursor", "!"),
        ("cursor", "WzBd"),  # [0], a unit that is not there
        ("cursor", "WyIxIl0"),  # ["1"]
        ("unknown", "1"),
    ],
)
def test_faults(phone, name, value):
    answer = phone.get("/api/v1/units", query_string={name: value})
    assert answer.status_code == 422
    assert [row["pointer"] for row in answer.json["errors"]] == [f"/{name}"]


def test_what_a_unit_was_made_from(phone):
    shown = phone.get(f"/api/v1/units/{id_of(phone, '16702')}")
    assert shown.headers["Cache-Control"] == "public, max-age=300"
    assert set(shown.json) == ITEM | {"former", "successors"}
    assert shown.json["successors"] == []
    assert [unit["name"] for unit in shown.json["former"]] == [
        "Thành phố Vinh",
        "Phường Hà Huy Tập",
        "Xã Nghi Ân",
        "Phường Nghi Đức",
        "Phường Nghi Phú",
    ]


def test_what_a_unit_became(phone):
    first = phone.get(f"/api/v1/units/{id_of(phone, '17194', on='2024-06-01')}").json
    assert (first["name"], first["valid_to"]) == ("Xã Quỳnh Hưng", "2024-12-01")
    (second,) = first["successors"]
    assert (second["name"], second["valid_from"]) == ("Xã Bình Sơn", "2024-12-01")
    assert phone.get(f"/api/v1/units/{second['id']}").json["successors"][0]["name"] == "Xã Quỳnh Lưu"


@pytest.mark.parametrize("unit_id", ["0", "999999", "x", "99999999999999999999"])
def test_an_unknown_unit(phone, unit_id):
    answer = phone.get(f"/api/v1/units/{unit_id}")
    assert answer.status_code == 404
    assert answer.json["type"] == "/problems/not-found"


def test_is_described(phone):
    paths = phone.get("/api/openapi.json").json["paths"]
    parameters = {parameter["name"] for parameter in paths["/api/v1/units"]["get"]["parameters"]}
    assert parameters == {"parent", "q", "on", "limit", "cursor"}
    assert "404" in paths["/api/v1/units/{unit_id}"]["get"]["responses"]
