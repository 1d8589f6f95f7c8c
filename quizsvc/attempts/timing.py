"""The clock of an attempt: how long it lasts, what is still on time, how long it took."""

from __future__ import annotations

from datetime import datetime, timedelta

from quizsvc.core.clock import milliseconds_between

GRACE = timedelta(seconds=5)
"""A phone that sends at zero is heard a little later. What arrives within this time after the deadline still counts, as if
it had arrived at the deadline; nobody sees or gains the extra seconds. After it, only what was saved counts."""


def deadline(started_at: datetime, *, limit_ms: int, closes_at: datetime) -> datetime:
    """``min(start + limit, round end)``, fixed when the attempt starts."""
    return min(started_at + timedelta(milliseconds=limit_ms), closes_at)


def allowed_ms(now: datetime, *, limit_ms: int, closes_at: datetime) -> int:
    """What a start at ``now`` would really give; less than the limit near the end of the round, never negative."""
    return max(0, milliseconds_between(now, deadline(now, limit_ms=limit_ms, closes_at=closes_at)))


def remaining_ms(now: datetime, deadline_at: datetime) -> int:
    """What is left at ``now``, never negative."""
    return max(0, milliseconds_between(now, deadline_at))


def is_overdue(now: datetime, deadline_at: datetime) -> bool:
    """Whether the attempt must be closed by the service: past its deadline and the grace after it."""
    return now > deadline_at + GRACE


def ended_at(now: datetime, deadline_at: datetime) -> datetime:
    """The moment that counts as the end of an attempt that ends at ``now``."""
    return min(now, deadline_at)


def duration_ms(started_at: datetime, ended: datetime) -> int:
    """How long an attempt took, in whole milliseconds."""
    return max(0, milliseconds_between(started_at, ended))
