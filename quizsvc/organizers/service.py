"""Giving roles and taking them back; each leaves one row of the audit log."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from quizsvc.auth.models import RoleGrant
from quizsvc.auth.roles import grant_role, held_grant, revoke_role
from quizsvc.core.chance import Chance
from quizsvc.organizers import audit
from quizsvc.organizers.acting import Actor, acting_for, units_of
from quizsvc.organizers.errors import LastOwner
from quizsvc.organizers.powers import GRANT
from quizsvc.organizers.queries import grant_under, has_other_owner
from quizsvc.participants.queries import participant_by_id
from quizsvc.units.models import Unit


def give_role(
    session: Session,
    *,
    actor: Actor,
    participant_id: UUID,
    role: str,
    unit_id: int,
    reason: str,
    now: datetime,
    chance: Chance,
) -> tuple[RoleGrant, bool]:
    """The person's grant of this role, and whether it is new. The actor's power has been checked: ``give_role_as``.

    ``NotFound`` when there is no such person. Nothing is recorded when nothing changes.
    """
    audit.take_turn(session)
    participant_by_id(session, participant_id, to_change=True)
    made = grant_role(session, participant_id=participant_id, role=role, unit_id=unit_id, now=now, chance=chance)
    if made is None:
        held = held_grant(session, participant_id=participant_id, role=role, unit_id=unit_id)
        assert held is not None  # whoever gives or takes a role waits for its turn first
        return held, False
    audit.record(
        session,
        actor=actor.on(unit_id),
        action="role.grant",
        subject=f"role:{made.id}",
        reason=reason,
        before=None,
        after=_facts(made),
        now=now,
    )
    return made, True


def give_role_as(session: Session, owner_id: UUID, *, unit_id: int, **more: Any) -> tuple[RoleGrant, bool]:
    """``give_role`` on behalf of ``owner_id``; ``Forbidden`` unless they own the unit or one above it."""
    audit.take_turn(session)  # before looking: their own role may be taken back in the same moment
    actor = acting_for(session, owner_id, unit_id=unit_id, roles=GRANT)
    return give_role(session, actor=actor, unit_id=unit_id, **more)


def take_role_back(
    session: Session, owner_id: UUID, *, grant_id: UUID | None, reason: str, now: datetime
) -> tuple[RoleGrant, Unit]:
    """Revoke a grant on behalf of ``owner_id``, who owns its unit; it gives nothing from this moment on.

    ``Forbidden`` for somebody who owns nothing, ``NotFound`` when there is no such grant under their units, ``LastOwner``
    when nobody else would own the unit.
    A second time changes nothing.
    """
    audit.take_turn(session)  # before looking: two owners may take back each other's role in the same moment
    grant, unit = grant_under(session, grant_id, units_of(session, owner_id, GRANT))
    actor = acting_for(session, owner_id, unit_id=unit.id, roles=GRANT)
    if grant.revoked_at is not None:
        return grant, unit
    if grant.role == "owner" and not has_other_owner(session, grant, unit):
        raise LastOwner("Hãy giao vai trò chủ quản cho người khác trước khi thu hồi vai trò này.")
    before = _facts(grant)
    revoke_role(session, grant.id, now=now)
    session.refresh(grant)
    audit.record(
        session,
        actor=actor,
        action="role.revoke",
        subject=f"role:{grant.id}",
        reason=reason,
        before=before,
        after=None,
        now=now,
    )
    return grant, unit


def _facts(grant: RoleGrant) -> dict[str, str | int]:
    return {"participant_id": str(grant.participant_id), "role": grant.role, "unit_id": grant.unit_id}
