"""Saving answers and handing in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from quizsvc.attempts import question_time, timing
from quizsvc.attempts.closing import close
from quizsvc.attempts.errors import AttemptClosed, AttemptExpired, QuestionTimeOver, StaleVersion
from quizsvc.attempts.models import Attempt
from quizsvc.attempts.paper import Answers, ForeignId, merge, read_answers, read_paper, shown_answers, write_answers
from quizsvc.attempts.queries import own_attempt, receipt_of, round_of
from quizsvc.attempts.showing import may_predict
from quizsvc.banks.memory import kept_versions
from quizsvc.contests.queries import rules_of
from quizsvc.core.problems import ValidationFailed


@dataclass(frozen=True)
class Given:
    """What a phone sent. ``says_prediction`` tells a null prediction from none at all."""

    version: int | None = None
    answers: Mapping[str, Sequence[str]] | None = None
    predicted: int | None = None
    says_prediction: bool = False


def save_answers(session: Session, *, participant_id: UUID, attempt_id: str, given: Given, now: datetime) -> Attempt:
    """Lay the given answers over the stored ones. What is returned as saved is stored.

    Raises ``NotFound``, ``AttemptClosed``, ``AttemptExpired``, ``StaleVersion``, ``QuestionTimeOver`` or
    ``ValidationFailed``; then nothing is stored.
    """
    attempt = own_attempt(session, participant_id=participant_id, attempt_id=attempt_id, lock=True)
    refuse_ended(session, attempt, now)
    wanted = _wanted(session, attempt, given, now)
    if _is_older(attempt, given):
        _refuse_other_content(attempt, wanted)
        return attempt
    _refuse_late_changes(session, attempt, wanted, now)
    attempt.answers, attempt.predicted = write_answers(wanted.answers), wanted.predicted
    attempt.version = attempt.version if given.version is None else given.version
    attempt.saved_at = now
    return attempt


def submit(
    session: Session, *, participant_id: UUID, attempt_id: str, request_id: str, given: Given, now: datetime
) -> Attempt:
    """Hand in, with last answers if any. The same ``request_id`` finds the same submission for ever.

    Raises as ``save_answers`` does; a second submission with another ``request_id`` is ``AttemptClosed``.
    """
    attempt = own_attempt(session, participant_id=participant_id, attempt_id=attempt_id, lock=True)
    if attempt.state == "submitted" and attempt.request_id == request_id:
        return attempt
    refuse_ended(session, attempt, now)
    wanted = _wanted(session, attempt, given, now)
    if _is_older(attempt, given):
        _refuse_other_content(attempt, wanted)
    _refuse_late_changes(session, attempt, wanted, now)
    version = max(attempt.version, given.version or 0)
    won = close(
        session,
        attempt,
        state="submitted",
        now=now,
        request_id=request_id,
        answers=wanted.answers,
        predicted=wanted.predicted,
        version=version,
    )
    if not won:  # only without row locks: the sweeper was faster
        refuse_ended(session, attempt, now)
    return attempt


def refuse_ended(session: Session, attempt: Attempt, now: datetime) -> None:
    """Raise unless the attempt is open and on time (grace included)."""
    if attempt.state == "open" and not timing.is_overdue(now, attempt.deadline_at):
        return
    receipt = receipt_of(session, attempt.id)
    extra: dict[str, Any] = {}
    if receipt is not None:
        extra["receipt"] = {"code": receipt.code, "sha256": receipt.sha256}
    raise (AttemptClosed if attempt.state in ("submitted", "void") else AttemptExpired)(**extra)


@dataclass(frozen=True)
class _Wanted:
    answers: Answers
    predicted: int | None


def _wanted(session: Session, attempt: Attempt, given: Given, now: datetime) -> _Wanted:
    """The stored answers with the given ones laid over them; nothing is stored yet."""
    stored = read_answers(attempt.answers)
    predicted = attempt.predicted
    if given.says_prediction and given.predicted != predicted:
        _refuse_prediction(session, attempt, now)
        predicted = given.predicted
    if not given.answers:
        return _Wanted(stored, predicted)
    paper = read_paper(attempt.paper)
    question_ms = rules_of(round_of(session, attempt)).question_ms
    _refuse_questions_to_come(attempt, given.answers, question_ms, now)
    versions = kept_versions(session, [item.version_id for item in paper])
    single = [versions[item.version_id].kind != "multiple" for item in paper]
    try:
        return _Wanted(merge(paper, attempt.seed, stored, given.answers, single=single), predicted)
    except ForeignId as error:
        detail = "Câu hỏi hoặc phương án này không thuộc bài thi của bạn, hoặc chọn quá số phương án cho phép."
        raise ValidationFailed([{"pointer": error.pointer, "detail": detail}]) from None


def _refuse_prediction(session: Session, attempt: Attempt, now: datetime) -> None:
    """A prediction is taken only while nobody can see the figures that tell its answer."""
    found = round_of(session, attempt)
    if may_predict(session, found, now):
        return
    detail = "Vòng này không có câu dự đoán."
    if rules_of(found).prediction is not None:
        detail = "Câu dự đoán đã đóng cùng với vòng thi; hãy nộp bài mà không đổi số dự đoán."
    raise ValidationFailed([{"pointer": "/predicted", "detail": detail}])


def _refuse_questions_to_come(attempt: Attempt, given: Mapping[str, object], question_ms: int | None, now: datetime) -> None:
    """A question whose turn has not come is not known yet."""
    faults = [
        {"pointer": f"/answers/{name}", "detail": "Chưa đến lượt câu hỏi này."}
        for name in question_time.to_come(attempt, question_ms, now)
        if name in given
    ]
    if faults:
        raise ValidationFailed(faults)


def _refuse_late_changes(session: Session, attempt: Attempt, wanted: _Wanted, now: datetime) -> None:
    """Where each question has its own time, an answer stays as it is once that is over."""
    question_ms = rules_of(round_of(session, attempt)).question_ms
    late = question_time.late_changes(attempt, wanted.answers, question_ms, now)
    if late:
        raise QuestionTimeOver(questions=late, stored=_stored(attempt))


def _is_older(attempt: Attempt, given: Given) -> bool:
    return given.version is not None and given.version <= attempt.version


def _refuse_other_content(attempt: Attempt, wanted: _Wanted) -> None:
    """An old version that says what is stored anyway is a repetition; one that says something else is stale."""
    if write_answers(wanted.answers) == attempt.answers and wanted.predicted == attempt.predicted:
        return
    raise StaleVersion(stored=_stored(attempt))


def _stored(attempt: Attempt) -> dict[str, Any]:
    """What the service has, for a phone to take over."""
    return {
        "version": attempt.version,
        "answers": shown_answers(read_paper(attempt.paper), attempt.seed, read_answers(attempt.answers)),
        "predicted": attempt.predicted,
        "saved_at": None if attempt.saved_at is None else attempt.saved_at.isoformat(),
    }
