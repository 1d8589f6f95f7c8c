"""What a board shows: a page, one's own place with neighbours."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Integer, Select, bindparam, select
from sqlalchemy.orm import Session

from quizsvc.core.paging import encode_cursor
from quizsvc.core.problems import NotFound
from quizsvc.leaderboards.boards import BoardState, BoardView
from quizsvc.leaderboards.queries import Row
from quizsvc.leaderboards.snapshots import SnapshotSource
from quizsvc.leaderboards.sources import LiveSource, Source
from quizsvc.participants.queries import display_names
from quizsvc.units.models import Unit
from quizsvc.units.service import unit_by_id

NEIGHBOURS = 5

_UNITS = Unit.__table__.c
_NAMES: Select[Any] = select(_UNITS.id, _UNITS.name).where(
    _UNITS.id.in_(bindparam("units", type_=Integer, expanding=True))
)  # made once, since making a statement costs more than running it


def source_of(session: Session, view: BoardView, unit: str | None) -> Source:
    """Where the rows of a board come from, for everybody or for a unit; ``NotFound`` when there is no such unit."""
    unit_id = None
    if unit is not None:
        found = unit_by_id(session, unit)
        if found is None:
            raise NotFound("Không có đơn vị này.")
        unit_id = found.id
    if view.snapshot is not None:
        return SnapshotSource(session, view.snapshot.id, unit_id)
    return LiveSource(session, view.board_id, view.plan, unit_id)


def head_of(view: BoardView) -> dict[str, Any]:
    """What every answer about a board begins with."""
    return {"state": view.state, "visible_from": view.visible_from, "as_of": view.as_of}


def board_page(session: Session, view: BoardView, *, unit: str | None, after: Row | None, limit: int) -> dict[str, Any]:
    """One page of a board. A sealed board has no items and no total."""
    source = source_of(session, view, unit)
    head = head_of(view)
    if view.state is BoardState.SEALED:
        return head | {"total": None, "items": [], "next": None}
    rows = source.after(after, limit + 1)
    shown = rows[:limit]
    following = encode_cursor(cursor_key(shown[-1])) if len(rows) > limit else None
    return head | {"total": source.total(), "items": _with_ranks(session, source, shown), "next": following}


def cursor_key(row: Row) -> list[Any]:
    return [row.rank_key, row.participant_id]


def row_of_cursor(key: Sequence[Any]) -> Row:
    """The place in the list that a cursor names."""
    rank_key, participant_id = key
    return Row(participant_id, rank_key)


def own_place(session: Session, view: BoardView, *, unit: str | None, participant_id: UUID) -> dict[str, Any]:
    """The caller's rank with up to five entries on either side; nothing while sealed or without an entry."""
    source = source_of(session, view, unit)
    answer = head_of(view)
    nothing: dict[str, Any] = {"rank": None, "total": None, "entry": None, "neighbours": []}
    if view.state is BoardState.SEALED:
        return answer | nothing
    mine = source.own(participant_id)
    if mine is None:
        return answer | nothing | {"total": source.total()}
    before, behind = source.before(mine, NEIGHBOURS), source.after(mine, NEIGHBOURS)
    around = _with_ranks(session, source, [*before, mine, *behind])
    entry = around[len(before)]
    return answer | {"rank": entry["rank"], "total": source.total(), "entry": entry, "neighbours": around}


def _with_ranks(session: Session, source: Source, rows: Sequence[Row]) -> list[dict[str, Any]]:
    """Rows that follow one another in the list, with rank, name and unit."""
    if not rows:
        return []
    names = display_names(session, [row.participant_id for row in rows])
    units = _unit_names(session, rows)
    rank = source.rank(rows[0])
    place = source.place(rows[0], rank=rank)
    items: list[dict[str, Any]] = []
    for step, row in enumerate(rows):
        if step and row.rank_key != rows[step - 1].rank_key:
            rank = place + step
        items.append(
            {
                "rank": rank,
                "display_name": names[row.participant_id],
                "unit_name": None if row.unit_id is None else units[row.unit_id],
                "score": row.score,
                "correct_count": row.correct_count,
                "duration_ms": row.duration_ms,
                "submitted_at": row.submitted_at,
            }
        )
    return items


def _unit_names(session: Session, rows: Sequence[Row]) -> dict[int, str]:
    wanted = {row.unit_id for row in rows if row.unit_id is not None}
    rows_of_units = session.execute(_NAMES, {"units": list(wanted)})
    return {unit_id: name for unit_id, name in rows_of_units}  # noqa: C416  typed, dict() is not
