"""Everything that is held about a person, for that person."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizsvc.attempts.models import Attempt, Receipt
from quizsvc.attempts.paper import read_answers, read_paper, shown_answers
from quizsvc.attempts.schemas import AttemptBrief, ExportOut
from quizsvc.attempts.views import brief_out
from quizsvc.auth.guards import Caller, participant
from quizsvc.auth.models import RoleGrant, SignInSession
from quizsvc.contests.models import Round
from quizsvc.core import rate_limits
from quizsvc.core.clock import Clock
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
    profile = participant_out(session, person)
    unit = profile["unit"]
    return {
        "profile": profile
        | {
            "id": str(person.id),
            "birth_date": person.birth_date and person.birth_date.isoformat(),
            "unit": None if unit is None else {"id": str(unit.id), "code": unit.code, "name": unit.name},
            "phone": None if phone is None else f"…{phone[-3:]}",
            "zalo_user_id": person.zalo_user_id,
            "created_at": person.created_at.isoformat(),
        },
        "consents": [
            {
                "purpose": row.purpose,
                "policy_version": row.policy_version,
                "granted": row.granted,
                "given_at": row.given_at.isoformat(),
            }
            for row in consent_history(session, person.id)
        ],
        "sessions": _sessions(session, person),
        "roles": [
            {"role": row.role, "unit_id": str(row.unit_id), "granted_at": row.granted_at.isoformat()}
            for row in session.scalars(select(RoleGrant).where(RoleGrant.participant_id == person.id))
        ],
        "attempts": _attempts(session, person, run.clock),
        "exported_at": run.clock(),
    }


def _sessions(session: Session, person: Participant) -> list[dict[str, Any]]:
    query = select(SignInSession).where(SignInSession.participant_id == person.id).order_by(SignInSession.started_at)
    return [
        {
            "started_at": row.started_at.isoformat(),
            "ended_at": row.revoked_at and row.revoked_at.isoformat(),
        }
        for row in session.scalars(query)
    ]


def _attempts(session: Session, person: Participant, clock: Clock) -> list[dict[str, Any]]:
    query = (
        select(Attempt, Round, Receipt)
        .join(Round, Round.id == Attempt.round_id)
        .outerjoin(Receipt, Receipt.attempt_id == Attempt.id)
        .where(Attempt.participant_id == person.id)
        .order_by(Attempt.started_at)
    )
    schema = AttemptBrief()
    return [
        schema.dump(brief_out(attempt, found, receipt, clock()))
        | {"answers": _answers(attempt), "predicted": attempt.predicted, "profile": attempt.profile}
        for attempt, found, receipt in session.execute(query)
    ]


def _answers(attempt: Attempt) -> dict[str, list[str]]:
    """In the ids of this attempt, as everywhere: the author's letters would be ids that all papers share."""
    return shown_answers(read_paper(attempt.paper), attempt.seed, read_answers(attempt.answers))
