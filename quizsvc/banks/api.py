"""Endpoints of banks: making them, and bringing questions in from files."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import structlog
from flask import Response

from quizsvc.auth.guards import Caller
from quizsvc.banks import schemas
from quizsvc.banks.access import acting_on, bank_by_code
from quizsvc.banks.files.found import FileRefused, FoundFile
from quizsvc.banks.files.guards import LARGEST_FILE
from quizsvc.banks.files.sandbox import WAIT_FOR_TURN, ReaderBusy, ReaderFailed, mark_apart, read_apart
from quizsvc.banks.imports import queries, service
from quizsvc.banks.imports.errors import (
    BankExists,
    BankFileRefused,
    BankImportRefused,
    BankKeptInFiles,
    ImportInUse,
)
from quizsvc.banks.imports.models import QuestionImport
from quizsvc.banks.imports.reporting import report_out, without_key
from quizsvc.banks.imports.service import Accept, ImportReport, Upload
from quizsvc.banks.life.queries import counts_by_state
from quizsvc.banks.models import Bank
from quizsvc.core import rate_limits
from quizsvc.core.db import reading, transaction
from quizsvc.core.http import Api, Download
from quizsvc.core.paging import PageQuery, decode_cursor, encode_cursor, page
from quizsvc.core.problems import Forbidden, NotFound, PreviewMissing, TooManyRequests
from quizsvc.core.runtime import runtime
from quizsvc.organizers.acting import acting_for, units_of
from quizsvc.organizers.guards import organizer
from quizsvc.organizers.powers import BANK_REVIEW, BANK_WRITE
from quizsvc.units.models import Unit
from quizsvc.units.service import unit_by_id

api = Api("banks", __name__, url_prefix="/api/v1/manage/banks")
log = structlog.get_logger(__name__)

LOOK = BANK_WRITE | BANK_REVIEW
TWO_FILES = 2 * LARGEST_FILE + 64 * 1024
MARKED = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
PREVIEWED = "xem trước"


@api.operation(
    "GET",
    "",
    guard=organizer,
    summary="Banks of my units and those below them, by code",
    query=PageQuery,
    answers={200: schemas.BankPage},
    problems=(Forbidden,),
)
def list_banks(caller: Caller, query: dict[str, Any]) -> object:
    after, limit = decode_cursor(query["cursor"], (bytes,)), query["limit"]
    with reading() as session:
        units = units_of(session, caller.participant_id, LOOK)
        rows = queries.banks_under(session, units, after=after[0].decode(errors="replace") if after else "", limit=limit + 1)
    return page([_bank_out(*row) for row in rows], limit, lambda row: [row["id"].encode()])


@api.operation(
    "POST",
    "",
    guard=organizer,
    summary="Make an empty bank for a unit of mine",
    body=schemas.BankIn,
    answers={201: schemas.BankOut},
    problems=(Forbidden, NotFound, BankExists),
    limit=rate_limits.SENSITIVE,
)
def create_bank(caller: Caller, body: dict[str, Any]) -> object:
    now = runtime().clock()
    with transaction() as session:
        unit = unit_by_id(session, body["unit"]["id"])
        if unit is None:
            raise NotFound("Không có đơn vị hành chính này.")
        actor = acting_for(session, caller.participant_id, unit_id=unit.id, roles=BANK_WRITE)
        named = {name: body[name] for name in ("code", "title", "topics", "reason")}
        made = service.create_bank(session, unit_id=unit.id, actor=actor, now=now, **named)
        return _bank_out(made, unit, 0)


@api.operation(
    "GET",
    "/<id:bank>",
    guard=organizer,
    summary="One bank with how far its questions have come",
    answers={200: schemas.BankDetailOut},
    problems=(Forbidden,),
)
def get_bank(caller: Caller, bank: str) -> object:
    with reading() as session:
        found = bank_by_code(session, bank)
        acting_on(session, found, caller.participant_id, LOOK)
        unit = None if found.unit_id is None else session.get(Unit, found.unit_id)
        count = queries.count_questions(session, found.id)
        return _bank_out(found, unit, count) | {"states": counts_by_state(session, found.id)}


@api.operation(
    "POST",
    "/<id:bank>/imports",
    guard=organizer,
    summary="Take the questions of a file as drafts; with dry_run only say what would be taken, by the same code",
    query=schemas.DryRunQuery,
    files=schemas.ImportIn,
    most_bytes=TWO_FILES,
    answers={200: schemas.ReportOut},
    problems=(Forbidden, BankFileRefused, BankImportRefused, BankKeptInFiles, PreviewMissing),
    limit=rate_limits.SENSITIVE,
)
def import_questions(caller: Caller, bank: str, query: dict[str, Any], body: dict[str, Any]) -> object:
    dry_run = query["dry_run"] == "true"
    _check_writer(caller, bank)
    sha256 = _sha256(body)
    if not dry_run:
        _check_preview(body, sha256)
    report = _take(caller, bank, body, sha256, dry_run=dry_run)
    if report.is_refused and not dry_run:
        raise BankImportRefused(
            f"Có {report.rejected} câu trong {report.questions} câu chưa nạp được: hãy xem trước (dry_run).",
            questions=report.questions,
            rejected=report.rejected,
        )
    return report_out(report, dry_run=dry_run)


@api.operation(
    "POST",
    "/<id:bank>/marked-copies",
    guard=organizer,
    summary="What a preview rejects or doubts, in a coloured copy of the Word or Excel file; a list for other formats",
    files=schemas.QuestionFiles,
    most_bytes=TWO_FILES,
    answers={200: Download(tuple(MARKED.values()))},
    problems=(Forbidden, BankFileRefused, BankKeptInFiles),
    limit=rate_limits.SENSITIVE,
)
def mark_copy(caller: Caller, bank: str, body: dict[str, Any]) -> object:
    _check_writer(caller, bank)
    body = body | {"accept": Accept.ALL.value}
    found = _take(caller, bank, body, _sha256(body), dry_run=True).found
    try:
        marked, kind = mark_apart(body["file"], found)
    except (FileRefused, ReaderBusy) as error:
        raise _problem(error) from None
    own = found.name if found.format == kind else f"{found.name}.{kind}"
    disposition = f"attachment; filename*=UTF-8''{quote(f'xem-lai-{own}', safe='')}"
    return Response(marked, mimetype=MARKED[kind], headers={"Content-Disposition": disposition})


@api.operation(
    "GET",
    "/<id:bank>/imports",
    guard=organizer,
    summary="Imported batches of a bank, the newest first",
    query=PageQuery,
    answers={200: schemas.BatchPage},
    problems=(Forbidden,),
)
def list_imports(caller: Caller, bank: str, query: dict[str, Any]) -> object:
    key, limit = decode_cursor(query["cursor"], (int,)), query["limit"]
    with reading() as session:
        found = bank_by_code(session, bank)
        acting_on(session, found, caller.participant_id, LOOK)
        rows = queries.imports_of(session, found.id, before=key[0] if key else None, limit=limit + 1)
    return page([_batch_out(row) for row in rows], limit, lambda row: [int(row["id"])])


@api.operation(
    "GET",
    "/<id:bank>/imports/<id:batch>",
    guard=organizer,
    summary="One batch with a page of its rows; keys for who imported it alone",
    query=PageQuery,
    answers={200: schemas.BatchReportOut},
    problems=(Forbidden,),
)
def get_import(caller: Caller, bank: str, batch: str, query: dict[str, Any]) -> object:
    key, limit = decode_cursor(query["cursor"], (int,)), query["limit"]
    with reading() as session:
        found = bank_by_code(session, bank)
        acting_on(session, found, caller.participant_id, LOOK)
        row = queries.import_by_id(session, batch, bank_id=found.id)
        sources = queries.sources_of(session, row.id, after=key[0] if key else 0, limit=limit + 1)
    keys_shown = row.imported_by == caller.participant_id
    shown, more = sources[:limit], len(sources) > limit
    return _batch_out(row) | {
        "repairs": row.repairs,
        "repairs_by_kind": row.repairs_by_kind,
        "keys_shown": keys_shown,
        "items": [source.report if keys_shown else without_key(source.report) for source in shown],
        "next": encode_cursor([shown[-1].position]) if more else None,
    }


@api.operation(
    "POST",
    "/<id:bank>/imports/<id:batch>/undo",
    guard=organizer,
    summary="Take a batch back while nobody has worked with its questions; again changes nothing",
    body=schemas.UndoIn,
    answers={200: schemas.BatchOut},
    problems=(Forbidden, ImportInUse),
    limit=rate_limits.SENSITIVE,
)
def undo_import(caller: Caller, bank: str, batch: str, body: dict[str, Any]) -> object:
    now = runtime().clock()
    with transaction() as session:
        found = bank_by_code(session, bank)
        actor = acting_on(session, found, caller.participant_id, BANK_WRITE)
        queries.lock_bank(session, found)
        row = queries.import_by_id(session, batch, bank_id=found.id)
        service.undo_import(session, found, row, actor=actor, reason=body["reason"], now=now)
        return _batch_out(row)


def _check_writer(caller: Caller, bank: str) -> None:
    """Whoever may not write here has no file parsed."""
    with reading() as session:
        acting_on(session, bank_by_code(session, bank), caller.participant_id, BANK_WRITE)


def _sha256(body: dict[str, Any]) -> str:
    first = body["first_is_right"] == "true"
    return service.previewed_sha256(body["file"], body.get("key"), format=body.get("format"), first_is_right=first)


def _check_preview(body: dict[str, Any], sha256: str) -> None:
    if "file_sha256" not in body or "reason" not in body:
        raise PreviewMissing("Khi ghi thật (không phải dry_run) cần file_sha256 của lần xem trước và reason.")
    if body["file_sha256"] != sha256:
        raise PreviewMissing("Tệp, tệp đáp án hoặc tùy chọn khác với lần xem trước; hãy xem trước lại.")


def _take(caller: Caller, bank: str, body: dict[str, Any], sha256: str, *, dry_run: bool) -> ImportReport:
    found, now = _read(body), runtime().clock()
    with reading() as session:
        readable = [unit.path for unit in units_of(session, caller.participant_id, LOOK)]
        prepared = service.look_around(session, found)
    key_name = body["key"].name if "key" in body else None
    upload = Upload(prepared, sha256, Accept(body["accept"]), body.get("reason", PREVIEWED), key_name)
    with transaction() as session:
        into = bank_by_code(session, bank)
        actor = acting_on(session, into, caller.participant_id, BANK_WRITE)
        queries.lock_bank(session, into)
        report = service.take_import(session, bank=into, upload=upload, actor=actor, readable=readable, now=now)
        if dry_run:
            session.rollback()
    return report


def _read(body: dict[str, Any]) -> FoundFile:
    file, key = body["file"], body.get("key")
    second = None if key is None else (key, key.name)
    first = body["first_is_right"] == "true"
    try:
        return read_apart(file, file.name, key=second, format=body.get("format"), first_is_right=first)
    except (FileRefused, ReaderBusy) as error:
        raise _problem(error) from None


def _problem(error: FileRefused | ReaderBusy) -> BankFileRefused | TooManyRequests:
    if isinstance(error, ReaderBusy):
        wait = {"Retry-After": f"{WAIT_FOR_TURN:.0f}"}
        return TooManyRequests("Máy chủ đang đọc nhiều tệp khác, hãy thử lại sau ít phút.", headers=wait)
    if isinstance(error, ReaderFailed):
        log.error("question-file-reader-failed", trace=error.trace)
    return BankFileRefused(error)


def _bank_out(bank: Bank, unit: Unit | None, questions: int) -> dict[str, Any]:
    return {"id": bank.code, "title": bank.title, "unit": unit, "topics": bank.topics, "questions": questions}


def _batch_out(batch: QuestionImport) -> dict[str, Any]:
    named = {name: getattr(batch, name) for name in schemas.BATCH_COLUMNS}
    return named | {"file_sha256": batch.content_sha256}
