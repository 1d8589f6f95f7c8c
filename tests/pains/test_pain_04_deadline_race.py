"""Pain 4: handing in races the service that closes what is overdue; what the reply says is what is stored."""

import random
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from quizsvc.attempts.models import Attempt, Receipt
from quizsvc.attempts.sweeping import sweep
from quizsvc.attempts.timing import GRACE
from quizsvc.core.db import reading
from quizsvc.verification.service import verify
from tests.effort import times
from tests.pains.arena import some_answers
from tests.pains.crowd import seat
from tests.world import make_contest, round_document

RACES = times(200, long=1000)  # on each of the two databases
APART = timedelta(milliseconds=4)
THREADS = 4


class Hand:
    """Moves the clock, never back, whoever of the threads pushes it."""

    def __init__(self, clock):
        self._clock = clock
        self._lock = threading.Lock()
        self.moved = threading.Event()

    def push_to(self, moment):
        with self._lock:
            self._clock.now = max(self._clock.now, moment)
        self.moved.set()


def test_submissions_race_the_deadline(playground, phone, clock):
    make_contest(clock.now, round_document(clock.now, attempts="unlimited", time_limit_minutes=1))
    attempts = seat(playground, phone, RACES, now=clock.now, apart=APART)
    replies = race(playground, clock, attempts)
    with playground.app_context():
        sweep(clock)
        with reading() as session:
            rows = {row.id: row for row in session.scalars(select(Attempt))}
            receipts = {row.attempt_id: row for row in session.scalars(select(Receipt))}
            findings = verify(session)

    for (_, attempt), reply in zip(attempts, replies, strict=True):
        row, receipt = rows[UUID(attempt["id"])], receipts[UUID(attempt["id"])]
        told = reply.json
        assert told["receipt"] == {"code": receipt.code, "sha256": receipt.sha256}
        if reply.status_code == 200:
            assert (told["state"], row.state, row.request_id) == ("submitted", "submitted", "request-1")
            assert row.answers.count(",") == 2
            assert "" not in row.answers.split(",")  # what was handed in
            assert (told["submitted_at"], told["duration_ms"]) == (attempt["deadline_at"], 60_000)
            assert (told["score"], told["correct_count"]) == (row.score, row.correct_count)
        else:
            assert (reply.status_code, told["type"]) == (409, "/problems/attempt-expired")
            assert (row.state, row.request_id, row.score) == ("expired", None, 0)
            assert row.answers == ",,"  # what was saved, nothing of what came too late
        assert row.ended_at == row.deadline_at == datetime.fromisoformat(attempt["deadline_at"])
    outcomes = Counter(reply.status_code for reply in replies)
    assert set(outcomes) == {200, 409}
    assert min(outcomes.values()) > RACES / 50, "one side always won: no race"
    assert (findings.attempts, findings.differences) == (RACES, [])
    repeat(attempts, replies, clock)


def race(app, clock, attempts):
    """Everybody hands in within a few milliseconds of the last moment, while the sweeper follows the clock.

    The other tab of every fourth looks at the attempt or starts the next one a moment later: these close it as well.
    """
    hand, over = Hand(clock), threading.Event()
    chance = random.Random(4)
    moments = [last_moment(attempt) + timedelta(milliseconds=chance.randint(-5, 5)) for _, attempt in attempts]

    def hand_in(number):
        player, attempt = attempts[number]
        hand.push_to(moments[number])
        return player.submit(attempt, answers=some_answers(attempt, number))

    def other_tab(number):
        player, attempt = attempts[number]
        hand.push_to(last_moment(attempt) + timedelta(milliseconds=1))
        answer = player.start() if number % 8 else player.get(f"/attempts/{attempt['id']}")
        assert answer.status_code in (200, 201), answer.text

    def sweep_on():
        with app.app_context():
            while not over.is_set():
                hand.moved.wait(timeout=1)
                hand.moved.clear()
                sweep(clock)

    with ThreadPoolExecutor(1) as sweeping, ThreadPoolExecutor(THREADS) as pool:
        sweeper = sweeping.submit(sweep_on)
        try:
            replies, others = [], []
            for number in range(len(attempts)):
                replies.append(pool.submit(hand_in, number))
                if number % 4 == 0:
                    others.append(pool.submit(other_tab, number))
            for other in others:
                other.result()
            return [reply.result() for reply in replies]
        finally:
            over.set()
            sweeper.result()


def last_moment(attempt):
    return datetime.fromisoformat(attempt["deadline_at"]) + GRACE


def repeat(attempts, replies, clock):
    """Some ask again much later, and hear the same."""
    clock.advance(days=1)
    for number in range(0, len(attempts), 50):
        player, attempt = attempts[number]
        again = player.refresh().submit(attempt)
        if replies[number].status_code == 200:
            assert again.data == replies[number].data
        else:
            assert again.json["receipt"] == replies[number].json["receipt"]
