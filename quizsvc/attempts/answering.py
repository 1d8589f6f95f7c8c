"""Saving answers and handing in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from quizsvc.attempts import timing
from quizsvc.attempts.closing import close
from quizsvc.attempts.errors import AttemptClosed, AttemptExpired, StaleVersion
from quizsvc.attempts.models import Attempt
from quizsvc.attempts.paper import Answers, ForeignId, merge, read_answers, read_paper, shown_answers, write_answers
from quizsvc.attempts.queries import own_attempt, receipt_of, round_of
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

    Raises ``NotFound``, ``AttemptClosed``, ``AttemptExpired``, ``StaleVersion`` or ``ValidationFailed``.
    """
    attempt = own_attempt(session, participant_id=participant_id, attempt_id=attempt_id, lock=True)
    refuse_ended(session, attempt, now)
    wanted = _wanted(session, attempt, given)
    if _is_older(attempt, given):
        _refuse_other_content(attempt, wanted)
        return attempt
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
    wanted = _wanted(session, attempt, given)
    if _is_older(attempt, given):
        _refuse_other_content(attempt, wanted)
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


def _wanted(session: Session, attempt: Attempt, given: Given) -> _Wanted:
    """The stored answers with the given ones laid over them; nothing is stored yet."""
    stored = read_answers(attempt.answers)
    predicted = attempt.predicted
    if given.says_prediction:
        if given.predicted is not None and rules_of(round_of(session, attempt)).prediction_prompt is None:
            raise ValidationFailed([{"pointer": "/predicted", "detail": "Vòng này không có câu dự đoán."}])
        predicted = given.predicted
    if not given.answers:
        return _Wanted(stored, predicted)
    paper = read_paper(attempt.paper)
    versions = kept_versions(session, [item.version_id for item in paper])
    single = [versions[item.version_id].kind != "multiple" for item in paper]
    try:
        return _Wanted(merge(paper, attempt.seed, stored, given.answers, single=single), predicted)
    except ForeignId as error:
        detail = "Câu hỏi hoặc phương án này không thuộc bài thi của bạn, hoặc chọn quá số phương án cho phép."
        raise ValidationFailed([{"pointer": error.pointer, "detail": detail}]) from None


def _is_older(attempt: Attempt, given: Given) -> bool:
    return given.version is not None and given.version <= attempt.version


def _refuse_other_content(attempt: Attempt, wanted: _Wanted) -> None:
    """An old version that says what is stored anyway is a repetition; one that says something else is stale."""
    if write_answers(wanted.answers) == attempt.answers and wanted.predicted == attempt.predicted:
        return
    paper = read_paper(attempt.paper)
    raise StaleVersion(
        stored={
            "version": attempt.version,
            "answers": shown_answers(paper, attempt.seed, read_answers(attempt.answers)),
            "predicted": attempt.predicted,
            "saved_at": None if attempt.saved_at is None else attempt.saved_at.isoformat(),
        }
    )
