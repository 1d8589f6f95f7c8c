"""A place to play in earnest: the service in its own processes, rounds made for one test, people with real connections."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

from flask import Flask

from quizsvc import create_app
from quizsvc.core.clock import system_clock
from quizsvc.core.db import db, reading
from quizsvc.verification.service import verify
from tests.conftest import settings_for
from tests.server import Remote, Server, run_command
from tests.world import Player, make_contest, round_document

Result = TypeVar("Result")


class Arena:
    """The service on one database, and a second application in this process that prepares and inspects it."""

    def __init__(self, database_url: str, folder: Path) -> None:
        self.database_url = database_url
        self.server = Server(database_url, folder)
        self._numbers = itertools.count(1)
        self._app: Flask | None = None
        self._remotes: list[Remote] = []

    def round(self, opened_ago: timedelta = timedelta(0), **changes: Any) -> str:
        """A new contest with one round, open since ``opened_ago``; the round's id."""
        slug = f"thi-{next(self._numbers)}"
        now = system_clock()
        with self.inside():
            make_contest(now, round_document(now - opened_ago, **changes), slug=slug)
        return f"{slug}.r1"

    def trial(self, opened_ago: timedelta) -> str:
        """A trial round of an hour that is over, in a contest that opened when it closed; the round's id."""
        slug, now = f"thi-{next(self._numbers)}", system_clock()
        began = now - opened_ago
        with self.inside():
            official = round_document(began + timedelta(hours=1), closes_at=(now + timedelta(hours=1)).isoformat())
            make_contest(now, round_document(began, round="thu", phase="trial"), official, slug=slug)
        return f"{slug}.thu"

    def phone(self, url: str | None = None, **headers: str) -> Remote:
        """A connection of its own; closed when the test ends."""
        remote = Remote(url or self.server.url, **headers)
        self._remotes.append(remote)
        return remote

    def player(self, client: Remote | None = None) -> Player:
        """Somebody new, signed in."""
        number = next(self._numbers)
        return Player(client or self.phone(), 10_000_000 + number, f"Nguyễn Văn {number}")

    def tab(self, player: Player, url: str | None = None, **headers: str) -> Player:
        """The same person once more, over a connection of its own."""
        twin = object.__new__(Player)
        twin.__dict__ |= vars(player) | {"client": self.phone(url, **headers)}
        return twin

    @contextmanager
    def inside(self) -> Iterator[Flask]:
        """An application on the same database, with the system's clock."""
        if self._app is None:
            self._app = create_app(settings_for(self.database_url))
        with self._app.app_context():
            yield self._app

    def command(self, *arguments: str) -> str:
        return run_command(self.database_url, *arguments)

    def verified(self) -> int:
        """Recompute every stored figure, as ``quizsvc verify`` does; how many attempts that were."""
        with self.inside(), reading() as session:
            findings = verify(session)
        assert findings.differences == []
        return findings.attempts

    def hang_up(self) -> None:
        """Close every connection of the phones."""
        while self._remotes:
            self._remotes.pop().close()

    def let_go(self) -> None:
        """Give up this process's own connections to the database."""
        if self._app is not None:
            with self._app.app_context():
                db.engine.dispose()

    def __enter__(self) -> Arena:
        return self

    def __exit__(self, *_: object) -> None:
        self.hang_up()
        self.server.kill()  # a polite stop would take a second, and there is nothing left to save
        self.let_go()


def at_once(count: int, call: Callable[[int], Result]) -> list[Result]:
    """``call(0)`` … ``call(count - 1)`` in as many threads, all let go at the same moment; their results in order."""
    barrier = threading.Barrier(count)

    def wait_and_call(number: int) -> Result:
        barrier.wait(timeout=60)
        return call(number)

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(wait_and_call, range(count)))


def some_answers(attempt: dict[str, Any], which: int = 0) -> dict[str, list[str]]:
    """An answer to every question: its choice number ``which``, counted round."""
    return {
        question["id"]: [question["choices"][which % len(question["choices"])]["id"]] for question in attempt["questions"]
    }


def lasting(attempt: dict[str, Any]) -> dict[str, Any]:
    """What is the same whenever one asks: an attempt without the two values that tell the time."""
    return {name: value for name, value in attempt.items() if name not in ("server_now", "remaining_ms")}
