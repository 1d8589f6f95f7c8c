"""Numbers of staff by unit, from an organizer's file: read, checked, and entered as a new entry of each unit's history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quizsvc.core.problems import NotFound
from quizsvc.registers.cells import Bad, whole_number
from quizsvc.registers.importing import Import, unit_of
from quizsvc.registers.models import Headcount
from quizsvc.registers.reporting import Fault
from quizsvc.registers.table import HEADCOUNTS, Passed, Record, records
from quizsvc.registers.workbook import Sheet
from quizsvc.units.models import Unit


@dataclass(frozen=True)
class _Wanted:
    record: Record
    unit: Unit
    staff: int
    repairs: list[Fault]


def import_headcounts(session: Session, run: Import, sheets: Sequence[Sheet]) -> dict[str, int]:
    """Enter the file's numbers, or nothing when a row is rejected; ``run.report`` says all of it.

    Entries of whoever acts for the whole contest are approved at once; those of a unit below wait for approval. Returns
    how many entries were made and how many units already had this number.
    """
    wanted: dict[int, _Wanted] = {}
    for record in records(sheets, HEADCOUNTS):
        if isinstance(record, Passed):
            run.report.warn(record.where, [record.fault])
            continue
        found = _read(run, record)
        if found is None:
            continue
        earlier = wanted.get(found.unit.id)
        if earlier is not None:
            detail = f"{found.unit.name} ({found.unit.code}) đã có ở dòng {earlier.record.where}; mỗi đơn vị chỉ một dòng"
            run.report.reject(record.where, [Fault("duplicate-unit", detail)])
            continue
        wanted[found.unit.id] = found
        run.report.take(record.where, f"{found.unit.name} ({found.unit.code}): {found.staff} người", found.repairs)
    run.check_something()
    counts = {"added": 0, "unchanged": 0}
    if run.report.rejected == 0:
        newest = newest_entries(session, run.contest.id)
        for one in wanted.values():
            before = newest.get(one.unit.id)
            same = before is not None and before.staff == one.staff and before.approved >= run.scope.whole
            counts["unchanged" if same else "added"] += 1
            if not same:
                session.add(_entry(run, one, 1 if before is None else before.number + 1))
        session.flush()
    return counts


def _read(run: Import, record: Record) -> _Wanted | None:
    """What a row says, or ``None`` after reporting its faults."""
    faults: list[Fault] = []
    repairs: list[Fault] = []
    unit = unit_of(run.units, record, faults, repairs)
    if unit is None and not faults:
        faults.append(record.fault("unit_code", "unit-missing", "thiếu đơn vị; hãy ghi mã đơn vị"))
    cell = record.cell("staff")
    meaning = Bad(*cell.fault) if cell.fault else whole_number(cell.value)
    if isinstance(meaning, Bad):
        faults.append(record.fault("staff", meaning.code, meaning.detail))
    elif meaning.repair:
        repairs.append(record.fault("staff", "number-repaired", meaning.repair))
    if faults or unit is None or isinstance(meaning, Bad):
        run.report.reject(record.where, faults)
        return None
    return _Wanted(record, unit, meaning.value, repairs)


def _entry(run: Import, one: _Wanted, number: int) -> Headcount:
    approved = run.scope.whole
    return Headcount(
        contest_id=run.contest.id,
        unit_id=one.unit.id,
        number=number,
        staff=one.staff,
        reason=run.reason,
        entered_at=run.now,
        entered_by=run.scope.actor.participant_id,
        approved=approved,
        approved_at=run.now if approved else None,
        approved_by=run.scope.actor.participant_id if approved else None,
    )


def newest_entries(session: Session, contest_id: int) -> dict[int, Headcount]:
    """The newest entry of each unit, approved or not."""
    newest = (
        select(Headcount.unit_id, func.max(Headcount.number).label("number"))
        .where(Headcount.contest_id == contest_id)
        .group_by(Headcount.unit_id)
        .subquery("newest")
    )
    joined = (Headcount.unit_id == newest.c.unit_id) & (Headcount.number == newest.c.number)
    query = select(Headcount).join(newest, joined).where(Headcount.contest_id == contest_id)
    return {entry.unit_id: entry for entry in session.scalars(query)}


def approve(
    session: Session, *, contest_id: int, unit_id: int, number: int, by: UUID | None, now: datetime
) -> tuple[Headcount, dict[str, Any] | None]:
    """Approve a waiting entry; a second time changes nothing (``None``). ``NotFound`` when there is no such entry."""
    query = select(Headcount).where(Headcount.contest_id == contest_id, Headcount.unit_id == unit_id)
    entry = session.scalar(query.where(Headcount.number == number).with_for_update())
    if entry is None:
        raise NotFound("Không có số liệu này.")
    if entry.approved:
        return entry, None
    entry.approved, entry.approved_at, entry.approved_by = True, now, by
    session.flush()
    return entry, {"unit_id": unit_id, "number": number, "staff": entry.staff}
