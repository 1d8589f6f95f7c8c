from __future__ import annotations

import functools
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizsvc.attempts.counting import Finished, counted, overall, result_of
from quizsvc.contests.ranking_keys import USUAL_RANKING, Order, RankingKey
from quizsvc.contests.rules import Counts, Overall, Whose
from tests.leaderboards.arena import DAY, rankings, result, results, stands


def sat(number: int, score: int, duration_ms: int = 1000, submitted: int | None = None, **more) -> Finished:
    late_ms = 1000 * (number if submitted is None else submitted)
    standing = replace(result(score, duration_ms, late_ms).standing, **more)
    return Finished(number, standing, is_perfect=score == 9, predicted=None, unit_id=None)


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
        assert counted(order, Counts.BEST, USUAL_RANKING).number == best
        assert counted(order, Counts.FIRST, USUAL_RANKING).number == min(numbers)
        assert counted(order, Counts.ONLY, USUAL_RANKING).number == min(numbers)
        assert counted(order, Counts.LAST, USUAL_RANKING).number == max(numbers)


@given(st.lists(results, min_size=1, max_size=8), rankings, st.randoms(use_true_random=False))
def test_the_best_is_beaten_by_none_and_the_order_of_grading_does_not_matter(drawn, ranking, mixer):
    finished = [
        Finished(number, replace(each.standing, opened_at=DAY, registered_at=DAY), False, None, None)
        for number, each in enumerate(drawn, start=1)
    ]
    best = counted(finished, Counts.BEST, ranking)
    for other in finished:
        placed = stands(best.standing, other.standing, ranking)
        assert placed <= 0
        assert placed or best.number <= other.number
    mixed = mixer.sample(finished, len(finished))
    assert all(counted(mixed, counts, ranking) == counted(finished, counts, ranking) for counts in Counts)


@pytest.mark.parametrize(
    ("counts", "whose", "predicted"),
    [
        (Counts.BEST, Whose.COUNTED, 20),
        (Counts.LAST, Whose.COUNTED, None),
        (Counts.BEST, Whose.FIRST, 10),
        (Counts.BEST, Whose.LAST, 20),
        (Counts.LAST, Whose.LAST, 20),
        (Counts.FIRST, Whose.NEAREST, None),
    ],
)
def test_whose_prediction_counts(counts, whose, predicted):
    """The first and the last attempt said nothing; the second and the third did."""
    told = [None, 10, 20, None]
    finished = [replace(sat(n, score), predicted=told[n - 1]) for n, score in ((1, 9), (2, 1), (3, 9), (4, 2))]
    finished[2] = replace(finished[2], standing=replace(finished[2].standing, duration_ms=1))
    for order in (finished, finished[::-1]):
        made = result_of(order, counts, whose, USUAL_RANKING)
        assert made.predicted == predicted
        assert (made.standing.attempts, made.standing.perfect_attempts) == (4, 2)


def test_nobody_predicted():
    made = result_of([sat(1, 1), sat(2, 2)], Counts.BEST, Whose.FIRST, USUAL_RANKING)
    assert (made.predicted, made.number) == (None, 2)


OPENED = DAY - timedelta(days=3)


def test_rounds_add_up_and_the_latest_submission_gives_moment_and_unit():
    first = replace(sat(1, 2, 1000, 500, attempts=2, perfect_attempts=1), unit_id=4, predicted=7)
    second = replace(sat(1, 3, 2500, 400, attempts=1), unit_id=3, predicted=8)
    total = overall([first, second], Overall.SUM, USUAL_RANKING, OPENED)
    standing = total.standing
    assert (standing.score, standing.correct_count, standing.duration_ms) == (5, 5, 3500)
    assert (standing.attempts, standing.perfect_attempts) == (3, 1)
    assert (standing.submitted_at, standing.opened_at) == (first.standing.submitted_at, OPENED)
    assert (total.unit_id, total.predicted) == (4, 7)
    third = replace(sat(1, 0, 1, 500), unit_id=3)  # of equal moments the later round's
    assert overall([first, second, third], Overall.SUM, USUAL_RANKING, OPENED).unit_id == 3


def test_the_best_round_stands_for_all():
    first, second, third = sat(1, 2, 1000), sat(1, 3, 2500), sat(1, 3, 2500)
    rounds = [first, second, replace(third, unit_id=9)]
    total = overall(rounds, Overall.BEST, USUAL_RANKING, OPENED)
    assert (total.standing.score, total.unit_id, total.standing.opened_at) == (3, None, OPENED)


def test_when_someone_registered_does_not_choose_among_their_own_attempts():
    """It is one moment for the person; what an attempt brings in its place must not tip the scales."""
    ranking = [RankingKey("registered_at", Order.LOW), *USUAL_RANKING]
    early, better = sat(1, 2, registered_at=DAY), sat(2, 3, registered_at=DAY + timedelta(hours=1))
    assert counted([early, better], Counts.BEST, ranking).number == 2
    assert overall([early, better], Overall.BEST, ranking, OPENED).standing.score == 3


@given(st.lists(results, min_size=1, max_size=5), rankings)
def test_the_best_round_is_beaten_by_none(drawn, ranking):
    rounds = [Finished(1, replace(each.standing, registered_at=DAY), False, None, place) for place, each in enumerate(drawn)]
    total = overall(rounds, Overall.BEST, ranking, OPENED)
    opened = [replace(each.standing, opened_at=OPENED) for each in rounds]
    order = sorted(range(len(opened)), key=functools.cmp_to_key(lambda a, b: stands(opened[a], opened[b], ranking)))
    assert total.unit_id == order[0]
