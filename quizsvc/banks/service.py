"""Reads a folder of banks and loads it: a changed wording becomes a new version, and nothing is ever overwritten."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from quizsvc.banks.checking import check
from quizsvc.banks.citations import InstrumentFile
from quizsvc.banks.faults import Fault, Place, errors
from quizsvc.banks.imports.queries import has_imported_questions
from quizsvc.banks.models import Bank, Instrument, Question, QuestionVersion
from quizsvc.banks.queries import newest_versions, registry
from quizsvc.banks.questions import BankFile
from quizsvc.banks.versions import Content, content_of
from quizsvc.banks.yaml_file import SCHEMAS, read_bank, read_instrument
from quizsvc.core.clock import local_day

YAML_ENDINGS = (".yaml", ".yml")


class BanksRefused(Exception):
    """Nothing was loaded: ``faults`` has at least one error."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = list(faults)
        super().__init__("\n".join(map(str, errors(faults))))


@dataclass
class BankReport:
    """What loading did to one bank, in numbers of questions."""

    code: str
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    withdrawn: int = 0
    returned: int = 0


@dataclass(frozen=True)
class Report:
    """What loading did. ``instruments`` counts registry entries added or changed; ``faults`` are warnings and notices."""

    banks: tuple[BankReport, ...]
    instruments: int
    faults: tuple[Fault, ...]


def read_folder(path: Path, schemas: Path = SCHEMAS) -> tuple[list[BankFile], list[InstrumentFile], list[Fault]]:
    """The files in ``path/banks`` and ``path/instruments``, and every fault of their form; nothing is loaded."""
    banks: list[BankFile] = []
    instruments, faults = read_registry(path / "instruments", schemas)
    for file in yaml_files(path / "banks"):
        bank, found = read_bank(file, schemas)
        faults += found
        banks += [] if bank is None else [bank]
    if not banks and not faults:
        faults.append(Fault("no-banks", Place(str(path), 1), "không có tệp nào dạng banks/*.yaml trong thư mục này"))
    return banks, instruments, faults


def read_registry(folder: Path, schemas: Path = SCHEMAS) -> tuple[list[InstrumentFile], list[Fault]]:
    """The registry files of a folder, and every fault of their form."""
    instruments: list[InstrumentFile] = []
    faults: list[Fault] = []
    for file in yaml_files(folder):
        instrument, found = read_instrument(file, schemas)
        faults += found
        instruments += [] if instrument is None else [instrument]
    return instruments, faults


def yaml_files(folder: Path) -> list[Path]:
    """The YAML files of a folder by name; none when there is no such folder."""
    return sorted(file for file in folder.glob("*") if file.suffix.lower() in YAML_ENDINGS)


def load_banks(
    session: Session, banks: Sequence[BankFile], instruments: Sequence[InstrumentFile], *, now: datetime
) -> Report:
    """Load these banks and registry entries; the same again changes nothing.

    A new or changed question gets a new version, approved: such files are reviewed where they are kept.
    A question that its bank no longer has is withdrawn, and comes back when
    the bank has it again. Banks and instruments that are not given stay as they are, and citations may name instruments
    loaded before. Raises ``BanksRefused`` before anything is written when the checker finds an error.
    """
    faults = [*check_with_registry(session, banks, instruments, now=now), *_kept_elsewhere(session, banks)]
    if errors(faults):
        raise BanksRefused(faults)
    changed = sum(_load_instrument(session, instrument) for instrument in instruments)
    reports = tuple(_load_bank(session, bank, now) for bank in banks)
    return Report(reports, changed, tuple(faults))


def _kept_elsewhere(session: Session, banks: Sequence[BankFile]) -> Iterator[Fault]:
    """Banks whose questions were imported or that belong to a unit: a file would withdraw what others wrote."""
    for given in banks:
        bank = session.scalar(select(Bank).where(Bank.code == given.code))
        if bank is not None and (bank.unit_id is not None or has_imported_questions(session, bank.id)):
            sentence = f"ngân hàng «{given.code}» thuộc một đơn vị hoặc có câu nạp từ tệp khác: hãy đổi mã trong tệp YAML"
            yield Fault("bank-kept-elsewhere", given.source.at("bank"), sentence)


def check_with_registry(
    session: Session, banks: Sequence[BankFile], instruments: Sequence[InstrumentFile], *, now: datetime
) -> list[Fault]:
    """What the checker finds when citations may also name instruments that were loaded before."""
    given = {instrument.number for instrument in instruments}
    before = [instrument for instrument in registry(session) if instrument.number not in given]
    return check(banks, [*instruments, *before], on=local_day(now))


def _load_instrument(session: Session, given: InstrumentFile) -> bool:
    row = session.get(Instrument, given.number)
    if row is not None and row.document == given.document:
        return False
    row = row or Instrument(number=given.number)
    row.kind, row.title, row.document = given.kind, given.title, dict(given.document)
    session.add(row)
    session.flush()
    return True


def _load_bank(session: Session, given: BankFile, now: datetime) -> BankReport:
    bank = session.scalar(select(Bank).where(Bank.code == given.code).with_for_update()) or Bank(code=given.code)
    bank.title, bank.topics = given.title, dict(given.topics)
    session.add(bank)
    session.flush()
    report = BankReport(given.code)
    known = {question.code: (question, version) for question, version in newest_versions(session, bank.id)}
    for written in given.questions:
        content = content_of(written)
        question, newest = known.pop(written.code, (None, None))
        if question is None or newest is None:
            question = Question(bank_id=bank.id, code=written.code, withdrawn=False)
            session.add(question)
            session.flush()
            session.add(_version(question, 1, content, now))
            report.added += 1
            continue
        if newest.content_sha256 != content.sha256:
            retire_approved(session, question.id)
            session.add(_version(question, newest.number + 1, content, now))
            report.changed += 1
        elif not question.withdrawn:
            report.unchanged += 1
        if question.withdrawn:
            question.withdrawn = False
            report.returned += 1
    for question, _ in known.values():
        report.withdrawn += not question.withdrawn
        question.withdrawn = True
    session.flush()
    return report


def retire_approved(session: Session, question_id: int) -> None:
    """What was drawn so far of a question gives way to a version that is about to be approved."""
    approved = (QuestionVersion.question_id == question_id, QuestionVersion.state == "approved")
    session.execute(update(QuestionVersion).where(*approved).values(state="retired"))


def _version(question: Question, number: int, content: Content, now: datetime) -> QuestionVersion:
    return QuestionVersion(
        question_id=question.id,
        number=number,
        kind=content.kind,
        topic=content.topic,
        difficulty=content.difficulty,
        text=content.text,
        choices=content.choices,
        key=content.key,
        pinned=content.pinned,
        explanation=content.explanation,
        citations=content.citations,
        content_sha256=content.sha256,
        created_at=now,
        state="approved",
    )


def content_of_version(version: QuestionVersion) -> Content:
    """The content that a stored version was made from."""
    return Content(
        kind=version.kind,
        topic=version.topic,
        difficulty=version.difficulty,
        text=version.text,
        choices=version.choices,
        key=version.key,
        pinned=version.pinned,
        explanation=version.explanation,
        citations=version.citations,
    )
