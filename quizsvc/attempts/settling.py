"""Bringing an attempt to where the clock says it is, each step in its own transaction."""

from __future__ import annotations

from uuid import UUID

from quizsvc.attempts import timing
from quizsvc.attempts.closing import close
from quizsvc.attempts.grading import grade
from quizsvc.attempts.models import Receipt
from quizsvc.attempts.queries import own_attempt, receipt_of
from quizsvc.core.db import reading, transaction
from quizsvc.core.runtime import runtime


def settle(participant_id: UUID, attempt_id: str) -> None:
    """Close the caller's attempt if it is overdue, and grade it if it has ended; usually there is nothing to do."""
    now = runtime().clock()
    with reading() as session:
        attempt = own_attempt(session, participant_id=participant_id, attempt_id=attempt_id)
        overdue = attempt.state == "open" and timing.is_overdue(now, attempt.deadline_at)
        ended = attempt.state in ("submitted", "expired")
        waiting = ended and receipt_of(session, attempt.id) is None
    if overdue:
        with transaction() as session:
            attempt = own_attempt(session, participant_id=participant_id, attempt_id=attempt_id, lock=True)
            close(session, attempt, state="expired", now=now)
    if overdue or waiting:
        graded(attempt.id)


def graded(attempt_id: UUID) -> Receipt:
    """Grade an ended attempt, if that has not been done yet, and return its receipt."""
    with transaction() as session:
        return grade(session, attempt_id, now=runtime().clock())
