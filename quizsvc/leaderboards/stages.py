"""The course of a contest, from registration to its final result."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizsvc.contests.lifecycle import Course, Span
from quizsvc.contests.models import Board, Contest, Round
from quizsvc.contests.queries import contest_rules_of, rounds_of
from quizsvc.contests.rules import Phase
from quizsvc.leaderboards.snapshot_queries import Sealed, sealed_of


def course_of(session: Session, contest: Contest) -> Course:
    """The times of a contest. A contest without an overall board is sealed when the last of its rounds is."""
    rules = contest_rules_of(contest)
    rounds = rounds_of(session, [contest.id])[contest.id]
    sealed = _sealed(session, contest, [found for found in rounds if found.phase == Phase.OFFICIAL])
    firsts, finals = [each.sealed_at for each in sealed], [each.final_at for each in sealed]
    return Course(
        official=(contest.opens_at, contest.closes_at),
        registration=None if rules.registration is None else (rules.registration.opens_at, rules.registration.closes_at),
        trials=tuple(_span(found) for found in rounds if found.phase == Phase.TRIAL),
        sealed_at=None if None in firsts else max(moment for moment in firsts if moment is not None),
        final_at=None if None in finals else max(moment for moment in finals if moment is not None),
        complaints=timedelta(hours=rules.complaint_hours),
    )


def _sealed(session: Session, contest: Contest, rounds: list[Round]) -> list[Sealed]:
    if contest.board_id is not None:
        return [sealed_of(session, contest.board_id)]
    query = select(Board.id).where(Board.round_id.in_([found.id for found in rounds])).order_by(Board.id)
    return [sealed_of(session, board_id) for board_id in session.scalars(query)]


def _span(found: Round) -> Span:
    return found.opens_at, found.closes_at
