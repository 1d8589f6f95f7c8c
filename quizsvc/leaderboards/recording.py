"""Keeps boards in step with graded attempts: entries, rank cells and tallies, in the transaction that grades.

Counters are moved by differences, never read and written back, and always in key order, so that two people who submit at
once can neither lose a count nor wait for each other in a circle.
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import TextClause, and_, bindparam, delete, select, text
from sqlalchemy.orm import Session

from quizsvc.core.db import Base
from quizsvc.leaderboards.models import EVERYONE, Entry, RankCell, ScoreCell, Tally
from quizsvc.leaderboards.ranking import cell_of
from quizsvc.units.queries import path_of

SHARDS = 16
SCORE_SHARDS = 4
Cell = tuple[int, int, int, int]
TallyKey = tuple[int, int, int]


@dataclass(frozen=True)
class Counted:
    """Someone's counted result, with the unit that they belonged to and that unit's path from the root."""

    score: int
    correct_count: int
    duration_ms: int
    submitted_at: datetime
    unit_id: int | None
    unit_path: tuple[int, ...]

    @property
    def scopes(self) -> tuple[int, ...]:
        return (EVERYONE, *self.unit_path)


@dataclass
class Changes:
    """Differences to apply to counters, gathered over several boards."""

    cells: Counter[Cell] = field(default_factory=Counter)
    score_cells: Counter[Cell] = field(default_factory=Counter)
    participants: Counter[TallyKey] = field(default_factory=Counter)
    attempts: Counter[TallyKey] = field(default_factory=Counter)
    scores: Counter[TallyKey] = field(default_factory=Counter)

    def move(self, board_id: int, scope_id: int, shard: int, entry: Any, step: int) -> None:
        """Add (``step`` 1) or take away (-1) an entry."""
        self.cells[board_id, scope_id, entry.score, cell_of(entry.duration_ms)] += step
        self.score_cells[board_id, scope_id, entry.score, shard % SCORE_SHARDS] += step
        self.participants[board_id, scope_id, shard] += step
        self.scores[board_id, scope_id, shard] += step * entry.score


def shard_of(participant_id: UUID) -> int:
    """Which share of a tally counts this person."""
    return participant_id.int % SHARDS


def put_entry(session: Session, changes: Changes, *, board_id: int, participant_id: UUID, counted: Counted) -> None:
    """Make ``counted`` the person's entry on a board, in all its scopes. Needs ``apply`` afterwards.

    The caller holds the lock on the participant, so that nobody else writes this person's entries.
    """
    shard = shard_of(participant_id)
    mine = and_(Entry.board_id == board_id, Entry.participant_id == participant_id)
    left = []
    for old in session.execute(select(Entry.scope_id, Entry.score, Entry.duration_ms).where(mine)):
        changes.move(board_id, old.scope_id, shard, old, -1)
        if old.scope_id not in counted.scopes:
            left.append(old.scope_id)
    if left:
        session.execute(delete(Entry).where(mine, Entry.scope_id.in_(left)))
    values = {
        "unit_id": counted.unit_id,
        "score": counted.score,
        "correct_count": counted.correct_count,
        "duration_ms": counted.duration_ms,
        "submitted_at": counted.submitted_at,
    }
    key = {"board_id": board_id, "participant_id": participant_id}
    session.execute(_upsert(Entry, adds=False), [key | values | {"scope_id": scope} for scope in counted.scopes])
    for scope in counted.scopes:
        changes.move(board_id, scope, shard, counted, 1)


def count_attempt(changes: Changes, *, board_id: int, participant_id: UUID, scopes: Iterable[int]) -> None:
    """One more finished attempt (lượt) on a board."""
    for scope in scopes:
        changes.attempts[board_id, scope, shard_of(participant_id)] += 1


def apply(session: Session, changes: Changes) -> None:
    """Write the gathered differences: one statement for each table, rows in key order."""
    for table, last, moved in ((RankCell, "second", changes.cells), (ScoreCell, "shard", changes.score_cells)):
        cells = [
            {"board_id": key[0], "scope_id": key[1], "score": key[2], last: key[3], "entries": step}
            for key, step in sorted(moved.items())
            if step
        ]
        if cells:
            session.execute(_upsert(table, adds=True), cells)
    keys = sorted({*changes.participants, *changes.attempts, *changes.scores})
    tallies = [
        {
            "board_id": key[0],
            "scope_id": key[1],
            "shard": key[2],
            "participants": changes.participants[key],
            "attempts": changes.attempts[key],
            "score": changes.scores[key],
        }
        for key in keys
        if changes.participants[key] or changes.attempts[key] or changes.scores[key]
    ]
    if tallies:
        session.execute(_upsert(Tally, adds=True), tallies)


@functools.cache
def _upsert(table: type[Base], *, adds: bool) -> TextClause:
    """``INSERT … ON CONFLICT`` for one row of a table; where the key exists the rest is replaced, or added to it.

    Text, since SQLAlchemy does not keep compiled statements with ``ON CONFLICT``: compiling cost more than executing.
    """
    columns = table.__table__.columns
    key = [column.name for column in columns if column.primary_key]
    rest = [column.name for column in columns if not column.primary_key]
    name = table.__tablename__
    sets = (f"{each} = {f'{name}.{each} + ' if adds else ''}excluded.{each}" for each in rest)
    statement = (  # every part is a name from our own tables
        f"INSERT INTO {name} ({', '.join(key + rest)}) VALUES ({', '.join(f':{each}' for each in key + rest)}) "  # noqa: S608
        f"ON CONFLICT ({', '.join(key)}) DO UPDATE SET {', '.join(sets)}"
    )
    return text(statement).bindparams(*(bindparam(column.name, type_=column.type) for column in columns))


def sum_of_entries(session: Session, *, board_ids: Sequence[int], participant_id: UUID) -> Counted:
    """The result on a contest's board: points, right answers and time added up over its rounds' boards.

    ``board_ids`` in the order of the rounds. Moment and unit are those of the latest submission, of equal ones of the
    later round.
    """
    columns = (Entry.board_id, Entry.score, Entry.correct_count, Entry.duration_ms, Entry.submitted_at, Entry.unit_id)
    query = select(*columns).where(
        Entry.board_id.in_(board_ids), Entry.scope_id == EVERYONE, Entry.participant_id == participant_id
    )
    rows = session.execute(query).all()
    latest = max(rows, key=lambda row: (row.submitted_at, board_ids.index(row.board_id)))
    return Counted(
        score=sum(row.score for row in rows),
        correct_count=sum(row.correct_count for row in rows),
        duration_ms=sum(row.duration_ms for row in rows),
        submitted_at=latest.submitted_at,
        unit_id=latest.unit_id,
        unit_path=path_of(session, latest.unit_id),
    )
