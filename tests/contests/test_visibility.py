from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizsvc.contests.eligibility import Eligibility
from quizsvc.contests.rules import Counts, Quota, RoundRules, Shown, Window
from quizsvc.contests.visibility import (
    board_visible,
    board_visible_from,
    own_result_visible,
    review_visible,
)
from quizsvc.leaderboards.boards import BoardState, contest_state

OPENS = datetime(2026, 12, 1, 1, 0, tzinfo=UTC)
CLOSES = OPENS + timedelta(days=7)
MS = timedelta(milliseconds=1)
WINDOW = Window(OPENS, CLOSES)
BEFORE, FIRST, LAST, AFTER = OPENS - MS, OPENS, CLOSES - MS, CLOSES
PROMPT = "Có bao nhiêu người trả lời đúng?"


def rules(
    *, result: Shown = Shown.AT_ONCE, review: Shown = Shown.NEVER, board: Shown = Shown.AT_ONCE, prompt: str | None = None
) -> RoundRules:
    return RoundRules(
        time_limit_ms=60_000,
        attempts=1,
        counts=Counts.BEST,
        points_per_question=1,
        show_result=result,
        show_review=review,
        show_board=board,
        prediction_prompt=prompt,
        quotas=(Quota("b", 1),),
        eligibility=Eligibility(),
    )


@pytest.mark.parametrize(
    ("shown", "while_open", "afterwards"),
    [(Shown.AT_ONCE, True, True), (Shown.AFTER_ROUND, False, True), (Shown.NEVER, False, False)],
)
def test_results_and_reviews_follow_their_own_rule(shown, while_open, afterwards):
    for now, visible in ((FIRST, while_open), (LAST, while_open), (AFTER, afterwards), (AFTER + MS, afterwards)):
        for prompt in (None, PROMPT):
            assert own_result_visible(rules(result=shown, prompt=prompt), WINDOW, now) is visible
            assert review_visible(rules(review=shown, prompt=prompt), WINDOW, now) is visible


@pytest.mark.parametrize(
    ("shown", "prompt", "visible_at"),
    [
        (Shown.AT_ONCE, None, (False, True, True, True)),
        (Shown.AFTER_ROUND, None, (False, False, False, True)),
        (Shown.NEVER, None, (False, False, False, False)),
        (Shown.AT_ONCE, PROMPT, (False, False, False, True)),
        (Shown.AFTER_ROUND, PROMPT, (False, False, False, True)),
        (Shown.NEVER, PROMPT, (False, False, False, False)),
    ],
)
def test_a_prediction_question_seals_the_board_while_it_can_be_answered(shown, prompt, visible_at):
    made = rules(board=shown, prompt=prompt)
    assert tuple(board_visible(made, WINDOW, now) for now in (BEFORE, FIRST, LAST, AFTER)) == visible_at


@given(st.sampled_from(Shown), st.sampled_from((None, PROMPT)), st.integers(-3, 3), st.sampled_from((OPENS, CLOSES)))
def test_the_moment_that_is_announced_is_the_moment_that_holds(shown, prompt, step, border):
    made = rules(board=shown, prompt=prompt)
    visible_from = board_visible_from(made, WINDOW)
    now = border + step * MS
    assert board_visible(made, WINDOW, now) == (visible_from is not None and visible_from <= now)


FOLLOWING = Window(CLOSES, CLOSES + timedelta(days=7))
END = FOLLOWING.closes_at
LIVE, SEALED, PROVISIONAL = BoardState.LIVE, BoardState.SEALED, BoardState.PROVISIONAL


@pytest.mark.parametrize(
    ("first", "second", "at", "state", "visible_from"),
    [
        (rules(), rules(), BEFORE, SEALED, OPENS),
        (rules(), rules(), FIRST, LIVE, OPENS),
        (rules(), rules(), AFTER, LIVE, CLOSES),
        (rules(), rules(), END, PROVISIONAL, CLOSES),
        # a sum over rounds would give the sealed round away, from the moment that round opens
        (rules(), rules(board=Shown.AFTER_ROUND), LAST, LIVE, OPENS),
        (rules(), rules(board=Shown.AFTER_ROUND), AFTER, SEALED, END),
        (rules(), rules(prompt=PROMPT), AFTER, SEALED, END),
        (rules(), rules(prompt=PROMPT), END - MS, SEALED, END),
        (rules(), rules(prompt=PROMPT), END, PROVISIONAL, END),
        (rules(board=Shown.AFTER_ROUND), rules(), LAST, SEALED, CLOSES),
        (rules(board=Shown.AFTER_ROUND), rules(), AFTER, LIVE, CLOSES),
        (rules(board=Shown.NEVER), rules(), END, SEALED, None),
        (rules(), rules(board=Shown.NEVER), LAST, LIVE, OPENS),
        (rules(), rules(board=Shown.NEVER), END, SEALED, None),
    ],
)
def test_the_board_of_a_contest_is_sealed_with_any_of_its_begun_rounds(first, second, at, state, visible_from):
    rounds = [(first, WINDOW), (second, FOLLOWING)]
    assert contest_state(rounds, at) == (state, visible_from)


def test_the_board_of_one_round():
    for made, now in product((rules(), rules(prompt=PROMPT)), (BEFORE, FIRST, LAST, AFTER)):
        state, visible_from = contest_state([(made, WINDOW)], now)
        assert (state is not SEALED) == board_visible(made, WINDOW, now)
        assert visible_from == board_visible_from(made, WINDOW)
