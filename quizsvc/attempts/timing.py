"""The clock of an attempt: how long it lasts, what is still on time, how long it took."""

from __future__ import annotations

from datetime import datetime, timedelta

from quizsvc.contests.lifecycle import GRACE as GRACE
from quizsvc.core.clock import milliseconds_between


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


def questions_begun(now: datetime, started_at: datetime, *, question_ms: int, count: int) -> int:
    """How many of ``count`` questions have had their turn, if each has ``question_ms``; at the start, the first."""
    return min(count, max(0, milliseconds_between(started_at, now)) // question_ms + 1)


def question_closes_at(started_at: datetime, place: int, *, question_ms: int, extra_ms: int) -> datetime:
    """When the time of the question at ``place`` is over. Extra time lengthens every question; it hides none again."""
    return started_at + timedelta(milliseconds=(place + 1) * question_ms + extra_ms)


def is_question_over(now: datetime, started_at: datetime, place: int, *, question_ms: int, extra_ms: int) -> bool:
    """Whether an answer to the question at ``place`` comes too late, past the grace too."""
    return now > question_closes_at(started_at, place, question_ms=question_ms, extra_ms=extra_ms) + GRACE


def ended_at(now: datetime, deadline_at: datetime) -> datetime:
    """The moment that counts as the end of an attempt that ends at ``now``."""
    return min(now, deadline_at)


def duration_ms(started_at: datetime, ended: datetime) -> int:
    """How long an attempt took, in whole milliseconds."""
    return max(0, milliseconds_between(started_at, ended))
