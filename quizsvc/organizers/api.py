"""Endpoints for organizers about themselves: roles, and the log of what was done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from quizsvc.auth.guards import Caller
from quizsvc.auth.models import RoleGrant
from quizsvc.core import rate_limits
from quizsvc.core.db import reading, transaction
from quizsvc.core.http import Api, Reply
from quizsvc.core.paging import PageQuery, decode_cursor, page
from quizsvc.core.problems import NotFound
from quizsvc.core.runtime import runtime
from quizsvc.organizers import queries, service
from quizsvc.organizers.acting import units_of
from quizsvc.organizers.errors import LastOwner
from quizsvc.organizers.guards import organizer
from quizsvc.organizers.powers import AUDIT_READ, GRANT, powers_of
from quizsvc.organizers.schemas import AuditOut, AuditPage, AuditQuery, OrganizerOut, RevocationIn, RoleIn, RoleOut, RolePage
from quizsvc.participants.queries import display_names
from quizsvc.units.models import Unit
from quizsvc.units.service import unit_by_id

api = Api("organizers", __name__, url_prefix="/api/v1/manage")

AUDIT_FIELDS = [name for name in AuditOut().fields if name != "unit"]


@api.operation("GET", "/me", guard=organizer, summary="My roles, their units and powers", answers={200: OrganizerOut})
def show_me(caller: Caller) -> object:
    with reading() as session:
        held = queries.roles_of(session, caller.participant_id)
    roles = [
        {"id": grant.id, "role": grant.role, "unit": unit, "powers": powers_of(grant.role), "granted_at": grant.granted_at}
        for grant, unit in held
    ]
    return {"participant_id": caller.participant_id, "roles": roles}


@api.operation(
    "GET",
    "/audit",
    guard=organizer,
    summary="What was done in the name of my units and those below them, the newest first",
    query=AuditQuery,
    answers={200: AuditPage},
)
def list_audit(caller: Caller, query: dict[str, Any]) -> object:
    key = decode_cursor(query["cursor"], [int])
    limit = query["limit"]
    with reading() as session:
        rows = queries.audit_under(
            session,
            units_of(session, caller.participant_id, AUDIT_READ),
            subject=query["subject"],
            action=query["action"],
            limit=limit + 1,
            before=None if key is None else key[0],
        )
    shown = [{name: getattr(row, name) for name in AUDIT_FIELDS} | {"unit": unit} for row, unit in rows]
    return page(shown, limit, lambda row: [row["number"]])


@api.operation(
    "GET",
    "/roles",
    guard=organizer,
    summary="Who holds which role in the units that I own",
    query=PageQuery,
    answers={200: RolePage},
)
def list_roles(caller: Caller, query: dict[str, Any]) -> object:
    key = decode_cursor(query["cursor"], [UUID])
    limit = query["limit"]
    with reading() as session:
        units = units_of(session, caller.participant_id, GRANT)
        rows = queries.granted_under(session, units, limit=limit + 1, after=None if key is None else key[0])
        shown = _roles_out(session, rows)
    return page(shown, limit, lambda row: [row["id"]])


@api.operation(
    "POST",
    "/roles",
    guard=organizer,
    summary="Give a person a role over a unit that I own, or one below it; 200 when they have it already",
    body=RoleIn,
    answers={201: RoleOut, 200: RoleOut},
    problems=(NotFound,),
    limit=rate_limits.SENSITIVE,
)
def grant_role(caller: Caller, body: dict[str, Any]) -> object:
    run = runtime()
    with transaction() as session:
        unit = unit_by_id(session, body["unit"]["id"])
        if unit is None:
            raise NotFound("Không có đơn vị hành chính này.")
        grant, is_new = service.give_role_as(
            session,
            caller.participant_id,
            participant_id=_known_id(body["participant_id"]),
            role=body["role"],
            unit_id=unit.id,
            reason=body["reason"],
            now=run.clock(),
            chance=run.chance,
        )
        return Reply(_roles_out(session, [(grant, unit)])[0], 201 if is_new else 200)


@api.operation(
    "POST",
    "/roles/revocations",
    guard=organizer,
    summary="Take a role back; it gives nothing from then on",
    body=RevocationIn,
    answers={200: RoleOut},
    problems=(NotFound, LastOwner),
    limit=rate_limits.SENSITIVE,
)
def revoke_role(caller: Caller, body: dict[str, Any]) -> object:
    with transaction() as session:
        taken = service.take_role_back(
            session,
            caller.participant_id,
            grant_id=_known_id(body["role_id"]),
            reason=body["reason"],
            now=runtime().clock(),
        )
        return _roles_out(session, [taken])[0]


def _known_id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotFound from None


def _roles_out(session: Session, rows: Sequence[tuple[RoleGrant, Unit]]) -> list[dict[str, Any]]:
    names = display_names(session, {grant.participant_id for grant, _ in rows})
    return [
        {column: getattr(grant, column) for column in ("id", "participant_id", "role", "granted_at", "revoked_at")}
        | {"unit": unit, "display_name": names[grant.participant_id]}
        for grant, unit in rows
    ]
