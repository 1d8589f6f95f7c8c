"""In whose name somebody acts: a role on a unit is valid for everything below it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy.orm import Session

from quizsvc.auth.roles import ROLES
from quizsvc.core.problems import Forbidden
from quizsvc.organizers.queries import grants_over, units_with
from quizsvc.units.models import Unit


@dataclass(frozen=True)
class Actor:
    """Who acts (``None``: the command line), by which role, in the name of which unit."""

    participant_id: UUID | None
    role: str | None
    unit_id: int | None

    def on(self, unit_id: int | None) -> Actor:
        """The same actor in the name of another unit; for ``SYSTEM``, which needs no role there."""
        return replace(self, unit_id=unit_id)


SYSTEM = Actor(None, None, None)
"""The command line. ``SYSTEM.on(unit.id)`` shows what it did to the organizers of that unit."""


def acting_for(session: Session, participant_id: UUID, *, unit_id: int, roles: Collection[str]) -> Actor:
    """The actor for something that belongs to ``unit_id``, or ``Forbidden``.

    ``roles`` is a power of ``powers.py``; the person must hold one of them on the unit or on one above it. Of several, the
    one granted nearest to the unit is named.
    """
    unit = session.get(Unit, unit_id)
    held = [] if unit is None else grants_over(session, participant_id, unit, roles)
    if not held:
        raise Forbidden("Bạn không có vai trò phù hợp tại đơn vị này hay đơn vị cấp trên của nó.")
    nearest = max(held, key=lambda found: (len(found.path), -ROLES.index(found.role)))
    return Actor(participant_id, nearest.role, unit_id)


def units_of(session: Session, participant_id: UUID, roles: Collection[str]) -> list[Unit]:
    """The topmost units over which somebody has a power of ``powers.py``; ``Forbidden`` when there is none."""
    units = units_with(session, participant_id, roles)
    if not units:
        raise Forbidden(f"Cần một trong các vai trò: {', '.join(sorted(roles))}.")
    return units
