"""Reads of attempts, always through their owner."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Integer, Row, Select, Uuid, and_, bindparam, select
from sqlalchemy.orm import Session

from quizsvc.attempts.ids import round_number
from quizsvc.attempts.models import Attempt, Receipt
from quizsvc.attempts.timing import GRACE
from quizsvc.contests.models import Round
from quizsvc.core.problems import NotFound

# Made once, since making a statement costs more than running it. Parameters say their types: columns of foreign keys do not
# know theirs yet.
_THIS = and_(Attempt.id == bindparam("id", type_=Uuid()), Attempt.round_id == bindparam("round", type_=Integer))
_NAMED = select(Attempt).where(_THIS)
# With the round, which is asked for next.
_OWN = (
    select(Attempt, Round)
    .join(Round, Round.id == Attempt.round_id)
    .where(_THIS, Attempt.participant_id == bindparam("person", type_=Uuid()))
)
_OWN_LOCKED = _OWN.with_for_update(of=Attempt)
_PLAIN = Attempt.__table__.c
_PERSON = bindparam("person", type_=Uuid())
_OPEN = select(Attempt).where(
    Attempt.round_id == bindparam("round", type_=Integer), Attempt.participant_id == _PERSON, Attempt.state == "open"
)
_SITTINGS: Select[Any] = select(_PLAIN.round_id, _PLAIN.number, _PLAIN.started_at, _PLAIN.state).where(
    _PLAIN.round_id.in_(bindparam("rounds", type_=Integer, expanding=True)), _PLAIN.participant_id == _PERSON
)


def attempt_by_id(session: Session, attempt_id: UUID) -> Attempt:
    """The attempt with this id; there must be one."""
    return session.scalars(_NAMED, {"id": attempt_id, "round": round_number(attempt_id)}).one()


def own_attempt(session: Session, *, participant_id: UUID, attempt_id: str, lock: bool = False) -> Attempt:
    """The caller's attempt, or ``NotFound``: somebody else's does not exist for them."""
    try:
        wanted = UUID(attempt_id)
    except ValueError:
        raise NotFound("Không có lượt thi này.") from None
    names = {"id": wanted, "round": round_number(wanted), "person": participant_id}
    found = session.execute(_OWN_LOCKED if lock else _OWN, names).one_or_none()
    if found is None:
        raise NotFound("Không có lượt thi này.")
    attempt, session.info["round"] = found  # a session forgets a row that nobody holds, and the round is asked for next
    assert isinstance(attempt, Attempt)
    return attempt


def open_attempt(session: Session, *, round_id: int, participant_id: UUID) -> Attempt | None:
    return session.scalar(_OPEN, {"round": round_id, "person": participant_id})


def sittings_of(session: Session, *, round_ids: Sequence[int], participant_id: UUID) -> Sequence[Row[Any]]:
    """A person's attempts in these rounds, void ones too: ``round_id``, ``number``, ``started_at`` and ``state``."""
    return session.execute(_SITTINGS, {"rounds": list(round_ids), "person": participant_id}).all()


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


def round_of(session: Session, attempt: Attempt) -> Round:
    found = session.get(Round, attempt.round_id)
    assert found is not None  # the foreign key
    return found
