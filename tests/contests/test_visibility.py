from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizsvc.contests.eligibility import Eligibility
from quizsvc.contests.lifecycle import GRACE
from quizsvc.contests.ranking_keys import Order, RankingKey
from quizsvc.contests.rules import Counts, Limits, Paper, Phase, Prediction, Quota, RoundRules, Scope, Shown, Window
from quizsvc.contests.visibility import (
    Circumstances,
    Sitting,
    board_visible_from,
    contest_board_visible_from,
    own_result_visible,
    prediction_open,
    review_visible_from,
)

OPENS = datetime(2026, 12, 1, 1, 0, tzinfo=UTC)
DAY = timedelta(days=1)
CLOSES = OPENS + 7 * DAY
MS = timedelta(milliseconds=1)
WINDOW = Window(OPENS, CLOSES)
BEFORE, FIRST, LAST, AFTER = OPENS - MS, OPENS, CLOSES - MS, CLOSES
UNSEALED = CLOSES + GRACE
PREDICTION = Prediction("Có bao nhiêu người trả lời đúng?")
OF_CONTEST = replace(PREDICTION, scope=Scope.CONTEST)
BY_PREDICTION = (RankingKey("score", Order.HIGH), RankingKey("prediction_error", Order.LOW))


def board_visible(made: RoundRules, window: Window, facts: Circumstances, now: datetime) -> bool:
    moment = board_visible_from(made, window, facts, now)
    return moment is not None and moment <= now


def contest_board_visible(facts: Circumstances, now: datetime) -> bool:
    moment = contest_board_visible_from(facts, now)
    return moment is not None and moment <= now


def rules(
    board: Shown = Shown.AT_ONCE,
    *,
    result: Shown = Shown.AT_ONCE,
    review: Shown = Shown.NEVER,
    prediction: Prediction | None = None,
    phase: Phase = Phase.OFFICIAL,
) -> RoundRules:
    return RoundRules(
        time_limit_ms=60_000,
        limits=Limits(per_round=1),
        counts=Counts.BEST,
        points=(1, 1, 1),
        show_result=result,
        show_review=review,
        show_board=board,
        papers=(Paper((Quota("b", 1),)),),
        eligibility=Eligibility(),
        prediction=prediction,
        phase=phase,
    )


def days(opens: float, closes: float) -> Window:
    return Window(OPENS + opens * DAY, OPENS + closes * DAY)


def at(day: float) -> datetime:
    return OPENS + day * DAY


def alone(made: RoundRules, **more: object) -> Circumstances:
    return Circumstances((Sitting(made, WINDOW),), **more)


END = at(14)
CONTEST = (Sitting(rules(), WINDOW), Sitting(rules(), days(7, 14)))


@pytest.mark.parametrize(
    ("shown", "final_at", "visible_from"),
    [
        (Shown.AT_ONCE, None, OPENS),
        (Shown.AFTER_ROUND, None, CLOSES),
        (Shown.AFTER_CONTEST, None, END),
        (Shown.AFTER_FINAL, None, None),
        (Shown.AFTER_FINAL, at(20), at(20)),
        (Shown.NEVER, at(20), None),
    ],
)
def test_results_and_reviews_follow_their_own_rule(shown, final_at, visible_from):
    for prediction in (None, PREDICTION, OF_CONTEST):
        made = rules(result=shown, review=shown, prediction=prediction)
        facts = Circumstances((Sitting(made, WINDOW), CONTEST[1]), BY_PREDICTION, final_at=final_at)
        assert review_visible_from(made, WINDOW, facts) == visible_from
        for now in (FIRST, LAST, AFTER, END - MS, END, at(20) - MS, at(20)):
            visible = visible_from is not None and visible_from <= now
            assert own_result_visible(made, WINDOW, facts, now) is visible


@pytest.mark.parametrize(
    ("shown", "prediction", "visible_at"),
    [
        (Shown.AT_ONCE, None, (False, True, True, True, True)),
        (Shown.AFTER_ROUND, None, (False, False, False, True, True)),
        (Shown.AFTER_CONTEST, None, (False, False, False, True, True)),
        (Shown.AFTER_FINAL, None, (False, False, False, False, False)),
        (Shown.NEVER, None, (False, False, False, False, False)),
        (Shown.AT_ONCE, PREDICTION, (False, False, False, False, True)),
        (Shown.AFTER_ROUND, PREDICTION, (False, False, False, False, True)),
        (Shown.NEVER, PREDICTION, (False, False, False, False, False)),
        (Shown.AT_ONCE, OF_CONTEST, (False, False, False, False, True)),
    ],
)
def test_a_prediction_question_seals_the_board_while_it_can_be_answered(shown, prediction, visible_at):
    """That is a little longer than the round: who sends at the last moment is heard within the grace."""
    made = rules(shown, prediction=prediction)
    times = (BEFORE, FIRST, LAST, UNSEALED - MS, UNSEALED)
    assert tuple(board_visible(made, WINDOW, alone(made), now) for now in times) == visible_at
    assert tuple(contest_board_visible(alone(made), now) for now in times) == visible_at


def test_a_board_that_ranks_by_the_prediction_waits_for_its_first_snapshot():
    made = rules(prediction=PREDICTION)
    for sealed_at, expected in ((None, None), (at(8), at(8)), (CLOSES, UNSEALED)):
        facts = alone(made, ranking=BY_PREDICTION, sealed_at=sealed_at)
        assert board_visible_from(made, WINDOW, facts, END) == expected
        assert contest_board_visible_from(facts, END) == expected
    assert board_visible(made, WINDOW, alone(made), END), "one that does not rank by it needs none"


def test_a_round_that_overlaps_one_with_an_open_prediction_is_sealed_as_long_as_that_runs():
    asking, beside, apart = rules(prediction=PREDICTION), rules(), rules()
    windows = days(2, 4), days(0, 7), days(4, 7)
    facts = Circumstances(tuple(map(Sitting, (asking, beside, apart), windows)))

    def seen(now: datetime) -> tuple[bool, ...]:
        boards = (board_visible(made, window, facts, now) for made, window in zip((beside, apart), windows[1:], strict=True))
        return (*boards, contest_board_visible(facts, now))

    assert seen(at(2) - MS) == (True, False, True)
    assert seen(at(2)) == (False, False, False)
    assert seen(at(4)) == (False, True, False)
    assert seen(at(4) + GRACE - MS) == (False, True, False)
    assert seen(at(4) + GRACE) == (True, True, True)
    assert board_visible_from(beside, windows[1], facts, at(1)) == OPENS
    assert board_visible_from(beside, windows[1], facts, at(3)) == at(4) + GRACE
    assert board_visible_from(beside, windows[1], facts, at(5)) == at(4) + GRACE


def test_a_prediction_about_the_whole_contest_seals_all_of_it_from_its_first_round_on():
    first, asking, trial = rules(), rules(prediction=OF_CONTEST), rules(phase=Phase.TRIAL)
    facts = Circumstances((Sitting(trial, days(-2, -1)), Sitting(first, WINDOW), Sitting(asking, days(8, 14))))
    for now in (at(-1.5), OPENS, CLOSES, at(7.5), at(9), END, END + GRACE - MS):
        assert not any(board_visible(each.rules, each.window, facts, now) for each in facts.rounds)
        assert not contest_board_visible(facts, now)
    assert all(board_visible(each.rules, each.window, facts, END + GRACE) for each in facts.rounds)
    assert contest_board_visible(facts, END + GRACE)


def test_a_make_up_session_keeps_the_prediction_open_and_the_figures_sealed():
    made = rules(prediction=PREDICTION)
    facts = Circumstances((Sitting(made, WINDOW, answered_until=at(9)),))
    assert prediction_open(made, WINDOW, facts, at(9) + GRACE - MS)
    assert not board_visible(made, WINDOW, facts, at(9) + GRACE - MS)
    assert board_visible(made, WINDOW, facts, at(9) + GRACE)
    assert not prediction_open(made, WINDOW, facts, at(9) + GRACE)
    assert not prediction_open(rules(), WINDOW, facts, FIRST), "a round that asks nothing"


@pytest.mark.parametrize(
    ("first", "second", "now", "visible_from"),
    [
        (rules(), rules(), BEFORE, OPENS),
        (rules(), rules(), FIRST, OPENS),
        (rules(), rules(), AFTER, CLOSES),
        # a sum over rounds would give the sealed round away, from the moment that round opens
        (rules(), rules(Shown.AFTER_ROUND), LAST, OPENS),
        (rules(), rules(Shown.AFTER_ROUND), AFTER, END),
        (rules(), rules(prediction=PREDICTION), LAST, OPENS),
        (rules(), rules(prediction=PREDICTION), AFTER, END + GRACE),
        (rules(), rules(prediction=PREDICTION), END, END + GRACE),
        (rules(), rules(prediction=PREDICTION), END + GRACE, END + GRACE),
        (rules(Shown.AFTER_ROUND), rules(), LAST, CLOSES),
        (rules(Shown.AFTER_ROUND), rules(Shown.AFTER_ROUND), LAST, END),
        (rules(Shown.AFTER_CONTEST), rules(), LAST, END),
        (rules(Shown.NEVER), rules(), END, None),
        (rules(), rules(Shown.NEVER), LAST, OPENS),
        (rules(), rules(Shown.NEVER), END, None),
        (rules(Shown.NEVER, phase=Phase.TRIAL), rules(), END, CLOSES),
    ],
)
def test_the_board_of_a_contest_shows_nothing_sooner_than_its_begun_rounds(first, second, now, visible_from):
    facts = Circumstances((Sitting(first, WINDOW), Sitting(second, days(7, 14))))
    assert contest_board_visible_from(facts, now) == visible_from


sittings = st.builds(
    lambda board, prediction, opens, length, extra: Sitting(
        rules(board, prediction=prediction),
        days(opens, opens + length),
        None if extra is None else at(opens + length + extra),
    ),
    st.sampled_from(Shown),
    st.sampled_from((None, PREDICTION, OF_CONTEST, replace(PREDICTION, scope=Scope.TRACK))),
    st.integers(0, 6),
    st.integers(1, 4),
    st.none() | st.integers(1, 3),
)
contests = st.builds(
    Circumstances,
    st.lists(sittings, min_size=1, max_size=4).map(tuple),
    st.sampled_from(((), BY_PREDICTION)),
    st.none() | st.integers(0, 15).map(at),
    st.none() | st.integers(0, 15).map(at),
)


@given(contests)
def test_no_figure_is_seen_while_a_prediction_that_it_tells_can_be_answered(facts):
    for step, asking in product(range(-1, 15), facts.rounds):
        for now in (at(step) - MS, at(step), at(step) + GRACE):
            if now < asking.window.opens_at or not prediction_open(asking.rules, asking.window, facts, now):
                continue
            assert not board_visible(asking.rules, asking.window, facts, now)
            assert not contest_board_visible(facts, now)


@given(contests, st.integers(-2, 16), st.sampled_from((-MS, 0 * MS, GRACE - MS, GRACE)))
def test_the_moment_that_is_announced_is_the_moment_that_holds(facts, day, more):
    now = at(day) + more
    each = facts.rounds[0]
    asked = (
        lambda then: board_visible_from(each.rules, each.window, facts, then),
        lambda then: contest_board_visible_from(facts, then),
    )
    seen = (
        lambda then: board_visible(each.rules, each.window, facts, then),
        lambda then: contest_board_visible(facts, then),
    )
    for announced, visible in zip(asked, seen, strict=True):
        moment = announced(now)
        if moment is not None and moment > now:
            assert visible(moment)
            between = (now + part * (moment - now) / 20 for part in range(1, 20))
            assert not any(visible(then) for then in between)
