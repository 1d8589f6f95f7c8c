"""Limits by account, shared through Redis while it is there, in memory while it is not."""

from __future__ import annotations

import time
from uuid import uuid4

from quizsvc.core import rate_limits
from quizsvc.core.rate_limits import Rates
from tests.world import Player, make_contest

THREE = "3/minute"


def calls_let_through(rates: list[Rates], key: str, calls: int = 9) -> int:
    return sum(rates[call % len(rates)].wait_for(THREE, key) is None for call in range(calls))


def test_in_memory_each_process_counts_for_itself():
    assert calls_let_through([Rates(None)], "someone") == 3
    assert calls_let_through([Rates(None), Rates(None)], "someone") == 6


def test_through_redis_all_processes_count_together(redis_url):
    assert calls_let_through([Rates(redis_url), Rates(redis_url)], f"key-{uuid4()}") == 3


def test_keys_do_not_disturb_each_other(redis_url):
    rates = Rates(redis_url)
    first, second = f"key-{uuid4()}", f"key-{uuid4()}"
    assert calls_let_through([rates], first) == 3
    assert calls_let_through([rates], second) == 3


def test_the_wait_is_whole_seconds_within_the_window():
    rates = Rates(None)
    for _ in range(3):
        assert rates.wait_for(THREE, "someone") is None
    assert rates.wait_for(THREE, "someone") in range(1, 62)


def test_in_memory_each_key_has_a_window_of_its_own_that_begins_with_its_first_call():
    now = 1000.0
    rates = Rates(None, monotonic=lambda: now)
    waits = {}
    for step in range(0, 200, 5):
        now = 1000.0 + step
        for key, begins in (("early", 0), ("late", 40)):
            if step >= begins:
                waits[key, step] = rates.wait_for(THREE, key)
    let_in = {key: [step for name, step in waits if name == key and waits[name, step] is None] for key in ("early", "late")}
    assert let_in == {
        "early": [0, 5, 10, 60, 65, 70, 120, 125, 130, 180, 185, 190],
        "late": [40, 45, 50, 100, 105, 110, 160, 165, 170],
    }
    assert waits["early", 15] == 45
    assert waits["late", 95] == 5


def test_without_redis_nobody_waits_and_limits_still_hold():
    rates = Rates("redis://127.0.0.1:1/0")  # nobody listens there
    begun = time.monotonic()
    assert calls_let_through([rates], "someone") == 3
    assert time.monotonic() - begun < 2


def test_too_many_requests_say_when_to_come_back(phone, clock):
    make_contest(clock.now)
    player = Player(phone)
    limit = int(rate_limits.SENSITIVE.split("/")[0])
    answers = [player.get("/me/export") for _ in range(limit + 1)]
    assert {answer.status_code for answer in answers[:-1]} == {200}
    refused = answers[-1]
    assert refused.status_code == 429
    assert refused.json["type"] == "/problems/too-many-requests"
    assert int(refused.headers["Retry-After"]) in range(1, 62)
    assert Player(phone, 2).get("/me/export").status_code == 200
