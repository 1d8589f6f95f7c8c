"""What has been sealed or shown, as far as corrections must know."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from quizsvc.contests.circumstances import circumstances_of
from quizsvc.contests.models import Board, Contest, Round
from quizsvc.contests.visibility import figures_sealed_until
from quizsvc.leaderboards.snapshot_models import Snapshot


def figures_shown(session: Session, contest: Contest, now: datetime) -> bool:
    """Whether figures may be told to organizers: not while a prediction question can still be answered."""
    return figures_sealed_until(circumstances_of(session, contest.id), now) is None


def is_sealed(session: Session, contest: Contest, found: Round) -> bool:
    """Whether a snapshot of the round, or of its contest, has been made."""
    boards = select(Board.id).where(
        Board.contest_id == contest.id, or_(Board.round_id == found.id, Board.round_id.is_(None))
    )
    return session.scalar(select(Snapshot.id).where(Snapshot.board_id.in_(boards)).limit(1)) is not None
