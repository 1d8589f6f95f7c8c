"""Whether a person's own result and review may be shown, asked of ``contests/visibility.py`` with what is known now."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from quizsvc.contests.circumstances import circumstances_of
from quizsvc.contests.models import Contest, Round
from quizsvc.contests.queries import rules_of, window_of
from quizsvc.contests.rules import Shown
from quizsvc.contests.visibility import Circumstances, Sitting, own_result_visible, prediction_open, review_visible_from
from quizsvc.leaderboards.snapshot_queries import sealed_of


def result_shown(session: Session, found: Round, now: datetime) -> bool:
    """Whether people see their own score in this round."""
    rules = rules_of(found)
    return own_result_visible(rules, window_of(found), _facts(session, found, rules.show_result), now)


def review_shown_from(session: Session, found: Round) -> datetime | None:
    """From when people may look back at their papers of this round; ``None``: never, or not known yet."""
    rules = rules_of(found)
    return review_visible_from(rules, window_of(found), _facts(session, found, rules.show_review))


def may_predict(session: Session, found: Round, now: datetime) -> bool:
    """Whether the prediction question of this round, if it has one, may be answered at ``now``."""
    rules = rules_of(found)
    return rules.prediction is not None and prediction_open(
        rules, window_of(found), circumstances_of(session, found.contest_id), now
    )


def _facts(session: Session, found: Round, shown: Shown) -> Circumstances:
    """What the rule ``shown`` looks at; the whole contest is read only where that matters."""
    if shown is Shown.AFTER_CONTEST:
        return circumstances_of(session, found.contest_id)
    final_at = _final_at(session, found) if shown is Shown.AFTER_FINAL else None
    return Circumstances((Sitting(rules_of(found), window_of(found)),), final_at=final_at)


def _final_at(session: Session, found: Round) -> datetime | None:
    """When the round's order became final, be it its own or that of the whole contest."""
    boards = (found.board_id, session.get_one(Contest, found.contest_id).board_id)
    moments = [sealed_of(session, board_id).final_at for board_id in boards if board_id is not None]
    return min((moment for moment in moments if moment is not None), default=None)
