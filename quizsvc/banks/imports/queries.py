"""Reads of banks by unit, of imported batches, and of everything that a new question may repeat."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, false, func, or_, select
from sqlalchemy.orm import Session, aliased

from quizsvc.banks.imports.duplicates import Comparable, comparable
from quizsvc.banks.imports.identity import Identity, keyed
from quizsvc.banks.imports.models import QuestionImport, QuestionSource
from quizsvc.banks.models import Bank, Question, QuestionVersion
from quizsvc.core.problems import NotFound
from quizsvc.units.models import Unit
from quizsvc.units.service import in_subtree

AT_ONCE = 2_000


@dataclass(frozen=True)
class Known:
    """A question of some bank; ``unit_path`` is that of the bank's unit, or of the root for banks of no unit."""

    question_id: int
    bank: str
    code: str
    unit_path: str


@dataclass(frozen=True)
class InBank:
    """A wording that the bank has, perhaps no longer the newest one."""

    question_id: int
    code: str
    right: frozenset[str]


def lock_bank(session: Session, bank: Bank) -> None:
    """Nobody else imports into the bank, or takes an import back, until the end of the transaction."""
    session.execute(select(Bank.id).where(Bank.id == bank.id).with_for_update())


def count_questions(session: Session, bank_id: int) -> int:
    """How many questions the bank has that are not withdrawn."""
    return session.scalar(select(func.count()).select_from(Question).where(*_live(bank_id))) or 0


def banks_under(
    session: Session, units: Collection[Unit], *, after: str, limit: int
) -> Sequence[Row[tuple[Bank, Unit | None, int]]]:
    """Banks of these units and those below by code; banks of no unit are the root's. Each with how many questions it has."""
    count = select(func.count()).select_from(Question).where(*_live(Bank.id)).scalar_subquery()
    query = _with_unit(select(Bank, Unit, count)).where(_readable(units), Bank.code > after)
    return session.execute(query.order_by(Bank.code).limit(limit)).all()


def imports_of(session: Session, bank_id: int, *, before: int | None, limit: int) -> Sequence[QuestionImport]:
    """Batches of a bank, the newest first."""
    query = select(QuestionImport).where(QuestionImport.bank_id == bank_id)
    if before is not None:
        query = query.where(QuestionImport.id < before)
    return session.scalars(query.order_by(QuestionImport.id.desc()).limit(limit)).all()


def import_by_id(session: Session, text: str, *, bank_id: int | None = None) -> QuestionImport:
    """The batch with this id (of this bank); ``NotFound`` otherwise."""
    number = _number(text)
    found = None if number is None else session.get(QuestionImport, number)
    if found is None or bank_id not in (None, found.bank_id):
        raise NotFound("Không có lần nạp này.")
    return found


def import_of_content(session: Session, bank_id: int, content_sha256: str) -> QuestionImport | None:
    """The newest batch of this content in the bank that was not undone."""
    query = select(QuestionImport).where(
        QuestionImport.bank_id == bank_id,
        QuestionImport.content_sha256 == content_sha256,
        QuestionImport.undone_at.is_(None),
    )
    return session.scalars(query.order_by(QuestionImport.id.desc()).limit(1)).first()


def count_imports(session: Session, bank_id: int) -> int:
    """How many batches the bank has had, undone ones too."""
    return session.scalar(select(func.count()).select_from(QuestionImport).where(QuestionImport.bank_id == bank_id)) or 0


def sources_of(session: Session, import_id: int, *, after: int, limit: int) -> Sequence[QuestionSource]:
    """Rows of a batch's report by position."""
    query = select(QuestionSource).where(QuestionSource.import_id == import_id, QuestionSource.position > after)
    return session.scalars(query.order_by(QuestionSource.position).limit(limit)).all()


def codes_of(session: Session, bank_id: int) -> set[str]:
    """Every code that the bank has given, withdrawn questions too."""
    return set(session.scalars(select(Question.code).where(Question.bank_id == bank_id)))


def has_other_questions(session: Session, bank_id: int) -> bool:
    """Whether the bank has questions that no import brought: they came from YAML."""
    imported = select(QuestionSource.question_id).where(QuestionSource.outcome == "added", _of_question())
    query = select(Question.id).where(Question.bank_id == bank_id, Question.withdrawn.is_(False), ~imported.exists())
    return session.scalar(query.limit(1)) is not None


def has_imported_questions(session: Session, bank_id: int) -> bool:
    """Whether an import brought questions that the bank still has."""
    query = select(Question.id).join(QuestionSource, _of_question()).where(Question.bank_id == bank_id)
    return session.scalar(query.where(QuestionSource.outcome == "added").limit(1)) is not None


def pictured(session: Session, question_ids: Iterable[int]) -> set[int]:
    """Those of these questions that had pictures in the file: papers show none, so their version 1 is not to be approved."""
    query = select(QuestionSource.question_id).where(
        QuestionSource.question_id.in_(sorted(set(question_ids))), QuestionSource.has_pictures, _was_added()
    )
    return {each for each in session.scalars(query) if each is not None}


def wordings(session: Session, bank_id: int) -> dict[Identity, InBank]:
    """What the bank asks, by what is asked; of several versions of one wording the newest says which choices are right."""
    pictures: dict[int, list[str]] = {}
    pictures_query = (
        select(QuestionSource.question_id, QuestionSource.report)
        .join(Question, _of_question())
        .where(Question.bank_id == bank_id, QuestionSource.has_pictures, _was_added())
    )
    for question_id, report in session.execute(pictures_query):
        pictures[question_id] = report["pictures"]
    version = QuestionVersion
    query = (
        select(Question.id, Question.code, version.number, version.text, version.choices, version.key)
        .join(Question, Question.id == version.question_id)
        .where(Question.bank_id == bank_id, Question.withdrawn.is_(False))
        .order_by(version.id)
    )
    found: dict[Identity, InBank] = {}
    for question_id, code, number, text, choices, key in session.execute(query.execution_options(yield_per=AT_ONCE)):
        shown = pictures.get(question_id, []) if number == 1 else []
        asked = keyed(text, choices, key, shown)
        found[asked.identity] = InBank(question_id, code, asked.right)
    return found


def known_questions(session: Session) -> Iterator[tuple[Known, Comparable]]:
    """The newest wording of every question of every bank, as a stream; withdrawn ones are left out."""
    root = session.scalar(select(Unit.path).where(Unit.parent_id.is_(None)).order_by(Unit.id).limit(1)) or ""
    later = aliased(QuestionVersion)
    newest = select(func.max(later.number)).where(later.question_id == Question.id).scalar_subquery()
    query = (
        select(Question.id, Bank.code, Question.code, Unit.path, QuestionVersion.text, QuestionVersion.choices)
        .join_from(QuestionVersion, Question, Question.id == QuestionVersion.question_id)
        .join(Bank, Bank.id == Question.bank_id)
        .outerjoin(Unit, Unit.id == Bank.unit_id)
        .where(Question.withdrawn.is_(False), QuestionVersion.number == newest)
    )
    for question_id, bank, code, path, text, choices in session.execute(query.execution_options(yield_per=AT_ONCE)):
        yield Known(question_id, bank, code, path or root), comparable(text, choices)


def _live(bank_id: Any) -> tuple[ColumnElement[bool], ...]:
    return Question.bank_id == bank_id, Question.withdrawn.is_(False)


def _of_question() -> ColumnElement[bool]:
    return QuestionSource.question_id == Question.id


def _was_added() -> ColumnElement[bool]:
    return QuestionSource.outcome == "added"


def _with_unit(query: Select[Any]) -> Select[Any]:
    return query.select_from(Bank).outerjoin(Unit, Unit.id == Bank.unit_id)


def _readable(units: Collection[Unit]) -> ColumnElement[bool]:
    hold_root = any(unit.parent_id is None for unit in units)
    return or_(false(), *(in_subtree(unit) for unit in units), *([Bank.unit_id.is_(None)] if hold_root else []))


def _number(text: str) -> int | None:
    is_number = text.isascii() and text.isdigit() and len(text) <= 9
    return int(text) if is_number else None
