"""Boards without contests: a tree of units, some people, and boards to put results on; checked by brute force."""

from __future__ import annotations

import functools
import itertools
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from hypothesis import strategies as st
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from quizsvc.contests.models import Board, Contest
from quizsvc.contests.ranking_keys import KINDS, USUAL_RANKING, Order, RankingKey, Standing, rank_key
from quizsvc.contests.stored import ranking_to_json
from quizsvc.leaderboards import recording
from quizsvc.leaderboards.models import EVERYONE, Entry, RankCell, Tally
from quizsvc.leaderboards.queries import Row
from quizsvc.leaderboards.ranking import RankPlan
from quizsvc.leaderboards.recording import Changes, Counted, Kept
from quizsvc.participants.models import Participant
from quizsvc.units.models import Unit

DAY = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
PEOPLE = tuple(UUID(int=number * 7919 % 1009 << 64 | number) for number in range(40))
SMALL_TREE: Mapping[int | None, tuple[int, ...]] = {None: (), 1: (1,), 2: (1, 2), 3: (1, 3), 4: (1, 2, 4), 5: (1, 2, 5)}
"""Unit → ids from the root: a province, two communes, two hamlets in the first commune."""
PATHS = SMALL_TREE | {unit_id: (1, unit_id) for unit_id in range(6, 72)}
"""And many more communes: a unit without others below, one with a few, and one with more than a page asks one by one."""
SCOPES = (EVERYONE, 1, 2, 3, 4, 5)
CONTEST = 1


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

    def board(self, session: Session, ranking: Sequence[RankingKey] = USUAL_RANKING) -> Kept:
        board = Board(subject=f"board {next(self.numbers)}", contest_id=CONTEST, ranking=ranking_to_json(ranking))
        session.add(board)
        session.flush()
        return Kept(board.id, RankPlan.of(ranking))


def furnish(engine: Engine) -> None:
    """Units, people and a contest of an arena."""
    with Session(engine) as session, session.begin():
        for unit_id, path in PATHS.items():
            if unit_id is not None:
                session.add(_unit(unit_id, path))
                session.flush()
        session.add_all(Participant(id=person, created_at=DAY) for person in PEOPLE)
        session.add(
            Contest(
                id=CONTEST,
                slug="arena",
                title="Cuộc thi",
                organizer_unit_id=1,
                opens_at=DAY,
                closes_at=DAY + timedelta(days=1),
                version=1,
                document={},
                document_sha256="",
                rules={},
                loaded_at=DAY,
            )
        )


def _unit(unit_id: int, path: tuple[int, ...]) -> Unit:
    return Unit(
        id=unit_id,
        code=f"U{unit_id}",
        name=f"Đơn vị {unit_id}",
        kind="ward",
        parent_id=path[-2] if len(path) > 1 else None,
        path="/" + "".join(f"{step}/" for step in path),
        valid_from=date(2020, 1, 1),
        search=f"u{unit_id}",
    )


def after_ms(late_ms: int) -> datetime:
    return DAY + timedelta(milliseconds=late_ms)


def result(score: int, duration_ms: int, late_ms: int, unit_id: int | None = None, **more: Any) -> Counted:
    standing = Standing(
        score=score,
        correct_count=more.pop("correct_count", score),
        duration_ms=duration_ms,
        started_at=after_ms(more.pop("began_ms", 0)),
        submitted_at=after_ms(late_ms),
        registered_at=after_ms(more.pop("registered_ms", 0)),
        **more,
    )
    return Counted(standing, None, unit_id, PATHS[unit_id])


few_ms = st.sampled_from((0, 1, 255, 256, 999, 1000, 65_535, 65_536, 70_000, 17_000_000))
units = st.sampled_from((*SMALL_TREE, 6, 71))
results = st.builds(
    result,
    st.integers(0, 2),
    few_ms,
    few_ms,
    units,
    correct_count=st.integers(0, 1),
    began_ms=few_ms,
    registered_ms=few_ms,
    attempts=st.integers(1, 2),
    perfect_attempts=st.integers(0, 2),
    opened_at=st.sampled_from((None, DAY - timedelta(hours=1), DAY + timedelta(milliseconds=999))),
)
"""Few different values, so that every kind of tie is common."""

rankings = st.lists(
    st.builds(RankingKey, st.sampled_from([*KINDS]), st.sampled_from(Order)),
    min_size=1,
    max_size=5,
    unique_by=lambda k: k.key,
)
"""Rankings by any kinds of keys; those that are known only at sealing have no part in a live board."""

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
PLAIN: Mapping[str, Callable[[Standing], Any]] = {
    "score": lambda s: s.score,
    "correct_count": lambda s: s.correct_count,
    "duration": lambda s: s.duration_ms,
    "submitted_at": lambda s: s.submitted_at,
    "started_at": lambda s: s.started_at,
    "registered_at": lambda s: s.registered_at,
    "elapsed_seconds": lambda s: max(0, (s.submitted_at - (s.opened_at or LONG_AGO)) // timedelta(seconds=1)),
    "attempts": lambda s: s.attempts,
    "perfect_attempts": lambda s: s.perfect_attempts,
}
"""What each live kind of key compares, said without bytes."""


def stands(one: Standing, other: Standing, ranking: Sequence[RankingKey]) -> int:
    """Below zero: ``one`` stands above ``other`` by the published rule; zero: they are equal."""
    for key in ranking:
        if key.key in PLAIN:
            mine, theirs = PLAIN[key.key](one), PLAIN[key.key](other)
            if mine != theirs:
                return -1 if (mine > theirs) == (key.order is Order.HIGH) else 1
    return 0


def put(session: Session, board: Kept, person: UUID, counted: Counted) -> None:
    """What grading does with a result that counts."""
    changes = Changes()
    changes.count_attempt(board.board_id, person, counted.unit_path)
    take(session, changes, board, person)
    changes.put(board, person, counted)
    recording.apply(session, changes)


def remove(session: Session, board: Kept, person: UUID) -> None:
    """What a disqualification does with an entry."""
    changes = Changes()
    take(session, changes, board, person)
    recording.apply(session, changes)


def take(session: Session, changes: Changes, board: Kept, person: UUID) -> None:
    """Take away the person's entry, if there is one."""
    old = session.get(Entry, (board.board_id, person))
    if old is not None:
        session.expunge(old)
        changes.take(board, old, PATHS[old.unit_id])


def play(session: Session, board: Kept, moves: Sequence[tuple[UUID, Counted | None]]) -> dict[UUID, Counted]:
    """Make these moves (no result: the entry is taken away) and say who stands on the board afterwards."""
    standing: dict[UUID, Counted] = {}
    for person, each in moves:
        if each is None:
            remove(session, board, person)
            standing.pop(person, None)
        else:
            put(session, board, person, each)
            standing[person] = each
    return standing


def scopes_of(counted: Counted) -> tuple[int, ...]:
    return (EVERYONE, *counted.unit_path)


def listed(board: Kept, standing: Mapping[UUID, Counted], scope_id: int) -> list[Row]:
    """The list of a scope by comparing each with each, as the published rule says it."""

    def compare(one: UUID, other: UUID) -> int:
        placed = stands(standing[one].standing, standing[other].standing, board.plan.ranking)
        return placed or (1 if one.int > other.int else -1)

    there = [person for person, each in standing.items() if scope_id in scopes_of(each)]
    return [row_of(board, person, standing[person]) for person in sorted(there, key=functools.cmp_to_key(compare))]


def row_of(board: Kept, person: UUID, counted: Counted) -> Row:
    made = counted.standing
    key = rank_key(made, board.plan.keys)
    return Row(person, key, counted.unit_id, made.score, made.correct_count, made.duration_ms, made.submitted_at)


def rank(board: Kept, standing: Mapping[UUID, Counted], scope_id: int, mine: Standing) -> int:
    """One more than those who are really better."""
    there = (each for each in standing.values() if scope_id in scopes_of(each))
    return 1 + sum(stands(each.standing, mine, board.plan.ranking) < 0 for each in there)


def recount(session: Session, board: Kept) -> tuple[dict[UUID, int | None], bool, dict[int, tuple[int, ...]]]:
    """People with their units, whether the cells agree with the entries, and the tallies by scope."""
    entries = session.execute(
        select(Entry.participant_id, Entry.unit_id, Entry.rank_key).where(Entry.board_id == board.board_id)
    ).all()
    cells: Counter[tuple[int, int, bytes]] = Counter()
    for _, unit_id, key in entries:
        for scope in (EVERYONE, *PATHS[unit_id]):
            cells.update((scope, level, key[:cut]) for level, cut in enumerate(board.plan.cuts))
    sums = select(RankCell.scope_id, RankCell.level, RankCell.prefix, func.sum(RankCell.entries))
    grouped = sums.where(RankCell.board_id == board.board_id).group_by(RankCell.scope_id, RankCell.level, RankCell.prefix)
    stored = {(scope, level, prefix): int(count) for scope, level, prefix, count in session.execute(grouped) if count}
    columns = (Tally.participants, Tally.attempts, Tally.score, Tally.perfect)
    totals = select(Tally.scope_id, *(func.sum(column) for column in columns)).where(Tally.board_id == board.board_id)
    tallies = {scope: tuple(map(int, each)) for scope, *each in session.execute(totals.group_by(Tally.scope_id))}
    return {person: unit_id for person, unit_id, _ in entries}, dict(cells) == stored, tallies
