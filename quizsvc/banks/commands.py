"""``quizsvc banks``: check, import and export question banks."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

import click
from sqlalchemy.orm import Session

from quizsvc.banks import queries
from quizsvc.banks.checking import check
from quizsvc.banks.citations import InstrumentFile
from quizsvc.banks.export import FORMATS
from quizsvc.banks.export_commands import export_file
from quizsvc.banks.faults import Fault, errors, in_reading_order
from quizsvc.banks.files.formats import NAMES
from quizsvc.banks.import_report import files_sha256, report_json, report_lines
from quizsvc.banks.imports.commands import Wish, import_file, undo
from quizsvc.banks.imports.service import Accept
from quizsvc.banks.models import Bank
from quizsvc.banks.questions import BankFile
from quizsvc.banks.service import (
    YAML_ENDINGS,
    BanksRefused,
    Report,
    check_with_registry,
    content_of_version,
    load_banks,
    read_folder,
    read_registry,
    yaml_files,
)
from quizsvc.banks.yaml_export import bank_text, instrument_text
from quizsvc.banks.yaml_file import SCHEMAS, read_bank
from quizsvc.core.clock import local_day
from quizsvc.core.db import reading, transaction
from quizsvc.core.runtime import runtime

Read = tuple[list[BankFile], list[InstrumentFile], list[Fault]]
EXISTING = click.Path(exists=True, path_type=Path)
ACCEPTS = [each.value for each in Accept]
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def banks() -> None:
    """Ngân hàng câu hỏi."""


@banks.command("import")
@click.argument("path", type=EXISTING)
@click.option("--key", type=FILE, help="A second file with the answers.")
@click.option("--format", type=click.Choice(NAMES), help="For texts whose kind cannot be seen.")
@click.option("--bank", help="Code of the bank to import into; made when missing. Default: from the file's name.")
@click.option("--unit", help="Code of the unit that a new bank belongs to.")
@click.option("--first-is-right", is_flag=True, help="In this file the first choice is always the right one.")
@click.option("--accept", type=click.Choice(ACCEPTS), default=ACCEPTS[0], help="all: everything or nothing.")
@click.option("--reason", help="Kept in the audit log.")
@click.option("--dry-run", is_flag=True, help="Check and show what would change; nothing is written.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.option(
    "--marked",
    type=click.Path(path_type=Path),
    help="Write a copy with the bad places coloured (.docx, .xlsx), else a list of them (.xlsx).",
)
def import_(path: Path, dry_run: bool, as_json: bool, **wish: Any) -> None:
    """Bring questions in: as drafts out of a file of any format, or a YAML file or folder as it is.

    YAML (a bank file, or a folder with banks/ and instruments/) is reviewed in version control and counts as approved. A
    question that its file no longer has is withdrawn. Repeating any import changes nothing.
    """
    if path.is_dir() or (path.suffix.lower() in YAML_ENDINGS and not any(wish[name] for name in ("bank", "format"))):
        _import_yaml(path, dry_run=dry_run, as_json=as_json)
    else:
        import_file(Wish(path, dry_run=dry_run, as_json=as_json, **wish | {"accept": Accept(wish["accept"])}))


@banks.command("undo")
@click.argument("batch", metavar="ID")
@click.option("--reason", help="Kept in the audit log.")
def undo_(batch: str, reason: str | None) -> None:
    """Take an imported batch back while nobody has worked with its questions."""
    undo(batch, reason)


def _import_yaml(path: Path, *, dry_run: bool, as_json: bool) -> None:
    read = _read(path)
    try:
        report = _load(read, dry_run=dry_run)
        faults: Sequence[Fault] = [*read[2], *report.faults]
    except BanksRefused as refused:
        report, faults = None, refused.faults
    if as_json:
        digest = files_sha256(_files(path))
        document = report_json(read[0], faults, report, files_sha256=digest, dry_run=dry_run)
        click.echo(json.dumps(document, ensure_ascii=False, indent=2))
    else:
        for fault in in_reading_order(faults):
            click.echo(str(fault), err=True)
    if report is None:
        _fail(f"Chưa nạp gì: có {len(errors(faults))} lỗi.")
    if not as_json:
        for line in report_lines(report):
            click.echo(line)
        if dry_run:
            click.echo("Chỉ chạy thử, chưa ghi gì.")


@banks.command("check")
@click.argument("path", type=EXISTING)
def check_(path: Path) -> None:
    """Say everything that is wrong with a bank file or a folder; exit status 1 when there is an error."""
    found, instruments, faults = _read(path)
    now = runtime().clock()
    if instruments:
        faults += check(found, instruments, on=local_day(now))
    else:
        with reading() as session:
            faults += check_with_registry(session, found, instruments, now=now)
    for fault in in_reading_order(faults):
        click.echo(str(fault))
    if errors(faults):
        _fail(f"Có {len(errors(faults))} lỗi.")
    click.echo(f"Không có lỗi trong {sum(len(bank.questions) for bank in found)} câu hỏi.")


@banks.command("export")
@click.option("--bank", "code", help="Only the bank with this code.")
@click.option(
    "--format", "format_name", type=click.Choice(list(FORMATS)), default="yaml", help="Others than yaml need --bank."
)
@click.argument("path", type=click.Path(path_type=Path))
def export(path: Path, code: str | None, format_name: str) -> None:
    """Write banks as YAML that reads back equal: PATH/banks and PATH/instruments, or with --bank one file PATH.

    In another format one bank is written to PATH; what that format cannot carry is said question by question.
    """
    if format_name != "yaml":
        if code is None:
            raise click.UsageError(f"--format {format_name} cần --bank CODE")
        export_file(code, format_name, path)
        return
    with reading() as session:
        found = queries.banks(session, code=code)
        texts = {bank.code: text for bank in found if (text := _bank_text(session, bank))}
        registry = queries.registry(session)
    if not texts:
        _fail("Chưa có ngân hàng nào." if code is None else f"Không có ngân hàng nào mang mã {code}.")
    if code is not None and path.suffix.lower() in YAML_ENDINGS:
        files = {path: texts[code]}
    else:
        files = {path / "banks" / f"{each}.yaml": text for each, text in texts.items()}
        for instrument in registry:
            name = instrument.number.replace("/", "-").lower()
            files[path / "instruments" / f"{name}.yaml"] = instrument_text(instrument.document)
    for file, text in files.items():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        click.echo(f"Đã ghi {file}")


def load_folder(path: Path) -> list[str]:
    """Load a folder such as quizzes/ and say what changed; raises ``click.ClickException`` with every error."""
    try:
        return report_lines(_load(read_folder(path), dry_run=False))
    except BanksRefused as refused:
        raise click.ClickException(f"Ngân hàng câu hỏi có lỗi:\n{refused}") from refused


def _load(read: Read, *, dry_run: bool) -> Report:
    found, instruments, faults = read
    with transaction() as session:
        now = runtime().clock()
        if errors(faults):
            raise BanksRefused([*faults, *check_with_registry(session, found, instruments, now=now)])
        report = load_banks(session, found, instruments, now=now)
        if dry_run:
            session.rollback()
    return report


def _read(path: Path) -> Read:
    if path.is_dir():
        return read_folder(path)
    if path.suffix.lower() not in YAML_ENDINGS:
        name = path.suffix or path.name
        _fail(f"Lệnh này chỉ nhận YAML hoặc thư mục có banks/ và instruments/, không nhận {name}: dùng import --dry-run.")
    bank, faults = read_bank(path, SCHEMAS)
    instruments: list[InstrumentFile] = []
    folder = path.resolve().parent
    if folder.name == "banks":
        instruments, found = read_registry(folder.parent / "instruments", SCHEMAS)
        faults += found
    return ([] if bank is None else [bank]), instruments, faults


def _files(path: Path) -> list[Path]:
    return [*yaml_files(path / "instruments"), *yaml_files(path / "banks")] if path.is_dir() else [path]


def _bank_text(session: Session, bank: Bank) -> str | None:
    """The file of a bank, or ``None`` when all its questions are withdrawn."""
    newest = queries.newest_versions(session, bank.id)
    written = [(question.code, content_of_version(version)) for question, version in newest if not question.withdrawn]
    return bank_text(bank.code, bank.title, bank.topics, written) if written else None


def _fail(sentence: str) -> NoReturn:
    click.echo(sentence, err=True)
    raise click.exceptions.Exit(1)
