"""Reads of questions with how far they have come."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quizsvc.banks.life.states import Facts, Review, State
from quizsvc.banks.models import KeySeen, Question, QuestionReview, QuestionVersion
from quizsvc.core.problems import NotFound

Row = tuple[Question, QuestionVersion]


def newest_page(session: Session, bank_id: int, *, state: str | None, after: int | None, limit: int) -> list[Row]:
    """Questions of a bank with their newest versions by id, one more than ``limit``; ``state`` of that version."""
    newest = select(func.max(QuestionVersion.number)).where(QuestionVersion.question_id == Question.id).correlate(Question)
    query = (
        select(Question, QuestionVersion)
        .join(QuestionVersion, QuestionVersion.question_id == Question.id)
        .where(Question.bank_id == bank_id, QuestionVersion.number == newest.scalar_subquery())
        .order_by(Question.id)
        .limit(limit + 1)
    )
    if state is not None:
        query = query.where(QuestionVersion.state == state)
    if after is not None:
        query = query.where(Question.id > after)
    return [(question, version) for question, version in session.execute(query)]


def counts_by_state(session: Session, bank_id: int) -> dict[str, int]:
    """How many questions have a version in each state."""
    query = (
        select(QuestionVersion.state, func.count(QuestionVersion.question_id.distinct()))
        .join(Question, Question.id == QuestionVersion.question_id)
        .where(Question.bank_id == bank_id)
        .group_by(QuestionVersion.state)
    )
    found = dict(session.execute(query).tuples().all())
    return {state.value: found.get(state.value, 0) for state in State}


def question_by_code(session: Session, bank_id: int, code: str, *, for_update: bool = False) -> Row:
    """A question with its newest version, or ``NotFound``. ``for_update``: nobody else changes it until the end."""
    query = select(Question).where(Question.bank_id == bank_id, Question.code == code)
    question = session.scalar(query.with_for_update() if for_update else query)
    if question is None:
        raise NotFound("Không có câu hỏi này trong ngân hàng.")
    versions = versions_of(session, question.id)
    return question, versions[-1]


def versions_of(session: Session, question_id: int) -> Sequence[QuestionVersion]:
    """All versions of a question, oldest first."""
    query = select(QuestionVersion).where(QuestionVersion.question_id == question_id).order_by(QuestionVersion.number)
    return session.scalars(query).all()


def reviews_of(session: Session, version_ids: Sequence[int]) -> dict[int, list[QuestionReview]]:
    """The reviews of these versions in the order they were made."""
    query = select(QuestionReview).where(QuestionReview.question_version_id.in_(version_ids)).order_by(QuestionReview.id)
    found: dict[int, list[QuestionReview]] = defaultdict(list)
    for review in session.scalars(query):
        found[review.question_version_id].append(review)
    return found


def facts_of(session: Session, versions: Sequence[QuestionVersion]) -> dict[int, Facts]:
    """What the rules of life need to know of each of these versions."""
    ids = [version.id for version in versions]
    reviews = reviews_of(session, ids)
    seen = defaultdict(list)
    for version_id, person in session.execute(
        select(KeySeen.question_version_id, KeySeen.participant_id).where(KeySeen.question_version_id.in_(ids))
    ):
        seen[version_id].append(person)
    return {
        version.id: Facts(
            State(version.state),
            version.author_id,
            [Review(row.reviewer_id, row.agrees, row.settled_at is not None) for row in reviews[version.id]],
            seen[version.id],
        )
        for version in versions
    }
