"""Reads of roles and of the audit log."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, false, literal, or_, select
from sqlalchemy.orm import Session

from quizsvc.auth.models import RoleGrant
from quizsvc.core.problems import NotFound
from quizsvc.organizers.models import AuditRow
from quizsvc.participants.models import Participant
from quizsvc.units.models import Unit
from quizsvc.units.service import in_subtree


def grants_over(session: Session, participant_id: UUID, unit: Unit, roles: Collection[str]) -> Sequence[Row[Any]]:
    """``role`` and ``path`` of each grant by which a person holds one of ``roles`` over ``unit``."""
    query = _held(select(RoleGrant.role, Unit.path)).where(
        RoleGrant.participant_id == participant_id,
        RoleGrant.role.in_(roles),
        literal(unit.path).startswith(Unit.path),
    )
    return session.execute(query).all()


def roles_of(session: Session, participant_id: UUID) -> list[tuple[RoleGrant, Unit]]:
    """The roles of a person with their units, the highest units first."""
    query = _held(select(RoleGrant, Unit)).where(RoleGrant.participant_id == participant_id)
    found = session.execute(query.order_by(Unit.path, RoleGrant.role)).all()
    return sorted(((grant, unit) for grant, unit in found), key=lambda pair: len(pair[1].path))


def units_with(session: Session, participant_id: UUID, roles: Collection[str]) -> list[Unit]:
    """The units on which a person holds one of ``roles``, without those that stand below another one."""
    query = _held(select(Unit)).where(RoleGrant.participant_id == participant_id, RoleGrant.role.in_(roles))
    topmost: list[Unit] = []
    for unit in session.scalars(query.order_by(Unit.path)):  # each comes after all that stand above it
        if not any(unit.path.startswith(above.path) for above in topmost):
            topmost.append(unit)
    return topmost


def granted_under(
    session: Session, units: Collection[Unit], *, limit: int, after: UUID | None
) -> Sequence[tuple[RoleGrant, Unit]]:
    """Roles that are held on these units and below them, by id."""
    query = _held(select(RoleGrant, Unit)).where(_under(units))
    if after is not None:
        query = query.where(RoleGrant.id > after)
    return [(grant, unit) for grant, unit in session.execute(query.order_by(RoleGrant.id).limit(limit))]


def grant_under(session: Session, grant_id: UUID | None, units: Collection[Unit]) -> tuple[RoleGrant, Unit]:
    """One grant on these units or below them, taken back or not; ``NotFound`` otherwise."""
    query = select(RoleGrant, Unit).join(Unit, Unit.id == RoleGrant.unit_id)
    found = session.execute(query.where(RoleGrant.id == grant_id, _under(units))).one_or_none()
    if found is None:
        raise NotFound("Không có vai trò này trong các đơn vị do bạn làm chủ quản.")
    return found[0], found[1]


def has_other_owner(session: Session, grant: RoleGrant, unit: Unit) -> bool:
    """Whether somebody owns ``unit``, there or from above, by another grant than this one; the erased own nothing."""
    query = (
        _held(select(RoleGrant.id))
        .join(Participant, Participant.id == RoleGrant.participant_id)
        .where(
            RoleGrant.id != grant.id,
            RoleGrant.role == "owner",
            literal(unit.path).startswith(Unit.path),
            Participant.erased_at.is_(None),
        )
    )
    return session.scalar(query.limit(1)) is not None


def audit_under(
    session: Session,
    units: Collection[Unit],
    *,
    subject: str | None,
    action: str | None,
    limit: int,
    before: int | None,
) -> Sequence[tuple[AuditRow, Unit]]:
    """Rows of the log in the name of these units and those below them, the newest first, with their units."""
    query = select(AuditRow, Unit).join(Unit, Unit.id == AuditRow.unit_id).where(_under(units))
    if subject is not None:
        query = query.where(AuditRow.subject == subject)
    if action is not None:
        query = query.where(AuditRow.action == action)
    if before is not None:
        query = query.where(AuditRow.number < before)
    return [(row, unit) for row, unit in session.execute(query.order_by(AuditRow.number.desc()).limit(limit))]


def newest_rows(session: Session, limit: int) -> list[AuditRow]:
    """The end of the log, the newest first."""
    return list(session.scalars(select(AuditRow).order_by(AuditRow.number.desc()).limit(limit)))


def _under(units: Collection[Unit]) -> ColumnElement[bool]:
    return or_(false(), *(in_subtree(unit) for unit in units))


def _held(query: Select[Any]) -> Select[Any]:
    """A query over ``RoleGrant`` that sees only roles that are held now, joined with their units."""
    return query.join_from(RoleGrant, Unit, Unit.id == RoleGrant.unit_id).where(RoleGrant.revoked_at.is_(None))
