"""Pain 19: extra time moves the deadline itself, and the phone learns it with its next save or look."""

from datetime import datetime, timedelta

import pytest

from quizsvc.attempts.sweeping import sweep
from quizsvc.core.runtime import runtime
from tests.organizers.people import PROVINCE, REASON, give
from tests.world import Player, make_contest, right_answers

LIMIT_MS = 600_000


@pytest.fixture
def late(phone, clock):
    """Somebody who has half a minute left, and the owner of the contest."""
    make_contest(clock.now)
    owner, player = Player(phone, 1), Player(phone, 2)
    give(owner, "owner", PROVINCE)
    attempt = player.start().json
    clock.advance(milliseconds=LIMIT_MS - 30_000)
    return owner, player, attempt


def grant(owner, attempt, **body):
    body = {"attempt_id": attempt["id"], "extra_ms": 120_000} | body
    answer = owner.call("POST", "/manage/rounds/thi.r1/extra-time", body | {"reason": REASON})
    assert answer.status_code == 201, answer.text


def test_granted_with_thirty_seconds_left_the_next_save_says_so(late, clock):
    owner, player, attempt = late
    assert player.save(attempt, 1, right_answers(attempt, 2)).json["remaining_ms"] == 30_000
    grant(owner, attempt)
    clock.advance(seconds=1)
    saved = player.save(attempt, 2, right_answers(attempt, 1)).json
    looked = player.get(f"/attempts/{attempt['id']}").json
    assert saved["remaining_ms"] == looked["remaining_ms"] == 149_000
    assert datetime.fromisoformat(looked["deadline_at"]) == clock.now + timedelta(milliseconds=149_000)
    again = player.start().json
    assert (again["id"], again["remaining_ms"]) == (attempt["id"], 149_000)


def test_what_is_done_in_the_extra_time_counts(late, clock):
    owner, player, attempt = late
    grant(owner, attempt)
    clock.advance(seconds=31)  # the first deadline has passed
    sweep(runtime().clock)
    assert player.save(attempt, 1, right_answers(attempt, 1)).status_code == 200
    clock.advance(seconds=100)
    told = player.submit(attempt, answers=right_answers(attempt)).json
    assert (told["state"], told["score"], told["duration_ms"]) == ("submitted", 3, LIMIT_MS + 101_000)


def test_after_the_new_deadline_it_is_over(late, clock):
    owner, player, attempt = late
    grant(owner, attempt)
    clock.advance(seconds=156)  # past it and past the grace
    assert player.submit(attempt).json["type"] == "/problems/attempt-expired"


def test_two_grants_add_up(late):
    owner, player, attempt = late
    grant(owner, attempt)
    grant(owner, attempt, extra_ms=60_000)
    assert player.save(attempt, 1, {}).json["remaining_ms"] == 210_000
