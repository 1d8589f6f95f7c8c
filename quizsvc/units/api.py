"""Endpoints to find administrative units of today and of earlier days."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from quizsvc.auth.guards import anyone
from quizsvc.core import rate_limits
from quizsvc.core.clock import local_day
from quizsvc.core.db import reading
from quizsvc.core.http import Api, Reply
from quizsvc.core.paging import decode_cursor, page
from quizsvc.core.problems import NotFound, ValidationFailed
from quizsvc.core.runtime import runtime
from quizsvc.units import queries
from quizsvc.units.models import Unit
from quizsvc.units.schemas import UnitHistoryOut, UnitPage, UnitsQuery
from quizsvc.units.service import unit_by_id

api = Api("units", __name__, url_prefix="/api/v1")

CACHED = {"Cache-Control": "public, max-age=300"}  # every phone asks for the same lists


@api.operation(
    "GET",
    "/units",
    guard=anyone,
    summary="Units valid on a day, by parent and words",
    query=UnitsQuery,
    answers={200: UnitPage},
    problems=(NotFound,),
    limit=rate_limits.PUBLIC,
)
def list_units(query: dict[str, Any]) -> object:
    limit = query["limit"]
    with reading() as session:
        rows = queries.list_units(
            session,
            on=query["on"] or local_day(runtime().clock()),
            limit=limit + 1,
            parent_id=None if query["parent"] is None else _unit(session, query["parent"]).id,
            text=query["q"],
            after=_position(session, query["cursor"]),
        )
    return Reply(page(rows, limit, lambda row: [row.id]), 200, CACHED)


@api.operation(
    "GET",
    "/units/<id:unit_id>",
    guard=anyone,
    summary="One unit, what it was made from and what it became",
    answers={200: UnitHistoryOut},
    problems=(NotFound,),
    limit=rate_limits.PUBLIC,
)
def show_unit(unit_id: str) -> object:
    with reading() as session:
        unit = _unit(session, unit_id)
        shown = {column.key: getattr(unit, column.key) for column in queries.SHOWN}
        shown["former"] = queries.predecessors(session, unit.id)
        shown["successors"] = queries.successors(session, unit.id)
    return Reply(shown, 200, CACHED)


def _unit(session: Session, unit_id: str) -> Unit:
    unit = unit_by_id(session, unit_id)
    if unit is None:
        raise NotFound("Không có đơn vị hành chính này.")
    return unit


def _position(session: Session, cursor: str | None) -> tuple[Any, ...] | None:
    key = decode_cursor(cursor, [int])
    if key is None:
        return None
    position = queries.position(session, key[0])
    if position is None:
        raise ValidationFailed([{"pointer": "/cursor", "detail": "Con trỏ trang không hợp lệ."}])
    return position
