"""Who wins what by rank."""

from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizsvc.contests.rules import Prize, RepeatWinners
from quizsvc.sealing.winning import Placed, RoundPrizes, winners, winners_of_rounds, zone

LEVELS = (Prize("nhat", "Nhất", 1), Prize("nhi", "Nhì", 2), Prize("lan-toa", "Lan tỏa", 10, by_committee=True))


def board(*ranked: tuple[int, int], code: str = "r1", prizes: tuple[Prize, ...] = LEVELS) -> RoundPrizes:
    return RoundPrizes(code, prizes, tuple(Placed(rank, UUID(int=person), None) for rank, person in ranked))


def told(wins) -> list[tuple[int, str]]:
    return [(win.placed.participant_id.int, win.prize.prize) for win in wins]


def test_levels_in_their_order_and_nothing_of_the_committees():
    one = board((1, 11), (2, 12), (3, 13), (4, 14))
    assert told(winners(one.prizes, one.best)) == [(11, "nhat"), (12, "nhi"), (13, "nhi")]
    assert zone(one.prizes) == 3


def test_equals_win_alike_even_when_there_are_more_than_prizes():
    one = board((1, 11), (1, 12), (3, 13), (3, 14), (5, 15))
    assert told(winners(one.prizes, one.best)) == [(11, "nhat"), (12, "nhat"), (13, "nhi"), (14, "nhi")]


FIRST_WEEK, SECOND_WEEK = board((1, 11), (2, 12), (3, 13), (4, 14)), board((1, 12), (2, 11), (3, 15), (4, 16), (5, 17))


@pytest.mark.parametrize(
    ("repeat", "expected"),
    [
        (RepeatWinners.ALLOWED, [[(11, "nhat"), (12, "nhi"), (13, "nhi")], [(12, "nhat"), (11, "nhi"), (15, "nhi")]]),
        (RepeatWinners.FIRST, [[(11, "nhat"), (12, "nhi"), (13, "nhi")], [(15, "nhat"), (16, "nhi"), (17, "nhi")]]),
        (RepeatWinners.HIGHEST, [[(11, "nhat"), (13, "nhi"), (14, "nhi")], [(12, "nhat"), (15, "nhi"), (16, "nhi")]]),
    ],
)
def test_who_may_not_win_twice_passes_it_on(repeat, expected):
    assert [told(wins) for wins in winners_of_rounds([FIRST_WEEK, SECOND_WEEK], repeat)] == expected


@given(
    orders=st.lists(st.permutations(range(9)), min_size=1, max_size=4),
    repeat=st.sampled_from(RepeatWinners),
)
def test_prizes_go_out_once_each_and_nobody_above_is_passed_over_without_a_prize(orders, repeat):
    rounds = [board(*enumerate(order, start=1), code=f"r{place}") for place, order in enumerate(orders)]
    won = winners_of_rounds(rounds, repeat)
    everybody = [win.placed.participant_id for wins in won for win in wins]
    for made, wins in zip(rounds, won, strict=True):
        mine = [win.placed.participant_id for win in wins]
        last = max((place for place, placed in enumerate(made.best) if placed.participant_id in mine), default=-1)
        passed_over = {placed.participant_id for placed in made.best[: last + 1]} - set(mine)
        assert passed_over <= set(everybody) - set(mine) | set()
        assert repeat is not RepeatWinners.ALLOWED or not passed_over
    if repeat is not RepeatWinners.ALLOWED:
        assert len(everybody) == len(set(everybody)), "nobody wins twice"
