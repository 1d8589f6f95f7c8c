"""How an attempt is shown to its owner; nothing here ever holds a key unless the review is open."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from quizsvc.attempts import question_time, timing
from quizsvc.attempts.decisions import Ruling
from quizsvc.attempts.grading import rulings_of
from quizsvc.attempts.models import Attempt, Receipt
from quizsvc.attempts.paper import Paper, choice_id, question_id, read_answers, read_paper, shown_answers
from quizsvc.attempts.scoring import is_right
from quizsvc.attempts.showing import may_predict, result_shown
from quizsvc.banks.citations import Citation, citation_text
from quizsvc.banks.memory import kept_versions
from quizsvc.banks.models import QuestionVersion
from quizsvc.banks.queries import instrument_titles
from quizsvc.contests.models import Round
from quizsvc.contests.queries import rules_of
from quizsvc.contests.rules import RoundRules


def attempt_out(session: Session, attempt: Attempt, found: Round, receipt: Receipt | None, now: datetime) -> dict[str, Any]:
    """An attempt with its saved answers and its paper, as far as the person has come in it."""
    paper = read_paper(attempt.paper)
    rules = rules_of(found)
    running = attempt.state == "open"
    prompt = rules.prediction_prompt
    if running and not may_predict(session, found, now):
        prompt = None
    count = question_time.shown_count(attempt, rules.question_ms, now)
    return (
        brief_out(attempt, found, receipt, shown=result_shown(session, found, now))
        | _question_clock(attempt, rules, now)
        | {
            "version": attempt.version,
            "server_now": now,
            "remaining_ms": timing.remaining_ms(now, attempt.deadline_at) if running else 0,
            "questions": questions_out(session, paper[:count], attempt.seed),
            "prediction": None if prompt is None else {"prompt": prompt},
            "answers": shown_answers(paper, attempt.seed, read_answers(attempt.answers)),
            "predicted": attempt.predicted,
        }
    )


def _question_clock(attempt: Attempt, rules: RoundRules, now: datetime) -> dict[str, Any]:
    """What a phone needs where each question has its own time; nothing where not."""
    if rules.question_ms is None:
        return {}
    return {
        "question_count": len(read_paper(attempt.paper)),
        "question_ms": rules.question_ms,
        "question_remaining_ms": question_time.remaining_ms(attempt, rules.question_ms, now),
    }


def brief_out(attempt: Attempt, found: Round, receipt: Receipt | None, *, shown: bool) -> dict[str, Any]:
    """An attempt without its paper. ``shown``: whether the rules show the person the result now."""
    ended = attempt.state in ("submitted", "expired") and receipt is not None
    return {
        "id": attempt.id,
        "round_id": found.public_id,
        "number": attempt.number,
        "state": attempt.state,
        "started_at": attempt.started_at,
        "deadline_at": attempt.deadline_at,
        "result": result_out(attempt, receipt, shown=shown) if ended and receipt is not None else None,
    }


def questions_out(session: Session, paper: Paper, seed: int) -> list[dict[str, Any]]:
    """The questions under the ids of this attempt."""
    versions = kept_versions(session, [item.version_id for item in paper])
    return [_question_out(versions, paper, seed, place) for place in range(len(paper))]


def _question_out(versions: dict[int, QuestionVersion], paper: Paper, seed: int, place: int) -> dict[str, Any]:
    item = paper[place]
    version = versions[item.version_id]
    return {
        "id": question_id(seed, place),
        "kind": version.kind,
        "text": version.text,
        "choices": [{"id": choice_id(seed, place, choice), "text": version.choices[choice]} for choice in item.order],
    }


def submission_out(attempt: Attempt, receipt: Receipt) -> dict[str, Any]:
    """What the citizen was told when they handed in: the same for ever, whatever was ruled since."""
    return _result(attempt, receipt, marks=receipt, shown=receipt.result_visible)


def result_out(attempt: Attempt, receipt: Receipt, *, shown: bool) -> dict[str, Any]:
    """The result as it stands now, hidden while the rules hide it."""
    return _result(attempt, receipt, marks=attempt, shown=shown)


def _result(attempt: Attempt, receipt: Receipt, *, marks: Attempt | Receipt, shown: bool) -> dict[str, Any]:
    return {
        "attempt_id": attempt.id,
        "state": attempt.state,
        "submitted_at": attempt.ended_at,
        "duration_ms": attempt.duration_ms,
        "score": marks.score if shown else None,
        "max_score": marks.max_score,
        "correct_count": marks.correct_count if shown else None,
        "question_count": marks.question_count,
        "result_visible": shown,
        "receipt": {"code": receipt.code, "sha256": receipt.sha256},
    }


def review_out(session: Session, attempt: Attempt) -> dict[str, Any]:
    """The paper with my answers, the right ones as they are marked now, why, and where the law says so."""
    paper, seed = read_paper(attempt.paper), attempt.seed
    answers = read_answers(attempt.answers)
    versions = kept_versions(session, [item.version_id for item in paper])
    rulings = rulings_of(session, attempt.round_id)
    titles = instrument_titles(session)
    reviewed = []
    for place, (item, chosen) in enumerate(zip(paper, answers, strict=True)):
        version, ruling = versions[item.version_id], rulings.get(item.version_id)
        keys = [version.key] if ruling is None else ruling.accepted
        right = {choice for key in keys for choice in key}
        reviewed.append(
            _question_out(versions, paper, seed, place)
            | {
                "answer": [choice_id(seed, place, choice) for choice in item.order if choice in chosen],
                "correct": [choice_id(seed, place, choice) for choice in item.order if choice in right],
                "is_right": _counts_as_right(chosen, keys, ruling),
                "ruling": None if ruling is None else ruling.effect,
                "explanation": version.explanation,
                "legal_basis": [_citation_out(stored, titles) for stored in version.citations],
            }
        )
    return {"attempt_id": attempt.id, "questions": reviewed}


def _counts_as_right(chosen: Sequence[int], keys: Sequence[Sequence[int]], ruling: Ruling | None) -> bool:
    everybody = ruling is not None and ruling.effect == "accept_all"
    return everybody or any(is_right(chosen, key) for key in keys)


def _citation_out(stored: dict[str, Any], titles: dict[str, str]) -> dict[str, Any]:
    citation = Citation.from_json(stored)
    return {
        "law": citation.law,
        "article": citation.article,
        "clause": citation.clause,
        "point": citation.point,
        "text": citation_text(citation, titles[citation.law]),
    }
