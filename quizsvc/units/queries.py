"""Reading units: lists by parent, words and day, and what a unit was and became."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, bindparam, case, false, func, literal, or_, select, tuple_
from sqlalchemy.orm import Session

from quizsvc.units.kinds import LEVELS
from quizsvc.units.models import Unit, UnitSuccession
from quizsvc.units.search_text import query_words

SHOWN = (Unit.id, Unit.code, Unit.name, Unit.kind, Unit.parent_id, Unit.valid_from, Unit.valid_to)

# Made once, since every start asks and making a statement costs more than running it.
_UNITS = Unit.__table__.c
_PATH: Select[Any] = select(_UNITS.path).where(_UNITS.id == bindparam("id"))
_CODES: Select[Any] = (
    select(_UNITS.code).where(_UNITS.id.in_(bindparam("ids", expanding=True))).order_by(func.length(_UNITS.path))
)


def valid_on(day: date) -> ColumnElement[bool]:
    """The condition on ``Unit`` that it was valid on ``day``."""
    return and_(Unit.valid_from <= day, or_(Unit.valid_to.is_(None), Unit.valid_to > day))


def matches(text: str) -> ColumnElement[bool]:
    """The condition on ``Unit`` that each word of ``text`` begins a word of its names or its code, or is its title."""
    words = query_words(text)
    if not words:
        return false()
    spaced = literal(" ").concat(Unit.search)
    return and_(*(or_(spaced.contains(f" {word}"), Unit.search.contains(f"={word}=")) for word in words))


def path_ids(path: str) -> tuple[int, ...]:
    """The ids in a stored ``Unit.path``, from the root down to the unit itself."""
    return tuple(int(part) for part in path.split("/") if part)


def path_of(session: Session, unit_id: int | None) -> tuple[int, ...]:
    """Ids from the root down to this unit; nothing for ``None``."""
    path = None if unit_id is None else session.scalar(_PATH, {"id": unit_id})
    return path_ids(path or "")


def codes_of(session: Session, unit_id: int | None) -> tuple[str, ...]:
    """Codes from the root down to this unit; nothing for ``None``."""
    ids = path_of(session, unit_id)
    if not ids:
        return ()
    return tuple(session.scalars(_CODES, {"ids": ids}))


def position(session: Session, unit_id: int) -> tuple[Any, ...] | None:
    """Where this unit stands in every list, to go on after it; ``None`` when there is no such unit."""
    row = session.execute(select(*_order(session)).where(Unit.id == unit_id)).one_or_none()
    return None if row is None else tuple(row)


def list_units(
    session: Session, *, on: date, limit: int, parent_id: int | None, text: str | None, after: tuple[Any, ...] | None
) -> Sequence[Row[Any]]:
    """Up to ``limit`` rows of the units valid ``on`` that day: higher levels first, then by name without accents."""
    query = select(*SHOWN).where(valid_on(on))
    if parent_id is not None:
        query = query.where(Unit.parent_id == parent_id)
    if text and text.strip():
        query = query.where(matches(text))
    if after is not None:
        query = query.where(tuple_(*_order(session)) > after)
    return session.execute(query.order_by(*_order(session)).limit(limit)).all()


def predecessors(session: Session, unit_id: int) -> Sequence[Row[Any]]:
    """The units whose people belong to this one since."""
    query = select(*SHOWN).join(UnitSuccession, UnitSuccession.old_id == Unit.id)
    return session.execute(query.where(UnitSuccession.new_id == unit_id).order_by(*_order(session))).all()


def successors(session: Session, unit_id: int) -> Sequence[Row[Any]]:
    """The units to which the people of this one belong since."""
    query = select(*SHOWN).join(UnitSuccession, UnitSuccession.new_id == Unit.id)
    return session.execute(query.where(UnitSuccession.old_id == unit_id).order_by(*_order(session))).all()


def _order(session: Session) -> tuple[ColumnElement[Any], ...]:
    # By bytes on both databases: a locale that skips spaces would page in another order than it compares.
    by_bytes = "C" if session.get_bind().dialect.name == "postgresql" else "BINARY"
    level = case(LEVELS, value=Unit.kind, else_=len(LEVELS))
    return level, Unit.search.collate(by_bytes), Unit.id.expression
