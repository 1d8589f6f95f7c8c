"""Everything that is held about a person, for that person."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizsvc.attempts.models import Attempt, Receipt
from quizsvc.attempts.paper import read_answers, read_paper, shown_answers
from quizsvc.attempts.schemas import ExportOut
from quizsvc.attempts.showing import result_shown
from quizsvc.attempts.views import brief_out
from quizsvc.auth.guards import Caller, participant
from quizsvc.auth.models import RoleGrant, SignInSession
from quizsvc.contests.models import Round
from quizsvc.core import rate_limits
from quizsvc.core.db import reading
from quizsvc.core.http import Api
from quizsvc.core.problems import NotFound
from quizsvc.core.runtime import runtime
from quizsvc.participants.api import participant_out
from quizsvc.participants.models import Participant
from quizsvc.participants.queries import consent_history, participant_by_id

api = Api("export", __name__, url_prefix="/api/v1")


@api.operation(
    "GET",
    "/me/export",
    guard=participant,
    summary="All that is held about me",
    answers={200: ExportOut},
    problems=(NotFound,),
    limit=rate_limits.SENSITIVE,
)
def export_me(caller: Caller) -> object:
    with reading() as session:
        return everything_about(session, participant_by_id(session, caller.participant_id))


def everything_about(session: Session, person: Participant) -> dict[str, Any]:
    """Profile, consents, sign-ins, roles and attempts; the phone number only by its last digits."""
    run = runtime()
    phone = None if person.phone_encrypted is None else run.keys.decrypt(person.phone_encrypted)
    sign_ins = select(SignInSession).where(SignInSession.participant_id == person.id).order_by(SignInSession.started_at)
    return {
        "profile": participant_out(session, person)
        | {
            "phone": None if phone is None else f"…{phone[-3:]}",
            "zalo_user_id": person.zalo_user_id,
            "created_at": person.created_at,
        },
        "consents": consent_history(session, person.id),
        "sessions": session.scalars(sign_ins).all(),
        "roles": session.scalars(select(RoleGrant).where(RoleGrant.participant_id == person.id)).all(),
        "attempts": _attempts(session, person, run.clock()),
        "exported_at": run.clock(),
    }


def _attempts(session: Session, person: Participant, now: datetime) -> list[dict[str, Any]]:
    query = (
        select(Attempt, Round, Receipt)
        .join(Round, Round.id == Attempt.round_id)
        .outerjoin(Receipt, Receipt.attempt_id == Attempt.id)
        .where(Attempt.participant_id == person.id)
        .order_by(Attempt.started_at)
    )
    rows = session.execute(query).all()
    shown = {found.id: result_shown(session, found, now) for found in {found for _, found, _ in rows}}
    return [
        brief_out(attempt, found, receipt, shown=shown[found.id])
        | {"answers": _answers(attempt), "predicted": attempt.predicted, "profile": attempt.profile}
        for attempt, found, receipt in rows
    ]


def _answers(attempt: Attempt) -> dict[str, list[str]]:
    """In the ids of this attempt, as everywhere: the author's letters would be ids that all papers share."""
    return shown_answers(read_paper(attempt.paper), attempt.seed, read_answers(attempt.answers))
