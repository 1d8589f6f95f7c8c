"""Grading: the second recorded step after an attempt has ended, repeatable at any time with the same result."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizsvc.attempts.decisions import Ruling
from quizsvc.attempts.models import Attempt, Receipt
from quizsvc.attempts.paper import read_answers, read_paper
from quizsvc.attempts.queries import attempt_by_id, receipt_of, round_of
from quizsvc.attempts.receipts import HandedIn, receipt_code, receipt_sha256
from quizsvc.attempts.scoring import Marked, Score, score_paper
from quizsvc.attempts.standings import Boards, counts_at_all, is_disqualified
from quizsvc.banks.memory import kept_versions
from quizsvc.banks.models import QuestionVersion
from quizsvc.contests.models import Contest, Round
from quizsvc.contests.queries import rules_of, window_of
from quizsvc.contests.rules import RoundRules
from quizsvc.contests.visibility import own_result_visible
from quizsvc.leaderboards import recording
from quizsvc.leaderboards.recording import Changes
from quizsvc.participants.models import Participant


def grade(session: Session, attempt_id: UUID, *, now: datetime) -> Receipt:
    """Mark an ended attempt, write its receipt and put it on the boards; done once, it only returns the receipt."""
    attempt = attempt_by_id(session, attempt_id)
    lock_person(session, attempt.participant_id)
    session.refresh(attempt)
    receipt = receipt_of(session, attempt_id)
    if receipt is not None:
        return receipt
    found = round_of(session, attempt)
    rules = rules_of(found)
    remark(session, attempt, rules, rulings_of(session, found.id))
    attempt.graded_at = now
    receipt = _receipt(attempt, found, rules, now)
    session.add(receipt)
    session.flush()
    _put_on_boards(session, attempt, found, rules)
    return receipt


def lock_person(session: Session, participant_id: UUID) -> None:
    """One person's attempts are graded one after the other, so that the boards see each of them exactly once.

    Only "no key update": a start that closes an old attempt holds that row and then refers to the person, and a full lock
    would make the two wait for each other.
    """
    person = select(Participant.id).where(Participant.id == participant_id)
    session.execute(person.with_for_update(key_share=True))


def rulings_of(session: Session, round_id: int) -> dict[int, Ruling]:
    """The rulings in force in a round, by question version."""
    query = select(Ruling).where(Ruling.round_id == round_id, Ruling.lifted_at.is_(None))
    return {ruling.question_version_id: ruling for ruling in session.scalars(query.order_by(Ruling.decided_at, Ruling.id))}


def remark(session: Session, attempt: Attempt, rules: RoundRules, rulings: dict[int, Ruling]) -> None:
    """Write the marks that an attempt's stored answers deserve under the keys and rulings in force."""
    score = mark(session, attempt, rules, rulings)
    attempt.score, attempt.max_score = score.points, score.max_points
    attempt.correct_count, attempt.question_count = score.correct, score.questions


def mark(session: Session, attempt: Attempt, rules: RoundRules, rulings: dict[int, Ruling]) -> Score:
    """The score of an attempt's stored answers."""
    paper = read_paper(attempt.paper)
    versions = kept_versions(session, [item.version_id for item in paper])
    questions = [_marked(versions[item.version_id], rules, rulings.get(item.version_id)) for item in paper]
    return score_paper(read_answers(attempt.answers), questions, partial=rules.partial)


def _marked(version: QuestionVersion, rules: RoundRules, ruling: Ruling | None) -> Marked:
    points = rules.points[version.difficulty - 1]
    if ruling is None:
        return Marked((tuple(version.key),), points)
    accepted = tuple(tuple(key) for key in ruling.accepted)
    return Marked(accepted, points, accept_all=ruling.effect == "accept_all", dropped=ruling.effect == "drop")


def handed_in(attempt: Attempt, found: Round) -> HandedIn:
    """What the receipt of an ended attempt vouches for."""
    assert attempt.ended_at is not None
    return HandedIn(
        attempt_id=str(attempt.id),
        round_id=found.public_id,
        number=attempt.number,
        paper=attempt.paper,
        answers=attempt.answers,
        predicted=attempt.predicted,
        started_at=attempt.started_at,
        ended_at=attempt.ended_at,
    )


def _receipt(attempt: Attempt, found: Round, rules: RoundRules, now: datetime) -> Receipt:
    sha256 = receipt_sha256(handed_in(attempt, found))
    return Receipt(
        attempt_id=attempt.id,
        round_id=attempt.round_id,
        code=receipt_code(sha256),
        sha256=sha256,
        result_visible=own_result_visible(rules, window_of(found), now),
        score=attempt.score,
        correct_count=attempt.correct_count,
        issued_at=now,
    )


def _put_on_boards(session: Session, attempt: Attempt, found: Round, rules: RoundRules) -> None:
    contest = session.get_one(Contest, found.contest_id)
    if not counts_at_all(attempt, rules) or is_disqualified(session, attempt, contest.id):
        return
    boards, changes = Boards(session, contest), Changes()
    boards.count_attempt(changes, attempt)
    boards.refresh(changes, round_id=found.id, participant_id=attempt.participant_id)
    recording.apply(session, changes)
