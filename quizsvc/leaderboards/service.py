"""What a board shows: a page, one's own place with neighbours, the units."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizsvc.core.paging import encode_cursor
from quizsvc.core.problems import NotFound
from quizsvc.leaderboards import queries
from quizsvc.leaderboards.boards import BoardState, BoardView
from quizsvc.leaderboards.models import EVERYONE
from quizsvc.leaderboards.queries import Row
from quizsvc.leaderboards.ranking import sort_key
from quizsvc.leaderboards.unit_ranking import UnitResult, ranked
from quizsvc.participants.queries import display_names
from quizsvc.units.models import Unit
from quizsvc.units.queries import valid_on
from quizsvc.units.service import unit_by_id

NEIGHBOURS = 5


def scope_of(session: Session, unit: str | None) -> int:
    """The scope that a unit id names; ``NotFound`` when there is no such unit."""
    if unit is None:
        return EVERYONE
    found = unit_by_id(session, unit)
    if found is None:
        raise NotFound("Không có đơn vị này.")
    return found.id


def board_page(
    session: Session, view: BoardView, *, scope_id: int, after: Row | None, limit: int, now: datetime
) -> dict[str, Any]:
    """One page of a board. A sealed board has no items and no total."""
    head = {"state": view.state, "visible_from": view.visible_from, "as_of": now}
    if view.state is BoardState.SEALED:
        return head | {"total": None, "items": [], "next": None}
    if after is None:
        rows = queries.first_rows(session, view.board_id, scope_id, limit + 1)
    else:
        rows = queries.rows_after(session, view.board_id, scope_id, after, limit + 1)
    shown = rows[:limit]
    total = queries.totals(session, view.board_id, [scope_id])[scope_id].participants
    items = _with_ranks(session, view.board_id, scope_id, shown)
    following = encode_cursor(cursor_key(shown[-1])) if len(rows) > limit else None
    return head | {"total": total, "items": items, "next": following}


def cursor_key(row: Row) -> list[Any]:
    return [row.score, row.duration_ms, row.submitted_at, row.participant_id]


def row_of_cursor(key: Sequence[Any]) -> Row:
    """The place in the list that a cursor names."""
    score, duration_ms, submitted_at, participant_id = key
    return Row(participant_id, None, score, 0, duration_ms, submitted_at)


def own_place(session: Session, view: BoardView, *, scope_id: int, participant_id: UUID, now: datetime) -> dict[str, Any]:
    """The caller's rank with up to five entries on either side; nothing while sealed or without an entry."""
    answer: dict[str, Any] = {"state": view.state, "visible_from": view.visible_from, "as_of": now}
    nothing: dict[str, Any] = {"rank": None, "total": None, "entry": None, "neighbours": []}
    if view.state is BoardState.SEALED:
        return answer | nothing
    total = queries.totals(session, view.board_id, [scope_id])[scope_id].participants
    mine = queries.own_entry(session, view.board_id, scope_id, participant_id)
    if mine is None:
        return answer | nothing | {"total": total}
    before = queries.rows_before(session, view.board_id, scope_id, mine, NEIGHBOURS)
    behind = queries.rows_after(session, view.board_id, scope_id, mine, NEIGHBOURS)
    around = _with_ranks(session, view.board_id, scope_id, [*before, mine, *behind])
    entry = around[len(before)]
    return answer | {"rank": entry["rank"], "total": total, "entry": entry, "neighbours": around}


def _with_ranks(session: Session, board_id: int, scope_id: int, rows: Sequence[Row]) -> list[dict[str, Any]]:
    """Rows that follow one another in the list, with rank, name and unit."""
    if not rows:
        return []
    names = display_names(session, [row.participant_id for row in rows])
    units = _unit_names(session, rows)
    rank = queries.rank_of(session, board_id, scope_id, rows[0])
    place = queries.place_of(session, board_id, scope_id, rows[0], rank=rank)
    items: list[dict[str, Any]] = []
    for step, row in enumerate(rows):
        if step and sort_key(row) != sort_key(rows[step - 1]):
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
    rows_of_units = session.execute(select(Unit.id, Unit.name).where(Unit.id.in_(wanted)))
    return {unit_id: name for unit_id, name in rows_of_units}  # noqa: C416  typed, dict() is not


def unit_table(session: Session, view: BoardView, *, on: date) -> list[dict[str, Any]]:
    """The units directly below the organizer, valid on that day, best first; also those where nobody took part."""
    if view.state is BoardState.SEALED:
        return []
    query = select(Unit).where(Unit.parent_id == view.organizer_unit_id, valid_on(on))
    units = {unit.id: unit for unit in session.scalars(query)}
    totals = queries.totals(session, view.board_id, list(units))
    results = [UnitResult(unit_id, total.participants, total.attempts, total.score) for unit_id, total in totals.items()]
    return [
        {
            "rank": rank,
            "unit": units[result.unit_id],
            "participants": result.participants,
            "attempts": result.attempts,
            "headcount": None,
            "rate": None,
            "score": result.score,
        }
        for rank, result in ranked(results)
    ]
