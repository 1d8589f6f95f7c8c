"""Roles of organizers, each over a unit and everything below it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from quizsvc.auth.models import RoleGrant
from quizsvc.core.chance import Chance
from quizsvc.core.db import upsert

ROLES = ("owner", "organizer", "author", "reviewer", "viewer")


def grant_role(session: Session, *, participant_id: UUID, role: str, unit_id: int, now: datetime, chance: Chance) -> bool:
    """Give a role; ``False`` when the person had it already."""
    insert = upsert(session, RoleGrant).values(
        id=chance.new_id(), participant_id=participant_id, role=role, unit_id=unit_id, granted_at=now
    )
    made = session.scalar(insert.on_conflict_do_nothing().returning(RoleGrant.id))
    return made is not None
