"""Cursors give back the key they were made of, and take nothing else; a page is what was asked for and what comes next."""

from __future__ import annotations

import base64
import json
import re
from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizsvc.core.paging import PageQuery, decode_cursor, encode_cursor, page
from quizsvc.core.problems import ValidationFailed

NUMBERS = st.integers(-(2**31) + 1, 2**31 - 1)
MOMENTS = st.datetimes(timezones=st.just(UTC))
KEYS = st.lists(st.one_of(NUMBERS, MOMENTS, st.uuids()), max_size=4)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=6,
)


def key_or_problem(text, kinds):
    try:
        return decode_cursor(text, kinds)
    except ValidationFailed as refused:
        return refused


def cursor_of(value):
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


@given(KEYS)
def test_a_cursor_gives_its_key_back(key):
    text = encode_cursor(key)
    assert re.fullmatch("[A-Za-z0-9_-]*", text)
    assert PageQuery().load({"cursor": text} if text else {})["cursor"] == text
    assert decode_cursor(text, [type(part) for part in key]) == key


@given(JSON, st.lists(st.sampled_from([int, datetime, UUID]), min_size=1, max_size=4))
def test_whatever_else_is_inside_is_refused(value, kinds):
    found = key_or_problem(cursor_of(value), kinds)
    if isinstance(found, ValidationFailed):
        assert [fault["pointer"] for fault in found.extra["errors"]] == ["/cursor"]
    else:
        assert [type(part) for part in found] == kinds


@given(st.text(max_size=60))
def test_whatever_else_it_is_is_refused(text):
    found = key_or_problem(text, (int,))
    assert isinstance(found, ValidationFailed) or [type(part) for part in found] == [int]


@pytest.mark.parametrize("value", [2**31, -(2**31), 2**63, True, 1.0, "1", None, [1]])
def test_numbers_that_no_column_holds(value):
    with pytest.raises(ValidationFailed):
        decode_cursor(cursor_of([value]), (int,))


@pytest.mark.parametrize(
    "value",
    ["2026-11-23T08:00:00", "2026-11-23", "", 0, None, "0001-01-01T00:00:00+07:00", "9999-12-31T23:59:59-07:00", "noon"],
)
def test_moments_that_cannot_be_compared(value):
    with pytest.raises(ValidationFailed):
        decode_cursor(cursor_of([value]), (datetime,))


def test_moments_come_back_in_utc():
    local = datetime(2026, 11, 23, 8, tzinfo=timezone(timedelta(hours=7)))
    (moment,) = decode_cursor(encode_cursor([local]), (datetime,))
    assert (moment, moment.tzinfo) == (local, UTC)


def test_no_cursor_is_no_key():
    assert decode_cursor(None, (int,)) is None


@given(st.integers(0, 30), st.integers(1, 10))
def test_pages_hold_everything_once_in_order(count, limit):
    rows, seen, after = list(range(count)), [], None
    while True:
        start = 0 if after is None else after[0] + 1
        shown = page(rows[start : start + limit + 1], limit, lambda row: [row])
        assert len(shown["items"]) <= limit
        seen += shown["items"]
        if shown["next"] is None:
            break
        after = decode_cursor(shown["next"], (int,))
    assert seen == rows


@pytest.mark.parametrize(("given_limit", "limit"), [(None, 20), ("1", 1), ("100", 100)])
def test_a_page_is_twenty_unless_asked_otherwise(given_limit, limit):
    query = {} if given_limit is None else {"limit": given_limit}
    assert PageQuery().load(query) == {"limit": limit, "cursor": None}
