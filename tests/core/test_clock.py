"""The one clock: aware UTC, whole milliseconds, and the calendar day in Vietnam."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizsvc.core.clock import VIETNAM, local_day, milliseconds_between, system_clock


def test_the_clock_is_aware_and_cut_to_milliseconds():
    now = system_clock()
    assert now.tzinfo is UTC
    assert now.microsecond % 1000 == 0


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 11, 23, 16, 59, 59, 999_000, tzinfo=UTC), date(2026, 11, 23)),
        (datetime(2026, 11, 23, 17, 0, tzinfo=UTC), date(2026, 11, 24)),
        (datetime(2026, 12, 31, 17, 0, tzinfo=UTC), date(2027, 1, 1)),
        (datetime(2028, 2, 28, 17, 0, tzinfo=UTC), date(2028, 2, 29)),
        (datetime(2026, 11, 24, 0, 0, tzinfo=VIETNAM), date(2026, 11, 24)),
        (datetime(2026, 11, 23, 23, 59, 59, tzinfo=VIETNAM), date(2026, 11, 23)),
    ],
)
def test_midnight_in_vietnam_is_17_hours_utc(moment, day):
    assert local_day(moment) == day


@given(st.datetimes(timezones=st.just(UTC)), st.integers(-(10**12), 10**12))
def test_milliseconds_are_exact(start, gap):
    try:
        end = start + timedelta(milliseconds=gap)
    except OverflowError:
        return
    assert milliseconds_between(start, end) == gap
