"""Reads of attempts, through their owner or a whole round at once, and writing many of them."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Integer, Row, Select, Table, Update, Uuid, and_, bindparam, select, update
from sqlalchemy.orm import Session

from quizsvc.attempts.ids import round_number
from quizsvc.attempts.models import Attempt, Receipt
from quizsvc.attempts.timing import GRACE
from quizsvc.contests.models import Round
from quizsvc.core.problems import NotFound

# Made once, since making a statement costs more than running it. Parameters say their types: columns of foreign keys do not
# know theirs yet.
_THIS = and_(Attempt.id == bindparam("id", type_=Uuid()), Attempt.round_id == bindparam("round", type_=Integer))
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

_PEOPLE = (
    select(_PLAIN.participant_id)
    .where(_PLAIN.round_id == bindparam("round", type_=Integer), _PLAIN.participant_id > bindparam("last", type_=Uuid()))
    .distinct()
    .order_by(_PLAIN.participant_id)
    .limit(bindparam("at_once", type_=Integer))
)


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


def people_of_round(session: Session, round_id: int, at_once: int = 1000) -> Iterator[list[UUID]]:
    """Everybody who has begun an attempt in a round, in order, so many at once.

    No other condition: the index is then read on from where the last batch ended, whatever the planner knows.
    """
    last = UUID(int=0)
    while people := list(session.scalars(_PEOPLE, {"round": round_id, "last": last, "at_once": at_once})):
        yield people
        last = people[-1]


def write_attempts(session: Session, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write columns of many attempts, the same of each; ``its_id`` and ``its_round`` in a row say which. The caller has them
    locked, or the boards of their contest alone. Attempts that the session holds are not told.
    """
    if rows:
        names = tuple(name for name in rows[0] if name not in ("its_id", "its_round"))
        session.connection().execute(_writing(names), rows)


@functools.cache
def _writing(names: tuple[str, ...]) -> Update:
    this = (_PLAIN.id == bindparam("its_id", type_=Uuid()), _PLAIN.round_id == bindparam("its_round", type_=Integer))
    return update(cast("Table", Attempt.__table__)).where(*this).values({name: bindparam(name) for name in names})


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
