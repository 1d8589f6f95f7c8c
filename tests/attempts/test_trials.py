"""A trial round: played like any other, on no board of the contest, wiped when the contest begins."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from quizsvc.attempts.models import Attempt, Receipt
from quizsvc.attempts.sweeping import sweep
from quizsvc.attempts.trials import wipe_trials
from quizsvc.core.db import reading
from quizsvc.leaderboards.models import Entry, RankCell, Tally
from quizsvc.organizers.models import AuditRow
from quizsvc.verification.service import verify
from tests.world import THANH_VINH, Player, make_contest, right_answers, round_document


@pytest.fixture
def contest(clock):
    """A trial of an hour, then a day's pause, then the round that counts; two attempts in the whole contest."""
    trial = round_document(clock.now, round="thu", phase="trial")
    official = round_document(clock.now + timedelta(days=1), round="r1")
    make_contest(clock.now, trial, official, limits={"per_contest": 2})


def play(player: Player, round_id: str) -> None:
    attempt = player.start(round_id).json
    assert player.submit(attempt, answers=right_answers(attempt)).status_code == 200


def rows(*tables: type) -> list[int]:
    with reading() as session:
        return [session.scalar(select(func.count()).select_from(table)) or 0 for table in tables]


def test_a_trial_shows_results_but_is_on_no_board_of_the_contest(phone, contest):
    player = Player(phone).in_unit(THANH_VINH)
    play(player, "thi.thu")
    assert player.get("/rounds/thi.thu/leaderboard/me").json["rank"] == 1
    assert player.get("/contests/thi/leaderboard").json["total"] in (0, None)


def test_the_trial_is_wiped_when_the_contest_opens(phone, clock, contest):
    player = Player(phone).in_unit(THANH_VINH)
    for number in range(3):  # the contest's limit is for what counts
        attempt = player.start("thi.thu").json
        assert player.submit(attempt, f"request-{number}").status_code == 200
    player.start("thi.thu")
    clock.advance(hours=2)
    sweep(clock)
    assert wipe_trials(clock) == 0, "the contest has not opened"
    clock.advance(hours=22)
    player.refresh()
    assert wipe_trials(clock) == 4
    assert wipe_trials(clock) == 0
    assert rows(Attempt, Receipt, Entry, RankCell, Tally) == [0, 0, 0, 0, 0]
    play(player, "thi.r1")
    assert player.get("/contests/thi/leaderboard/me").json["rank"] == 1
    with reading() as session:
        wiped = session.scalars(select(AuditRow).where(AuditRow.action == "trial.wipe")).one()
        assert (wiped.subject, wiped.before) == ("round:thi.thu", {"attempts": 4})
        assert verify(session).differences == []


def test_what_counts_is_never_wiped(phone, clock, contest):
    player = Player(phone)
    clock.advance(days=1)
    play(player.refresh(), "thi.r1")
    clock.advance(days=30)
    assert wipe_trials(clock) == 0
    assert rows(Attempt, Receipt) == [1, 1]
