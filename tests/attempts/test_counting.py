from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizsvc.attempts.counting import counted
from quizsvc.contests.rules import Counts

DAY = datetime(2026, 11, 23, tzinfo=UTC)


@dataclass(frozen=True)
class Sat:
    number: int
    score: int
    duration_ms: int
    submitted_at: datetime


def sat(number: int, score: int, duration_ms: int = 1000, submitted: int | None = None) -> Sat:
    return Sat(number, score, duration_ms, DAY + timedelta(seconds=number if submitted is None else submitted))


@pytest.mark.parametrize(
    ("finished", "best"),
    [
        ([sat(1, 5), sat(2, 7), sat(3, 6)], 2),
        ([sat(1, 7, 900), sat(2, 7, 899), sat(3, 6, 1)], 2),
        ([sat(1, 7, 900), sat(2, 7, 900)], 1),
        ([sat(1, 7, 900, submitted=9), sat(2, 7, 900, submitted=9)], 1),
        ([sat(1, 0, 600_000)], 1),
        ([sat(2, 3), sat(4, 3, 999)], 4),
    ],
)
def test_which_attempt_counts(finished, best):
    numbers = [each.number for each in finished]
    for order in (finished, finished[::-1]):
        assert counted(order, Counts.BEST).number == best
        assert counted(order, Counts.FIRST).number == min(numbers)
        assert counted(order, Counts.LAST).number == max(numbers)


results = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=8)


@given(results, st.randoms(use_true_random=False))
def test_the_best_is_beaten_by_none_and_the_order_of_grading_does_not_matter(drawn, mixer):
    finished = [sat(number, score, duration) for number, (score, duration) in enumerate(drawn, start=1)]
    best = counted(finished, Counts.BEST)
    for other in finished:
        assert (best.score, -best.duration_ms) >= (other.score, -other.duration_ms)
        if (best.score, best.duration_ms) == (other.score, other.duration_ms):
            assert best.number <= other.number
    mixed = mixer.sample(finished, len(finished))
    assert all(counted(mixed, counts) == counted(finished, counts) for counts in Counts)
