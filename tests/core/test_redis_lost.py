"""Redis lost in the middle: nobody waits for it, limits hold in memory meanwhile, and its counts count again afterwards."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from urllib.parse import urlsplit
from uuid import uuid4

import pytest

from quizsvc import create_app
from quizsvc.core.db import db
from quizsvc.core.rate_limits import REST_SECONDS, Rates
from tests.conftest import settings_for
from tests.core.wire import Wire
from tests.world import Player

THREE = "3/minute"


class Seconds:
    """A monotonic clock that moves only when told."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def wire(redis_url: str) -> Iterator[Wire]:
    """A wire to the Redis of the tests."""
    parts = urlsplit(redis_url)
    with Wire((parts.hostname or "127.0.0.1", parts.port or 6379)) as made:
        yield made


@pytest.fixture
def wired_url(redis_url: str, wire: Wire) -> str:
    """The URL of that Redis through the wire."""
    parts = urlsplit(redis_url)
    login, at, _ = parts.netloc.rpartition("@")
    return parts._replace(netloc=f"{login}{at}127.0.0.1:{wire.port}").geturl()


def let_through(rates: Rates, key: str, calls: int) -> list[bool]:
    return [rates.wait_for(THREE, key) is None for _ in range(calls)]


def test_lost_and_found_again(wire, wired_url, redis_url, log_lines):
    seconds, key = Seconds(), f"key-{uuid4()}"
    rates, another_process = Rates(wired_url, monotonic=seconds), Rates(redis_url)
    assert let_through(rates, key, 2) == [True, True]
    wire.cut()
    assert let_through(rates, key, 5) == [True, True, True, False, False]  # in memory, from the beginning
    tries = wire.tries
    wire.mend()
    seconds.now += REST_SECONDS - 0.1
    assert let_through(rates, key, 1) == [False]
    assert wire.tries == tries  # not asked again so soon
    seconds.now += 0.1
    assert let_through(rates, key, 2) == [True, False]  # the third of three: Redis remembers the first two
    assert let_through(another_process, key, 1) == [False]
    lost = [line for line in log_lines() if line["event"] == "rate-limit-store-lost"]
    assert [line["level"] for line in lost] == ["warning"]
    assert key not in str(lost)


def test_lost_for_long_it_is_asked_once_in_a_while(wire, wired_url):
    seconds = Seconds()
    rates = Rates(wired_url, monotonic=seconds)
    wire.cut()
    for _ in range(3):
        before = wire.tries
        for _ in range(20):
            assert rates.wait_for("1000/minute", "someone") is None
        assert wire.tries - before <= 2
        seconds.now += REST_SECONDS


def test_a_redis_that_never_answers_is_given_up(log_lines):
    """It takes the connection and says nothing, which is worse than to refuse it."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        rates = Rates(f"redis://127.0.0.1:{silent.getsockname()[1]}/0")
        assert let_through(rates, "someone", 4) == [True, True, True, False]
    assert [line["event"] for line in log_lines()] == ["rate-limit-store-lost"]


def test_players_notice_nothing(world_url, wire, wired_url, clock, chance):
    app = create_app(settings_for(world_url, REDIS_URL=wired_url), clock=clock, chance=chance)
    an = Player(app.test_client())
    assert an.get("/me").status_code == 200
    wire.cut()
    assert [an.get("/me").status_code for _ in range(5)] == [200] * 5
    with app.app_context():
        db.engine.dispose()
