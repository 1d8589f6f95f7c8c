"""Keeps boards in step with graded attempts: entries, rank cells and tallies, in the transaction that grades.

Counters are moved by differences, never read and written back, and always in key order, so that two people who submit at
once can neither lose a count nor wait for each other in a circle.
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast
from uuid import UUID

from sqlalchemy import BindParameter, Column, Row, Table, TextClause, bindparam, text
from sqlalchemy.dialects import postgresql
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
        cells = [
            (level, prefix, shard % CELL_SHARDS if board.plan.is_crowded(level) else 0)
            for level, prefix in board.plan.prefixes(entry["rank_key"])
        ]
        for scope in (EVERYONE, *scopes):
            for cell in cells:
                self.cells[board.board_id, scope, *cell] += step
            self.participants[board.board_id, scope, shard] += step
            self.scores[board.board_id, scope, shard] += step * entry["score"]
            self.perfect[board.board_id, scope, shard] += step * (entry["perfect_attempts"] > 0)

    def take(self, board: Kept, entry: Entry | Row[Any], unit_path: tuple[int, ...]) -> None:
        """The entry, or its row, leaves its board."""
        counted = {name: getattr(entry, name) for name in ("rank_key", "score", "perfect_attempts")}
        self._move(board, entry.participant_id, counted, unit_path, -1)
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
        _upsert(session, RankCell, cells, adds=True)
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
        _upsert(session, Tally, tallies, adds=True)


def _write_entries(session: Session, changes: Changes) -> None:
    made, gone = [], []
    for (board_id, person), values in sorted(changes.entries.items(), key=lambda item: item[0]):
        key = {"board_id": board_id, "participant_id": person}
        if values is None:
            gone.append(key)
        else:
            made.append(key | values)
    if made:
        _upsert(session, Entry, made, adds=False)
    if gone:
        _delete(session, Entry, gone)


def _upsert(session: Session, table: type[Base], rows: Sequence[Mapping[str, Any]], *, adds: bool) -> None:
    """Insert rows in their order; where the key exists the rest is replaced, or added to it.

    On PostgreSQL one statement takes all rows as arrays: a row sent by itself cost as much as the whole grading besides.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(_arrays_upsert(table, adds=adds), _arrays(rows))
    else:
        session.execute(_rows_upsert(table, adds=adds), rows)


def _delete(session: Session, table: type[Base], keys: Sequence[Mapping[str, Any]]) -> None:
    """Delete the rows with these keys, as ``_upsert`` writes them."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(_arrays_delete(table), _arrays(keys))
    else:
        session.execute(_rows_delete(table), keys)


def _arrays(rows: Sequence[Mapping[str, Any]]) -> dict[str, list[Any]]:
    return {name: [row[name] for row in rows] for name in rows[0]}


# Text, since SQLAlchemy does not keep compiled statements with ON CONFLICT: compiling cost more than executing.
@functools.cache
def _rows_upsert(table: type[Base], *, adds: bool) -> TextClause:
    columns = _columns(table)
    values = ", ".join(f":{column.name}" for column in columns)
    return text(_insert(table, f"VALUES ({values})", adds=adds)).bindparams(*_typed(columns))


@functools.cache
def _arrays_upsert(table: type[Base], *, adds: bool) -> TextClause:
    return text(_insert(table, f"SELECT * FROM {_unnest(_columns(table))}", adds=adds))  # noqa: S608


@functools.cache
def _rows_delete(table: type[Base]) -> TextClause:
    same = " AND ".join(f"{column.name} = :{column.name}" for column in _key(table))
    return text(f"DELETE FROM {table.__tablename__} WHERE {same}").bindparams(*_typed(_key(table)))  # noqa: S608


@functools.cache
def _arrays_delete(table: type[Base]) -> TextClause:
    name, names = table.__tablename__, ", ".join(column.name for column in _key(table))
    same = " AND ".join(f"{name}.{column.name} = gone.{column.name}" for column in _key(table))
    return text(f"DELETE FROM {name} USING {_unnest(_key(table))} AS gone ({names}) WHERE {same}")  # noqa: S608


def _columns(table: type[Base]) -> list[Column[Any]]:
    return list(cast("Table", table.__table__).columns)


def _key(table: type[Base]) -> list[Column[Any]]:
    return [column for column in _columns(table) if column.primary_key]


def _typed(columns: Iterable[Column[Any]]) -> Iterable[BindParameter[Any]]:
    return (bindparam(column.name, type_=column.type) for column in columns)


def _unnest(columns: Iterable[Column[Any]]) -> str:
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
    arrays = (f"CAST(:{column.name} AS {column.type.compile(dialect)}[])" for column in columns)
    return f"unnest({', '.join(arrays)})"


def _insert(table: type[Base], rows: str, *, adds: bool) -> str:
    """Every part is a name from our own tables."""
    columns = _columns(table)
    name = table.__tablename__
    key = ", ".join(column.name for column in _key(table))
    sets = ", ".join(
        f"{each.name} = {f'{name}.{each.name} + ' if adds else ''}excluded.{each.name}"
        for each in columns
        if not each.primary_key
    )
    every = ", ".join(column.name for column in columns)
    return f"INSERT INTO {name} ({every}) {rows} ON CONFLICT ({key}) DO UPDATE SET {sets}"
