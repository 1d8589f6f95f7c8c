from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizsvc.attempts.limits import Used, counted_as_used, monday_of, nothing_left
from quizsvc.contests.rules import Abandoned, Limits

NOON = datetime(2026, 11, 25, 5, 0, tzinfo=UTC)  # Wednesday noon in Vietnam
MIDNIGHT = datetime(2026, 11, 24, 17, 0, tzinfo=UTC)  # when that Wednesday began there
MONDAY = datetime(2026, 11, 22, 17, 0, tzinfo=UTC)
MS = timedelta(milliseconds=1)
HERE, ELSEWHERE = 1, 2


def used(*starts: datetime, round_id: int = HERE, abandoned: bool = False) -> list[Used]:
    return [Used(round_id, start, abandoned) for start in starts]


@pytest.mark.parametrize(
    ("limits", "starts", "says"),
    [
        (Limits(), used(NOON, NOON, NOON), None),
        (Limits(per_round=1), [], None),
        (Limits(per_round=1), used(NOON), "Vòng này cho tối đa 1 lượt."),
        (Limits(per_round=2), used(NOON), None),
        (Limits(per_round=1), used(NOON, round_id=ELSEWHERE), None),
        (Limits(per_day=1), used(MIDNIGHT - MS), None),
        (Limits(per_day=1), used(MIDNIGHT), "Mỗi ngày"),
        (Limits(per_day=1), used(MIDNIGHT, round_id=ELSEWHERE), "Mỗi ngày"),
        (Limits(per_week=1), used(MONDAY - MS), None),
        (Limits(per_week=1), used(MONDAY), "Mỗi tuần"),
        (Limits(per_week=7), used(*[MONDAY] * 6), None),
        (Limits(per_week=7), used(*[MONDAY] * 6, NOON), "Mỗi tuần (từ thứ Hai) được thi tối đa 7 lượt"),
        (Limits(per_contest=3), used(MONDAY - timedelta(days=40), MONDAY), None),
        (Limits(per_contest=2), used(MONDAY - timedelta(days=40), MONDAY), "Cả cuộc thi"),
        (Limits(per_contest=2), used(MONDAY, NOON, round_id=ELSEWHERE), "Cả cuộc thi"),
        (Limits(per_round=1, per_contest=1), used(NOON), "Vòng này"),
    ],
)
def test_what_stands_against_another_start(limits, starts, says):
    against = nothing_left(starts, limits, round_id=HERE, now=NOON)
    assert (against is None) == (says is None)
    assert says is None or says in against


def test_giving_up_uses_a_turn_unless_it_is_free():
    starts = used(NOON, abandoned=True) + used(NOON)
    for abandoned, left in ((Abandoned.CONSUMED, 2), (Abandoned.FREE, 1)):
        limits = Limits(per_round=2, abandoned=abandoned)
        assert len(counted_as_used(starts, limits)) == left
        assert (nothing_left(starts, limits, round_id=HERE, now=NOON) is None) == (left < 2)


@given(st.dates(date(2020, 1, 1), date(2035, 1, 1)))
def test_a_week_begins_on_its_monday(day):
    monday = monday_of(day)
    assert monday.weekday() == 0
    assert timedelta(0) <= day - monday < timedelta(days=7)
