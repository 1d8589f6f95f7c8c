"""No answer of Zalo, however slow, holds a thread longer than the limit."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from quizsvc.zalo.errors import ZaloUnavailable
from quizsvc.zalo.transport import Transport, Unreachable
from tests.zalo.conftest import PHONE_TOKEN, TOKEN, USER_ID, settings_at


@contextmanager
def taking_at_most(seconds: float) -> Iterator[None]:
    begun = time.monotonic()
    yield
    assert time.monotonic() - begun < seconds


@pytest.mark.parametrize("mode", ["slow", "drip", "drip_body"])
def test_the_limit_is_on_the_whole_call(make_live, double, lines, mode):
    double.mode = mode
    live = make_live(total_seconds=0.3)
    with taking_at_most(1.3), pytest.raises(ZaloUnavailable):
        live.profile(TOKEN)
    with taking_at_most(1.3), pytest.raises(ZaloUnavailable):
        live.phone_number(TOKEN, PHONE_TOKEN)
    assert len(double.calls) == 2  # no time was left for a second try
    assert [line["event"] for line in lines] == ["zalo-unavailable"] * 2


@pytest.mark.parametrize("mode", ["slow", "drip", "drip_body"])
def test_slow_within_the_limit_is_fine(make_live, double, mode):
    double.mode, double.slow_seconds, double.drip_seconds = mode, 0.1, 0.0005
    live = make_live(total_seconds=3.0)
    assert live.profile(TOKEN).id == USER_ID
    assert live.profile(TOKEN).id == USER_ID
    assert double.connections == 1


def test_both_tries_share_the_limit(make_live, double):
    double.modes.extend(["down", "drip"])
    live = make_live(total_seconds=0.4)
    with taking_at_most(1.3), pytest.raises(ZaloUnavailable):
        live.profile(TOKEN)
    assert len(double.calls) == 2


def test_a_kept_connection_gets_a_fresh_limit(make_live, double):
    live = make_live(total_seconds=0.3)
    for _ in range(4):
        live.profile(TOKEN)
        time.sleep(0.1)
    assert double.connections == 1


def test_a_proxy_that_never_answers(make_live, double):
    with socket.create_server(("127.0.0.1", 0)) as proxy:  # accepts into its queue and never answers
        live = make_live(
            settings_at("https://graph.example.vn", proxy_url=f"http://127.0.0.1:{proxy.getsockname()[1]}"),
            total_seconds=0.6,
            connect_seconds=0.1,
        )
        with taking_at_most(1.4), pytest.raises(ZaloUnavailable):
            live.phone_number(TOKEN, PHONE_TOKEN)


def test_tls_that_never_begins(make_live):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        live = make_live(settings_at(f"https://127.0.0.1:{silent.getsockname()[1]}"), total_seconds=0.6, connect_seconds=0.1)
        with taking_at_most(1.4), pytest.raises(ZaloUnavailable):
            live.phone_number(TOKEN, PHONE_TOKEN)


@pytest.fixture
def full_queue() -> Iterator[int]:
    """A port that takes no more connections: the next one waits until it gives up."""
    with socket.create_server(("127.0.0.1", 0), backlog=0) as server:
        port: int = server.getsockname()[1]
        waiting: list[socket.socket] = []
        for _ in range(8):
            sock = socket.socket()
            sock.setblocking(False)
            sock.connect_ex(("127.0.0.1", port))
            waiting.append(sock)
        yield port
        for sock in waiting:
            sock.close()


def test_the_addresses_of_a_name_share_the_connect_limit(full_queue):
    transport = Transport(f"http://localhost:{full_queue}", proxy_url=None, pool_size=1)
    with taking_at_most(1.3), pytest.raises(Unreachable):
        transport.get("/", params={}, headers={}, connect_seconds=0.2, deadline=time.monotonic() + 2)
    transport.close()


def test_no_time_left():
    transport = Transport("http://127.0.0.1:9", proxy_url=None, pool_size=1)
    with pytest.raises(Unreachable, match="time-limit"):
        transport.get("/", params={}, headers={}, connect_seconds=1, deadline=time.monotonic())
    transport.close()


def test_a_slow_zalo_holds_only_so_many_threads(double, make_live):
    double.mode, double.slow_seconds = "slow", 1.2
    live = make_live(total_seconds=1.5, at_once=1)
    waiting = threading.Thread(target=lambda: suppress_problem(live), daemon=True)
    waiting.start()
    while not double.calls:
        time.sleep(0.01)
    before = time.monotonic()
    with pytest.raises(ZaloUnavailable):
        live.profile(TOKEN)
    assert time.monotonic() - before < 1.0  # turned away at the door, not after Zalo's own time
    assert len(double.calls) == 1
    waiting.join()


def suppress_problem(live):
    with contextlib.suppress(ZaloUnavailable):
        live.profile(TOKEN)
