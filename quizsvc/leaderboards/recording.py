"""Keeps boards in step with graded attempts: entries, rank cells and tallies, in the transaction that grades.

Counters are moved by differences, never read and written back, and always in key order, so that two people who submit at
once can neither lose a count nor wait for each other in a circle.
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import TextClause, bindparam, delete, text
from sqlalchemy.orm import Session

from quizsvc.contests.ranking_keys import Standing, rank_key
from quizsvc.core.db import Base
from quizsvc.leaderboards.models import EVERYONE, Entry, RankCell, Tally
from quizsvc.leaderboards.ranking import RankPlan

SHARDS = 16
CELL_SHARDS = 4
CellKey = tuple[int, int, int, bytes, int]
TallyKey = tuple[int, int, int]


@dataclass(frozen=True)
class Kept:
    """A board that results are written to."""

    board_id: int
    plan: RankPlan


@dataclass(frozen=True)
class Counted:
    """Someone's counted result, with the unit that they belonged to and that unit's path from the root."""

    standing: Standing
    predicted: int | None
    unit_id: int | None
    unit_path: tuple[int, ...]


@dataclass
class Changes:
    """Differences to apply to counters, gathered over several boards and people."""

    cells: Counter[CellKey] = field(default_factory=Counter)
    participants: Counter[TallyKey] = field(default_factory=Counter)
    attempts: Counter[TallyKey] = field(default_factory=Counter)
    scores: Counter[TallyKey] = field(default_factory=Counter)
    perfect: Counter[TallyKey] = field(default_factory=Counter)
    entries: dict[tuple[int, UUID], dict[str, Any] | None] = field(default_factory=dict)

    def _move(self, board: Kept, person: UUID, entry: Mapping[str, Any], scopes: Iterable[int], step: int) -> None:
        shard = shard_of(person)
        for scope in (EVERYONE, *scopes):
            for level, prefix in board.plan.prefixes(entry["rank_key"]):
                spread = 0 if board.plan.is_last(level) else shard % CELL_SHARDS
                self.cells[board.board_id, scope, level, prefix, spread] += step
            self.participants[board.board_id, scope, shard] += step
            self.scores[board.board_id, scope, shard] += step * entry["score"]
            self.perfect[board.board_id, scope, shard] += step * (entry["perfect_attempts"] > 0)

    def take(self, board: Kept, entry: Entry, unit_path: tuple[int, ...]) -> None:
        """The entry leaves its board."""
        self._move(board, entry.participant_id, vars(entry), unit_path, -1)
        self.entries[board.board_id, entry.participant_id] = None

    def put(self, board: Kept, person: UUID, counted: Counted) -> None:
        """``counted`` becomes the person's entry; an earlier one must have been taken away."""
        values = entry_values(board, counted)
        self._move(board, person, values, counted.unit_path, 1)
        self.entries[board.board_id, person] = values

    def count_attempt(self, board_id: int, person: UUID, unit_path: tuple[int, ...], step: int = 1) -> None:
        """One more finished attempt (lượt) on a board, or with ``step`` -1 one less."""
        for scope in (EVERYONE, *unit_path):
            self.attempts[board_id, scope, shard_of(person)] += step


def shard_of(participant_id: UUID) -> int:
    """Which share of a tally counts this person."""
    return participant_id.int % SHARDS


def entry_values(board: Kept, counted: Counted) -> dict[str, Any]:
    """The columns of an entry but its key."""
    standing = counted.standing
    return {
        "rank_key": rank_key(standing, board.plan.keys),
        "unit_id": counted.unit_id,
        "score": standing.score,
        "correct_count": standing.correct_count,
        "duration_ms": standing.duration_ms,
        "started_at": standing.started_at,
        "submitted_at": standing.submitted_at,
        "registered_at": standing.registered_at if board.plan.uses("registered_at") else None,
        "attempts": standing.attempts,
        "perfect_attempts": standing.perfect_attempts,
        "predicted": counted.predicted,
    }


def apply(session: Session, changes: Changes) -> None:
    """Write the gathered differences: one statement for each table, rows in key order."""
    _write_entries(session, changes)
    cells = [
        dict(zip(("board_id", "scope_id", "level", "prefix", "shard"), key, strict=True)) | {"entries": step}
        for key, step in sorted(changes.cells.items())
        if step
    ]
    if cells:
        session.execute(_upsert(RankCell, adds=True), cells)
    keys = sorted({*changes.participants, *changes.attempts, *changes.scores})
    tallies = [
        {
            "board_id": key[0],
            "scope_id": key[1],
            "shard": key[2],
            "participants": changes.participants[key],
            "attempts": changes.attempts[key],
            "score": changes.scores[key],
            "perfect": changes.perfect[key],
        }
        for key in keys
        if changes.participants[key] or changes.attempts[key] or changes.scores[key] or changes.perfect[key]
    ]
    if tallies:
        session.execute(_upsert(Tally, adds=True), tallies)


def _write_entries(session: Session, changes: Changes) -> None:
    rows = [
        {"board_id": board_id, "participant_id": person} | values
        for (board_id, person), values in sorted(changes.entries.items(), key=lambda item: item[0])
        if values is not None
    ]
    if rows:
        session.execute(_upsert(Entry, adds=False), rows)
    for (board_id, person), values in changes.entries.items():
        if values is None:
            session.execute(delete(Entry).where(Entry.board_id == board_id, Entry.participant_id == person))


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
