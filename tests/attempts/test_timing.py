from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizsvc.attempts import timing

START = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
GRACE_MS = timing.GRACE // timedelta(milliseconds=1)
TEN_MINUTES = 600_000
DAY = 86_400_000

gaps = st.integers(0, 40 * DAY)
limits = st.integers(1, 4 * 3_600_000)


def after(milliseconds: int) -> datetime:
    return START + timedelta(milliseconds=milliseconds)


@pytest.mark.parametrize(
    ("round_ends", "given_ms"),
    [
        (TEN_MINUTES + 1, TEN_MINUTES),
        (TEN_MINUTES, TEN_MINUTES),
        (TEN_MINUTES - 1, TEN_MINUTES - 1),
        (1, 1),
        (0, 0),
        (-1, 0),
    ],
)
def test_a_start_near_the_end_of_the_round_gives_only_what_is_left(round_ends, given_ms):
    assert timing.allowed_ms(START, limit_ms=TEN_MINUTES, closes_at=after(round_ends)) == given_ms
    if round_ends > 0:
        deadline_at = timing.deadline(START, limit_ms=TEN_MINUTES, closes_at=after(round_ends))
        assert deadline_at == after(given_ms)
        assert timing.remaining_ms(START, deadline_at) == given_ms


@given(limits, gaps)
def test_the_deadline_is_the_earlier_of_limit_and_round_end(limit_ms, round_ms):
    deadline_at = timing.deadline(START, limit_ms=limit_ms, closes_at=after(round_ms))
    assert deadline_at == after(min(limit_ms, round_ms))
    assert timing.allowed_ms(START, limit_ms=limit_ms, closes_at=after(round_ms)) == min(limit_ms, round_ms)


def test_the_deadline_is_the_same_moment_in_any_time_zone():
    closes_at = datetime.fromisoformat("2026-11-23T08:05:00+07:00")
    assert timing.deadline(START, limit_ms=TEN_MINUTES, closes_at=closes_at) == after(300_000)


@pytest.mark.parametrize(
    ("late_ms", "overdue"),
    [(-1, False), (0, False), (1, False), (GRACE_MS - 1, False), (GRACE_MS, False), (GRACE_MS + 1, True)],
)
def test_grace_ends_after_its_last_millisecond(late_ms, overdue):
    assert timing.is_overdue(after(late_ms), START) is overdue


@pytest.mark.parametrize(("now_ms", "left"), [(0, 1000), (999, 1), (1000, 0), (1001, 0), (6001, 0)])
def test_remaining_never_shows_the_grace(now_ms, left):
    assert timing.remaining_ms(after(now_ms), after(1000)) == left


@given(limits, gaps)
def test_nobody_gains_from_the_grace(limit_ms, taken_ms):
    deadline_at = after(limit_ms)
    ended = timing.ended_at(after(taken_ms), deadline_at)
    assert ended == after(min(taken_ms, limit_ms))
    assert timing.duration_ms(START, ended) == min(taken_ms, limit_ms)


@given(limits, gaps)
def test_time_left_and_time_taken_make_up_the_limit(limit_ms, taken_ms):
    now, deadline_at = after(taken_ms), after(limit_ms)
    taken = timing.duration_ms(START, timing.ended_at(now, deadline_at))
    assert taken + timing.remaining_ms(now, deadline_at) == limit_ms


def test_a_clock_that_went_back_gives_no_negative_duration():
    assert timing.duration_ms(START, after(-5)) == 0
