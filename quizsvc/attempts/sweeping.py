"""Closes what passed its deadline and grades what is not graded yet; stopping it anywhere loses nothing."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import structlog

from quizsvc.attempts import queries
from quizsvc.attempts.closing import close
from quizsvc.attempts.grading import grade
from quizsvc.core.clock import Clock
from quizsvc.core.db import reading, transaction

BATCH = 200
log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Swept:
    """How many attempts one sweep closed and graded."""

    closed: int
    graded: int


def sweep(clock: Clock) -> Swept:
    """Close every overdue attempt at its deadline, then grade every ended one. Owns its transactions."""
    closed = 0
    while batch := _close_batch(clock):
        closed += batch
    graded = 0
    failed: set[UUID] = set()
    while waiting := _waiting(failed):
        for attempt_id in waiting:
            if _grade(attempt_id, clock):
                graded += 1
            else:
                failed.add(attempt_id)
    return Swept(closed, graded)


def _close_batch(clock: Clock) -> int:
    with transaction() as session:
        now = clock()
        return sum(
            close(session, attempt, state="expired", now=now) for attempt in queries.due(session, now=now, limit=BATCH)
        )


def _waiting(failed: set[UUID]) -> list[UUID]:
    with reading() as session:
        found = queries.ungraded(session, limit=BATCH + len(failed))
    return [attempt_id for attempt_id in found if attempt_id not in failed]


def _grade(attempt_id: UUID, clock: Clock) -> bool:
    try:
        with transaction() as session:
            grade(session, attempt_id, now=clock())
    except Exception as error:  # one paper that cannot be graded must not hold up the others
        log.exception("grading-failed", attempt_id=str(attempt_id), error=type(error).__name__)
        return False
    return True
