"""Make-up sessions: another time to sit a round, for some people only."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from quizsvc.attempts.decisions import MakeUpPerson, MakeUpSession
from quizsvc.contests.rules import Window
from quizsvc.participants.models import Participant
from quizsvc.units.queries import path_of


def make_up_window(session: Session, round_id: int, participant: Participant, *, now: datetime) -> Window | None:
    """The make-up session of a round that is open at ``now`` for this person; the one that ends last, if there are more."""
    named = select(MakeUpPerson.session_id).where(MakeUpPerson.participant_id == participant.id)
    query = (
        select(MakeUpSession)
        .where(
            MakeUpSession.round_id == round_id,
            MakeUpSession.cancelled_at.is_(None),
            MakeUpSession.opens_at <= now,
            MakeUpSession.closes_at > now,
            or_(MakeUpSession.id.in_(named), MakeUpSession.unit_id.in_(path_of(session, participant.unit_id))),
        )
        .order_by(MakeUpSession.closes_at.desc())
        .limit(1)
    )
    found = session.scalar(query)
    return None if found is None else Window(found.opens_at, found.closes_at)
