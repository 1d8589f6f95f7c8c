"""Files as they were understood, to import in tests, and short cuts through the use cases."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from quizsvc.banks.files.documents import Picture, Where
from quizsvc.banks.files.found import FoundBy, FoundFile, FoundQuestion
from quizsvc.banks.imports import queries, service
from quizsvc.banks.imports.models import QuestionImport
from quizsvc.banks.imports.service import Accept, ImportReport, Upload
from quizsvc.banks.models import Bank, Question
from quizsvc.core.db import reading, transaction
from quizsvc.organizers.acting import SYSTEM, Actor
from tests.conftest import NOW

FILE = "de-thi.docx"
SHA256 = "0" * 64
REASON = "Công văn 12"
CHOICES = ("Từ đủ 18 tuổi", "Từ đủ 19 tuổi", "Từ đủ 20 tuổi")
PICTURE = Picture("a" * 64, "image/png", "biển báo")


TEXTS = (
    "Nam từ bao nhiêu tuổi thì được kết hôn?",
    "Cơ quan nào giải quyết việc ly hôn của vợ chồng?",
    "Ai có quyền yêu cầu cấp dưỡng cho con chưa thành niên?",
    "Việc nhận nuôi một đứa trẻ được đăng ký tại đâu?",
)


def found_question(number: int | None = 1, **more: Any) -> FoundQuestion:
    """A question that nothing is wrong with; with another number it asks something else."""
    fields: dict[str, Any] = {
        "text": TEXTS[(number or 0) % len(TEXTS)],
        "choices": tuple(f"{choice}, xem câu {number}" for choice in CHOICES),
        "correct": ("C",),
        "found_by": FoundBy.BOLD,
        "confidence": 0.9,
        "where": Where(FILE, paragraph=10 * (number or 0)),
        "number": number,
    }
    return FoundQuestion(**fields | more)


def found_file(*questions: FoundQuestion, **more: Any) -> FoundFile:
    return FoundFile(FILE, "docx", questions, **more)


def take(
    *questions: FoundQuestion,
    into: str = "hon-nhan",
    accept: Accept = Accept.ALL,
    sha256: str = SHA256,
    author: UUID | None = None,
    readable: Any = None,
    dry_run: bool = False,
    **more: Any,
) -> ImportReport:
    """Import a file with these questions; the bank is made when it is missing."""
    with reading() as session:
        prepared = service.look_around(session, found_file(*questions, **more))
    with transaction() as session:
        bank = session.scalar(select(Bank).where(Bank.code == into))
        if bank is None:
            named = {"code": into, "title": into, "topics": {}, "unit_id": None, "reason": REASON}
            bank = service.create_bank(session, actor=SYSTEM, now=NOW, **named)
        queries.lock_bank(session, bank)
        upload = Upload(prepared, sha256, accept, REASON)
        actor = Actor(author, None, None)
        report = service.take_import(session, bank=bank, upload=upload, actor=actor, readable=readable, now=NOW)
        if dry_run:
            session.rollback()
    return report


def empty_batch(bank_code: str) -> int:
    """A batch that added nothing and that nobody recorded."""
    figures = dict.fromkeys(("questions", "accepted", "rejected", "added"), 0)
    named = {"file_name": FILE, "format": "docx", "accept": "all", "reason": REASON, "repairs": [], "repairs_by_kind": {}}
    with transaction() as session:
        bank_id = session.scalar(select(Bank.id).where(Bank.code == bank_code))
        made = QuestionImport(bank_id=bank_id, content_sha256=SHA256, imported_at=NOW, **named, **figures)
        session.add(made)
        session.flush()
        return made.id


def outcomes(report: ImportReport) -> list[str]:
    return [row.outcome for row in report.rows]


def codes_of(report: ImportReport, place: int = 0) -> list[str]:
    return list(report.rows[place].report["codes"])


def count(kind: Any = Question) -> int:
    with reading() as session:
        return session.scalar(select(func.count()).select_from(kind)) or 0
