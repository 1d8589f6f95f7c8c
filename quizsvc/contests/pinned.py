"""Which rounds hold on to a question: the versions in their papers are pinned when the contest is loaded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizsvc.banks.models import QuestionVersion
from quizsvc.contests.models import Contest, Round, RoundQuestion


def open_rounds_with(session: Session, question_id: int, now: datetime) -> Sequence[str]:
    """Titles of the public rounds that are open now and may draw some version of this question."""
    query = (
        select(Round.title)
        .join(Contest, Contest.id == Round.contest_id)
        .join(RoundQuestion, RoundQuestion.round_id == Round.id)
        .join(QuestionVersion, QuestionVersion.id == RoundQuestion.question_version_id)
        .where(
            QuestionVersion.question_id == question_id,
            Contest.published_at.is_not(None),
            Round.opens_at <= now,
            Round.closes_at > now,
        )
        .distinct()
        .order_by(Round.title)
    )
    return session.scalars(query).all()


def pinned_in(session: Session, round_id: int) -> list[int]:
    """Ids of the versions that papers of a round may draw, ascending."""
    query = select(RoundQuestion.question_version_id).where(RoundQuestion.round_id == round_id).distinct()
    return sorted(session.scalars(query))
