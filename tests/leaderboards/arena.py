"""Boards without contests: a small tree of units, some people, and boards to put results on; checked by brute force."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from hypothesis import strategies as st
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from quizsvc.contests.models import Board
from quizsvc.leaderboards import recording
from quizsvc.leaderboards.models import EVERYONE, Entry, RankCell, ScoreCell, Tally
from quizsvc.leaderboards.queries import Row
from quizsvc.leaderboards.recording import Changes, Counted
from quizsvc.participants.models import Participant
from quizsvc.units.models import Unit

DAY = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
PEOPLE = tuple(UUID(int=number * 7919 % 1009 << 64 | number) for number in range(40))
PATHS: Mapping[int | None, tuple[int, ...]] = {None: (), 1: (1,), 2: (1, 2), 3: (1, 3), 4: (1, 2, 4), 5: (1, 2, 5)}
"""Unit → ids from the root: a province, two communes, two hamlets in the first commune."""
SCOPES = (EVERYONE, 1, 2, 3, 4, 5)


@dataclass(frozen=True)
class Arena:
    """A database with units and people; every call of ``board`` gives a new board."""

    engine: Engine
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    @contextmanager
    def session(self) -> Iterator[Session]:
        """Work that is thrown away at the end."""
        with Session(self.engine) as session:
            yield session

    def board(self, session: Session) -> int:
        board = Board(subject=f"board {next(self.numbers)}")
        session.add(board)
        session.flush()
        return board.id


def furnish(engine: Engine) -> None:
    """Units and people of an arena."""
    with Session(engine) as session, session.begin():
        for unit_id, path in PATHS.items():
            if unit_id is not None:
                session.add(
                    Unit(
                        id=unit_id,
                        code=f"U{unit_id}",
                        name=f"Đơn vị {unit_id}",
                        kind="ward",
                        parent_id=path[-2] if len(path) > 1 else None,
                        path="/" + "".join(f"{step}/" for step in path),
                        valid_from=date(2020, 1, 1),
                        search=f"u{unit_id}",
                    )
                )
                session.flush()
        session.add_all(Participant(id=person, created_at=DAY) for person in PEOPLE)


def result(score: int, duration_ms: int, late_ms: int, unit_id: int | None = None) -> Counted:
    return Counted(
        score=score,
        correct_count=score,
        duration_ms=duration_ms,
        submitted_at=DAY + timedelta(milliseconds=late_ms),
        unit_id=unit_id,
        unit_path=PATHS[unit_id],
    )


results = st.builds(
    result,
    st.integers(0, 2),
    st.sampled_from((0, 999, 1000, 1001, 60_000)),
    st.integers(0, 1),
    st.sampled_from(tuple(PATHS)),
)
"""Few different values, so that every kind of tie is common."""


def put(session: Session, board_id: int, person: UUID, counted: Counted) -> None:
    """What grading does with a result that counts."""
    changes = Changes()
    recording.count_attempt(changes, board_id=board_id, participant_id=person, scopes=counted.scopes)
    recording.put_entry(session, changes, board_id=board_id, participant_id=person, counted=counted)
    recording.apply(session, changes)


def listed(standing: Mapping[UUID, Counted], scope_id: int) -> list[Row]:
    """The list of a scope by sorting, as the published rule says it."""
    rows = [
        Row(person, each.unit_id, each.score, each.correct_count, each.duration_ms, each.submitted_at)
        for person, each in standing.items()
        if scope_id in each.scopes
    ]
    return sorted(rows, key=lambda row: (-row.score, row.duration_ms, row.submitted_at, row.participant_id.int))


def rank(rows: list[Row], row: Row) -> int:
    """One more than those who are really better."""
    return 1 + sum(
        other.score > row.score
        or (other.score == row.score and other.duration_ms < row.duration_ms)
        or ((other.score, other.duration_ms) == (row.score, row.duration_ms) and other.submitted_at < row.submitted_at)
        for other in rows
    )


def recount(session: Session, board_id: int) -> tuple[dict[UUID, set[int]], bool, dict[int, tuple[int, int, int]]]:
    """People with their scopes, whether the cells agree with the entries, and the tallies by scope."""
    entries = session.scalars(select(Entry).where(Entry.board_id == board_id)).all()
    scopes: dict[UUID, set[int]] = {}
    for entry in entries:
        scopes.setdefault(entry.participant_id, set()).add(entry.scope_id)
    cells = Counter((entry.scope_id, entry.score, entry.duration_ms // 1000) for entry in entries)
    stored = {
        (cell.scope_id, cell.score, cell.second): cell.entries
        for cell in session.scalars(select(RankCell).where(RankCell.board_id == board_id, RankCell.entries != 0))
    }
    by_score = Counter((entry.scope_id, entry.score) for entry in entries)
    counts = select(ScoreCell.scope_id, ScoreCell.score, func.sum(ScoreCell.entries)).where(ScoreCell.board_id == board_id)
    rows = session.execute(counts.group_by(ScoreCell.scope_id, ScoreCell.score))
    counted = {(scope, score): entries for scope, score, entries in rows if entries}
    sums = select(Tally.scope_id, func.sum(Tally.participants), func.sum(Tally.attempts), func.sum(Tally.score))
    tallies = session.execute(sums.where(Tally.board_id == board_id).group_by(Tally.scope_id))
    return scopes, cells == stored and by_score == counted, {scope: (int(p), int(a), int(s)) for scope, p, a, s in tallies}
