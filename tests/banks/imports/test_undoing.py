"""Taking a batch back: while nobody has used it, and never half."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from quizsvc.banks.imports import queries, service
from quizsvc.banks.imports.errors import ImportInUse
from quizsvc.banks.imports.models import QuestionImport, QuestionSource
from quizsvc.banks.models import Bank, KeySeen, Question, QuestionReview, QuestionVersion
from quizsvc.contests.models import RoundQuestion
from quizsvc.core.db import reading, transaction
from quizsvc.organizers.acting import SYSTEM
from quizsvc.organizers.models import AuditRow
from tests.banks.imports.making import count, found_question, outcomes, take
from tests.conftest import NOW
from tests.organizers.people import make_person
from tests.world import make_contest

REASON = "Nạp nhầm tệp"


def undo(import_id):
    with transaction() as session:
        batch = queries.import_by_id(session, str(import_id))
        bank = session.get_one(Bank, batch.bank_id)
        queries.lock_bank(session, bank)
        service.undo_import(session, bank, batch, actor=SYSTEM, reason=REASON, now=NOW)


def newest(kind):
    with reading() as session:
        return session.scalars(select(kind)).all()[-1]


def review(version):
    with transaction() as session:
        person = make_person(session)
        more = {"answered": [2], "agrees": True, "comment": "", "made_at": NOW}
        session.add(QuestionReview(question_version_id=version.id, reviewer_id=person, **more))


def change(version):
    with transaction() as session:
        fields = {column.name: getattr(version, column.name) for column in QuestionVersion.__table__.columns}
        session.add(QuestionVersion(**fields | {"id": None, "number": 2, "content_sha256": "1" * 64}))


def approve(version):
    with transaction() as session:
        session.get_one(QuestionVersion, version.id).state = "approved"


def test_the_questions_go_and_the_batch_stays(app):
    kept = take(found_question(1))
    taken = take(found_question(1), found_question(2), found_question(3), sha256="1" * 64)
    with transaction() as session:
        person, version = make_person(session), newest(QuestionVersion)
        session.add(KeySeen(question_version_id=version.id, participant_id=person, seen_at=NOW))
    undo(taken.import_id)
    assert (count(), count(QuestionVersion), count(QuestionImport)) == (1, 1, 2)
    batch = newest(QuestionImport)
    assert (batch.undone_at, batch.undone_reason, batch.added) == (NOW, REASON, 2)
    with reading() as session:
        sources = session.scalars(select(QuestionSource).order_by(QuestionSource.import_id, QuestionSource.position)).all()
        assert [source.question_id is None for source in sources] == [False, False, True, True]
        assert [row.action for row in session.scalars(select(AuditRow))][-1] == "bank.undo_import"
    undo(taken.import_id)  # again changes nothing
    assert count(AuditRow) == 4
    undo(kept.import_id)
    assert count() == 0


def test_the_same_file_can_be_imported_again_after_an_undo(app):
    first = take(found_question(1))
    undo(first.import_id)
    again = take(found_question(1))
    assert outcomes(again) == ["added"]
    assert again.import_id != first.import_id
    assert newest(Question).code == "n2-001"


@pytest.mark.parametrize("use", [review, change, approve])
def test_what_somebody_worked_on_stays(app, use):
    report = take(found_question(1), found_question(2))
    use(newest(QuestionVersion))
    with pytest.raises(ImportInUse, match="n1-002"):
        undo(report.import_id)
    assert (count(), newest(QuestionImport).undone_at) == (2, None)


def test_what_stands_in_a_round_stays(playground, clock):
    """A round may hold a draft only by a mistake elsewhere; even then nothing of its paper is deleted."""
    make_contest(clock.now)
    report = take(found_question(1))
    version = newest(QuestionVersion)
    with transaction() as session:
        (round_id,) = set(session.scalars(select(RoundQuestion.round_id)))
        session.add(RoundQuestion(round_id=round_id, quota=0, question_version_id=version.id))
    with pytest.raises(ImportInUse, match="vòng thi"):
        undo(report.import_id)
    assert newest(QuestionVersion).id == version.id
    assert newest(QuestionImport).undone_at is None
