"""A trial round: played like any other, on no board of the contest, wiped when the contest begins."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from quizsvc.attempts.models import Attempt, Receipt
from quizsvc.attempts.sweeper import Sweeper
from quizsvc.attempts.sweeping import sweep
from quizsvc.attempts.trials import wipe_trials, wipe_what_is_over
from quizsvc.contests.models import Round
from quizsvc.core.db import reading, transaction
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


def test_wiping_waits_for_what_is_not_graded_yet(phone, clock, contest):
    Player(phone).start("thi.thu")
    clock.advance(days=1)
    assert wipe_trials(clock) == 0
    sweep(clock)
    assert wipe_trials(clock) == 1


def test_the_contest_begins_although_the_trial_was_extended(phone, clock, contest):
    """What is played in the hours that were added goes when they are over."""
    player = Player(phone)
    play(player, "thi.thu")
    with transaction() as session:
        session.execute(update(Round).where(Round.public_id == "thi.thu").values(closes_at=clock.now + timedelta(days=2)))
    clock.advance(days=1, hours=23, minutes=59)
    assert wipe_trials(clock) == 0
    clock.advance(minutes=1)
    assert wipe_trials(clock) == 1


def test_several_processes_wipe_each_attempt_once(playground, phone, clock, contest):
    for number in range(1, 9):
        play(Player(phone, number).in_unit(THANH_VINH), "thi.thu")
    clock.advance(days=1)
    wiped: list[int] = []
    barrier = threading.Barrier(4)

    def one() -> None:
        with playground.app_context():
            barrier.wait(timeout=30)
            wiped.append(wipe_trials(clock))

    threads = [threading.Thread(target=one) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(wiped) == [0, 0, 0, 8]
    assert rows(Attempt, Receipt, Entry, RankCell, Tally, AuditRow) == [0, 0, 0, 0, 0, 1]


def test_the_sweeper_wipes(playground, phone, clock, contest):
    play(Player(phone), "thi.thu")
    clock.advance(days=1)
    sweeper, pause = Sweeper(playground, every_seconds=0.01, chores=[wipe_what_is_over]), threading.Event()
    sweeper.start()
    for _ in range(1000):
        if rows(Attempt) == [0]:
            break
        pause.wait(0.01)
    sweeper.stop()
    assert rows(Attempt, Receipt, Entry, RankCell, Tally, AuditRow) == [0, 0, 0, 0, 0, 1]


def test_what_counts_is_never_wiped(phone, clock, contest):
    player = Player(phone)
    clock.advance(days=1)
    play(player.refresh(), "thi.r1")
    clock.advance(days=30)
    assert wipe_trials(clock) == 0
    assert rows(Attempt, Receipt) == [1, 1]
