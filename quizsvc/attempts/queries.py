"""Reads of attempts, always through their owner."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from quizsvc.attempts.ids import round_number
from quizsvc.attempts.models import Attempt, Receipt
from quizsvc.attempts.timing import GRACE
from quizsvc.contests.models import Round
from quizsvc.core.problems import NotFound


def named(attempt_id: UUID) -> ColumnElement[bool]:
    """The condition on ``Attempt`` that it is this one, in its partition."""
    return and_(Attempt.id == attempt_id, Attempt.round_id == round_number(attempt_id))


def attempt_by_id(session: Session, attempt_id: UUID) -> Attempt:
    """The attempt with this id; there must be one."""
    return session.scalars(select(Attempt).where(named(attempt_id))).one()


def own_attempt(session: Session, *, participant_id: UUID, attempt_id: str, lock: bool = False) -> Attempt:
    """The caller's attempt, or ``NotFound``: somebody else's does not exist for them."""
    try:
        wanted = UUID(attempt_id)
    except ValueError:
        raise NotFound("Không có lượt thi này.") from None
    query = select(Attempt).where(named(wanted), Attempt.participant_id == participant_id)
    found = session.scalar(query.with_for_update() if lock else query)
    if found is None:
        raise NotFound("Không có lượt thi này.")
    return found


def open_attempt(session: Session, *, round_id: int, participant_id: UUID) -> Attempt | None:
    return session.scalar(
        select(Attempt).where(
            Attempt.round_id == round_id, Attempt.participant_id == participant_id, Attempt.state == "open"
        )
    )


def highest_number(session: Session, *, round_id: int, participant_id: UUID) -> int:
    """The highest number given out to a person's attempts in a round; 0 before the first."""
    query = select(func.max(Attempt.number)).where(Attempt.round_id == round_id, Attempt.participant_id == participant_id)
    return session.scalar(query) or 0


def starts_of(session: Session, *, round_ids: Sequence[int], participant_id: UUID) -> list[tuple[int, datetime, str]]:
    """A person's attempts in these rounds that were not made void: round, start and state."""
    query = select(Attempt.round_id, Attempt.started_at, Attempt.state).where(
        Attempt.round_id.in_(round_ids), Attempt.participant_id == participant_id, Attempt.state != "void"
    )
    return [(round_id, started_at, state) for round_id, started_at, state in session.execute(query)]


def attempts_page(
    session: Session, *, round_id: int, participant_id: UUID, after: Sequence[Any] | None, limit: int
) -> list[tuple[Attempt, Receipt | None]]:
    """A person's attempts in a round, newest first, one more than ``limit``."""
    query = (
        select(Attempt, Receipt)
        .outerjoin(Receipt, Receipt.attempt_id == Attempt.id)
        .where(Attempt.round_id == round_id, Attempt.participant_id == participant_id)
        .order_by(Attempt.number.desc())
        .limit(limit + 1)
    )
    if after is not None:
        query = query.where(Attempt.number < after[0])
    return [(attempt, receipt) for attempt, receipt in session.execute(query)]


def receipt_of(session: Session, attempt_id: UUID) -> Receipt | None:
    return session.get(Receipt, attempt_id)


def due(session: Session, *, now: datetime, limit: int) -> list[Attempt]:
    """Open attempts that the service must close, oldest deadline first; rows that others hold are passed over."""
    query = (
        select(Attempt)
        .where(Attempt.state == "open", Attempt.deadline_at < now - GRACE)
        .order_by(Attempt.deadline_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return list(session.scalars(query))


def ungraded(session: Session, *, limit: int) -> list[UUID]:
    """Finished attempts without a grade, oldest first."""
    query = (
        select(Attempt.id)
        .where(Attempt.state.in_(("submitted", "expired")), Attempt.graded_at.is_(None))
        .order_by(Attempt.ended_at)
        .limit(limit)
    )
    return list(session.scalars(query))


def graded_of(session: Session, *, round_id: int, participant_id: UUID) -> list[Attempt]:
    """A person's graded attempts in a round."""
    query = select(Attempt).where(
        Attempt.round_id == round_id,
        Attempt.participant_id == participant_id,
        Attempt.state.in_(("submitted", "expired")),
        Attempt.graded_at.is_not(None),
    )
    return list(session.scalars(query))


def round_of(session: Session, attempt: Attempt) -> Round:
    found = session.get(Round, attempt.round_id)
    assert found is not None  # the foreign key
    return found
