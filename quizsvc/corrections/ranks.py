"""Ranks on the boards of a contest before and after a correction, compared inside the database.

Both are kept in tables of the connection that live until the transaction ends: memory does not grow with the number of
people, and each person is found in the other table by its key.
"""

from __future__ import annotations

from sqlalchemy import (
    ColumnElement,
    Integer,
    Subquery,
    TableClause,
    Uuid,
    and_,
    column,
    func,
    insert,
    not_,
    or_,
    select,
    table,
    text,
)
from sqlalchemy.orm import Session

from quizsvc.contests.models import Board, Contest, Round
from quizsvc.contests.queries import contest_rules_of, rules_of
from quizsvc.contests.rules import Prize
from quizsvc.corrections.values import BoardEffect, Crossing
from quizsvc.leaderboards.models import Entry
from quizsvc.sealing.winning import zone

MOST_NAMED = 100
"""So many people who enter or leave a prize zone are named, the best first."""

COLUMNS = ("board_id", "participant_id", "competition_rank")
BEFORE, AFTER = (table(name, *map(column, COLUMNS, (Integer, Uuid, Integer))) for name in ("ranks_before", "ranks_after"))


class Ranks:
    """Remembers all ranks of a contest when made; ``compare`` says what has changed since, in the same transaction.

    ``round_id``: look only at the boards of this round and of the contest as a whole.
    """

    def __init__(self, session: Session, contest: Contest, round_id: int | None = None) -> None:
        self._session = session
        self._contest = contest
        boards = session.scalars(select(Board).where(Board.contest_id == contest.id).order_by(Board.id))
        self._boards = [board for board in boards if round_id is None or board.round_id in (None, round_id)]
        self._keep(BEFORE)

    def compare(self) -> tuple[BoardEffect, ...]:
        """The boards on which somebody's rank has changed. To be called once."""
        self._keep(AFTER)
        changed = self._changed()
        found = tuple(self._effect(board, changed[board.id]) for board in self._boards if board.id in changed)
        for kept in (BEFORE, AFTER):
            self._session.execute(text(f"DROP TABLE {kept.name}"))
        return found

    def _keep(self, where: TableClause) -> None:
        """Write the ranks as they are now into a fresh table."""
        _make_table(self._session, where.name)
        now = self._now()
        self._session.execute(insert(where).from_select(COLUMNS, select(*(now.c[name] for name in COLUMNS))))
        self._session.execute(text(f"ANALYZE {where.name}"))

    def _now(self) -> Subquery:
        rank = func.rank().over(partition_by=Entry.board_id, order_by=Entry.rank_key).label("competition_rank")
        query = select(Entry.board_id, Entry.participant_id, rank)
        return query.where(Entry.board_id.in_([board.id for board in self._boards])).subquery()

    def _changed(self) -> dict[int, int]:
        """People with another rank, by board."""
        both = _both()
        query = select(both.c.board_id, func.count()).where(both.c.rank_before.is_distinct_from(both.c.rank_after))
        return {board_id: count for board_id, count in self._session.execute(query.group_by(both.c.board_id))}  # noqa: C416

    def _effect(self, board: Board, ranks: int) -> BoardEffect:
        places = self._prize_places(board)
        both = _both()
        was, is_now = both.c.rank_before <= places, both.c.rank_after <= places
        entering = self._crossings(both, board, and_(is_now, or_(both.c.rank_before.is_(None), not_(was))))
        leaving = self._crossings(both, board, and_(was, or_(both.c.rank_after.is_(None), not_(is_now))))
        return BoardEffect(board.subject, ranks, places, entering, leaving)

    def _crossings(self, both: Subquery, board: Board, condition: ColumnElement[bool]) -> tuple[Crossing, ...]:
        query = (
            select(both.c.participant_id, both.c.rank_before, both.c.rank_after)
            .where(both.c.board_id == board.id, condition)
            .order_by(func.coalesce(both.c.rank_after, both.c.rank_before), both.c.participant_id)
            .limit(MOST_NAMED)
        )
        return tuple(Crossing(*row) for row in self._session.execute(query))

    def _prize_places(self, board: Board) -> int:
        """How many places of a board have a prize; equals at the last one all stand in the zone."""
        prizes: tuple[Prize, ...]
        if board.round_id is None:
            prizes = contest_rules_of(self._contest).prizes
        else:
            prizes = rules_of(self._session.get_one(Round, board.round_id)).prizes
        return zone([prize for prize in prizes if prize.track == board.track])


def _both() -> Subquery:
    """Everybody who is or was on a board with both ranks; as two joins, since not every SQLite knows a full one."""
    same = and_(AFTER.c.board_id == BEFORE.c.board_id, AFTER.c.participant_id == BEFORE.c.participant_id)
    ranks = (BEFORE.c.competition_rank.label("rank_before"), AFTER.c.competition_rank.label("rank_after"))
    there = select(AFTER.c.board_id, AFTER.c.participant_id, *ranks).select_from(AFTER.outerjoin(BEFORE, same))
    gone = select(BEFORE.c.board_id, BEFORE.c.participant_id, *ranks).select_from(BEFORE.outerjoin(AFTER, same))
    return there.union_all(gone.where(AFTER.c.participant_id.is_(None))).subquery()


def _make_table(session: Session, name: str) -> None:
    is_postgresql = session.get_bind().dialect.name == "postgresql"
    person, ending = ("UUID", " ON COMMIT DROP") if is_postgresql else ("CHAR(32)", "")
    columns = f"board_id INTEGER, participant_id {person}, competition_rank INTEGER"
    session.execute(text(f"DROP TABLE IF EXISTS {name}"))
    session.execute(text(f"CREATE TEMPORARY TABLE {name} ({columns}, PRIMARY KEY (board_id, participant_id)){ending}"))
