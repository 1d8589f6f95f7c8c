"""Trial rounds are for trying out: what was played there is wiped when the contest begins in earnest."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from quizsvc.attempts.models import Attempt, Receipt
from quizsvc.contests.models import Board, Contest, Round
from quizsvc.contests.rules import Phase
from quizsvc.core.clock import Clock
from quizsvc.core.db import transaction
from quizsvc.leaderboards.models import Entry, RankCell, Tally
from quizsvc.organizers.acting import SYSTEM
from quizsvc.organizers.audit import record

REASON = "Kết quả thi thử bị xoá khi cuộc thi chính thức bắt đầu."


def wipe_trials(clock: Clock) -> int:
    """Wipe the trial rounds of contests that have opened; how many attempts went. Owns its transaction."""
    with transaction() as session:
        now = clock()
        return sum(_wipe(session, found, contest, now) for found, contest in _over(session, now))


def _over(session: Session, now: datetime) -> list[tuple[Round, Contest]]:
    """Trial rounds of opened contests in which all that was begun has been brought to its end."""
    query = (
        select(Round, Contest)
        .join(Contest, Contest.id == Round.contest_id)
        .where(Round.phase == Phase.TRIAL, Round.closes_at <= now, Contest.opens_at <= now)
    )
    return [(found, contest) for found, contest in session.execute(query) if _is_settled(session, found.id)]


def _is_settled(session: Session, round_id: int) -> bool:
    waiting = select(func.count()).where(Attempt.round_id == round_id, Attempt.graded_at.is_(None), Attempt.state != "void")
    return not session.scalar(waiting)


def _wipe(session: Session, found: Round, contest: Contest, now: datetime) -> int:
    gone = session.scalar(select(func.count()).where(Attempt.round_id == found.id)) or 0
    if not gone:
        return 0
    boards = select(Board.id).where(Board.round_id == found.id)
    for table in (Entry, RankCell, Tally):
        session.execute(delete(table).where(table.board_id.in_(boards)))
    session.execute(delete(Receipt).where(Receipt.round_id == found.id))
    session.execute(delete(Attempt).where(Attempt.round_id == found.id))
    record(
        session,
        actor=SYSTEM.on(contest.organizer_unit_id),
        action="trial.wipe",
        subject=f"round:{found.public_id}",
        reason=REASON,
        before={"attempts": gone},
        after={"attempts": 0},
        now=now,
    )
    return gone
