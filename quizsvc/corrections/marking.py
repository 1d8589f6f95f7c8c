"""Marks that follow the keys and rulings in force: everybody who drew a question is marked again, in batches of people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from quizsvc.attempts.grading import remark, rulings_of
from quizsvc.attempts.models import Attempt
from quizsvc.attempts.standings import Boards
from quizsvc.contests.models import Contest, Round
from quizsvc.contests.queries import rules_of
from quizsvc.leaderboards import recording
from quizsvc.leaderboards.recording import Changes

PEOPLE_AT_ONCE = 300


@dataclass(frozen=True)
class Remarked:
    """How many attempts got other marks, and of how many people."""

    attempts: int
    people: int


def drew(version_ids: Sequence[int]) -> ColumnElement[bool]:
    """The condition on ``Attempt`` that its paper holds one of these versions: «12:» must not find «112:»."""
    return or_(
        *(
            condition
            for version_id in version_ids
            for condition in (Attempt.paper.like(f"{version_id}:%"), Attempt.paper.like(f"% {version_id}:%"))
        )
    )


def remark_all(session: Session, contest: Contest, found: Round, version_ids: Sequence[int]) -> Remarked:
    """Mark again what has been graded with one of these versions, void attempts too, and bring the boards in step.

    The caller owns the boards of the contest (``attempts/gate.py``). Receipts keep what the citizen was told.
    """
    boards, rules, rulings = Boards(session, contest), rules_of(found), rulings_of(session, found.id)
    concerned = and_(Attempt.round_id == found.id, Attempt.graded_at.is_not(None), drew(version_ids))
    attempts = people = 0
    last: UUID | None = None
    while batch := _people(session, concerned, last):
        moved: set[UUID] = set()
        of_them = select(Attempt).where(concerned, Attempt.participant_id.in_(batch))
        for attempt in session.scalars(of_them.order_by(Attempt.participant_id, Attempt.number)):
            before = _marks(attempt)
            remark(session, attempt, rules, rulings)
            if _marks(attempt) != before:
                attempts += 1
                moved.add(attempt.participant_id)
        session.flush()
        changes = Changes()
        for person in sorted(moved):
            boards.refresh(changes, round_id=found.id, participant_id=person)
        recording.apply(session, changes)
        people, last = people + len(moved), batch[-1]
    return Remarked(attempts, people)


def _people(session: Session, concerned: ColumnElement[bool], after: UUID | None) -> list[UUID]:
    query = select(Attempt.participant_id).where(concerned).distinct()
    if after is not None:
        query = query.where(Attempt.participant_id > after)
    return list(session.scalars(query.order_by(Attempt.participant_id).limit(PEOPLE_AT_ONCE)))


def _marks(attempt: Attempt) -> tuple[int | None, ...]:
    return attempt.score, attempt.max_score, attempt.correct_count, attempt.question_count
