from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizsvc.contests.eligibility import Eligibility, Person, completed_years, reason_against
from tests.world import THANH_VINH, Player, make_contest

TODAY = date(2026, 11, 23)
FROM_14 = Eligibility(min_age=14)


@pytest.mark.parametrize(
    ("born", "on", "years"),
    [
        (date(2012, 11, 23), date(2026, 11, 22), 13),
        (date(2012, 11, 23), date(2026, 11, 23), 14),
        (date(2012, 11, 23), date(2026, 11, 24), 14),
        (date(2012, 12, 1), date(2026, 11, 30), 13),
        (date(2012, 1, 1), date(2025, 12, 31), 13),
        (date(2012, 2, 29), date(2026, 2, 28), 13),
        (date(2012, 2, 29), date(2026, 3, 1), 14),
        (date(2012, 2, 29), date(2028, 2, 28), 15),
        (date(2012, 2, 29), date(2028, 2, 29), 16),
        (date(2026, 11, 23), date(2026, 11, 23), 0),
    ],
)
def test_completed_years(born, on, years):
    assert completed_years(born, on) == years


@given(st.dates(date(1900, 1, 1), date(2026, 1, 1)), st.integers(0, 45_000))
def test_one_grows_older_by_one_a_year(born, days):
    on = born + timedelta(days=days)
    years = completed_years(born, on)
    assert 0 <= years <= days // 365
    assert completed_years(born, on.replace(year=on.year + 1, day=min(on.day, 28))) in (years, years + 1)


@pytest.mark.parametrize(
    ("rules", "person", "word"),
    [
        (Eligibility(), Person(None, False), None),
        (FROM_14, Person(date(2012, 11, 23), False), None),
        (FROM_14, Person(date(2012, 11, 24), False), "từ đủ 14 tuổi"),
        (FROM_14, Person(None, True), "khai ngày sinh"),
        (Eligibility(needs_unit=True), Person(None, False), "chọn đơn vị"),
        (Eligibility(needs_unit=True), Person(None, True), None),
        (Eligibility(14, True), Person(date(2000, 1, 1), False), "chọn đơn vị"),
        (Eligibility(14, True), Person(date(2020, 1, 1), True), "từ đủ 14 tuổi"),
        (Eligibility(14, True), Person(date(2000, 1, 1), True), None),
    ],
)
def test_the_reason_against_someone(rules, person, word):
    reason = reason_against(rules, person, on=TODAY)
    assert (reason is None) if word is None else (word in reason)


def test_the_phone_says_what_is_missing_step_by_step(phone, clock):
    make_contest(clock.now, eligibility={"min_age": 14, "needs_unit": True})
    an = Player(phone)

    def refused_because(word: str) -> None:
        seen, refused = an.get("/rounds/thi.r1").json, an.start()
        assert (seen["eligible"], refused.status_code) == (False, 403)
        assert refused.json["type"] == "/problems/not-eligible"
        assert refused.json["detail"] == seen["reason"]
        assert word in seen["reason"]

    refused_because("chọn đơn vị")
    an.in_unit(THANH_VINH)
    refused_because("khai ngày sinh")
    an.call("PATCH", "/me", {"birth_date": "2012-11-24"})
    refused_because("từ đủ 14 tuổi")
    assert an.get("/rounds/thi.r1").json["attempts_used"] == 0
    an.call("PATCH", "/me", {"birth_date": "2012-11-23"})
    seen = an.get("/rounds/thi.r1").json
    assert (seen["eligible"], seen["reason"]) == (True, None)
    assert an.start().status_code == 201
    an.call("PATCH", "/me", {"birth_date": "2020-01-01"})
    assert an.start().status_code == 200  # an attempt that has begun is played to its end


def test_the_birthday_begins_at_midnight_in_vietnam(phone, clock):
    clock.now = datetime(2026, 11, 22, 16, 59, 59, 999_000, tzinfo=UTC)
    make_contest(clock.now, eligibility={"min_age": 14})
    an = Player(phone)
    an.call("PATCH", "/me", {"birth_date": "2012-11-23"})
    assert an.start().status_code == 403
    clock.advance(milliseconds=1)
    assert an.start().status_code == 201
