from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizsvc.contests.lifecycle import State, state_at

OPENS = datetime(2026, 12, 1, 1, 0, tzinfo=UTC)
CLOSES = OPENS + timedelta(days=7)
MS = timedelta(milliseconds=1)


@pytest.mark.parametrize(
    ("now", "state"),
    [
        (OPENS - MS, State.UPCOMING),
        (OPENS, State.OPEN),
        (OPENS + MS, State.OPEN),
        (CLOSES - MS, State.OPEN),
        (CLOSES, State.CLOSED),
        (CLOSES + MS, State.CLOSED),
    ],
)
def test_a_window_holds_its_first_moment_and_not_its_last(now, state):
    assert state_at(now, opens_at=OPENS, closes_at=CLOSES) is state
    in_vietnam = now.astimezone(datetime.fromisoformat("2026-12-01T08:00:00+07:00").tzinfo)
    assert state_at(in_vietnam, opens_at=OPENS, closes_at=CLOSES) is state


@given(st.integers(-20, 20), st.integers(1, 10), st.integers(1, 10))
def test_windows_that_follow_one_another_never_leave_a_gap_or_overlap(now, first, second):
    border = OPENS + first * MS
    end = border + second * MS
    at = OPENS + now * MS
    states = [state_at(at, opens_at=OPENS, closes_at=border), state_at(at, opens_at=border, closes_at=end)]
    assert (State.OPEN in states) == (OPENS <= at < end)
    assert states.count(State.OPEN) <= 1
