"""Reads of boards; none of them costs more when more people take part.

A rank is one more than the entries above: higher scores and quicker seconds of the own score by their counters, the rest
of the own second by the ranking index. A page and the neighbours are ranges of that index.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select, union_all
from sqlalchemy.orm import Session

from quizsvc.leaderboards.models import Entry, RankCell, ScoreCell, Tally
from quizsvc.leaderboards.ranking import BEST_FIRST, CELL_MS, better_than, cell_of, order_by, sort_key

ROW = (
    Entry.participant_id,
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
    unit_id: int | None
    score: int
    correct_count: int
    duration_ms: int
    submitted_at: datetime


@dataclass(frozen=True)
class Totals:
    """People (người), attempts (lượt) and points of a scope."""

    participants: int = 0
    attempts: int = 0
    score: int = 0


def _on(board_id: int, scope_id: int) -> ColumnElement[bool]:
    return and_(Entry.board_id == board_id, Entry.scope_id == scope_id)


def own_entry(session: Session, board_id: int, scope_id: int, participant_id: UUID) -> Row | None:
    query = select(*ROW).where(_on(board_id, scope_id), Entry.participant_id == participant_id)
    found = session.execute(query).one_or_none()
    return None if found is None else Row(*found)


def rank_of(session: Session, board_id: int, scope_id: int, entry: Row) -> int:
    """One more than the number of entries strictly above ``entry``."""
    second = cell_of(entry.duration_ms)
    higher = select(func.coalesce(func.sum(ScoreCell.entries), 0)).where(
        ScoreCell.board_id == board_id, ScoreCell.scope_id == scope_id, ScoreCell.score > entry.score
    )
    quicker = select(func.coalesce(func.sum(RankCell.entries), 0)).where(
        RankCell.board_id == board_id,
        RankCell.scope_id == scope_id,
        RankCell.score == entry.score,
        RankCell.second < second,
    )
    beside = select(func.count()).where(
        _on(board_id, scope_id),
        Entry.score == entry.score,
        Entry.duration_ms >= second * CELL_MS,
        Entry.duration_ms <= entry.duration_ms,
        or_(*(and_(*rung) for rung in better_than(Entry, entry))),
    )
    above = session.scalar(select(higher.scalar_subquery() + quicker.scalar_subquery() + beside.scalar_subquery()))
    return 1 + (above or 0)


def place_of(session: Session, board_id: int, scope_id: int, entry: Row, *, rank: int | None = None) -> int:
    """The place in the list: the rank (asked for unless it is given), plus the equal entries listed before."""
    equals = select(func.count()).where(
        _on(board_id, scope_id),
        *(getattr(Entry, name) == getattr(entry, name) for name, _ in BEST_FIRST),
        Entry.participant_id < entry.participant_id,
    )
    above = rank_of(session, board_id, scope_id, entry) if rank is None else rank
    return above + (session.scalar(equals) or 0)


def first_rows(session: Session, board_id: int, scope_id: int, limit: int) -> list[Row]:
    """The top of the board."""
    query = select(*ROW).where(_on(board_id, scope_id)).order_by(*order_by(Entry), Entry.participant_id).limit(limit)
    return [Row(*found) for found in session.execute(query)]


def rows_after(session: Session, board_id: int, scope_id: int, entry: Any, limit: int) -> list[Row]:
    """Up to ``limit`` entries listed after ``entry``, best first."""
    return _beside(session, board_id, scope_id, entry, limit, above=False)


def rows_before(session: Session, board_id: int, scope_id: int, entry: Any, limit: int) -> list[Row]:
    """Up to ``limit`` entries listed before ``entry``, best first."""
    return _beside(session, board_id, scope_id, entry, limit, above=True)[::-1]


def _beside(session: Session, board_id: int, scope_id: int, entry: Any, limit: int, *, above: bool) -> list[Row]:
    """One range of the ranking index for each key that may decide, nearest first; together at most a few ``limit``."""
    parts, equal = [], [_on(board_id, scope_id)]
    keys = [*BEST_FIRST, ("participant_id", "low")]
    nearest = [_direction(name, end, above=above) for name, end in keys]
    for rung, (name, end) in enumerate(keys):
        column, value = getattr(Entry, name), getattr(entry, name)
        larger = (end == "high") == above
        ranged = select(*ROW).where(*equal, column > value if larger else column < value).order_by(*nearest)
        part = ranged.limit(limit).subquery(f"rung_{rung}")
        parts.append(select(part))
        equal.append(column == value)
    found: Sequence[Any] = session.execute(union_all(*parts)).all()
    rows = [Row(*row) for row in found]
    rows.sort(key=_list_key, reverse=above)
    return rows[:limit]


def _direction(name: str, end: str, *, above: bool) -> Any:
    column = getattr(Entry, name)
    return column.desc() if (end == "high") != above else column.asc()


def _list_key(row: Row) -> tuple[Any, ...]:
    return (*sort_key(row), row.participant_id.int)


def totals(session: Session, board_id: int, scope_ids: Sequence[int]) -> dict[int, Totals]:
    """Totals by scope; a scope without attempts has zeros."""
    query = (
        select(Tally.scope_id, func.sum(Tally.participants), func.sum(Tally.attempts), func.sum(Tally.score))
        .where(Tally.board_id == board_id, Tally.scope_id.in_(scope_ids))
        .group_by(Tally.scope_id)
    )
    found = {scope: Totals(people, attempts, score) for scope, people, attempts, score in session.execute(query)}
    return {scope: found.get(scope, Totals()) for scope in scope_ids}
