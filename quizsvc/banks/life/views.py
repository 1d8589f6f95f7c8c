"""How a question is shown to one organizer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from quizsvc.banks.citations import Citation, citation_text
from quizsvc.banks.files.found import letters_of
from quizsvc.banks.life.queries import Row, facts_of, reviews_of
from quizsvc.banks.life.states import Facts, may_see_key
from quizsvc.banks.models import QuestionReview
from quizsvc.banks.queries import instrument_titles

SHOWN = ("state", "kind", "topic", "difficulty", "text", "choices", "pinned", "author_id", "created_at", "law_checked_on")
REVIEW_SHOWN = ("reviewer_id", "agrees", "comment", "made_at", "settled_at", "settled_by", "settled_reason")


def questions_out(session: Session, rows: Sequence[Row], viewer: UUID) -> list[dict[str, Any]]:
    """Each question as ``BankQuestionOut``, its key only where seeing it spoils nothing."""
    versions = [version for _, version in rows]
    facts, reviews = facts_of(session, versions), reviews_of(session, [version.id for version in versions])
    titles = instrument_titles(session)
    return [_out(row, facts[row[1].id], reviews[row[1].id], viewer, titles) for row in rows]


def _out(
    row: Row, facts: Facts, reviews: Sequence[QuestionReview], viewer: UUID, titles: Mapping[str, str]
) -> dict[str, Any]:
    question, version = row
    shown = {name: getattr(version, name) for name in SHOWN} | {
        "question": question.code,
        "version": version.number,
        "withdrawn": question.withdrawn,
        "disputed": facts.is_disputed,
        "reviews_made": len(reviews),
        "correct": None,
        "explanation": None,
        "citations": None,
        "reviews": None,
    }
    if may_see_key(facts, viewer):
        cited = [Citation.from_json(stored) for stored in version.citations]
        shown |= {
            "correct": letters_of(version.key),
            "explanation": version.explanation,
            "citations": [citation_text(each, titles.get(each.law, "")) for each in cited],
            "reviews": [
                {name: getattr(review, name) for name in REVIEW_SHOWN} | {"answered": letters_of(review.answered)}
                for review in reviews
            ],
        }
    return shown
