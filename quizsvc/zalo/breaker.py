"""Stops asking an upstream that keeps failing, so that its slowness does not become ours."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable


class Breaker:
    """Opens after ``failures`` in a row; then one call per ``rest_seconds`` may try, and a success closes it.

    Safe to share between threads.
    """

    def __init__(
        self, *, failures: int = 5, rest_seconds: float = 10.0, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._failures = failures
        self._rest_seconds = rest_seconds
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._failed_in_a_row = 0
        self._try_at: float | None = None

    def wait(self) -> float | None:
        """``None`` when the call may go on, else the seconds to wait. Who may go on must report how it went."""
        with self._lock:
            if self._try_at is None:
                return None
            now = self._monotonic()
            if now < self._try_at:
                return self._try_at - now
            # Moved on before the answer is known: others wait, and a try that never reports blocks nobody for ever.
            self._try_at = now + self._rest_seconds
            return None

    def succeeded(self) -> None:
        """The upstream answered, whatever it said."""
        with self._lock:
            self._failed_in_a_row = 0
            self._try_at = None

    def failed(self) -> bool:
        """The upstream failed. True when this failure opened the breaker."""
        with self._lock:
            self._failed_in_a_row += 1
            if self._failed_in_a_row < self._failures:
                return False
            opened = self._try_at is None
            self._try_at = self._monotonic() + self._rest_seconds
            return opened
