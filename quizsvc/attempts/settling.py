"""Bringing an attempt to where the clock says it is, each step in its own transaction."""

from __future__ import annotations

from uuid import UUID

import structlog
from sqlalchemy.orm import Session

from quizsvc.attempts import answering, timing
from quizsvc.attempts.answering import Given
from quizsvc.attempts.closing import close
from quizsvc.attempts.grading import grade, grade_at_once
from quizsvc.attempts.models import Attempt, Receipt
from quizsvc.attempts.queries import own_attempt, receipt_of, round_of
from quizsvc.core.db import reading, transaction
from quizsvc.core.problems import Problem
from quizsvc.core.runtime import runtime

log = structlog.get_logger(__name__)


def hand_in(*, participant_id: UUID, attempt_id: str, request_id: str, given: Given) -> tuple[Attempt, Receipt]:
    """Submit and grade: in one transaction where nothing hinders it, or else one after the other, and then the submission is
    safe whatever becomes of the grading. Raises as ``answering.submit`` does.
    """
    now = runtime().clock()

    def submitted(session: Session) -> Attempt:
        return answering.submit(
            session, participant_id=participant_id, attempt_id=attempt_id, request_id=request_id, given=given, now=now
        )

    receipt = None
    try:
        with transaction() as session:
            attempt = submitted(session)
            receipt = grade_at_once(session, attempt, round_of(session, attempt), now=now)
    except Problem:
        raise
    except Exception as error:  # whatever it is, it must not cost the person the submission
        log.exception("graded-apart", attempt_id=attempt_id, error=type(error).__name__)
        with transaction() as session:
            attempt = submitted(session)
    return attempt, receipt or graded(attempt.id)


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
