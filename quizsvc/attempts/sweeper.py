"""The sweeper inside a serving process: a thread that sweeps every few seconds until it is told to stop.

Packages above this one hand over what else is to be done at each turn, as chores.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

import structlog
from flask import Flask

from quizsvc.attempts.sweeping import sweep
from quizsvc.auth.sessions import forget_expired
from quizsvc.core.db import transaction
from quizsvc.core.runtime import runtime

EVERY_SECONDS = 5.0
HOUSEKEEPING_EVERY = 720  # sweeps, about an hour

log = structlog.get_logger(__name__)


class Sweeper:
    """Several may run at once, in several processes: each row is closed by exactly one of them."""

    def __init__(
        self, app: Flask, every_seconds: float = EVERY_SECONDS, *, chores: Sequence[Callable[[], None]] = ()
    ) -> None:
        self._app = app
        self._chores = chores
        self._every = every_seconds
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="sweeper", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Stop after the sweep under way; returns when it has ended."""
        self._stop.set()
        self._thread.join(timeout=10)

    def _run(self) -> None:
        turn = 0
        while not self._stop.wait(self._every):
            housekeeping = [_forget] if turn % HOUSEKEEPING_EVERY == 0 else []
            for job in (_sweep, *self._chores, *housekeeping):
                self._do(job)
            turn += 1

    def _do(self, job: Callable[[], None]) -> None:
        """One job that fails does not hold up the others; the next turn tries it again."""
        try:
            with self._app.app_context():
                job()
        except Exception as error:  # the database may be away for a while
            log.error("sweep-failed", job=job.__name__.strip("_"), error=type(error).__name__)


def _sweep() -> None:
    swept = sweep(runtime().clock)
    if swept.closed or swept.graded:
        log.info("swept", closed=swept.closed, graded=swept.graded)


def _forget() -> None:
    with transaction() as session:
        forget_expired(session, now=runtime().clock())
