"""Pain 5: what comes after the deadline and its grace does not count, to the millisecond."""

from datetime import datetime, timedelta

import pytest

from quizsvc.attempts.timing import GRACE
from tests.pains.arena import some_answers
from tests.world import Player, make_contest, right_answers, round_document

LIMIT = timedelta(minutes=10)
ONE = timedelta(milliseconds=1)


@pytest.fixture
def player(playground, phone, clock):
    make_contest(clock.now)
    return Player(phone)


@pytest.fixture
def attempt(player):
    """Started, with the first of three questions answered right and saved."""
    started = player.start().json
    assert player.save(started, 1, first_of(started)).status_code == 200
    return started


@pytest.mark.parametrize("after_start", [LIMIT - ONE, LIMIT, LIMIT + ONE, LIMIT + GRACE - ONE, LIMIT + GRACE])
def test_a_save_until_the_end_of_the_grace_counts(player, attempt, clock, after_start):
    clock.now += after_start
    saved = player.save(attempt, 2, right_answers(attempt))
    assert (saved.status_code, saved.json["version"]) == (200, 2)
    assert saved.json["remaining_ms"] == max(timedelta(0), LIMIT - after_start) / ONE
    clock.now += LIMIT
    closed = player.refresh().get(f"/attempts/{attempt['id']}").json
    assert (closed["state"], closed["version"], closed["answers"]) == ("expired", 2, right_answers(attempt))
    assert (closed["result"]["score"], closed["result"]["submitted_at"]) == (3, attempt["deadline_at"])


def test_a_save_one_millisecond_after_the_grace_is_refused_and_changes_nothing(player, attempt, clock):
    clock.now += LIMIT + GRACE + ONE
    refused = player.save(attempt, 2, right_answers(attempt))
    assert (refused.status_code, refused.json["type"]) == (409, "/problems/attempt-expired")
    stored = player.get(f"/attempts/{attempt['id']}").json
    assert (stored["state"], stored["version"], stored["answers"]) == ("expired", 1, first_of(attempt))
    assert (stored["remaining_ms"], stored["result"]["score"]) == (0, 1)
    assert stored["result"]["receipt"] == refused.json["receipt"]
    again = player.save(attempt, 3, right_answers(attempt))
    assert (again.status_code, again.json["receipt"]) == (409, refused.json["receipt"])


@pytest.mark.parametrize("after_start", [LIMIT - ONE, LIMIT, LIMIT + ONE, LIMIT + GRACE])
def test_a_submission_until_the_end_of_the_grace_counts_and_gains_no_time(player, attempt, clock, after_start):
    clock.now += after_start
    told = player.submit(attempt, version=2, answers=right_answers(attempt)).json
    assert (told["state"], told["score"]) == ("submitted", 3)
    assert told["duration_ms"] == min(after_start, LIMIT) / ONE
    ended = datetime.fromisoformat(attempt["started_at"]) + min(after_start, LIMIT)
    assert datetime.fromisoformat(told["submitted_at"]) == ended


def test_a_submission_one_millisecond_after_the_grace_is_refused_and_what_was_saved_is_graded(player, attempt, clock):
    clock.now += LIMIT + GRACE + ONE
    refused = player.submit(attempt, version=2, answers=right_answers(attempt))
    assert (refused.status_code, refused.json["type"]) == (409, "/problems/attempt-expired")
    stored = player.get(f"/attempts/{attempt['id']}").json
    assert (stored["state"], stored["answers"]) == ("expired", first_of(attempt))
    assert (stored["result"]["score"], stored["result"]["duration_ms"]) == (1, LIMIT / ONE)
    assert stored["result"]["receipt"] == refused.json["receipt"]


def test_the_end_of_the_round_is_a_deadline_as_any_other(playground, phone, clock):
    make_contest(clock.now, round_document(clock.now, closes_at=(clock.now + timedelta(minutes=3)).isoformat()))
    early, late = Player(phone, 1), Player(phone, 2)
    ones, others = early.start().json, late.start().json
    clock.now += timedelta(minutes=3) + GRACE
    assert early.submit(ones, answers=some_answers(ones)).json["submitted_at"] == ones["deadline_at"]
    clock.now += ONE
    assert late.submit(others, answers=some_answers(others)).json["type"] == "/problems/attempt-expired"
    assert late.get(f"/attempts/{others['id']}").json["answers"] == {}


def first_of(attempt):
    question = attempt["questions"][0]
    return {question["id"]: right_answers(attempt)[question["id"]]}
