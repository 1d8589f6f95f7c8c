"""Roles of organizers, each over a unit and everything below it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from quizsvc.auth.models import RoleGrant
from quizsvc.core.chance import Chance
from quizsvc.core.db import upsert

ROLES = ("owner", "organizer", "author", "reviewer", "viewer")


def grant_role(
    session: Session, *, participant_id: UUID, role: str, unit_id: int, now: datetime, chance: Chance
) -> RoleGrant | None:
    """Give a role; ``None`` when the person has it already. One that was taken back is given anew, as a row of its own."""
    insert = upsert(session, RoleGrant).values(
        id=chance.new_id(), participant_id=participant_id, role=role, unit_id=unit_id, granted_at=now
    )
    held = {"index_elements": ["participant_id", "role", "unit_id"], "index_where": RoleGrant.revoked_at.is_(None)}
    made: RoleGrant | None = session.scalar(insert.on_conflict_do_nothing(**held).returning(RoleGrant))
    return made


def held_grant(session: Session, *, participant_id: UUID, role: str, unit_id: int) -> RoleGrant | None:
    """The grant by which a person has this role on exactly this unit now."""
    query = select(RoleGrant).where(
        RoleGrant.participant_id == participant_id,
        RoleGrant.role == role,
        RoleGrant.unit_id == unit_id,
        RoleGrant.revoked_at.is_(None),
    )
    return session.scalar(query)


def revoke_role(session: Session, grant_id: UUID, *, now: datetime) -> bool:
    """Take a role back, at once; the row stays. ``False`` when it was taken back before, or never given."""
    taken = update(RoleGrant).where(RoleGrant.id == grant_id, RoleGrant.revoked_at.is_(None)).values(revoked_at=now)
    return session.scalar(taken.returning(RoleGrant.id)) is not None


def holds_any_role(session: Session, participant_id: UUID) -> bool:
    """Whether the person is an organizer of anything."""
    query = select(RoleGrant.id).where(RoleGrant.participant_id == participant_id, RoleGrant.revoked_at.is_(None))
    return session.scalar(query.limit(1)) is not None
