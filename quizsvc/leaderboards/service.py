"""What a board shows: a page, one's own place with neighbours, the units."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizsvc.contests.group_rules import Metric
from quizsvc.core.paging import encode_cursor
from quizsvc.core.problems import NotFound
from quizsvc.leaderboards import queries, snapshot_queries
from quizsvc.leaderboards.boards import BoardState, BoardView
from quizsvc.leaderboards.group_ranking import USUAL_GROUP, Facts, GroupRow, UnitFacts, ranked
from quizsvc.leaderboards.queries import Row
from quizsvc.leaderboards.snapshots import SnapshotSource
from quizsvc.leaderboards.sources import LiveSource, Source
from quizsvc.participants.queries import display_names
from quizsvc.registers.queries import headcounts_of
from quizsvc.units.models import Unit
from quizsvc.units.queries import valid_on
from quizsvc.units.service import unit_by_id

NEIGHBOURS = 5


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
    rows_of_units = session.execute(select(Unit.id, Unit.name).where(Unit.id.in_(wanted)))
    return {unit_id: name for unit_id, name in rows_of_units}  # noqa: C416  typed, dict() is not


def unit_table(session: Session, view: BoardView, *, on: date) -> list[dict[str, Any]]:
    """The units directly below the organizer, valid on that day, best first; also those where nobody took part."""
    if view.state is BoardState.SEALED:
        return []
    query = select(Unit).where(Unit.parent_id == view.contest.organizer_unit_id, valid_on(on))
    units = {unit.id: unit for unit in session.scalars(query)}
    if view.snapshot is None:
        totals = queries.totals(session, view.board_id, list(units))
    else:
        totals = snapshot_queries.totals(session, view.snapshot.id, list(units))
    headcounts = headcounts_of(session, view.contest.id, at=None if view.snapshot is None else view.snapshot.made_at)
    facts = [
        UnitFacts(
            unit.id,
            unit.code,
            unit.kind,
            contest=Facts(totals[unit.id].participants, totals[unit.id].attempts, totals[unit.id].score),
            headcount=headcounts.get(unit.id),
        )
        for unit in units.values()
    ]
    return [_unit_row(units[row.unit.unit_id], row) for row in ranked(USUAL_GROUP, facts)]


def _unit_row(unit: Unit, row: GroupRow) -> dict[str, Any]:
    rate = row.metrics[Metric.RATE]
    return {
        "rank": row.rank,
        "unit": unit,
        "participants": row.participants,
        "attempts": row.attempts,
        "headcount": row.unit.headcount,
        "rate": None if rate is None else float(rate),
        "score": row.metrics[Metric.POINTS],
        "metrics": None,
        "reasons": [],
    }
