"""Reads of sealed boards; none of them costs more when more people took part."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Integer, Select, bindparam, func, select, union_all
from sqlalchemy.orm import Session

from quizsvc.leaderboards.models import EVERYONE
from quizsvc.leaderboards.of_units import FEW, of_units
from quizsvc.leaderboards.queries import Row, Totals
from quizsvc.leaderboards.snapshot_models import BLOCK, Snapshot, SnapshotBlock, SnapshotEntry, SnapshotTotal

FIELDS = (
    SnapshotEntry.participant_id,
    SnapshotEntry.rank,
    SnapshotEntry.unit_id,
    SnapshotEntry.score,
    SnapshotEntry.correct_count,
    SnapshotEntry.duration_ms,
    SnapshotEntry.submitted_at,
)
# Made once, since every look at a board asks and making a statement costs more than running it.
_OF_BOARDS = (
    select(Snapshot)
    .where(Snapshot.board_id.in_(bindparam("boards", type_=Integer, expanding=True)))
    .order_by(Snapshot.number, Snapshot.board_id)
)
MOST_TIED = 1000
"""Up to so many people who tie at the end of a prize zone are looked at."""


@dataclass(frozen=True)
class Scope:
    """The part of a sealed board that is looked at: everybody, or the units of a subtree."""

    snapshot_id: int
    scope_id: int = EVERYONE
    unit_ids: tuple[int, ...] = ()


@dataclass(frozen=True)
class Sealed:
    """Where sealing stands with a board: its newest snapshot, when its first and its first final one were made."""

    newest: Snapshot | None
    sealed_at: datetime | None
    final_at: datetime | None


def sealed_of(session: Session, board_id: int) -> Sealed:
    """Where sealing stands with a board; boards have a handful of snapshots."""
    made = snapshots_of(session, [board_id])
    finals = [snapshot.made_at for snapshot in made if snapshot.kind == "final"]
    return Sealed(made[-1] if made else None, made[0].made_at if made else None, finals[0] if finals else None)


def snapshots_of(session: Session, board_ids: Collection[int]) -> list[Snapshot]:
    """The snapshots of these boards in the order they were made."""
    return list(session.scalars(_OF_BOARDS, {"boards": list(board_ids)}))


def rank_bytes(rank: int) -> bytes:
    """A rank as the rank key of a row."""
    return rank.to_bytes(8, "big")


def _row(found: Any) -> Row:
    person, rank, *rest = found
    return Row(person, rank_bytes(rank), *rest)


def own_entry(session: Session, scope: Scope, participant_id: UUID) -> Row | None:
    """Someone's line, if it is in the scope."""
    query = select(*FIELDS).where(
        SnapshotEntry.snapshot_id == scope.snapshot_id, SnapshotEntry.participant_id == participant_id
    )
    found = session.execute(query).one_or_none()
    inside = found is not None and (scope.scope_id == EVERYONE or found.unit_id in scope.unit_ids)
    return _row(found) if inside else None


def place_of(session: Session, snapshot_id: int, participant_id: UUID) -> int | None:
    """Someone's place on the whole board."""
    query = select(SnapshotEntry.place).where(
        SnapshotEntry.snapshot_id == snapshot_id, SnapshotEntry.participant_id == participant_id
    )
    return session.scalar(query)


def beside(session: Session, scope: Scope, place: int, limit: int, *, above: bool) -> list[Row]:
    """Up to ``limit`` lines of the scope before or after a place of the whole board, in order of place."""

    def nearest(units: Collection[int]) -> Select[Any]:
        query = select(SnapshotEntry.place, *FIELDS).where(
            SnapshotEntry.snapshot_id == scope.snapshot_id,
            SnapshotEntry.place < place if above else SnapshotEntry.place > place,
        )
        if scope.scope_id != EVERYONE:
            query = query.where(of_units(SnapshotEntry.__table__.c.unit_id, units))
        return query.order_by(SnapshotEntry.place.desc() if above else SnapshotEntry.place).limit(limit)

    if 1 < len(scope.unit_ids) <= FEW:
        each = (nearest((unit_id,)) for unit_id in scope.unit_ids)
        found: Sequence[Any] = session.execute(union_all(*(select(query.subquery()) for query in each))).all()
    else:
        found = session.execute(nearest(scope.unit_ids)).all()
    kept = sorted(found, key=lambda line: line[0], reverse=above)[:limit]
    return [_row(line[1:]) for line in (reversed(kept) if above else kept)]


def entries_before(session: Session, scope: Scope, place: int) -> int:
    """How many lines of the scope stand before a place of the whole board: one block to count in, at most."""
    if scope.scope_id == EVERYONE:
        return place - 1
    block = (place - 1) // BLOCK
    whole = (
        select(SnapshotBlock.before)
        .where(
            SnapshotBlock.snapshot_id == scope.snapshot_id,
            SnapshotBlock.scope_id == scope.scope_id,
            SnapshotBlock.block <= block,
        )
        .order_by(SnapshotBlock.block.desc())
        .limit(1)
    )
    here = select(func.count()).where(
        SnapshotEntry.snapshot_id == scope.snapshot_id,
        SnapshotEntry.place > block * BLOCK,
        SnapshotEntry.place < place,
        of_units(SnapshotEntry.__table__.c.unit_id, scope.unit_ids),
    )
    return (session.scalar(whole) or 0) + (session.scalar(here) or 0)


def totals(session: Session, snapshot_id: int, scope_ids: Collection[int]) -> dict[int, Totals]:
    """Totals by scope as they were sealed; a scope without attempts has zeros."""
    query = select(
        SnapshotTotal.scope_id,
        SnapshotTotal.participants,
        SnapshotTotal.attempts,
        SnapshotTotal.score,
        SnapshotTotal.perfect,
    ).where(SnapshotTotal.snapshot_id == snapshot_id, SnapshotTotal.scope_id.in_(scope_ids))
    found = {scope: Totals(*counted) for scope, *counted in session.execute(query)}
    return {scope: found.get(scope, Totals()) for scope in scope_ids}


def prize_zone(session: Session, snapshot: Snapshot, *, more: int = 0) -> list[SnapshotEntry]:
    """Who stood in the prize zone, best first, and up to ``more`` places below; of those who tie at its end at most
    ``MOST_TIED``.
    """
    end = snapshot.prize_zone + more
    query = select(SnapshotEntry).where(
        SnapshotEntry.snapshot_id == snapshot.id, SnapshotEntry.rank <= end, SnapshotEntry.place <= end + MOST_TIED
    )
    return list(session.scalars(query.order_by(SnapshotEntry.place)))


def ranks_of(session: Session, snapshot_id: int, people: Collection[UUID]) -> dict[UUID, int]:
    """The ranks of these people, as far as they stand in a snapshot."""
    query = select(SnapshotEntry.participant_id, SnapshotEntry.rank).where(
        SnapshotEntry.snapshot_id == snapshot_id, SnapshotEntry.participant_id.in_(people)
    )
    return {person: rank for person, rank in session.execute(query)}  # noqa: C416  typed, dict() is not
