"""Steps in the life of a question, each checked by ``states.py`` and written to the audit log."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from quizsvc.banks.access import acting_on
from quizsvc.banks.imports.queries import pictured
from quizsvc.banks.life import states
from quizsvc.banks.life.errors import QuestionLifeRefused
from quizsvc.banks.life.freezing import open_rounds_with
from quizsvc.banks.life.queries import Row, facts_of, question_by_code
from quizsvc.banks.life.states import Facts, LifeRefused, State
from quizsvc.banks.models import Bank, KeySeen, Question, QuestionReview, QuestionVersion
from quizsvc.banks.service import retire_approved
from quizsvc.banks.versions import Content
from quizsvc.core.clock import local_day
from quizsvc.organizers import audit
from quizsvc.organizers.powers import BANK_REVIEW, BANK_WRITE, Power


@dataclass(frozen=True)
class By:
    """Who does something, when and why."""

    participant_id: UUID
    now: datetime
    reason: str


def review(session: Session, bank: Bank, code: str, by: By, *, answered: Sequence[int], comment: str) -> QuestionReview:
    """Answer a question before seeing its key; ``answered``: positions of choices. The answer can never be changed.

    Raises ``Forbidden``, ``NotFound`` or ``QuestionLifeRefused``.
    """
    actor = acting_on(session, bank, by.participant_id, BANK_REVIEW)
    question, version = question_by_code(session, bank.id, code, for_update=True)
    _check(states.check_review, session, question, version, by)
    agrees = sorted(set(answered)) == version.key
    made = QuestionReview(
        question_version_id=version.id,
        reviewer_id=by.participant_id,
        answered=sorted(set(answered)),
        agrees=agrees,
        comment=comment,
        made_at=by.now,
    )
    session.add(made)
    session.flush()
    _follow_reviews(session, version)
    audit.record(
        session,
        actor=actor,
        action="question.review",
        subject=_subject(bank, question),
        reason=comment or "phản biện",
        before=None,
        after={"version": version.number, "agrees": agrees, "state": version.state},
        now=by.now,
    )
    return made


def settle(session: Session, bank: Bank, code: str, by: By) -> Row:
    """A third person finds the key right after all: disagreements no longer stop the question."""
    row = _step(session, bank, code, by, BANK_REVIEW, "question.settle", states.check_settling, _settle)
    _follow_reviews(session, row[1])
    return row


def approve(session: Session, bank: Bank, codes: Sequence[str], by: By) -> list[Row]:
    """Make the newest versions of these questions the ones that can be drawn: all of them, or none."""
    action = "question.approve"
    return [_step(session, bank, code, by, BANK_REVIEW, action, states.check_approval, _approve) for code in codes]


def retire(session: Session, bank: Bank, code: str, by: By) -> Row:
    """Draw the question no more, in whatever state it is. Papers and rounds that have it keep it."""
    return _step(session, bank, code, by, BANK_WRITE, "question.retire", None, _retire)


def confirm_law(session: Session, bank: Bank, code: str, by: By) -> Row:
    """Somebody compared the newest version with the law as it is today, and it still holds."""
    return _step(session, bank, code, by, BANK_REVIEW, "question.law-checked", None, _confirm_law)


def see_key(session: Session, bank: Bank, code: str, by: By) -> Row:
    """Look at the key of a version that is not approved: allowed to authors, and the end of a blind review by them."""
    return _step(session, bank, code, by, BANK_WRITE | BANK_REVIEW, "question.see-key", None, _see_key)


def rewrite(session: Session, bank: Bank, code: str, content: Content, by: By) -> Row:
    """A new version by another hand, as a draft; what is approved stays so until the new one is."""

    def write(session: Session, question: Question, newest: QuestionVersion, by: By) -> None:
        if newest.content_sha256 == content.sha256:
            raise LifeRefused("unchanged", "Nội dung không khác phiên bản hiện có.")
        if newest.state in (State.DRAFT, State.REVIEWED):
            newest.state = State.RETIRED
        session.add(
            new_version(question.id, newest.number + 1, content, state=State.DRAFT, author_id=by.participant_id, now=by.now)
        )
        session.flush()

    _step(session, bank, code, by, BANK_WRITE, "question.rewrite", None, write)
    return question_by_code(session, bank.id, code)


def new_version(
    question_id: int, number: int, content: Content, *, state: State, author_id: UUID | None, now: datetime
) -> QuestionVersion:
    """A version of a question with this content, not yet in the session."""
    return QuestionVersion(
        question_id=question_id,
        number=number,
        content_sha256=content.sha256,
        created_at=now,
        state=state.value,
        author_id=author_id,
        **vars(content),
    )


Work = Callable[[Session, Question, QuestionVersion, By], None]


def _step(
    session: Session,
    bank: Bank,
    code: str,
    by: By,
    power: Power,
    action: str,
    check: Callable[[Facts, UUID], None] | None,
    work: Work,
) -> Row:
    actor = acting_on(session, bank, by.participant_id, power)
    question, version = question_by_code(session, bank.id, code, for_update=True)
    before = {"version": version.number, "state": version.state}
    if check is not None:
        _check(check, session, question, version, by)
    try:
        work(session, question, version, by)
    except LifeRefused as refused:
        raise _problem(refused, question) from None
    session.flush()
    audit.record(
        session,
        actor=actor,
        action=action,
        subject=_subject(bank, question),
        reason=by.reason,
        before=before,
        after={"version": version.number, "state": version.state},
        now=by.now,
    )
    return question, version


def _check(
    check: Callable[[Facts, UUID], None], session: Session, question: Question, version: QuestionVersion, by: By
) -> None:
    try:
        check(facts_of(session, [version])[version.id], by.participant_id)
    except LifeRefused as refused:
        raise _problem(refused, question) from None


def _problem(refused: LifeRefused, question: Question) -> QuestionLifeRefused:
    return QuestionLifeRefused(f"Câu {question.code}: {refused.sentence}", reason=refused.code, question=question.code)


def _follow_reviews(session: Session, version: QuestionVersion) -> None:
    version.state = states.after_review(facts_of(session, [version])[version.id]).value
    session.flush()


def _settle(session: Session, _question: Question, version: QuestionVersion, by: By) -> None:
    for row in session.query(QuestionReview).filter_by(question_version_id=version.id, agrees=False, settled_at=None):
        row.settled_at, row.settled_by, row.settled_reason = by.now, by.participant_id, by.reason


def _approve(session: Session, question: Question, version: QuestionVersion, _by: By) -> None:
    if version.number == 1 and pictured(session, [question.id]):
        said = "Câu hỏi có hình trong tệp gốc mà đề thi chưa hiện được hình; hãy viết phiên bản mới bằng chữ."
        raise LifeRefused("pictures", said)
    retire_approved(session, question.id)
    version.state = State.APPROVED
    question.withdrawn = False


def _retire(session: Session, question: Question, version: QuestionVersion, by: By) -> None:
    if question.withdrawn and version.state == State.RETIRED:
        raise LifeRefused("retired", "Câu hỏi này đã thôi dùng.")
    if titles := open_rounds_with(session, question.id, by.now):
        said = f"Câu hỏi đang nằm trong vòng thi đang mở ({', '.join(titles)}); nếu câu sai, hãy hủy câu trong vòng thi đó."
        raise LifeRefused("frozen", said)
    retire_approved(session, question.id)
    question.withdrawn, version.state = True, State.RETIRED


def _confirm_law(_session: Session, _question: Question, version: QuestionVersion, by: By) -> None:
    version.law_checked_on = local_day(by.now)


def _see_key(session: Session, _question: Question, version: QuestionVersion, by: By) -> None:
    if session.get(KeySeen, (version.id, by.participant_id)) is None:
        session.add(KeySeen(question_version_id=version.id, participant_id=by.participant_id, seen_at=by.now))


def _subject(bank: Bank, question: Question) -> str:
    return f"question:{bank.code}.{question.code}"
