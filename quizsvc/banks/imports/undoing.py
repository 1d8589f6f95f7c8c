"""Takes a batch back while nobody has used it: its questions go, the batch and its report stay."""

from __future__ import annotations

from sqlalchemy import Select, delete, exists, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from quizsvc.banks.imports.errors import ImportInUse
from quizsvc.banks.imports.models import QuestionImport, QuestionSource
from quizsvc.banks.life.states import State
from quizsvc.banks.models import KeySeen, Question, QuestionReview, QuestionVersion


def remove_questions(session: Session, batch: QuestionImport) -> None:
    """Remove the questions that this batch added; the caller has locked the bank.

    ``ImportInUse`` when one of them was reviewed or changed, is past being a draft, or stands in a round: then all stay.
    """
    added = select(QuestionSource.question_id).where(
        QuestionSource.import_id == batch.id, QuestionSource.outcome == "added", QuestionSource.question_id.is_not(None)
    )
    used = session.scalar(_used(added).limit(1))
    if used is not None:
        raise ImportInUse(f"Câu {used} đã được người khác trả lời thử, sửa hoặc duyệt; chỉ hoàn tác được khi chưa ai dùng.")
    versions = select(QuestionVersion.id).where(QuestionVersion.question_id.in_(added))
    try:
        with session.begin_nested():
            session.execute(delete(KeySeen).where(KeySeen.question_version_id.in_(versions)))
            session.execute(delete(QuestionVersion).where(QuestionVersion.question_id.in_(added)))
            forget = update(QuestionSource).where(QuestionSource.question_id.in_(added))
            session.execute(forget.values(question_id=None).execution_options(synchronize_session=False))
            bare = ~exists().where(QuestionVersion.question_id == Question.id)
            session.execute(delete(Question).where(Question.bank_id == batch.bank_id, bare))
    except IntegrityError:  # the tables of rounds stand above this package; the database knows them
        raise ImportInUse("Có câu hỏi của lần nạp này đã nằm trong đề của một vòng thi.") from None


def _used(added: Select[tuple[int | None]]) -> Select[tuple[str]]:
    """Codes of those questions that somebody has already worked on."""
    reviewed = exists().where(QuestionReview.question_version_id == QuestionVersion.id)
    touched = or_(QuestionVersion.number > 1, QuestionVersion.state != State.DRAFT, Question.withdrawn, reviewed)
    return (
        select(Question.code)
        .join(QuestionVersion, QuestionVersion.question_id == Question.id)
        .where(Question.id.in_(added), touched)
        .order_by(Question.id)
    )
