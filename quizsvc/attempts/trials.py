"""Trial rounds are for trying out: what was played there is wiped when the contest begins in earnest."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from quizsvc.attempts.gate import own_boards
from quizsvc.attempts.models import Attempt, Receipt
from quizsvc.contests.models import Board, Contest, Round
from quizsvc.contests.rules import Phase
from quizsvc.core.clock import Clock
from quizsvc.core.db import reading, transaction
from quizsvc.core.runtime import runtime
from quizsvc.leaderboards.models import Entry, RankCell, Tally
from quizsvc.organizers.acting import SYSTEM
from quizsvc.organizers.audit import record

REASON = "Kết quả thi thử bị xoá khi cuộc thi chính thức bắt đầu."


def wipe_what_is_over() -> None:
    """A chore for the sweeper of a serving process."""
    wipe_trials(runtime().clock)


def wipe_trials(clock: Clock) -> int:
    """Wipe the trial rounds of contests that have opened, each in its own transaction; how many attempts went.

    Several processes may do so at once: each attempt is counted by exactly one of them.
    """
    with reading() as session:
        over = _over(session, clock())
    return sum(_wipe(round_id, clock) for round_id in over)


def _over(session: Session, now: datetime) -> list[int]:
    """Trial rounds of opened contests that something was played in, all of it brought to its end."""
    query = (
        select(Round.id)
        .join(Contest, Contest.id == Round.contest_id)
        .where(Round.phase == Phase.TRIAL, Round.closes_at <= now, Contest.opens_at <= now)
        .order_by(Round.id)
    )
    trials = session.scalars(query).all()
    return [round_id for round_id in trials if _is_played(session, round_id) and _is_settled(session, round_id)]


def _is_played(session: Session, round_id: int) -> bool:
    return session.scalar(select(Attempt.id).where(Attempt.round_id == round_id).limit(1)) is not None


def _is_settled(session: Session, round_id: int) -> bool:
    waiting = select(Attempt.id).where(Attempt.round_id == round_id, Attempt.graded_at.is_(None), Attempt.state != "void")
    return session.scalar(waiting.limit(1)) is None


def _wipe(round_id: int, clock: Clock) -> int:
    with transaction() as session:
        found = session.get_one(Round, round_id)
        own_boards(session, found.contest_id)
        now = clock()
        if round_id not in _over(session, now):  # another process was quicker
            return 0
        gone = session.scalar(select(func.count()).where(Attempt.round_id == round_id)) or 0
        boards = select(Board.id).where(Board.round_id == round_id)
        for table in (Entry, RankCell, Tally):
            session.execute(delete(table).where(table.board_id.in_(boards)))
        session.execute(delete(Receipt).where(Receipt.round_id == round_id))
        session.execute(delete(Attempt).where(Attempt.round_id == round_id))
        record(
            session,
            actor=SYSTEM.on(session.get_one(Contest, found.contest_id).organizer_unit_id),
            action="trial.wipe",
            subject=f"round:{found.public_id}",
            reason=REASON,
            before={"attempts": gone},
            after={"attempts": 0},
            now=now,
        )
    return gone
