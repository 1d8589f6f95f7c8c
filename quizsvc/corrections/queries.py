"""Reads for corrections."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizsvc.attempts.models import Attempt
from quizsvc.banks.models import Bank, Question, QuestionVersion
from quizsvc.contests.models import Round, RoundQuestion
from quizsvc.core.problems import NotFound
from quizsvc.corrections.models import Correction
from quizsvc.organizers.models import AuditRow
from quizsvc.participants.models import Participant
from quizsvc.units.models import Unit
from quizsvc.units.service import in_subtree

AT_ONCE = 500
"""So many ids go into one statement."""


def in_batches(ids: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    """These ids in their order, so many at once as go into one statement."""
    return (ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE))


def pinned_versions(session: Session, round_id: int, question: str) -> list[QuestionVersion]:
    """The versions of ``<bank>.<question>`` that a round draws from; ``NotFound`` when there is none."""
    bank, _, code = question.partition(".")
    pinned = select(RoundQuestion.question_version_id).where(RoundQuestion.round_id == round_id)
    query = (
        select(QuestionVersion)
        .join(Question, Question.id == QuestionVersion.question_id)
        .join(Bank, Bank.id == Question.bank_id)
        .where(Bank.code == bank, Question.code == code, QuestionVersion.id.in_(pinned))
        .order_by(QuestionVersion.id)
    )
    found = list(session.scalars(query))
    if not found:
        raise NotFound(f"Vòng này không có câu hỏi {question} (mã ngân hàng, dấu chấm, mã câu hỏi).")
    return found


def known_people(session: Session, ids: Collection[UUID]) -> set[UUID]:
    """Those of these ids that are people, erased ones too: their results still stand."""
    known = set[UUID]()
    for some in in_batches(sorted(ids)):
        known.update(session.scalars(select(Participant.id).where(Participant.id.in_(some))))
    return known


def players_of_unit(session: Session, round_ids: Sequence[int], unit: Unit) -> list[UUID]:
    """Who has played one of these rounds for a unit or one below it, as it stands in their attempts; in order."""
    units = select(Unit.id).where(in_subtree(unit))
    query = select(Attempt.participant_id).where(Attempt.round_id.in_(round_ids), Attempt.unit_id.in_(units))
    return list(session.scalars(query.distinct().order_by(Attempt.participant_id)))


def correction_by_number(session: Session, number: int) -> Correction:
    """The correction, locked, or ``NotFound``."""
    query = select(Correction).where(Correction.number == number).with_for_update()
    found = session.scalar(query) if number < 2**31 else None
    if found is None:
        raise NotFound("Không có việc điều chỉnh nào mang số này.")
    return found


def corrections_page(
    session: Session, contest_id: int, *, before: int | None, limit: int
) -> list[tuple[Correction, AuditRow, str | None]]:
    """Corrections of a contest with their audit rows and rounds, the newest first, one more than ``limit``."""
    query = (
        select(Correction, AuditRow, Round.public_id)
        .join(AuditRow, AuditRow.number == Correction.number)
        .outerjoin(Round, Round.id == Correction.round_id)
        .where(Correction.contest_id == contest_id)
    )
    if before is not None:
        query = query.where(Correction.number < before)
    rows = session.execute(query.order_by(Correction.number.desc()).limit(limit + 1))
    return [(correction, row, public_id) for correction, row, public_id in rows]
