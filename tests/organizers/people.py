"""Units, people and roles to act with."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizsvc.auth.roles import grant_role
from quizsvc.core.chance import SystemChance
from quizsvc.core.db import transaction
from quizsvc.organizers.acting import Actor
from quizsvc.organizers.audit import record
from quizsvc.organizers.models import AuditRow
from quizsvc.participants.models import Participant
from quizsvc.units.models import Unit
from quizsvc.units.service import unit_by_code
from tests.conftest import NOW
from tests.world import Player

PROVINCE = "40"
REASON = "Theo quyết định của ban tổ chức"


def make_unit(session: Session, parent: Unit | None = None) -> Unit:
    """A unit below ``parent``, in a database without units."""
    count = len(session.scalars(select(Unit.id)).all())
    unit = Unit(code=str(count), name=f"Đơn vị {count}", kind="commune", search=str(count), valid_from=date(2025, 7, 1))
    unit.parent_id, unit.path = (parent.id if parent else None), ""
    session.add(unit)
    session.flush()
    unit.path = f"{parent.path if parent else '/'}{unit.id}/"
    session.flush()
    return unit


def make_person(session: Session) -> UUID:
    """Somebody without a name."""
    person = Participant(id=SystemChance().new_id(), created_at=NOW)
    session.add(person)
    session.flush()
    return person.id


def give(person: Player, role: str, code: str = PROVINCE) -> str:
    """A role that nobody recorded, over the unit with this official code; the id of its grant."""
    with transaction() as session:
        unit = unit_by_code(session, code, on=NOW.date())
        assert unit is not None
        made = grant_role(
            session, participant_id=UUID(person.id), role=role, unit_id=unit.id, now=NOW, chance=SystemChance()
        )
        assert made is not None
        return str(made.id)


def note(session: Session, actor: Actor, **changes: Any) -> AuditRow:
    """A row of the log about something."""
    said = {
        "action": "round.extend",
        "subject": "round:thi.r1",
        "reason": REASON,
        "before": {"closes_at": "2026-11-23T02:00:00Z", "rounds": [1, 2]},
        "after": {"closes_at": "2026-11-23T03:00:00Z", "lý do": "mất điện"},
        "now": datetime(2026, 11, 23, 1, 0, 0, 123_000, tzinfo=UTC),
    }
    return record(session, actor=actor, **said | changes)
