"""Writes what an import adds: questions with their first version, the batch, and every row of its report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.orm import Session

from quizsvc.banks.citations import InstrumentFile
from quizsvc.banks.imports.comparing import Judged
from quizsvc.banks.imports.models import QuestionImport, QuestionSource
from quizsvc.banks.imports.naming import topic_of
from quizsvc.banks.imports.rows import Row
from quizsvc.banks.imports.written import content_of_found
from quizsvc.banks.life.service import new_version
from quizsvc.banks.life.states import State
from quizsvc.banks.models import Bank, Question


def write_questions(
    session: Session,
    bank: Bank,
    judged: Sequence[Judged],
    registry: Sequence[InstrumentFile],
    *,
    author: UUID | None,
    now: datetime,
) -> list[int | None]:
    """The question that each verdict leads to: new ones are made, as drafts; topics that the bank lacks are added to it."""
    new = [each for each in judged if each.outcome == "added"]
    rows = [{"bank_id": bank.id, "code": each.code, "withdrawn": False} for each in new]
    made = session.scalars(insert(Question).returning(Question.id, sort_by_parameter_order=True), rows).all()
    topics = dict(bank.topics)
    for question_id, each in zip(made, new, strict=True):
        topic, title = topic_of(each.question.topic, topics)
        topics[topic] = title
        content = content_of_found(each.question, topic, registry)
        session.add(new_version(question_id, 1, content, state=State.DRAFT, author_id=author, now=now))
    session.flush()
    bank.topics = topics
    fresh = iter(made)
    ids: list[int | None] = []
    for each in judged:
        own = next(fresh) if each.outcome == "added" else each.question_id
        ids.append(ids[each.same_as] if own is None and each.same_as is not None else own)
    return ids


def write_batch(session: Session, batch: QuestionImport, rows: Sequence[Row], question_ids: Sequence[int | None]) -> None:
    """The batch, its id, and its report: remarks on the file stand first, then the questions in their order."""
    session.add(batch)
    session.flush()
    ids = iter(question_ids)
    told = [replace(row, question_id=next(ids)) if row.is_question else row for row in rows]
    session.execute(
        insert(QuestionSource),
        [
            {
                "import_id": batch.id,
                "position": position,
                "question_id": row.question_id,
                "outcome": row.outcome,
                "has_pictures": row.has_pictures,
                "report": row.report,
            }
            for position, row in enumerate(told, start=1)
        ],
    )
