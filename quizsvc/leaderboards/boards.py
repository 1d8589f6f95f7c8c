"""A board as a viewer may see it: which board, from when, in which state."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Integer, String, bindparam, select
from sqlalchemy.orm import Session, defer

from quizsvc.contests.circumstances import circumstances_of
from quizsvc.contests.lifecycle import State
from quizsvc.contests.models import Board, Contest, Round
from quizsvc.contests.queries import contest_by_slug, ranking_of, round_by_public_id, rules_of, window_of
from quizsvc.contests.rules import RoundRules, Window
from quizsvc.contests.visibility import Circumstances, board_visible_from, contest_board_visible_from
from quizsvc.core.problems import NotFound
from quizsvc.leaderboards.ranking import RankPlan
from quizsvc.leaderboards.snapshot_models import Snapshot
from quizsvc.leaderboards.snapshot_queries import sealed_of

# Made once, since every look at a board asks and making a statement costs more than running it.
_CONTEST = (
    select(Contest).where(Contest.id == bindparam("contest", type_=Integer)).options(defer(Contest.document))
)  # the document is long, and no board reads it
_BOARD = select(Board).where(
    Board.contest_id == bindparam("contest", type_=Integer),
    Board.round_id.is_not_distinct_from(bindparam("round", type_=Integer)),
    Board.track.is_not_distinct_from(bindparam("track", type_=String)),
)


class BoardState(StrEnum):
    """``sealed``: nothing may be seen yet. ``live``: results still arrive. ``provisional``: closed, not confirmed."""

    SEALED = "sealed"
    LIVE = "live"
    PROVISIONAL = "provisional"
    FINAL = "final"


@dataclass(frozen=True)
class BoardView:
    """What is known of a board before looking into it; ``visible_from`` is ``None`` when it is never shown.

    ``snapshot``: the newest sealed order, from which the board is answered. ``as_of``: from when its figures are.
    """

    board_id: int
    contest: Contest
    plan: RankPlan
    state: BoardState
    visible_from: datetime | None
    as_of: datetime
    round_id: int | None = None
    snapshot: Snapshot | None = None


def state_of(
    facts: Circumstances, found: tuple[RoundRules, Window] | None, now: datetime
) -> tuple[BoardState, datetime | None]:
    """State and first moment of the board of a round, or of the whole contest when there is none."""
    if found is None:
        visible_from = contest_board_visible_from(facts, now)
        closed = facts.closes_at <= now
    else:
        visible_from = board_visible_from(*found, facts, now)
        closed = found[1].state(now) is State.CLOSED
    if visible_from is None or visible_from > now:
        return BoardState.SEALED, visible_from
    return (BoardState.PROVISIONAL if closed else BoardState.LIVE), visible_from


def round_board(session: Session, public_id: str, track: str | None, now: datetime) -> BoardView:
    """The board of a round, or ``NotFound``."""
    found = round_by_public_id(session, public_id)
    contest = session.scalars(_CONTEST, {"contest": found.contest_id}).one()
    return _view(session, contest, found, track, now)


def contest_board(session: Session, slug: str, track: str | None, now: datetime) -> BoardView:
    """The board of a whole contest, or ``NotFound``."""
    return _view(session, contest_by_slug(session, slug), None, track, now)


def _view(session: Session, contest: Contest, found: Round | None, track: str | None, now: datetime) -> BoardView:
    round_id = None if found is None else found.id
    board = session.scalar(_BOARD, {"contest": contest.id, "round": round_id, "track": track})
    if board is None:
        raise NotFound("Không có bảng xếp hạng này.")
    ranking, sealed = ranking_of(board), sealed_of(session, board.id)
    facts = circumstances_of(session, contest.id, ranking=ranking, sealed_at=sealed.sealed_at, final_at=sealed.final_at)
    state, visible_from = state_of(facts, None if found is None else (rules_of(found), window_of(found)), now)
    newest = sealed.newest
    if newest is not None and state is not BoardState.SEALED:
        state = BoardState(newest.kind)
    as_of = now if newest is None or state is BoardState.SEALED else newest.made_at
    return BoardView(board.id, contest, RankPlan.of(ranking), state, visible_from, as_of, round_id, newest)
