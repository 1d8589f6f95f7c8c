"""A board as a viewer may see it: which board, from when, in which state."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizsvc.contests.lifecycle import State
from quizsvc.contests.models import Board, Contest, Round
from quizsvc.contests.queries import contest_by_slug, ranking_of, round_by_public_id, rounds_of, rules_of, window_of
from quizsvc.contests.rules import RoundRules, Window
from quizsvc.contests.visibility import board_visible, board_visible_from
from quizsvc.core.problems import NotFound
from quizsvc.leaderboards.ranking import RankPlan


class BoardState(StrEnum):
    """``sealed``: nothing may be seen yet. ``live``: results still arrive. ``provisional``: closed, not confirmed."""

    SEALED = "sealed"
    LIVE = "live"
    PROVISIONAL = "provisional"
    FINAL = "final"


@dataclass(frozen=True)
class BoardView:
    """What is known of a board before looking into it; ``visible_from`` is ``None`` when it is never shown."""

    board_id: int
    organizer_unit_id: int
    plan: RankPlan
    state: BoardState
    visible_from: datetime | None


def contest_state(rounds: Sequence[tuple[RoundRules, Window]], now: datetime) -> tuple[BoardState, datetime | None]:
    """State and first moment of the board over all rounds.

    It stays sealed while the board of any round that has opened is sealed, since a sum over rounds gives that one away.
    """
    begun = [(rules, window) for rules, window in rounds if window.opens_at <= now] or list(rounds[:1])
    moments = [board_visible_from(rules, window) for rules, window in begun]
    visible_from = None if None in moments else max(moment for moment in moments if moment is not None)
    if not all(board_visible(rules, window, now) for rules, window in begun):
        return BoardState.SEALED, visible_from
    closed = all(window.state(now) is State.CLOSED for _, window in rounds)
    return (BoardState.PROVISIONAL if closed else BoardState.LIVE), visible_from


def round_board(session: Session, public_id: str, track: str | None, now: datetime) -> BoardView:
    """The board of a round, or ``NotFound``."""
    found = round_by_public_id(session, public_id)
    contest = session.get_one(Contest, found.contest_id)
    return _view(session, contest, found.id, track, [found], now)


def contest_board(session: Session, slug: str, track: str | None, now: datetime) -> BoardView:
    """The board of a whole contest, or ``NotFound``."""
    contest = contest_by_slug(session, slug)
    return _view(session, contest, None, track, rounds_of(session, [contest.id])[contest.id], now)


def _view(
    session: Session, contest: Contest, round_id: int | None, track: str | None, rounds: Sequence[Round], now: datetime
) -> BoardView:
    board = session.scalar(
        select(Board).where(Board.contest_id == contest.id, Board.round_id == round_id, Board.track == track)
    )
    if board is None:
        raise NotFound("Không có bảng xếp hạng này.")
    state, visible_from = contest_state([(rules_of(found), window_of(found)) for found in rounds], now)
    return BoardView(board.id, contest.organizer_unit_id, RankPlan.of(ranking_of(board)), state, visible_from)
