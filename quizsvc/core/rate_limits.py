"""How often one caller may call one endpoint.

Accounts are limited, not addresses: a school or a mobile carrier stands behind one address. Only endpoints before
sign-in count by address, widely.
"""

from __future__ import annotations

import functools
import math
import threading
import time
from collections.abc import Callable
from typing import Any, Final

import structlog
from limits import RateLimitItem, parse
from limits.errors import StorageError
from limits.storage import storage_from_string
from limits.strategies import FixedWindowRateLimiter, RateLimiter
from redis.backoff import NoBackoff
from redis.retry import Retry

ORDINARY: Final = "300/minute"
SIGN_IN: Final = "3000/minute"  # by address: a whole town may share one
PUBLIC: Final = "6000/minute"  # by address
SENSITIVE: Final = "20/minute"
REST_SECONDS: Final = 5  # between two tries to reach a lost Redis

log = structlog.get_logger(__name__)


class Rates:
    """Counts in Redis when there is one, shared by all processes; otherwise, and whenever Redis fails, in memory.

    Losing Redis must never stop a player, so a failure only makes the limits looser for a while.
    """

    def __init__(self, redis_url: str | None, *, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._memory: dict[str, _Windows] = {}
        self._shared: RateLimiter | None = None
        if redis_url is not None:
            options: dict[str, Any] = {
                "socket_connect_timeout": 0.2,
                "socket_timeout": 0.2,
                "retry": Retry(NoBackoff(), 0),  # the client's default would hold a player for seconds
            }
            storage: Any = storage_from_string(redis_url, wrap_exceptions=True, **options)
            self._shared = FixedWindowRateLimiter(storage)
        self._monotonic = monotonic
        self._retry_shared_at = 0.0

    def wait_for(self, limit: str, key: str) -> int | None:
        """Count one call; ``None`` when it may go on, else the seconds to wait."""
        if self._shared is not None and self._monotonic() >= self._retry_shared_at:
            try:
                return self._count(self._shared, _parsed(limit), key)
            except StorageError as error:
                self._retry_shared_at = self._monotonic() + REST_SECONDS
                log.warning("rate-limit-store-lost", error=type(error).__name__)
        windows = self._memory.get(limit)
        if windows is None:
            windows = self._memory.setdefault(limit, _Windows(_parsed(limit)))
        return windows.wait_for(key, self._monotonic())

    @staticmethod
    def _count(limiter: RateLimiter, item: RateLimitItem, key: str) -> int | None:
        if limiter.hit(item, key):
            return None
        return max(1, math.ceil(limiter.get_window_stats(item, key).reset_time - time.time()))


class _Windows:
    """Calls by key within fixed windows, each beginning with the first call of its key.

    The library's store in memory starts a thread at almost every call, which walks over all keys. Here a whole generation of
    keys is forgotten when the one after it is as old as a window is long.
    """

    def __init__(self, item: RateLimitItem) -> None:
        self._most, self._seconds = item.amount, item.get_expiry()
        self._young: dict[str, tuple[float, int]] = {}
        self._old: dict[str, tuple[float, int]] = {}
        self._turned_at = -math.inf
        self._lock = threading.Lock()

    def wait_for(self, key: str, now: float) -> int | None:
        with self._lock:
            if now - self._turned_at >= self._seconds:
                self._old, self._young, self._turned_at = self._young, {}, now
            began, calls = self._young.get(key) or self._old.get(key) or (now, 0)
            if now - began >= self._seconds:
                began, calls = now, 0
            self._young[key] = began, calls + 1
        return None if calls < self._most else max(1, math.ceil(began + self._seconds - now))


@functools.cache
def _parsed(limit: str) -> RateLimitItem:
    return parse(limit)
