from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update
from structlog.testing import capture_logs

from quizsvc.attempts.grading import grade
from quizsvc.attempts.models import Attempt, Receipt
from quizsvc.attempts.sweeper import Sweeper
from quizsvc.attempts.sweeping import Swept, sweep
from quizsvc.attempts.timing import GRACE
from quizsvc.core.db import reading, transaction
from quizsvc.core.runtime import runtime
from quizsvc.leaderboards.models import Entry, RankCell, Tally
from quizsvc.verification.service import verify
from tests.world import THANH_VINH, Player, make_contest, right_answers, round_document

MS = timedelta(milliseconds=1)


def figures():
    """Everything that grading writes."""
    with reading() as session:
        attempts = session.execute(
            select(Attempt.id, Attempt.state, Attempt.score, Attempt.correct_count, Attempt.graded_at, Attempt.ended_at)
        ).all()
        receipts = session.execute(select(Receipt.attempt_id, Receipt.sha256, Receipt.issued_at)).all()
        entries = session.execute(select(Entry.board_id, Entry.participant_id, Entry.rank_key, Entry.attempts)).all()
        cells = session.execute(select(RankCell.board_id, RankCell.scope_id, RankCell.prefix, RankCell.entries)).all()
        tallies = session.execute(select(Tally.board_id, Tally.scope_id, Tally.participants, Tally.attempts)).all()
    return [sorted(map(tuple, rows)) for rows in (attempts, receipts, entries, cells, tallies)]


def agrees() -> bool:
    with reading() as session:
        return verify(session).differences == []


def test_what_was_saved_is_graded_at_the_deadline(phone, clock):
    make_contest(clock.now)
    an, binh, chi = (Player(phone, number).in_unit(THANH_VINH) for number in (1, 2, 3))
    saved, empty = an.start().json, binh.start().json
    an.save(saved, 1, right_answers(saved, wrong=1))
    clock.advance(minutes=1)
    running = chi.start().json
    clock.advance(minutes=9)
    clock.now += GRACE
    assert sweep(clock) == Swept(0, 0)
    clock.now += MS
    assert sweep(clock) == Swept(2, 2)
    assert sweep(clock) == Swept(0, 0)
    for player, attempt, score in ((an, saved, 2), (binh, empty, 0)):
        ended = player.get(f"/attempts/{attempt['id']}").json
        assert (ended["state"], ended["result"]["score"]) == ("expired", score)
        assert ended["result"]["submitted_at"] == attempt["deadline_at"]
        assert ended["result"]["duration_ms"] == 600_000
    assert chi.get(f"/attempts/{running['id']}").json["state"] == "open"
    assert phone.get("/api/v1/rounds/thi.r1/leaderboard").json["total"] == 2
    assert agrees()


def test_grading_again_changes_nothing(phone, clock):
    make_contest(clock.now)
    an = Player(phone).in_unit(THANH_VINH)
    for wrong in (1, 0):
        attempt = an.start().json
        an.submit(attempt, answers=right_answers(attempt, wrong=wrong))
    before = figures()
    clock.advance(hours=2)
    with reading() as session:
        ids = session.scalars(select(Attempt.id)).all()
    for attempt_id in [*ids, *ids]:
        with transaction() as session:
            grade(session, attempt_id, now=clock.now)
    assert figures() == before
    assert agrees()


def test_attempts_graded_out_of_order_come_to_the_same_boards(phone, clock):
    """The sweeper may find an old attempt after a newer one was handed in and graded."""
    rounds = [round_document(clock.now, counts=counts, round=counts) for counts in ("best", "first", "last")]
    make_contest(clock.now, *rounds)
    an = Player(phone).in_unit(THANH_VINH)
    for counts in ("best", "first", "last"):
        old = an.start(f"thi.{counts}").json
        an.save(old, 1, right_answers(old))
    clock.advance(minutes=11)
    for counts in ("best", "first", "last"):
        new = an.start(f"thi.{counts}").json
        assert new["number"] == 2
        assert an.submit(new, answers=right_answers(new, wrong=1)).json["score"] == 2
    assert not agrees()
    assert sweep(clock) == Swept(0, 3)
    scores = [
        phone.get(f"/api/v1/rounds/thi.{counts}/leaderboard").json["items"][0]["score"]
        for counts in ("best", "first", "last")
    ]
    assert scores == [3, 3, 2]
    assert agrees()


@pytest.fixture
def quiet():
    """The sweeper logs what it could not grade; structlog would print it."""
    with capture_logs() as logs:
        yield logs


def test_one_broken_paper_does_not_stop_the_others(phone, clock, quiet):
    make_contest(clock.now)
    for number in range(1, 6):
        player = Player(phone, number)
        attempt = player.start().json
        player.save(attempt, 1, right_answers(attempt))
    with transaction() as session:
        broken, *_ = session.scalars(select(Attempt).order_by(Attempt.id))
        sound, broken.paper = broken.paper, "not a paper"
    clock.advance(minutes=11)
    assert sweep(clock) == Swept(5, 4)
    assert [(log["event"], log["attempt_id"]) for log in quiet] == [("grading-failed", str(broken.id))]
    assert sweep(clock) == Swept(0, 0)
    with transaction() as session:
        session.execute(update(Attempt).where(Attempt.id == broken.id).values(paper=sound))
    assert sweep(clock) == Swept(0, 1)
    assert phone.get("/api/v1/rounds/thi.r1/leaderboard").json["total"] == 5
    assert agrees()


def test_two_sweeps_at_once_close_and_count_each_attempt_once(playground, phone, clock):
    make_contest(clock.now)
    for number in range(1, 13):
        Player(phone, number).in_unit(THANH_VINH).start()
    clock.advance(minutes=11)
    swept: list[Swept] = []

    def one() -> None:
        with playground.app_context():
            swept.append(sweep(clock))

    threads = [threading.Thread(target=one) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(each.closed for each in swept) == 12
    with reading() as session:
        assert session.scalar(select(func.count()).select_from(Receipt)) == 12
    assert phone.get("/api/v1/rounds/thi.r1/leaderboard").json["total"] == 12
    assert agrees()


def test_the_sweeper_of_a_serving_process(playground, phone, clock):
    make_contest(clock.now)
    an = Player(phone)
    attempt = an.start().json
    clock.advance(minutes=10, seconds=6)
    sweeper = Sweeper(playground, every_seconds=0.01)
    sweeper.start()
    graded = threading.Event()
    for _ in range(1000):
        with reading() as session:
            if session.scalar(select(func.count()).select_from(Receipt)):
                break
        graded.wait(0.01)
    sweeper.stop()
    listed = an.get("/rounds/thi.r1/attempts").json["items"]
    assert [(item["id"], item["state"]) for item in listed] == [(attempt["id"], "expired")]
    assert listed[0]["result"] is not None


def test_a_chore_that_fails_holds_up_nothing_else(playground, quiet):
    """Each turn does every job, in the application's context."""
    done = threading.Event()

    def breaks() -> None:
        raise OSError("the disk is full")

    def works() -> None:
        assert runtime().clock is not None
        done.set()

    sweeper = Sweeper(playground, every_seconds=0.01, chores=[breaks, works])
    sweeper.start()
    assert done.wait(10)
    sweeper.stop()
    assert {(log["event"], log["job"], log["error"]) for log in quiet} == {("sweep-failed", "breaks", "OSError")}
