"""What ``quizsvc banks import`` does with files that are not our YAML, and ``banks undo``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import click
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from quizsvc.banks.faults import Level
from quizsvc.banks.files.documents import Remark, Where
from quizsvc.banks.files.found import FileRefused, FoundFile
from quizsvc.banks.files.sandbox import ReaderFailed, mark_apart, read_apart
from quizsvc.banks.imports import queries, service
from quizsvc.banks.imports.comparing import Prepared, prepare
from quizsvc.banks.imports.naming import LONGEST_TITLE, slug
from quizsvc.banks.imports.reporting import report_lines, report_out
from quizsvc.banks.imports.service import Accept, ImportReport, Upload
from quizsvc.banks.models import Bank
from quizsvc.core.clock import local_day
from quizsvc.core.db import db, reading, transaction
from quizsvc.core.problems import Problem
from quizsvc.core.runtime import runtime
from quizsvc.migrations import state
from quizsvc.organizers.acting import SYSTEM
from quizsvc.units.service import unit_by_code

SHORTEST_TITLE = 3


@dataclass(frozen=True)
class Wish:
    """The options of one call of ``banks import``."""

    path: Path
    key: Path | None
    format: str | None
    bank: str | None
    unit: str | None
    first_is_right: bool
    accept: Accept
    reason: str | None
    dry_run: bool
    as_json: bool
    marked: Path | None


def import_file(wish: Wish) -> None:
    """Read, report, and unless it is a dry run write; ends with exit status 1 when nothing is, or would be, written."""
    data = wish.path.read_bytes()
    key = None if wish.key is None else wish.key.read_bytes()
    sha256 = service.previewed_sha256(data, key, format=wish.format, first_is_right=wish.first_is_right)
    try:
        found = _read(wish, data, key)
        report = _take(wish, found, sha256)
    except FileRefused as refused:
        _tell_refusal(wish, sha256, refused)
        raise click.exceptions.Exit(1) from None
    _tell(wish, report)
    if wish.marked is not None:
        wish.marked.write_bytes(_marked(data, report))
    if report.is_refused:
        raise click.exceptions.Exit(1)


def undo(batch_id: str, reason: str | None) -> None:
    """Take an imported batch back, or say why not."""
    now = runtime().clock()
    with _problems_told(), transaction() as session:
        batch = queries.import_by_id(session, batch_id)
        bank = session.get_one(Bank, batch.bank_id)
        queries.lock_bank(session, bank)
        why = reason or f"Hoàn tác lần nạp {batch_id} từ dòng lệnh"
        service.undo_import(session, bank, batch, actor=SYSTEM.on(bank.unit_id), reason=why, now=now)
    click.echo(f"Đã hoàn tác lần nạp {batch_id} của ngân hàng «{bank.code}»: bỏ {batch.added} câu.")


def _read(wish: Wish, data: bytes, key: bytes | None) -> FoundFile:
    second = None if key is None or wish.key is None else (key, wish.key.name)
    return read_apart(data, wish.path.name, key=second, format=wish.format, first_is_right=wish.first_is_right)


def _take(wish: Wish, found: FoundFile, sha256: str) -> ImportReport:
    code = wish.bank or slug(wish.path.stem) or "ngan-hang"
    key_name = None if wish.key is None else wish.key.name
    reason = wish.reason or f"Nạp tệp {wish.path.name} từ dòng lệnh"

    def upload(prepared: Prepared) -> Upload:
        return Upload(prepared, sha256, wish.accept, reason, key_name)

    if wish.dry_run and not _database_is_ready():
        return service.preview_alone(code, upload(prepare(_not_compared(found), (), ())))
    now = runtime().clock()
    with _problems_told():
        with reading() as session:
            prepared = service.look_around(session, found)
        with transaction() as session:
            bank = _bank(session, wish, code, found, reason, now)
            queries.lock_bank(session, bank)
            actor = SYSTEM.on(bank.unit_id)
            report = service.take_import(session, bank=bank, upload=upload(prepared), actor=actor, readable=None, now=now)
            if wish.dry_run or report.is_refused:
                session.rollback()
    return report


def _bank(session: Session, wish: Wish, code: str, found: FoundFile, reason: str, now: datetime) -> Bank:
    bank = session.scalar(select(Bank).where(Bank.code == code))
    if bank is not None:
        return bank
    unit_id = None
    if wish.unit is not None:
        unit = unit_by_code(session, wish.unit, on=local_day(now))
        if unit is None:
            raise click.BadParameter(f"không có đơn vị nào mang mã {wish.unit}", param_hint="--unit")
        unit_id = unit.id
    title = (found.title.strip() or wish.path.stem)[:LONGEST_TITLE]
    if len(title) < SHORTEST_TITLE:
        title = f"Ngân hàng {title}"
    return service.create_bank(
        session, code=code, title=title, topics={}, unit_id=unit_id, actor=SYSTEM.on(unit_id), reason=reason, now=now
    )


def _database_is_ready() -> bool:
    try:
        with db.engine.connect() as connection:
            return state.revision_of(connection) == state.head()
    except DBAPIError:
        return False


def _not_compared(found: FoundFile) -> FoundFile:
    sentence = "chưa so sánh với các ngân hàng và danh mục văn bản: cơ sở dữ liệu chưa sẵn sàng, hãy chạy quizsvc migrate"
    remark = Remark("not-compared", Level.NOTICE, sentence, Where(found.name))
    return replace(found, remarks=(*found.remarks, remark))


def _tell(wish: Wish, report: ImportReport) -> None:
    if wish.as_json:
        _print_json(report_out(report, dry_run=wish.dry_run, most_rows=None))
        return
    for line in report_lines(report, dry_run=wish.dry_run):
        click.echo(line)
    if report.is_refused:
        hint = " Muốn nạp riêng các câu nhận được: --accept accepted." if 0 < report.accepted < report.questions else ""
        click.echo(f"Chưa nạp câu nào.{hint}", err=True)
    elif wish.dry_run:
        click.echo("Chỉ chạy thử, chưa ghi gì.")
    elif report.import_id is not None:
        click.echo(f"Lần nạp {report.import_id}; hoàn tác khi chưa ai dùng: quizsvc banks undo {report.import_id}")


def _tell_refusal(wish: Wish, sha256: str, refused: FileRefused) -> None:
    """A file that cannot be read has a report too: one row, which says why."""
    if isinstance(refused, ReaderFailed):
        click.echo(refused.trace, err=True)
    where = str(refused.where or Where(wish.path.name))
    remark = Remark(refused.code, Level.ERROR, refused.sentence, refused.where or Where(wish.path.name))
    nothing = FoundFile(wish.path.name, wish.format or "", (), (remark,))
    upload = Upload(Prepared(nothing, []), sha256, wish.accept, "")
    if wish.as_json:
        report = service.preview_alone(wish.bank or slug(wish.path.stem), upload)
        _print_json(report_out(report, dry_run=wish.dry_run, most_rows=None))
    else:
        click.echo(f"{where} [{refused.code}] {refused.sentence}", err=True)


def _marked(data: bytes, report: ImportReport) -> bytes:
    try:
        return mark_apart(data, report.found)[0]
    except FileRefused as refused:
        raise click.ClickException(refused.sentence) from None


def _print_json(document: dict[str, Any]) -> None:
    click.echo(json.dumps(document, ensure_ascii=False, indent=2))


@contextmanager
def _problems_told() -> Iterator[None]:
    """What stands in the way is one line, not a traceback."""
    try:
        yield
    except Problem as problem:
        raise click.ClickException(problem.detail or problem.title) from None
