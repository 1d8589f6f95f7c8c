"""Query strings: unknown and repeated parameters, limits, cursors that no list has given."""

from __future__ import annotations

import base64
import json

import pytest

from quizsvc.core.paging import encode_cursor
from tests.api.endpoints import OPERATIONS, call, named
from tests.api.problems import assert_faults, assert_problem
from tests.conftest import NOW

pytestmark = pytest.mark.usefixtures("untouched")

HARMLESS = [entry for entry in OPERATIONS if entry[1].method == "GET" and entry[1].endpoint != "start_attempt"]
LISTS = [entry for entry in OPERATIONS if "cursor" in entry[1].query().fields]
SOMEBODY = "1b4e28ba-2fa1-4d3b-a3f5-ef19b5a7633b"


def raw(value):
    text = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(text).decode().rstrip("=")


GARBAGE = [
    "x",
    "!!!!",
    "a b",
    "a" * 500,
    "a" * 501,
    "é",
    "\x00",
    "%00",
    "WzFd WzFd",
    raw(b"\xff\xfe"),
    raw(b"["),
    raw(b"[" * 300),
    raw(b"[NaN]"),
    raw(None),
    raw({}),
    raw([]),
    raw("[1]"),
    raw([1] * 9),
    raw([None]),
    raw([True]),
    raw([1.0]),
    raw([2**63]),
    raw([-(2**63)]),
    raw([10**400]),
    raw([[1]]),
    raw([{"a": 1}]),
    raw([True, True, True]),
    raw([2**63, 0, 0]),
    raw([1, 1, "now", SOMEBODY]),
    raw([1, 1, "2026-11-23T08:00:00", SOMEBODY]),
    raw([1, 1, "0001-01-01T00:00:00+23:59", SOMEBODY]),
    raw([1, 1, "9999-12-31T23:59:59-23:59", SOMEBODY]),
    raw([1, 1, "2026-11-23T08:00:00+00:00", "an"]),
    raw([1, 1, "2026-11-23T08:00:00+00:00", 7]),
    raw([2**40, 1, "2026-11-23T08:00:00+00:00", SOMEBODY]),
    raw(["0001-01-01T00:00:00+14:00", 1]),
    raw(["9999-12-31T23:59:59-14:00", 1]),
    raw(["2026-11-23", 1]),
    raw([None, 1]),
    raw([1, "2026-11-23T08:00:00+00:00"]),
]
FAR = [
    [2**63 - 1],
    [-(2**63) + 1],
    [NOW.replace(year=1), 1],
    [NOW.replace(year=9999), 2**63 - 1],
    [0, 0, NOW.replace(year=1), SOMEBODY],
    [2**31 - 1, 2**31 - 1, NOW.replace(year=9999), SOMEBODY],
    [2**63 - 1, -(2**62), 2**62],
]


@pytest.mark.parametrize(**named(OPERATIONS))
def test_an_unknown_parameter_is_refused(stage, path, made):
    assert_faults(call(stage, path, made, query_string={"surprise": "1"}), "/surprise")


@pytest.mark.parametrize(**named([entry for entry in OPERATIONS if entry[1].query().fields]))
def test_a_parameter_given_twice_is_refused(stage, path, made):
    name = next(iter(made.query().fields))
    assert_faults(call(stage, path, made, query_string=f"{name}=1&{name}=1"), f"/{name}")


@pytest.mark.parametrize(**named(LISTS))
def test_limits(stage, path, made):
    for limit in ["0", "-1", "101", "", " 5", "5 ", "+5", "1e1", "0x5", "5.0", "٥", "1_0", "9" * 17, "\x00", "null"]:
        assert_faults(call(stage, path, made, query_string={"limit": limit}), "/limit")
    sound = 409 if made.endpoint == "list_missing" else 200  # who has played is a figure, and a prediction is open here
    for limit in ["1", "100", "007"]:
        assert call(stage, path, made, query_string={"limit": limit}).status_code == sound


@pytest.mark.parametrize(**named(LISTS))
def test_cursors_that_no_list_has_given(stage, path, made):
    for cursor in GARBAGE:
        assert_faults(call(stage, path, made, query_string={"cursor": cursor}), "/cursor")


@pytest.mark.parametrize(**named(LISTS))
def test_cursors_of_other_lists_and_of_far_away(stage, path, made):
    for key in FAR:
        answer = call(stage, path, made, query_string={"cursor": encode_cursor(key)})
        if answer.status_code == 200:
            assert answer.json["items"] is not None
        else:
            assert_faults(answer, "/cursor")


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ({"state": "begun"}, "/state"),
        ({"state": ""}, "/state"),
        ({"state": "open\x00"}, "/state"),
    ],
)
def test_contests_in_no_state(stage, query, pointer):
    assert_faults(stage.phone.get("/api/v1/contests", query_string=query), pointer)


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ({"on": "23/11/2026"}, "/on"),
        ({"on": "20261123"}, "/on"),
        ({"on": "2026-W48-1"}, "/on"),
        ({"on": "0000-01-01"}, "/on"),
        ({"on": ""}, "/on"),
        ({"q": "a" * 101}, "/q"),
        ({"q": "vinh\x00"}, "/q"),
        ({"parent": ""}, "/parent"),
    ],
)
def test_units_nowhere(stage, query, pointer):
    assert_faults(stage.phone.get("/api/v1/units", query_string=query), pointer)


def test_names_of_nothing_in_a_query(stage):
    for unit in ["0", "-1", "01", "2147483648", "9" * 20, "vinh", "1.0", "١"]:
        for path in ("/rounds/cu.r1/leaderboard", "/contests/cu/leaderboard", "/rounds/cu.r1/leaderboard/me"):
            assert_problem(stage.an.get(f"{path}?unit={unit}"), 404, "not-found")
        assert_problem(stage.an.get(f"/units?parent={unit}"), 404, "not-found")
    assert_problem(stage.an.get("/rounds/cu.r1/leaderboard?track=pupils"), 404, "not-found")


def test_a_query_that_is_not_utf_8(stage):
    assert_faults(stage.phone.get("/api/v1/units?%ff=1"), "/%FF")
    assert stage.phone.get("/api/v1/units?q=%ff").status_code == 200
