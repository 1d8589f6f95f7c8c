"""Endpoints of playing: a round as I see it, starting, saving, handing in, looking back."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from quizsvc.attempts import answering, queries, showing, starting, timing, views
from quizsvc.attempts.admission import admission_of
from quizsvc.attempts.errors import (
    AttemptClosed,
    AttemptExpired,
    NoAttemptsLeft,
    QuestionTimeOver,
    ReviewNotOpen,
    StaleVersion,
)
from quizsvc.attempts.limits import counted_as_used
from quizsvc.attempts.models import Attempt, Receipt
from quizsvc.attempts.schemas import (
    AttemptOut,
    AttemptPage,
    ReviewOut,
    RoundOut,
    SavedOut,
    SaveIn,
    SubmissionOut,
    SubmitIn,
)
from quizsvc.attempts.settling import hand_in, settle
from quizsvc.auth.guards import Caller, participant
from quizsvc.contests.errors import NotEligible, RoundNotOpen
from quizsvc.contests.models import Contest, Round
from quizsvc.contests.queries import round_by_public_id, rules_of, window_of
from quizsvc.core.db import reading, transaction
from quizsvc.core.fields import Empty
from quizsvc.core.http import Api, Reply
from quizsvc.core.paging import PageQuery, decode_cursor, page
from quizsvc.core.runtime import runtime
from quizsvc.participants.queries import participant_by_id

api = Api("attempts", __name__, url_prefix="/api/v1")


@api.operation(
    "GET", "/rounds/<id:round_id>", guard=participant, summary="A round as I may play it", answers={200: RoundOut}
)
def get_round(caller: Caller, round_id: str) -> object:
    now = runtime().clock()
    with reading() as session:
        found = round_by_public_id(session, round_id)
        contest = session.get_one(Contest, found.contest_id)
        person = participant_by_id(session, caller.participant_id)
        rules = rules_of(found)
        used = counted_as_used(starting.used_starts(session, found, person.id), rules.limits)
        admission = admission_of(session, found.contest_id, rules.eligibility, person, now=now)
    prompt = rules.prediction_prompt
    paper = rules.papers[rules.paper_index(admission.track)]
    return {
        "id": found.public_id,
        "contest": contest.slug,
        "title": found.title,
        "state": window_of(found).state(now),
        "opens_at": found.opens_at,
        "closes_at": found.closes_at,
        "question_count": paper.question_count,
        "time_limit_ms": rules.time_limit_ms,
        "allowed_ms": timing.allowed_ms(max(now, found.opens_at), limit_ms=rules.time_limit_ms, closes_at=found.closes_at),
        "attempts_allowed": rules.limits.per_round,
        "attempts_used": sum(start.round_id == found.id for start in used),
        "prediction": None if prompt is None else {"prompt": prompt},
        "eligible": not admission.refused,
        "reason": admission.reason,
        "track": admission.track,
        "participation": admission.participation.value,
        "server_now": now,
        **({} if rules.question_ms is None else {"question_ms": rules.question_ms}),
    }


@api.operation(
    "POST",
    "/rounds/<id:round_id>/attempts",
    guard=participant,
    summary="Start an attempt, or get the one still open",
    body=Empty,
    answers={201: AttemptOut, 200: AttemptOut},
    problems=(RoundNotOpen, NotEligible, NoAttemptsLeft),
)
def start_attempt(caller: Caller, round_id: str) -> object:
    run = runtime()
    with transaction() as session:
        now = run.clock()
        started = starting.start_attempt(
            session,
            participant_id=caller.participant_id,
            round_public_id=round_id,
            now=now,
            chance=run.chance,
        )
        found = queries.round_of(session, started.attempt)
        shown = views.attempt_out(session, started.attempt, found, None, now)
    return Reply(shown, 201 if started.is_new else 200)


@api.operation(
    "GET",
    "/rounds/<id:round_id>/attempts",
    guard=participant,
    summary="My attempts in a round, newest first",
    query=PageQuery,
    answers={200: AttemptPage},
)
def list_attempts(caller: Caller, round_id: str, query: dict[str, Any]) -> object:
    now = runtime().clock()
    after = decode_cursor(query["cursor"], (int,))
    with reading() as session:
        found = round_by_public_id(session, round_id)
        rows = queries.attempts_page(
            session, round_id=found.id, participant_id=caller.participant_id, after=after, limit=query["limit"]
        )
        visible = showing.result_shown(session, found, now)
    shown = page(rows, query["limit"], lambda row: [row[0].number])
    shown["items"] = [views.brief_out(attempt, found, receipt, shown=visible) for attempt, receipt in shown["items"]]
    return shown


@api.operation(
    "GET",
    "/attempts/<id:attempt_id>",
    guard=participant,
    summary="My attempt: paper, saved answers, time left",
    answers={200: AttemptOut},
)
def get_attempt(caller: Caller, attempt_id: str) -> object:
    settle(caller.participant_id, attempt_id)
    with reading() as session:
        attempt, found, receipt = _whole(session, caller, attempt_id)
        return views.attempt_out(session, attempt, found, receipt, runtime().clock())


@api.operation(
    "PATCH",
    "/attempts/<id:attempt_id>/answers",
    guard=participant,
    summary="Save answers; what is acknowledged is stored",
    body=SaveIn,
    answers={200: SavedOut},
    problems=(AttemptClosed, AttemptExpired, StaleVersion, QuestionTimeOver),
)
def save_answers(caller: Caller, attempt_id: str, body: dict[str, Any]) -> object:
    try:
        with transaction() as session:
            now = runtime().clock()
            attempt = answering.save_answers(
                session, participant_id=caller.participant_id, attempt_id=attempt_id, given=_given(body), now=now
            )
    except (AttemptClosed, AttemptExpired):
        _refuse_with_receipt(caller, attempt_id)
        raise
    return {
        "version": attempt.version,
        "saved_at": attempt.saved_at or attempt.started_at,
        "remaining_ms": timing.remaining_ms(now, attempt.deadline_at),
        "server_now": now,
    }


@api.operation(
    "POST",
    "/attempts/<id:attempt_id>/submission",
    guard=participant,
    summary="Hand in, once and only once; repeating the same request_id gives the same answer for ever",
    body=SubmitIn,
    answers={200: SubmissionOut},
    problems=(AttemptClosed, AttemptExpired, StaleVersion, QuestionTimeOver),
)
def submit(caller: Caller, attempt_id: str, body: dict[str, Any]) -> object:
    try:
        attempt, receipt = hand_in(
            participant_id=caller.participant_id,
            attempt_id=attempt_id,
            request_id=body["request_id"],
            given=_given(body),
        )
    except (AttemptClosed, AttemptExpired):
        _refuse_with_receipt(caller, attempt_id)
        raise
    return views.submission_out(attempt, receipt)


@api.operation(
    "GET",
    "/attempts/<id:attempt_id>/review",
    guard=participant,
    summary="My paper with the right answers, once the rules allow it",
    answers={200: ReviewOut},
    problems=(ReviewNotOpen,),
)
def review(caller: Caller, attempt_id: str) -> object:
    settle(caller.participant_id, attempt_id)
    with reading() as session:
        attempt, found, receipt = _whole(session, caller, attempt_id)
        visible_from = showing.review_shown_from(session, found)
        ended = attempt.state in ("submitted", "expired")
        if not ended or receipt is None or visible_from is None or visible_from > runtime().clock():
            raise ReviewNotOpen(visible_from=None if visible_from is None else visible_from.isoformat())
        return views.review_out(session, attempt)


def _whole(session: Session, caller: Caller, attempt_id: str) -> tuple[Attempt, Round, Receipt | None]:
    attempt = queries.own_attempt(session, participant_id=caller.participant_id, attempt_id=attempt_id)
    return attempt, queries.round_of(session, attempt), queries.receipt_of(session, attempt.id)


def _given(body: dict[str, Any]) -> answering.Given:
    return answering.Given(
        version=body.get("version"),
        answers=body.get("answers"),
        predicted=body.get("predicted"),
        says_prediction="predicted" in body,
    )


def _refuse_with_receipt(caller: Caller, attempt_id: str) -> None:
    """Close the overdue attempt now, grade what another call has just handed in, then refuse with the receipt."""
    settle(caller.participant_id, attempt_id)
    with reading() as session:
        attempt = queries.own_attempt(session, participant_id=caller.participant_id, attempt_id=attempt_id)
        answering.refuse_ended(session, attempt, runtime().clock())
