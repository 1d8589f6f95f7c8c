"""Reads of live boards; none of them costs more when more people take part.

A rank is one more than the entries above: at each level the cells beside the own one, then the entries of the own last
cell by the ranking index. A page and the neighbours are ranges of that index.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Executable,
    Integer,
    LargeBinary,
    Select,
    Uuid,
    and_,
    bindparam,
    func,
    select,
    tuple_,
    union_all,
)
from sqlalchemy.orm import Session

from quizsvc.leaderboards.models import EVERYONE, Entry, RankCell, Tally
from quizsvc.leaderboards.of_units import FEW, Numbers, one_of
from quizsvc.leaderboards.ranking import RankPlan
from quizsvc.units.models import Unit

_ENTRY, _TALLY = Entry.__table__.c, Tally.__table__.c
ROW = (
    _ENTRY.participant_id,
    _ENTRY.rank_key,
    _ENTRY.unit_id,
    _ENTRY.score,
    _ENTRY.correct_count,
    _ENTRY.duration_ms,
    _ENTRY.submitted_at,
)
_KEY, _PERSON = bindparam("key", type_=LargeBinary), bindparam("person", type_=Uuid())


@dataclass(frozen=True)
class Row:
    """One entry, as it stands on a board."""

    participant_id: UUID
    rank_key: bytes
    unit_id: int | None = None
    score: int = 0
    correct_count: int = 0
    duration_ms: int = 0
    submitted_at: datetime | None = None

    @property
    def list_key(self) -> tuple[bytes, bytes]:
        """Ascending order of this is the order of the list: equal entries by participant."""
        return self.rank_key, self.participant_id.bytes


@dataclass(frozen=True)
class Totals:
    """People (người), attempts (lượt), points, and people with everything right, of a scope."""

    participants: int = 0
    attempts: int = 0
    score: int = 0
    perfect: int = 0


@dataclass(frozen=True)
class Part:
    """The part of a board that is looked at: everybody, or the units of a subtree."""

    board_id: int
    scope_id: int = EVERYONE
    unit_ids: tuple[int, ...] = ()

    @property
    def reach(self) -> str:
        """Which statements look at it; ``values`` are their parameters."""
        if self.scope_id == EVERYONE:
            return "everyone"
        return "unit" if len(self.unit_ids) == 1 else "few" if len(self.unit_ids) <= FEW else "many"

    @property
    def values(self) -> dict[str, Any]:
        kept = {"board": self.board_id, "scope": self.scope_id}
        return kept | {"unit": next(iter(self.unit_ids), None), "units": list(self.unit_ids)}


# Statements are made once for each shape of board, since making one costs three times what it costs to run.
def _inside(reach: str) -> ColumnElement[bool]:
    """The condition on an entry that it is in a part."""
    on_board = _ENTRY.board_id == bindparam("board", type_=Integer)
    if reach == "unit":
        return and_(on_board, _ENTRY.unit_id == bindparam("unit", type_=Integer))
    if reach == "few":
        return and_(on_board, _ENTRY.unit_id.in_(bindparam("units", type_=Integer, expanding=True)))
    if reach == "many":
        return and_(on_board, one_of(_ENTRY.unit_id, bindparam("units", type_=Numbers())))
    return on_board


def part_of(session: Session, board_id: int, unit_id: int | None) -> Part:
    """A board as a whole, or as far as it concerns a unit and everything below it."""
    if unit_id is None:
        return Part(board_id)
    path = select(Unit.path).where(Unit.id == unit_id).scalar_subquery()
    units = session.scalars(select(Unit.id).where(Unit.path.startswith(path)).order_by(Unit.id))
    return Part(board_id, unit_id, tuple(units))


def own_entry(session: Session, part: Part, participant_id: UUID) -> Row | None:
    found = session.execute(_own_statement(part.reach), part.values | {"person": participant_id}).one_or_none()
    return None if found is None else Row(*found)


@functools.cache
def _own_statement(reach: str) -> Select[Any]:
    return select(*ROW).where(_inside(reach), _ENTRY.participant_id == _PERSON)


def rank_of(session: Session, part: Part, plan: RankPlan, rank_key: bytes) -> int:
    """One more than the number of entries strictly above this rank key."""
    if not plan.width:
        return 1  # no key of the ranking is known before sealing: so far all are equal
    prefixes = [prefix for _, prefix in plan.prefixes(rank_key)]
    statement = _rank_statement(len(prefixes), part.reach, has_rest=len(prefixes[-1]) < plan.width)
    values = part.values | {"key": rank_key, "start": b""}
    values |= {f"prefix_{level}": prefix for level, prefix in enumerate(prefixes)}
    counted: Sequence[int] = session.execute(statement, values).one()
    return 1 + sum(counted)


@functools.cache
def _rank_statement(levels: int, reach: str, *, has_rest: bool) -> Select[Any]:
    """Counts of the entries above: at each level beside the own cell, then within the last one."""
    cell = RankCell.__table__.c
    board = bindparam("board", type_=Integer)
    above: list[Any] = []
    parent = bindparam("start", type_=LargeBinary)
    for level in range(levels):
        prefix = bindparam(f"prefix_{level}", type_=LargeBinary)
        beside = select(func.coalesce(func.sum(cell.entries), 0)).where(
            cell.board_id == board,
            cell.scope_id == bindparam("scope", type_=Integer),
            cell.level == level,
            cell.prefix >= parent,
            cell.prefix < prefix,
        )
        above.append(beside.scalar_subquery())
        parent = prefix
    if has_rest:
        inside = select(func.count()).where(_inside(reach), _ENTRY.rank_key >= parent, _ENTRY.rank_key < _KEY)
        above.append(inside.scalar_subquery())
    return select(*above)


def place_of(session: Session, part: Part, row: Row, *, rank: int) -> int:
    """The place in the list: the rank, plus the equal entries listed before."""
    values = part.values | {"key": row.rank_key, "person": row.participant_id}
    return rank + (session.scalar(_equals_statement(part.reach), values) or 0)


@functools.cache
def _equals_statement(reach: str) -> Select[Any]:
    return select(func.count()).where(_inside(reach), _ENTRY.rank_key == _KEY, _ENTRY.participant_id < _PERSON)


def rows_after(session: Session, part: Part, row: Row | None, limit: int) -> list[Row]:
    """Up to ``limit`` entries listed after ``row`` (from the top when there is none), best first."""
    return _beside(session, part, row, limit, above=False)


def rows_before(session: Session, part: Part, row: Row, limit: int) -> list[Row]:
    """Up to ``limit`` entries listed before ``row``, best first."""
    return _beside(session, part, row, limit, above=True)[::-1]


def _beside(session: Session, part: Part, row: Row | None, limit: int, *, above: bool) -> list[Row]:
    values = part.values | {"most": limit}
    if row is not None:
        values |= {"key": row.rank_key, "person": row.participant_id}
    few = len(part.unit_ids) if part.reach == "few" else 0
    values |= {f"unit_{place}": part.unit_ids[place] for place in range(few)}
    statement = _beside_statement(part.reach, few, above=above, from_row=row is not None)
    found: Sequence[Any] = session.execute(statement, values).all()
    return sorted((Row(*each) for each in found), key=lambda each: each.list_key, reverse=above)[:limit]


@functools.cache
def _beside_statement(reach: str, few: int, *, above: bool, from_row: bool) -> Executable:
    """The entries next to a place of the list; of ``few`` units, those of each."""

    def nearest(condition: ColumnElement[bool]) -> Select[Any]:
        query = select(*ROW).where(condition)
        if from_row:
            place, here = tuple_(_ENTRY.rank_key, _ENTRY.participant_id), tuple_(_KEY, _PERSON)
            query = query.where(place < here if above else place > here)
        order = (_ENTRY.rank_key.desc(), _ENTRY.participant_id.desc()) if above else (_ENTRY.rank_key, _ENTRY.participant_id)
        return query.order_by(*order).limit(bindparam("most", type_=Integer))

    if not few:
        return nearest(_inside(reach))
    units = (_ENTRY.unit_id == bindparam(f"unit_{place}", type_=Integer) for place in range(few))
    each = (nearest(and_(_inside("everyone"), unit)) for unit in units)
    return union_all(*(select(query.subquery()) for query in each))


def totals(session: Session, board_id: int, scope_ids: Sequence[int]) -> dict[int, Totals]:
    """Totals by scope; a scope without attempts has zeros."""
    rows = session.execute(_TOTALS, {"board": board_id, "scopes": list(scope_ids)})
    found = {scope: Totals(*map(int, counted)) for scope, *counted in rows}
    return {scope: found.get(scope, Totals()) for scope in scope_ids}


_TOTALS: Select[Any] = (
    select(_TALLY.scope_id, *(func.sum(_TALLY[name]) for name in ("participants", "attempts", "score", "perfect")))
    .where(
        _TALLY.board_id == bindparam("board", type_=Integer),
        _TALLY.scope_id.in_(bindparam("scopes", type_=Integer, expanding=True)),
    )
    .group_by(_TALLY.scope_id)
)
