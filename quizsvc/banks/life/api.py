"""Endpoints for authors and reviewers of questions."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from quizsvc.auth.guards import Caller
from quizsvc.banks.access import acting_on, bank_by_code
from quizsvc.banks.files.found import LETTERS
from quizsvc.banks.law.resolving import read_citations
from quizsvc.banks.letter_references import choice_refers
from quizsvc.banks.life import queries, schemas, service, views
from quizsvc.banks.life.errors import QuestionLifeRefused
from quizsvc.banks.life.freezing import open_rounds_with
from quizsvc.banks.models import Bank
from quizsvc.banks.queries import registry
from quizsvc.banks.service import content_of_version
from quizsvc.banks.versions import Content
from quizsvc.core import rate_limits
from quizsvc.core.db import reading, transaction
from quizsvc.core.http import Api
from quizsvc.core.paging import decode_cursor, page
from quizsvc.core.problems import Forbidden, NotFound
from quizsvc.core.runtime import runtime
from quizsvc.organizers.guards import organizer
from quizsvc.organizers.powers import BANK_REVIEW, BANK_WRITE

api = Api("question_life", __name__, url_prefix="/api/v1/manage/banks/<id:bank>")

LOOK = BANK_WRITE | BANK_REVIEW
STEP: dict[str, Any] = {
    "guard": organizer,
    "answers": {200: schemas.BankQuestionOut},
    "problems": (Forbidden, NotFound, QuestionLifeRefused),
    "limit": rate_limits.SENSITIVE,
}


@api.operation(
    "GET",
    "/questions",
    guard=organizer,
    summary="Questions of a bank with how far they have come; keys only where seeing them spoils no blind review",
    query=schemas.QuestionsQuery,
    answers={200: schemas.BankQuestionPage},
    problems=(Forbidden, NotFound),
)
def list_questions(caller: Caller, bank: str, query: dict[str, Any]) -> object:
    after, limit = decode_cursor(query["cursor"], (int,)), query["limit"]
    with reading() as session:
        found = _bank(session, bank, caller)
        rows = queries.newest_page(session, found.id, state=query["state"], after=after[0] if after else None, limit=limit)
        shown = page(rows, limit, lambda row: [row[0].id])
        shown["items"] = views.questions_out(session, shown["items"], caller.participant_id)
    return shown


@api.operation(
    "GET",
    "/questions/<id:code>",
    guard=organizer,
    summary="One question with all its versions and the open rounds that have it",
    answers={200: schemas.BankQuestionWholeOut},
    problems=(Forbidden, NotFound),
)
def get_question(caller: Caller, bank: str, code: str) -> object:
    with reading() as session:
        found = _bank(session, bank, caller)
        row = queries.question_by_code(session, found.id, code)
        versions = [
            {name: getattr(version, name) for name in ("state", "author_id", "created_at", "text")}
            | {"version": version.number}
            for version in queries.versions_of(session, row[0].id)
        ]
        rounds = open_rounds_with(session, row[0].id, runtime().clock())
        [shown] = views.questions_out(session, [row], caller.participant_id)
    return shown | {"versions": versions, "open_rounds": rounds}


@api.operation(
    "POST",
    "/questions/<id:code>/reviews",
    summary="Answer a question blind; the key is shown after",
    body=schemas.QuestionReviewIn,
    **STEP,
)
def review_question(caller: Caller, bank: str, code: str, body: dict[str, Any]) -> object:
    with transaction() as session:
        found = _bank(session, bank, caller)
        answered = [LETTERS.index(letter) for letter in body["answered"]]
        by = _by(caller, body["comment"])
        service.review(session, found, code, by, answered=answered, comment=body["comment"])
        return _shown(session, found, code, caller)


@api.operation(
    "POST",
    "/questions/<id:code>/settlement",
    summary="As a third person, find the key right although a reviewer answered otherwise",
    body=schemas.QuestionStepIn,
    **STEP,
)
def settle_question(caller: Caller, bank: str, code: str, body: dict[str, Any]) -> object:
    return _step(service.settle, caller, bank, code, body)


@api.operation(
    "POST",
    "/questions/<id:code>/retirement",
    summary="Draw a question no more; refused while an open round has it",
    body=schemas.QuestionStepIn,
    **STEP,
)
def retire_question(caller: Caller, bank: str, code: str, body: dict[str, Any]) -> object:
    return _step(service.retire, caller, bank, code, body)


@api.operation(
    "POST",
    "/questions/<id:code>/law-check",
    summary="Say that somebody compared the question with the law of today, and it holds",
    body=schemas.QuestionStepIn,
    **STEP,
)
def confirm_law(caller: Caller, bank: str, code: str, body: dict[str, Any]) -> object:
    return _step(service.confirm_law, caller, bank, code, body)


@api.operation(
    "POST",
    "/questions/<id:code>/key",
    summary="See the key of a question that is not approved; who has seen it cannot review it blind any more",
    body=schemas.QuestionStepIn,
    **STEP,
)
def see_key(caller: Caller, bank: str, code: str, body: dict[str, Any]) -> object:
    return _step(service.see_key, caller, bank, code, body)


@api.operation(
    "POST",
    "/questions/<id:code>/versions",
    summary="Write a new version, as a draft; what is approved stays until the new one is",
    body=schemas.RewriteQuestionIn,
    **STEP,
)
def rewrite_question(caller: Caller, bank: str, code: str, body: dict[str, Any]) -> object:
    with transaction() as session:
        found = _bank(session, bank, caller)
        newest = queries.question_by_code(session, found.id, code)[1]
        content = _rewritten(session, content_of_version(newest), body)
        service.rewrite(session, found, code, content, _by(caller, body["reason"]))
        return _shown(session, found, code, caller)


@api.operation(
    "POST",
    "/approvals",
    guard=organizer,
    summary="Approve reviewed questions: all of those named, or none",
    body=schemas.ApproveQuestionsIn,
    answers={200: schemas.ApprovedQuestionsOut},
    problems=(Forbidden, NotFound, QuestionLifeRefused),
    limit=rate_limits.SENSITIVE,
)
def approve_questions(caller: Caller, bank: str, body: dict[str, Any]) -> object:
    with transaction() as session:
        found = _bank(session, bank, caller)
        rows = service.approve(session, found, sorted(set(body["questions"])), _by(caller, body["reason"]))
    return {"approved": [question.code for question, _ in rows]}


def _step(work: Any, caller: Caller, bank: str, code: str, body: dict[str, Any]) -> object:
    with transaction() as session:
        found = _bank(session, bank, caller)
        work(session, found, code, _by(caller, body["reason"]))
        return _shown(session, found, code, caller)


def _bank(session: Session, code: str, caller: Caller) -> Bank:
    found = bank_by_code(session, code)
    acting_on(session, found, caller.participant_id, LOOK)
    return found


def _by(caller: Caller, reason: str) -> service.By:
    return service.By(caller.participant_id, runtime().clock(), reason)


def _shown(session: Session, bank: Bank, code: str, caller: Caller) -> dict[str, Any]:
    row = queries.question_by_code(session, bank.id, code)
    return views.questions_out(session, [row], caller.participant_id)[0]


def _rewritten(session: Session, content: Content, body: dict[str, Any]) -> Content:
    given = {
        name: body[name] for name in ("text", "choices", "topic", "difficulty", "explanation") if body[name] is not None
    }
    made = replace(content, **given)
    if len({" ".join(choice.casefold().split()) for choice in made.choices}) < len(made.choices):
        raise QuestionLifeRefused("Có hai phương án giống nhau.", reason="equal-choices")
    if made.kind == "true_false" and made.choices != content.choices:
        made = replace(made, kind="single")
    if body["correct"] is not None:
        made = replace(made, key=sorted({LETTERS.index(letter) for letter in body["correct"]}))
    if made.key[-1] >= len(made.choices):
        raise QuestionLifeRefused(f"Câu này chỉ có {len(made.choices)} phương án.", reason="no-such-choice")
    if made.kind != "true_false":
        made = replace(made, kind="multiple" if content.kind == "multiple" or len(made.key) > 1 else "single")
    if body["citation"] is not None:
        made = replace(made, citations=_citations(session, body["citation"]))
    return replace(made, pinned=made.pinned or any(map(choice_refers, made.choices)))


def _citations(session: Session, text: str) -> list[dict[str, Any]]:
    found = read_citations(text, registry(session))
    unknown = [each.written.text for each in found if each.citation is None]
    if unknown or (text.strip() and not found):
        said = f"Không xác định được văn bản, điều, khoản trong «{(unknown or [text])[0]}»."
        raise QuestionLifeRefused(said, reason="unknown-citation")
    return [each.citation.to_json() for each in found if each.citation is not None]
