"""When an upstream is left alone, and when it is tried again."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from quizsvc.zalo.breaker import Breaker
from tests.zalo.conftest import Seconds


@pytest.fixture
def breaker(seconds: Seconds) -> Breaker:
    return Breaker(failures=3, rest_seconds=10, monotonic=seconds)


def open_it(breaker: Breaker) -> None:
    assert [breaker.failed() for _ in range(3)] == [False, False, True]


def test_stays_closed_below_the_limit(breaker):
    breaker.failed()
    breaker.failed()
    assert breaker.wait() is None


def test_only_failures_in_a_row_count(breaker):
    for _ in range(10):
        breaker.failed()
        breaker.failed()
        breaker.succeeded()
    assert breaker.wait() is None


def test_opens_and_says_how_long(breaker, seconds):
    open_it(breaker)
    assert breaker.wait() == 10
    seconds.now += 4
    assert breaker.wait() == 6


def test_half_open_lets_one_through(breaker, seconds):
    open_it(breaker)
    seconds.now += 10
    assert [breaker.wait() for _ in range(3)] == [None, 10, 10]


def test_a_successful_try_closes_it(breaker, seconds):
    open_it(breaker)
    seconds.now += 10
    breaker.wait()
    breaker.succeeded()
    assert [breaker.wait() for _ in range(3)] == [None, None, None]
    open_it(breaker)  # the count begins anew


def test_a_failed_try_opens_it_at_once(breaker, seconds):
    open_it(breaker)
    seconds.now += 10
    breaker.wait()
    seconds.now += 5
    assert not breaker.failed()  # it was open already
    assert breaker.wait() == 10


def test_a_try_that_never_reports_does_not_keep_it_open(breaker, seconds):
    open_it(breaker)
    seconds.now += 10
    assert breaker.wait() is None
    seconds.now += 10
    assert breaker.wait() is None


def test_one_of_many_threads_gets_through(breaker, seconds):
    open_it(breaker)
    seconds.now += 10
    together = Barrier(16)

    def ask(_: int) -> float | None:
        together.wait()
        return breaker.wait()

    with ThreadPoolExecutor(16) as threads:
        waits = list(threads.map(ask, range(16)))
    assert waits.count(None) == 1
