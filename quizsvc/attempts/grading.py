"""Grading: the second recorded step after an attempt has ended, repeatable at any time with the same result."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizsvc.attempts.counting import counted
from quizsvc.attempts.models import Attempt, Receipt
from quizsvc.attempts.paper import read_answers, read_paper
from quizsvc.attempts.queries import graded_of, receipt_of, round_of
from quizsvc.attempts.receipts import HandedIn, receipt_code, receipt_sha256
from quizsvc.attempts.scoring import Score, score_paper
from quizsvc.banks.memory import kept_versions
from quizsvc.contests.models import Contest, Round
from quizsvc.contests.queries import rules_of, window_of
from quizsvc.contests.rules import RoundRules
from quizsvc.contests.visibility import own_result_visible
from quizsvc.leaderboards import recording
from quizsvc.leaderboards.recording import Changes, Counted
from quizsvc.participants.models import Participant
from quizsvc.units.queries import path_of


def grade(session: Session, attempt_id: UUID, *, now: datetime) -> Receipt:
    """Mark an ended attempt, write its receipt and put it on the boards; done once, it only returns the receipt."""
    attempt = session.get_one(Attempt, attempt_id)
    # One person's attempts are graded one after the other, so that the boards see each of them exactly once. Only
    # "no key update": a start that closes an old attempt holds that row and then refers to the person, and a full lock
    # would make the two wait for each other.
    person = select(Participant.id).where(Participant.id == attempt.participant_id)
    session.execute(person.with_for_update(key_share=True))
    session.refresh(attempt)
    receipt = receipt_of(session, attempt_id)
    if receipt is not None:
        return receipt
    found = round_of(session, attempt)
    rules = rules_of(found)
    score = mark(session, attempt, rules)
    attempt.score, attempt.correct_count, attempt.graded_at = score.points, score.correct, now
    receipt = _receipt(attempt, found, rules, now)
    session.add(receipt)
    session.flush()
    _put_on_boards(session, attempt, found, rules)
    return receipt


def mark(session: Session, attempt: Attempt, rules: RoundRules) -> Score:
    """The score of an attempt's stored answers against the keys of its question versions."""
    paper = read_paper(attempt.paper)
    versions = kept_versions(session, [item.version_id for item in paper])
    keys = [versions[item.version_id].key for item in paper]
    return score_paper(read_answers(attempt.answers), keys, points_per_question=rules.points_per_question)


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
        code=receipt_code(sha256),
        sha256=sha256,
        result_visible=own_result_visible(rules, window_of(found), now),
        score=attempt.score,
        correct_count=attempt.correct_count,
        issued_at=now,
    )


def as_counted(session: Session, attempt: Attempt) -> Counted:
    """An attempt as the boards count it, with the unit that the person had when it started."""
    assert attempt.score is not None
    assert attempt.correct_count is not None
    assert attempt.duration_ms is not None
    assert attempt.ended_at is not None
    return Counted(
        score=attempt.score,
        correct_count=attempt.correct_count,
        duration_ms=attempt.duration_ms,
        submitted_at=attempt.ended_at,
        unit_id=attempt.unit_id,
        unit_path=path_of(session, attempt.unit_id),
    )


def _put_on_boards(session: Session, attempt: Attempt, found: Round, rules: RoundRules) -> None:
    contest = session.get_one(Contest, found.contest_id)
    person = attempt.participant_id
    mine = as_counted(session, attempt)
    changes = Changes()
    for board_id in (found.board_id, contest.board_id):
        recording.count_attempt(changes, board_id=board_id, participant_id=person, scopes=mine.scopes)
    best = counted([Ranked(row) for row in graded_of(session, round_id=found.id, participant_id=person)], rules.counts)
    if best.attempt.id == attempt.id:
        recording.put_entry(session, changes, board_id=found.board_id, participant_id=person, counted=mine)
        rounds = select(Round.board_id).where(Round.contest_id == contest.id).order_by(Round.position)
        total = recording.sum_of_entries(session, board_ids=session.scalars(rounds).all(), participant_id=person)
        recording.put_entry(session, changes, board_id=contest.board_id, participant_id=person, counted=total)
    recording.apply(session, changes)


class Ranked:
    """A graded attempt seen with the names that the ranking rule uses."""

    def __init__(self, attempt: Attempt) -> None:
        assert attempt.score is not None
        assert attempt.duration_ms is not None
        assert attempt.ended_at is not None
        self.attempt = attempt
        self.number: int = attempt.number
        self.score: int = attempt.score
        self.duration_ms: int = attempt.duration_ms
        self.submitted_at: datetime = attempt.ended_at
