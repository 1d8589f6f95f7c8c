"""Grading: the second recorded step after an attempt has ended, repeatable at any time with the same result."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Integer, Row, Select, Table, Uuid, and_, bindparam, exists, insert, select, update
from sqlalchemy.orm import Session, make_transient_to_detached
from sqlalchemy.orm.attributes import set_committed_value

from quizsvc.attempts.decisions import Disqualification, Ruling
from quizsvc.attempts.gate import at_once, share_boards
from quizsvc.attempts.ids import round_number
from quizsvc.attempts.models import Attempt, Receipt
from quizsvc.attempts.paper import Paper, read_answers, read_paper
from quizsvc.attempts.receipts import HandedIn, receipt_code, receipt_sha256
from quizsvc.attempts.scoring import Marked, Score, score_paper
from quizsvc.attempts.showing import result_shown
from quizsvc.attempts.standings import Boards, counts_at_all, disqualified_in, is_out
from quizsvc.banks.memory import kept_versions
from quizsvc.banks.models import QuestionVersion
from quizsvc.contests.memory import STAMP, KeptContest, Stamp, kept_as
from quizsvc.contests.models import Contest, Round
from quizsvc.contests.rules import RoundRules
from quizsvc.leaderboards import recording
from quizsvc.leaderboards.recording import Changes
from quizsvc.participants.models import Participant
from quizsvc.units.models import Unit
from quizsvc.units.queries import path_ids

# Made once, since making a statement costs more than running it. Parameters say their types: columns of foreign keys do not
# know theirs yet.
_ID, _ROUND = bindparam("id", type_=Uuid()), bindparam("round", type_=Integer)
_PLAIN = Attempt.__table__.c
_WHO: Select[Any] = (
    select(_PLAIN.participant_id, Round.__table__.c.contest_id)
    .join(Round.__table__, Round.__table__.c.id == _PLAIN.round_id)
    .where(_PLAIN.id == _ID, _PLAIN.round_id == _ROUND)
)
_PEOPLE = Participant.__table__.c
_LOCK = select(_PEOPLE.id).where(_PEOPLE.id == _ID).with_for_update(key_share=True)
_FREE = select(_PEOPLE.id).where(_PEOPLE.id == _ID).with_for_update(key_share=True, skip_locked=True)
_LOCK_AT_ONCE: Select[Any] = select(at_once, _FREE.scalar_subquery())
_RULED = exists().where(Ruling.round_id == _PLAIN.round_id, Ruling.lifted_at.is_(None))
_OUT = exists().where(
    Disqualification.contest_id == Round.__table__.c.contest_id,
    Disqualification.participant_id == _PLAIN.participant_id,
    Disqualification.lifted_at.is_(None),
)


def _with_facts(*wanted: Any) -> Select[Any]:
    """``wanted`` of an attempt, then what grading must know besides: unit path, rulings, disqualifications, contest."""
    attempts, rounds, receipts, units = (kind.__table__ for kind in (Attempt, Round, Receipt, Unit))
    its_receipt = and_(receipts.c.attempt_id == attempts.c.id, receipts.c.round_id == attempts.c.round_id)
    return (
        select(*wanted, units.c.path, _RULED, _OUT, *STAMP)
        .select_from(attempts)
        .join(rounds, rounds.c.id == attempts.c.round_id)
        .join(Contest.__table__, Contest.__table__.c.id == rounds.c.contest_id)
        .outerjoin(units, units.c.id == attempts.c.unit_id)
        .outerjoin(receipts, its_receipt)
        .where(attempts.c.id == _ID, attempts.c.round_id == _ROUND)
    )


_FOUND = _with_facts(Attempt, Round, Receipt).execution_options(populate_existing=True)
_FACTS = _with_facts(Receipt.__table__.c.code)

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
    return found.receipt or _graded(session, found, now)


def grade_at_once(session: Session, attempt: Attempt, found: Round, *, now: datetime) -> Receipt | None:
    """Grade an attempt in the transaction that has just ended it. ``None``: it is graded already, or another transaction
    would have to be waited for; nothing has been written then.

    Nothing is waited for, since the attempt is locked by now, and ``grade`` locks it last.
    """
    names = {"id": attempt.participant_id, "contest": found.contest_id}
    if session.get_bind().dialect.name == "postgresql":
        shared, person = session.execute(_LOCK_AT_ONCE, names).one()
        if not shared or person is None:
            return None
    code, path, ruled, out, *stamp = session.execute(_FACTS, {"id": attempt.id, "round": attempt.round_id}).one()
    if code is not None:
        return None
    known = _Found(attempt, found, None, path_ids(path or ""), ruled, out, kept_as(session, Stamp(*stamp)))
    return _graded(session, known, now)


def _graded(session: Session, found: _Found, now: datetime) -> Receipt:
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
    return _Found(attempt, found, receipt, path_ids(path or ""), ruled, out, kept_as(session, Stamp(*stamp)))


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


def marks_now(
    session: Session, attempt: Attempt | Row[Any], rules: RoundRules, rulings: dict[int, Ruling]
) -> dict[str, Any]:
    """The marks that an attempt's stored answers deserve under the keys and rulings in force, by column."""
    return _marks(mark(session, attempt, rules, rulings))


def _marks(score: Score) -> dict[str, Any]:
    """The columns of an attempt that a score fills."""
    return {
        "score": score.points,
        "max_score": score.max_points,
        "correct_count": score.correct,
        "question_count": score.questions,
    }


def mark(session: Session, attempt: Attempt | Row[Any], rules: RoundRules, rulings: dict[int, Ruling]) -> Score:
    """The score of an attempt's stored answers; ``paper`` and ``answers`` are all that it takes of a row."""
    questions = how_marked(session, read_paper(attempt.paper), rules, rulings)
    return score_paper(read_answers(attempt.answers), questions, partial=rules.partial)


def how_marked(session: Session, paper: Paper, rules: RoundRules, rulings: Mapping[int, Ruling]) -> list[Marked]:
    """How each question of a paper is marked, in paper order."""
    versions = kept_versions(session, [item.version_id for item in paper])
    return [_marked(versions[item.version_id], rules, rulings.get(item.version_id)) for item in paper]


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
    attempt, person = found.attempt, found.attempt.participant_id
    out = disqualified_in(session, found.contest.stamp.contest_id, [person]) if found.out else {}
    if not counts_at_all(attempt, found.rules) or is_out(out.get(person), attempt.round_id):
        return
    boards, changes = Boards(session, found.contest), Changes()
    boards.know_path(attempt.unit_id, found.unit_path)
    boards.count_attempt(changes, attempt)
    boards.refresh(changes, boards.read(attempt.round_id, [person], out))
    recording.apply(session, changes)
