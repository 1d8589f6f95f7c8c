"""Use cases: making a bank, taking a file into it (a preview is the same, rolled back), and taking that back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizsvc.banks.files.found import FoundFile
from quizsvc.banks.imports import queries
from quizsvc.banks.imports.comparing import Judged, Prepared, judge, prepare
from quizsvc.banks.imports.errors import BankExists, BankKeptInFiles
from quizsvc.banks.imports.models import QuestionImport
from quizsvc.banks.imports.rows import Row, question_row, remark_row, repairs_by_kind, repairs_json
from quizsvc.banks.imports.storing import write_batch, write_questions
from quizsvc.banks.imports.undoing import remove_questions
from quizsvc.banks.models import Bank
from quizsvc.banks.queries import registry
from quizsvc.organizers import audit
from quizsvc.organizers.acting import Actor


class Accept(StrEnum):
    """Which questions a commit takes: all or nothing, or those that are accepted."""

    ALL = "all"
    ACCEPTED = "accepted"


@dataclass(frozen=True)
class Upload:
    """A file that was read (``sandbox.read_apart``) and prepared, and how it is to be taken."""

    prepared: Prepared
    content_sha256: str
    accept: Accept
    reason: str
    key_name: str | None = None

    @property
    def found(self) -> FoundFile:
        return self.prepared.found


@dataclass
class ImportReport:
    """What was, or would be, done. ``found`` is the file with the remarks of the import too.

    ``import_id`` is the batch: a new one, or the earlier one of the same content when nothing was left to add.
    """

    bank: str
    found: FoundFile
    content_sha256: str
    rows: list[Row] = field(default_factory=list)
    is_refused: bool = False
    import_id: int | None = None

    @property
    def questions(self) -> int:
        return len(self.found.questions)

    @property
    def rejected(self) -> int:
        return self.count("rejected")

    @property
    def accepted(self) -> int:
        return self.questions - self.rejected

    def count(self, outcome: str) -> int:
        """How many rows have this outcome."""
        return sum(row.outcome == outcome for row in self.rows)


def previewed_sha256(data: bytes, key: bytes | None, *, format: str | None, first_is_right: bool) -> str:  # noqa: A002
    """What a commit has to name: the file's own SHA-256 when it is all there is, else one over everything that was said.

    Options are in it: a commit that says otherwise where the keys stand would store other keys than were looked at.
    """
    own = hashlib.sha256(data).hexdigest()
    if key is None and format is None and not first_is_right:
        return own
    second = None if key is None else hashlib.sha256(key).hexdigest()
    said = {"file": own, "first_is_right": first_is_right, "format": format, "key": second}
    return hashlib.sha256(json.dumps(said, separators=(",", ":"), sort_keys=True).encode()).hexdigest()


def create_bank(
    session: Session,
    *,
    code: str,
    title: str,
    topics: Mapping[str, str],
    unit_id: int | None,
    actor: Actor,
    reason: str,
    now: datetime,
) -> Bank:
    """A new, empty bank of a unit; leaves an audit row. ``BankExists`` when the code is taken."""
    if session.scalar(select(Bank.id).where(Bank.code == code)) is not None:
        raise BankExists(f"Đã có ngân hàng mang mã «{code}»: hãy chọn mã khác.")
    bank = Bank(code=code, title=title, topics=dict(topics), unit_id=unit_id)
    session.add(bank)
    session.flush()
    _record(session, actor, "bank.create", bank, reason, None, {"title": title, "topics": len(topics)}, now)
    return bank


def look_around(session: Session, found: FoundFile) -> Prepared:
    """The file held against the law and against all banks; reads only, and takes the longest of all steps."""
    return prepare(found, registry(session), queries.known_questions(session))


def take_import(
    session: Session,
    *,
    bank: Bank,
    upload: Upload,
    actor: Actor,
    readable: Collection[str] | None,
    now: datetime,
) -> ImportReport:
    """Take the questions of a file into a bank, which the caller has locked, as drafts whose author is the actor.

    A question that the bank has already, keyed alike, stays as it is, so that the same file again adds nothing and leaves no
    trace. When the report ``is_refused`` nothing was written; otherwise there is one batch and one audit row. ``readable``:
    paths of the units whose banks the report may name, ``None`` for all. ``BankKeptInFiles`` for a bank loaded from YAML.
    """
    if queries.has_other_questions(session, bank.id):
        raise BankKeptInFiles(f"Ngân hàng «{bank.code}» được nạp từ tệp YAML: hãy nạp tệp này vào ngân hàng mang mã khác.")
    judged = judge(
        upload.prepared,
        wordings=queries.wordings(session, bank.id),
        codes=queries.codes_of(session, bank.id),
        batch=queries.count_imports(session, bank.id) + 1,
        readable=readable,
    )
    report = _report(bank.code, upload, judged)
    if report.is_refused:
        return report
    if report.count("added") == 0:
        earlier = queries.import_of_content(session, bank.id, upload.content_sha256)
        report.import_id = None if earlier is None else earlier.id
        return report
    ids = write_questions(session, bank, judged, registry(session), author=actor.participant_id, now=now)
    batch = _batch(bank, upload, report, actor, now)
    write_batch(session, batch, report.rows, ids)
    report.import_id = batch.id
    figures = {"added": batch.added, "questions": batch.questions, "rejected": batch.rejected}
    after = {"import": batch.id, "file_sha256": batch.content_sha256, "format": batch.format, **figures}
    _record(session, actor, "bank.import", bank, upload.reason, None, after, now)
    return report


def preview_alone(code: str, upload: Upload) -> ImportReport:
    """What a preview says of the file itself, where no database can be asked; what is not compared is told."""
    judged = judge(upload.prepared, wordings={}, codes=(), batch=1, readable=None)
    return _report(code, upload, judged)


def undo_import(session: Session, bank: Bank, batch: QuestionImport, *, actor: Actor, reason: str, now: datetime) -> None:
    """Take a batch back, whose bank the caller has locked; again changes nothing. ``ImportInUse`` once it is in use."""
    session.refresh(batch)
    if batch.undone_at is not None:
        return
    remove_questions(session, batch)
    batch.undone_at, batch.undone_by, batch.undone_reason = now, actor.participant_id, reason
    session.flush()
    named = {"import": batch.id, "added": batch.added}
    before, after = ({**named, "undone": undone} for undone in (False, True))
    _record(session, actor, "bank.undo_import", bank, reason, before, after, now)


def _report(bank: str, upload: Upload, judged: list[Judged]) -> ImportReport:
    found = replace(upload.found, questions=tuple(each.question for each in judged))
    rows = [
        *map(remark_row, found.remarks),
        *(question_row(each.question, each.outcome, code=each.code, duplicates=each.duplicates) for each in judged),
    ]
    report = ImportReport(bank, found, upload.content_sha256, rows)
    has_rejected = upload.accept is Accept.ALL and report.rejected > 0
    report.is_refused = found.is_refused or report.accepted == 0 or has_rejected
    return report


def _batch(bank: Bank, upload: Upload, report: ImportReport, actor: Actor, now: datetime) -> QuestionImport:
    return QuestionImport(
        bank_id=bank.id,
        content_sha256=upload.content_sha256,
        file_name=upload.found.name,
        key_name=upload.key_name,
        format=upload.found.format,
        accept=upload.accept.value,
        questions=report.questions,
        accepted=report.accepted,
        rejected=report.rejected,
        added=report.count("added"),
        repairs=repairs_json(upload.found.repairs),
        repairs_by_kind=repairs_by_kind(upload.found.repairs),
        reason=upload.reason,
        imported_at=now,
        imported_by=actor.participant_id,
    )


def _record(
    session: Session,
    actor: Actor,
    action: str,
    bank: Bank,
    reason: str,
    before: dict[str, Any] | None,
    after: dict[str, Any],
    now: datetime,
) -> None:
    subject = f"bank:{bank.code}"
    audit.record(session, actor=actor, action=action, subject=subject, reason=reason, before=before, after=after, now=now)
