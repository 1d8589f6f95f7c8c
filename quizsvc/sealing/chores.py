"""Sealing without being asked: boards that cannot be shown before their first snapshot get it by themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from quizsvc.contests.models import Board, Contest, Round
from quizsvc.contests.queries import PUBLISHED, ranking_of
from quizsvc.contests.ranking_keys import needs_prediction
from quizsvc.contests.rules import Phase
from quizsvc.core.chance import Chance
from quizsvc.core.clock import Clock
from quizsvc.core.db import reading, transaction
from quizsvc.core.runtime import runtime
from quizsvc.leaderboards.snapshot_models import Snapshot
from quizsvc.organizers.acting import SYSTEM
from quizsvc.sealing import service
from quizsvc.sealing.conditions import Order
from quizsvc.sealing.errors import NotClosedYet, SealedAtOnce
from quizsvc.sealing.kinds import Kind
from quizsvc.sealing.queries import make_up_to_come

SETTLE = timedelta(seconds=60)
"""Between closing and sealing: what was sent at the last moment is graded by then."""
REASON = "Tự động niêm phong tạm thời sau khi đóng và chấm xong mọi bài."


@dataclass(frozen=True)
class Due:
    """A round, or (no round) a contest as a whole, that waits for its first snapshot."""

    contest_id: int
    round_id: int | None


def seal_what_is_due() -> None:
    """A chore for the sweeper of a serving process."""
    run = runtime()
    seal_due(run.clock, run.chance)


def seal_due(clock: Clock, chance: Chance) -> int:
    """Seal what is due, provisionally, each in its own transaction; how many rounds and contests that were."""
    with reading() as session:
        waiting = due(session, now=clock())
    return sum(_seal(each, clock, chance) for each in waiting)


def due(session: Session, *, now: datetime) -> Sequence[Due]:
    """What closed more than ``SETTLE`` ago and counts, ranks by a prediction, and has no snapshot nor make-up to come."""
    sealed = exists().where(Snapshot.board_id == Board.id)
    query = select(Board, Contest, Round).join(Contest, Contest.id == Board.contest_id)
    query = query.outerjoin(Round, Round.id == Board.round_id)
    closed = select(Contest.id).where(Contest.closes_at <= now - SETTLE)
    query = query.where(
        Board.track.is_(None),
        ~sealed,
        PUBLISHED,
        ((Round.closes_at <= now - SETTLE) & (Round.phase == Phase.OFFICIAL))
        | (Round.id.is_(None) & Board.contest_id.in_(closed)),
    ).order_by(Board.round_id.is_(None), Board.id)
    found = [(board, contest) for board, contest, _ in session.execute(query) if needs_prediction(ranking_of(board))]
    return [Due(contest.id, board.round_id) for board, contest in found if not _make_up(session, board, now)]


def _make_up(session: Session, board: Board, now: datetime) -> bool:
    rounds = select(Round.id).where(Round.contest_id == board.contest_id)
    ids = session.scalars(rounds).all() if board.round_id is None else [board.round_id]
    return bool(make_up_to_come(session, ids, now))


def _seal(each: Due, clock: Clock, chance: Chance) -> bool:
    order, now = Order(Kind.PROVISIONAL, REASON, first=True), clock()
    try:
        with transaction() as session:
            if each.round_id is None:
                contest = session.get_one(Contest, each.contest_id)
                service.seal_contest(session, contest, order, actor=SYSTEM, now=now, chance=chance)
            else:
                found = session.get_one(Round, each.round_id)
                service.seal_round(session, found, order, actor=SYSTEM, now=now, chance=chance)
    except (NotClosedYet, SealedAtOnce):  # not yet after all, or another process was quicker
        return False
    return True
