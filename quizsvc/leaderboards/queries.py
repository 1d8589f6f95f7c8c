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

from sqlalchemy import ColumnElement, Integer, LargeBinary, Select, and_, bindparam, func, literal, select, tuple_, union_all
from sqlalchemy.orm import Session

from quizsvc.leaderboards.models import EVERYONE, Entry, RankCell, Tally
from quizsvc.leaderboards.ranking import RankPlan
from quizsvc.units.models import Unit

FEW_UNITS = 60
"""Up to so many units a page asks each of them for its first rows; beyond, it walks down the whole board and skips."""

ROW = (
    Entry.participant_id,
    Entry.rank_key,
    Entry.unit_id,
    Entry.score,
    Entry.correct_count,
    Entry.duration_ms,
    Entry.submitted_at,
)


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
    def condition(self) -> ColumnElement[bool]:
        on_board = Entry.board_id == self.board_id
        if self.scope_id == EVERYONE:
            return on_board
        if len(self.unit_ids) == 1:
            return and_(on_board, Entry.unit_id == self.unit_ids[0])
        return and_(on_board, Entry.unit_id.in_(self.unit_ids))


def part_of(session: Session, board_id: int, unit_id: int | None) -> Part:
    """A board as a whole, or as far as it concerns a unit and everything below it."""
    if unit_id is None:
        return Part(board_id)
    path = select(Unit.path).where(Unit.id == unit_id).scalar_subquery()
    units = session.scalars(select(Unit.id).where(Unit.path.startswith(path)).order_by(Unit.id))
    return Part(board_id, unit_id, tuple(units))


def own_entry(session: Session, part: Part, participant_id: UUID) -> Row | None:
    query = select(*ROW).where(part.condition, Entry.participant_id == participant_id)
    found = session.execute(query).one_or_none()
    return None if found is None else Row(*found)


def rank_of(session: Session, part: Part, plan: RankPlan, rank_key: bytes) -> int:
    """One more than the number of entries strictly above this rank key."""
    if not plan.width:
        return 1  # no key of the ranking is known before sealing: so far all are equal
    prefixes = [prefix for _, prefix in plan.prefixes(rank_key)]
    reach = "everyone" if part.scope_id == EVERYONE else "unit" if len(part.unit_ids) == 1 else "units"
    statement = _rank_statement(len(prefixes), reach, has_rest=len(prefixes[-1]) < plan.width)
    values: dict[str, Any] = {"board": part.board_id, "scope": part.scope_id, "units": list(part.unit_ids), "key": rank_key}
    values |= {"unit": next(iter(part.unit_ids), None), "start": b""}
    values |= {f"prefix_{level}": prefix for level, prefix in enumerate(prefixes)}
    counted: Sequence[int] = session.execute(statement, values).one()
    return 1 + sum(counted)


@functools.cache
def _rank_statement(levels: int, reach: str, *, has_rest: bool) -> Select[Any]:
    """Counts of the entries above: at each level beside the own cell, then within the last one. Made once for each shape of
    board, since making it cost three times what it costs to run."""
    cell, entry = RankCell.__table__.c, Entry.__table__.c
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
        inside = select(func.count()).where(entry.board_id == board, entry.rank_key >= parent)
        inside = inside.where(entry.rank_key < bindparam("key", type_=LargeBinary))
        if reach == "unit":
            inside = inside.where(entry.unit_id == bindparam("unit", type_=Integer))
        if reach == "units":
            inside = inside.where(entry.unit_id.in_(bindparam("units", type_=Integer, expanding=True)))
        above.append(inside.scalar_subquery())
    return select(*above)


def place_of(session: Session, part: Part, row: Row, *, rank: int) -> int:
    """The place in the list: the rank, plus the equal entries listed before."""
    equals = select(func.count()).where(
        part.condition, Entry.rank_key == row.rank_key, Entry.participant_id < row.participant_id
    )
    return rank + (session.scalar(equals) or 0)


def rows_after(session: Session, part: Part, row: Row | None, limit: int) -> list[Row]:
    """Up to ``limit`` entries listed after ``row`` (from the top when there is none), best first."""
    return _beside(session, part, row, limit, above=False)


def rows_before(session: Session, part: Part, row: Row, limit: int) -> list[Row]:
    """Up to ``limit`` entries listed before ``row``, best first."""
    return _beside(session, part, row, limit, above=True)[::-1]


def _beside(session: Session, part: Part, row: Row | None, limit: int, *, above: bool) -> list[Row]:
    def nearest(condition: ColumnElement[bool]) -> Select[Any]:
        query = select(*ROW).where(condition)
        if row is not None:
            place = tuple_(Entry.rank_key, Entry.participant_id)
            here = tuple_(literal(row.rank_key), literal(row.participant_id))
            query = query.where(place < here if above else place > here)
        order = (Entry.rank_key.desc(), Entry.participant_id.desc()) if above else (Entry.rank_key, Entry.participant_id)
        return query.order_by(*order).limit(limit)

    if 1 < len(part.unit_ids) <= FEW_UNITS:
        each = (nearest(Part(part.board_id, unit_id, (unit_id,)).condition) for unit_id in part.unit_ids)
        found: Sequence[Any] = session.execute(union_all(*(select(query.subquery()) for query in each))).all()
    else:
        found = session.execute(nearest(part.condition)).all()
    return sorted((Row(*each) for each in found), key=lambda each: each.list_key, reverse=above)[:limit]


def totals(session: Session, board_id: int, scope_ids: Sequence[int]) -> dict[int, Totals]:
    """Totals by scope; a scope without attempts has zeros."""
    sums = (func.sum(column) for column in (Tally.participants, Tally.attempts, Tally.score, Tally.perfect))
    query = (
        select(Tally.scope_id, *sums)
        .where(Tally.board_id == board_id, Tally.scope_id.in_(scope_ids))
        .group_by(Tally.scope_id)
    )
    found = {scope: Totals(*map(int, counted)) for scope, *counted in session.execute(query)}
    return {scope: found.get(scope, Totals()) for scope in scope_ids}
