"""Grading: the second recorded step after an attempt has ended, repeatable at any time with the same result."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Integer, Select, Table, Uuid, and_, bindparam, exists, insert, select, update
from sqlalchemy.orm import Session, make_transient_to_detached
from sqlalchemy.orm.attributes import set_committed_value

from quizsvc.attempts.decisions import Disqualification, Ruling
from quizsvc.attempts.gate import share_boards
from quizsvc.attempts.ids import round_number
from quizsvc.attempts.models import Attempt, Receipt
from quizsvc.attempts.paper import read_answers, read_paper
from quizsvc.attempts.receipts import HandedIn, receipt_code, receipt_sha256
from quizsvc.attempts.scoring import Marked, Score, score_paper
from quizsvc.attempts.showing import result_shown
from quizsvc.attempts.standings import Boards, counts_at_all, disqualified_in
from quizsvc.banks.memory import kept_versions
from quizsvc.banks.models import QuestionVersion
from quizsvc.contests.memory import STAMP, KeptContest, Stamp, kept_as
from quizsvc.contests.models import Contest, Round
from quizsvc.contests.rules import RoundRules
from quizsvc.leaderboards import recording
from quizsvc.leaderboards.recording import Changes
from quizsvc.participants.models import Participant
from quizsvc.units.models import Unit

# Made once, since making a statement costs more than running it. Parameters say their types: columns of foreign keys do not
# know theirs yet.
_ID, _ROUND = bindparam("id", type_=Uuid()), bindparam("round", type_=Integer)
_PLAIN = Attempt.__table__.c
_WHO: Select[Any] = (
    select(_PLAIN.participant_id, Round.__table__.c.contest_id)
    .join(Round.__table__, Round.__table__.c.id == _PLAIN.round_id)
    .where(_PLAIN.id == _ID, _PLAIN.round_id == _ROUND)
)
_LOCK = select(Participant.__table__.c.id).where(Participant.__table__.c.id == _ID).with_for_update(key_share=True)
_RULED = exists().where(Ruling.round_id == Attempt.round_id, Ruling.lifted_at.is_(None))
_OUT = exists().where(
    Disqualification.contest_id == Round.contest_id,
    Disqualification.participant_id == Attempt.participant_id,
    Disqualification.lifted_at.is_(None),
)
_FOUND: Select[Any] = (
    select(Attempt, Round, Receipt, Unit.path, _RULED, _OUT, *STAMP)
    .join(Round, Round.id == Attempt.round_id)
    .join(Contest, Contest.id == Round.contest_id)
    .outerjoin(Unit, Unit.id == Attempt.unit_id)
    .outerjoin(Receipt, and_(Receipt.attempt_id == Attempt.id, Receipt.round_id == Attempt.round_id))
    .where(Attempt.id == _ID, Attempt.round_id == _ROUND)
    .execution_options(populate_existing=True)
)

_MARK = (
    update(cast("Table", Attempt.__table__))
    .where(_PLAIN.id == bindparam("its_id", type_=Uuid()), _PLAIN.round_id == bindparam("its_round", type_=Integer))
    .values({name: bindparam(name) for name in ("score", "max_score", "correct_count", "question_count", "graded_at")})
)
_ISSUE = insert(cast("Table", Receipt.__table__))
_RECEIPT = tuple(column.name for column in Receipt.__table__.columns)


@dataclass(frozen=True)
class _Found:
    """An ended attempt with what grading it needs; whether there may be rulings or disqualifications to look up."""

    attempt: Attempt
    round: Round
    receipt: Receipt | None
    unit_path: tuple[int, ...]
    ruled: bool
    out: bool
    contest: KeptContest

    @property
    def rules(self) -> RoundRules:
        return self.contest.rounds[self.round.id].rules


def grade(session: Session, attempt_id: UUID, *, now: datetime) -> Receipt:
    """Mark an ended attempt, write its receipt and put it on the boards; done once, it only returns the receipt."""
    session.flush()
    names = {"id": attempt_id, "round": round_number(attempt_id)}
    participant_id, contest_id = session.execute(_WHO, names).one()
    share_boards(session, contest_id)
    lock_person(session, participant_id)
    found = _find(session, names)
    if found.receipt is not None:
        return found.receipt
    attempt = found.attempt
    score = mark(session, attempt, found.rules, rulings_of(session, attempt.round_id) if found.ruled else {})
    _write_marks(session, attempt, score, now)
    receipt = _receipt(attempt, found.round, now, shown=result_shown(session, found.round, now))
    _write_receipt(session, receipt)
    _put_on_boards(session, found)
    return receipt


def _write_marks(session: Session, attempt: Attempt, score: Score, now: datetime) -> None:
    values = _marks(score) | {"graded_at": now}
    session.connection().execute(_MARK, values | {"its_id": attempt.id, "its_round": attempt.round_id})
    for name, value in values.items():
        set_committed_value(attempt, name, value)


def _write_receipt(session: Session, receipt: Receipt) -> None:
    session.connection().execute(_ISSUE, {name: getattr(receipt, name) for name in _RECEIPT})
    make_transient_to_detached(receipt)
    session.add(receipt)


def _find(session: Session, names: Mapping[str, Any]) -> _Found:
    """What was committed before the locks were had."""
    attempt, found, receipt, path, ruled, out, *stamp = session.execute(_FOUND, names).one()
    unit_path = tuple(int(part) for part in (path or "").split("/") if part)
    return _Found(attempt, found, receipt, unit_path, ruled, out, kept_as(session, Stamp(*stamp)))


def lock_person(session: Session, participant_id: UUID) -> None:
    """One person's attempts are graded one after the other, so that the boards see each of them exactly once.

    Only "no key update": a start that closes an old attempt holds that row and then refers to the person, and a full lock
    would make the two wait for each other.
    """
    session.execute(_LOCK, {"id": participant_id})


def rulings_of(session: Session, round_id: int) -> dict[int, Ruling]:
    """The rulings in force in a round, by question version."""
    query = select(Ruling).where(Ruling.round_id == round_id, Ruling.lifted_at.is_(None))
    return {ruling.question_version_id: ruling for ruling in session.scalars(query.order_by(Ruling.decided_at, Ruling.id))}


def remark(session: Session, attempt: Attempt, rules: RoundRules, rulings: dict[int, Ruling]) -> None:
    """Write the marks that an attempt's stored answers deserve under the keys and rulings in force."""
    for name, value in _marks(mark(session, attempt, rules, rulings)).items():
        setattr(attempt, name, value)


def _marks(score: Score) -> dict[str, Any]:
    """The columns of an attempt that a score fills."""
    return {
        "score": score.points,
        "max_score": score.max_points,
        "correct_count": score.correct,
        "question_count": score.questions,
    }


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


def _receipt(attempt: Attempt, found: Round, now: datetime, *, shown: bool) -> Receipt:
    sha256 = receipt_sha256(handed_in(attempt, found))
    return Receipt(
        attempt_id=attempt.id,
        round_id=attempt.round_id,
        code=receipt_code(sha256),
        sha256=sha256,
        result_visible=shown,
        score=attempt.score,
        max_score=attempt.max_score,
        correct_count=attempt.correct_count,
        question_count=attempt.question_count,
        issued_at=now,
    )


def _put_on_boards(session: Session, found: _Found) -> None:
    attempt, contest_id = found.attempt, found.contest.stamp.contest_id
    out = disqualified_in(session, contest_id, attempt.participant_id) if found.out else frozenset()
    if not counts_at_all(attempt, found.rules) or not out.isdisjoint((None, attempt.round_id)):
        return
    boards, changes = Boards(session, found.contest), Changes()
    boards.know_path(attempt.unit_id, found.unit_path)
    boards.count_attempt(changes, attempt)
    boards.refresh(changes, round_id=attempt.round_id, participant_id=attempt.participant_id, disqualified=out)
    recording.apply(session, changes)
