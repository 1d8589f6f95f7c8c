from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizsvc.leaderboards.ranking import Result, cell_of, competition_ranks, sort_key
from quizsvc.leaderboards.unit_ranking import UnitResult, ranked

DAY = datetime(2026, 11, 23, tzinfo=UTC)


def made(score: int, duration_ms: int = 0, late_ms: int = 0) -> Result:
    return Result(score, duration_ms, DAY + timedelta(milliseconds=late_ms))


few = st.builds(made, st.integers(0, 2), st.integers(0, 2), st.integers(0, 2))


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (made(5, 900_000, 9), made(4, 1, 0)),
        (made(5, 1000, 9), made(5, 1001, 0)),
        (made(5, 1000, 0), made(5, 1000, 1)),
    ],
)
def test_points_then_time_then_the_earlier(better, worse):
    assert sort_key(better) < sort_key(worse)


def test_the_same_moment_in_another_time_zone_is_equal():
    local = DAY.astimezone(datetime.fromisoformat("2026-11-23T00:00+07:00").tzinfo)
    assert sort_key(Result(1, 1, local)) == sort_key(Result(1, 1, DAY))


@pytest.mark.parametrize(
    ("ordered", "ranks"),
    [
        ([], []),
        ([made(3)], [1]),
        ([made(3), made(2), made(2), made(1)], [1, 2, 2, 4]),
        ([made(3), made(3), made(3)], [1, 1, 1]),
        ([made(3), made(3), made(2), made(2), made(1)], [1, 1, 3, 3, 5]),
        ([made(3, 1), made(3, 2), made(3, 2, 1)], [1, 2, 3]),
    ],
)
def test_equal_results_share_a_rank(ordered, ranks):
    assert competition_ranks(ordered) == ranks


@given(st.lists(few, max_size=12))
def test_a_rank_is_one_more_than_the_number_of_better_ones(drawn):
    ordered = sorted(drawn, key=sort_key)
    better = [sum(sort_key(other) < sort_key(each) for other in ordered) for each in ordered]
    assert competition_ranks(ordered) == [1 + number for number in better]


@pytest.mark.parametrize(("duration_ms", "second"), [(0, 0), (999, 0), (1000, 1), (1001, 1), (14_400_000, 14_400)])
def test_cells_are_whole_seconds(duration_ms, second):
    assert cell_of(duration_ms) == second


@given(few, few)
def test_a_better_result_never_stands_in_a_worse_cell(one, other):
    if sort_key(one) < sort_key(other):
        assert (-one.score, cell_of(one.duration_ms)) <= (-other.score, cell_of(other.duration_ms))


def test_units_by_people_then_points():
    results = [
        UnitResult(1, 0, 0, 0),
        UnitResult(2, 3, 9, 40),
        UnitResult(3, 4, 4, 10),
        UnitResult(4, 3, 3, 50),
        UnitResult(5, 3, 5, 40),
        UnitResult(6, 0, 0, 0),
    ]
    assert [(rank, each.unit_id) for rank, each in ranked(results)] == [(1, 3), (2, 4), (3, 2), (3, 5), (5, 1), (5, 6)]
    assert ranked(results[::-1]) == ranked(results)
