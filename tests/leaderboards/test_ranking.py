"""Rank keys as bytes against plain comparison, and the cells that they fall into."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given

from quizsvc.contests.ranking_keys import EPOCH, KINDS, USUAL_RANKING, Known, Order, RankingKey, Standing, rank_key
from quizsvc.leaderboards.ranking import RankPlan
from tests.leaderboards.arena import DAY, rankings, result, results, stands

USUAL = RankPlan.of(USUAL_RANKING)


def key_of(standing: Standing, plan: RankPlan = USUAL) -> bytes:
    return rank_key(standing, plan.keys)


def made(score: int, duration_ms: int = 0, late_ms: int = 0) -> Standing:
    return result(score, duration_ms, late_ms).standing


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (made(5, 900_000, 9), made(4, 1, 0)),
        (made(5, 1000, 9), made(5, 1001, 0)),
        (made(5, 1000, 0), made(5, 1000, 1)),
    ],
)
def test_points_then_time_then_the_earlier(better, worse):
    assert key_of(better) < key_of(worse)


def test_the_same_moment_in_another_time_zone_is_equal():
    local = DAY.astimezone(datetime.fromisoformat("2026-11-23T00:00+07:00").tzinfo)
    assert key_of(replace(made(1), submitted_at=local)) == key_of(made(1))


@given(results, results, rankings)
def test_bytes_stand_as_the_values_do(one, other, ranking):
    plan = RankPlan.of(ranking)
    mine, theirs = key_of(one.standing, plan), key_of(other.standing, plan)
    assert (mine > theirs) - (mine < theirs) == stands(one.standing, other.standing, ranking)
    assert len(mine) == len(theirs) == plan.width


@given(results, results, rankings)
def test_a_better_result_never_stands_in_a_worse_cell(one, other, ranking):
    plan = RankPlan.of(ranking)
    mine, theirs = (list(plan.prefixes(key_of(each.standing, plan))) for each in (one, other))
    if stands(one.standing, other.standing, ranking) <= 0:
        assert mine <= theirs
    assert all(key_of(one.standing, plan).startswith(prefix) for _, prefix in mine)
    assert [len(prefix) for _, prefix in mine] == sorted({len(prefix) for _, prefix in mine})


MOMENTS = ("submitted_at", "started_at", "registered_at")  # their bytes reach beyond the years that a clock knows
WHOLE = [name for name in KINDS if name not in (*MOMENTS, "prediction_side", "elapsed_seconds")]


def of_kind(name: str, value: int) -> Standing:
    """Someone with this value of one kind of key."""
    if name in MOMENTS:
        return replace(made(0), **{name: EPOCH + timedelta(milliseconds=1) * value})
    changes = {
        "duration": {"duration_ms": value},
        "prediction_error": {"prediction_error": -value},
        "prediction_side": {"prediction_error": value},
    }
    return replace(made(0), **changes.get(name, {name: value}))


@pytest.mark.parametrize("order", Order)
@pytest.mark.parametrize("name", WHOLE)
def test_every_value_that_fits_has_its_place_and_no_other_is_taken(name, order):
    ranking, kind = [RankingKey(name, order)], KINDS[name]
    largest = 256**kind.width - 2
    keys = [rank_key(of_kind(name, value), ranking) for value in (0, 1, 255, 256, largest - 1, largest)]
    assert keys == sorted(keys, reverse=order is Order.HIGH)
    assert len(set(keys)) == 6
    nothing = b"\xff" * kind.width
    assert all(key < nothing for key in keys)
    if kind.known is Known.SEALED:
        assert rank_key(made(0), ranking) == nothing  # no value stands last, in either order
    with pytest.raises(ValueError, match=name):
        rank_key(of_kind(name, largest + 1), ranking)
    if name != "prediction_error":
        with pytest.raises(ValueError, match=name):
            rank_key(of_kind(name, -1), ranking)


@pytest.mark.parametrize("name", MOMENTS)
def test_moments_are_whole_milliseconds_of_any_clock(name):
    ranking = [RankingKey(name, Order.LOW)]
    keys = [rank_key(of_kind(name, value), ranking) for value in (0, 1, 255, 256, 2**40, 2**47)]
    assert keys == sorted(set(keys))
    finer = replace(made(0), **{name: DAY + timedelta(microseconds=999)})
    assert rank_key(finer, ranking) == rank_key(replace(made(0), **{name: DAY}), ranking)
    with pytest.raises(ValueError, match=name):
        rank_key(replace(made(0), **{name: EPOCH - timedelta(milliseconds=1)}), ranking)


def test_seconds_since_the_opening_are_never_below_zero():
    ranking = [RankingKey("elapsed_seconds", Order.LOW)]
    opening = [replace(made(0, late_ms=late), opened_at=DAY) for late in (-5000, 0, 999, 1000, 1999, 2000)]
    assert [int.from_bytes(rank_key(each, ranking), "big") for each in opening] == [0, 0, 0, 1, 1, 2]


def test_the_side_of_a_prediction():
    ranking = [RankingKey("prediction_error", Order.LOW), RankingKey("prediction_side", Order.LOW)]
    errors = [0, -1, 1, -2, 2, None]
    keys = [rank_key(replace(made(0), prediction_error=error), ranking) for error in errors]
    assert keys == sorted(set(keys))


@pytest.mark.parametrize(
    ("names", "cuts"),
    [
        (["score"], (4,)),
        (["score", "correct_count"], (4, 8)),
        (["score", "duration", "submitted_at"], (4, 6, 7, 8)),
        (["duration", "score"], (2, 3, 4)),
        (["score", "prediction_error", "attempts", "started_at"], (4, 7, 9, 10, 11, 12)),
    ],
)
def test_what_boards_count_by(names, cuts):
    assert RankPlan.of([RankingKey(name, KINDS[name].usual) for name in names]).cuts == cuts
