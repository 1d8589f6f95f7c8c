"""Lists of people, from an organizer's file: read, checked, and added to a list whose history stays."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar
from uuid import UUID

from sqlalchemy import insert, or_, select, update
from sqlalchemy.orm import Session

from quizsvc.core.clock import local_day
from quizsvc.core.text import fold
from quizsvc.registers.cells import Bad, birth_date, full_name, phone, plain
from quizsvc.registers.importing import Import, unit_of
from quizsvc.registers.models import ListedPerson
from quizsvc.registers.reporting import Fault
from quizsvc.registers.table import PEOPLE, Passed, Record, records
from quizsvc.registers.workbook import Sheet
from quizsvc.units.models import Unit

AT_ONCE = 500
T = TypeVar("T")


@dataclass(frozen=True)
class Person:
    """Someone as a row names them."""

    display_name: str
    name_key: str
    birth_date: date | None
    phone_hash: str | None
    unit: Unit | None
    occupation: str | None

    @property
    def unit_id(self) -> int | None:
        return None if self.unit is None else self.unit.id


@dataclass(frozen=True)
class ListChange:
    """How a file changes a list. ``replace``: who is not in the file is removed, where the organizer acts."""

    code: str
    batch: UUID
    replace: bool = False


def import_people(session: Session, run: Import, sheets: Sequence[Sheet], change: ListChange) -> dict[str, int]:
    """Put the file's people on a list, or nobody when a row is rejected; ``run.report`` says all of it.

    A row that says the same as before changes nothing; someone known by the same phone, or by name, birth date and unit,
    whose row says something new is removed and added again. Returns how many were added, removed and left as they were.
    """
    people: list[Person] = []
    seen: Known[str] = Known()
    for record in records(sheets, PEOPLE):
        if isinstance(record, Passed):
            run.report.warn(record.where, [record.fault])
            continue
        repairs: list[Fault] = []
        person = _read(run, record, repairs)
        if person is None:
            continue
        twin = seen.find(person)
        if twin is not None:
            detail = f"{person.display_name}: người này đã có ở dòng {twin}; mỗi người chỉ một dòng"
            run.report.reject(record.where, [Fault("duplicate-person", detail)])
            continue
        seen.add(person, record.where)
        people.append(person)
        run.report.take(record.where, person.display_name, repairs)
    run.check_something()
    return _change_list(session, run, people, change) if run.report.rejected == 0 else {}


class Known(Generic[T]):
    """People told apart as everywhere: by phone where both have one, else by name, birth date and unit."""

    def __init__(self) -> None:
        self._by_phone: dict[str, T] = {}
        self._by_name: dict[tuple[Any, ...], list[tuple[str | None, T]]] = defaultdict(list)

    def add(self, person: Person | ListedPerson, about: T) -> None:
        if person.phone_hash is not None:
            self._by_phone[person.phone_hash] = about
        if person.birth_date is not None:
            self._by_name[_named(person)].append((person.phone_hash, about))

    def find(self, person: Person | ListedPerson) -> T | None:
        """What was said about the same person, or ``None``."""
        if person.phone_hash in self._by_phone:
            return self._by_phone[person.phone_hash]
        namesakes = [] if person.birth_date is None else self._by_name.get(_named(person), [])
        return next((about for number, about in namesakes if number is None or person.phone_hash is None), None)


def _named(person: Person | ListedPerson) -> tuple[Any, ...]:
    return person.name_key, person.birth_date, person.unit_id


def _read(run: Import, record: Record, repairs: list[Fault]) -> Person | None:
    faults: list[Fault] = []
    unit = unit_of(run.units, record, faults, repairs)
    name = _value(record, "name", full_name, faults, repairs, required=True)
    number = _value(record, "phone", phone, faults, repairs)
    today = local_day(run.now)

    def day(value: Any) -> Any:
        return birth_date(value, today=today, mac_epoch=record.sheet.mac_epoch)

    born = _value(record, "birth_date", day, faults, repairs)
    said = plain(record.cell("phone").value) or plain(record.cell("birth_date").value)
    if number is None and born is None and not said:
        faults.append(record.fault("birth_date", "cannot-be-found", "cần ngày sinh hoặc số điện thoại để nhận ra người này"))
    if faults:
        run.report.reject(record.where, faults)
        return None
    if unit is None and not run.scope.whole:
        unit = run.scope.units[0]  # an officer's list without units is of the officer's unit
    return Person(
        display_name=name,
        name_key=fold(name)[:200],
        birth_date=born,
        phone_hash=None if number is None else run.keys.keyed_hash(number),
        unit=unit,
        occupation=plain(record.cell("occupation").value)[:100] or None,
    )


def _value(
    record: Record, key: str, meaning_of: Any, faults: list[Fault], repairs: list[Fault], *, required: bool = False
) -> Any:
    cell = record.cell(key)
    if not plain(cell.value) and cell.fault is None and not required:
        return None
    meaning = Bad(*cell.fault) if cell.fault else meaning_of(cell.value)
    if isinstance(meaning, Bad):
        faults.append(record.fault(key, meaning.code, meaning.detail))
        return None
    if meaning.repair:
        repairs.append(record.fault(key, f"{key.replace('_', '-')}-repaired", meaning.repair))
    return meaning.value


def _change_list(session: Session, run: Import, people: Sequence[Person], change: ListChange) -> dict[str, int]:
    mine = _listed_now(session, run, change.code)
    kept: set[int] = set()
    stale: set[int] = set()
    added: list[dict[str, Any]] = []
    known: Known[ListedPerson] = Known()
    for listed in mine:
        known.add(listed, listed)
    for person in people:
        before = known.find(person)
        if before is not None and _says(before) == _says(person):
            kept.add(before.id)
            continue
        if before is not None:
            stale.add(before.id)
        added.append(_row(run, person, change))
    if change.replace:
        stale |= {listed.id for listed in mine} - kept
    _remove(session, run, sorted(stale))
    if added:
        session.execute(insert(ListedPerson), added)
    return {"added": len(added), "removed": len(stale), "unchanged": len(kept)}


def _listed_now(session: Session, run: Import, code: str) -> list[ListedPerson]:
    """People on the list whom the organizer may change."""
    query = select(ListedPerson).where(
        ListedPerson.contest_id == run.contest.id, ListedPerson.list_code == code, ListedPerson.removed_at.is_(None)
    )
    if not run.scope.whole:
        below = or_(*(Unit.path.startswith(unit.path) for unit in run.scope.units))
        query = query.join(Unit, Unit.id == ListedPerson.unit_id).where(below)
    return list(session.scalars(query.order_by(ListedPerson.id)))


def _says(person: Person | ListedPerson) -> tuple[Any, ...]:
    names = ("display_name", "birth_date", "phone_hash", "unit_id", "occupation")
    return tuple(getattr(person, name) for name in names)


def _row(run: Import, person: Person, change: ListChange) -> dict[str, Any]:
    return {
        "contest_id": run.contest.id,
        "list_code": change.code,
        "unit_id": person.unit_id,
        "display_name": person.display_name,
        "name_key": person.name_key,
        "birth_date": person.birth_date,
        "phone_hash": person.phone_hash,
        "occupation": person.occupation,
        "batch": change.batch,
        "added_at": run.now,
        "added_by": run.scope.actor.participant_id,
        "reason": run.reason,
    }


def _remove(session: Session, run: Import, ids: Sequence[int]) -> None:
    by = {"removed_at": run.now, "removed_by": run.scope.actor.participant_id, "removed_because": run.reason}
    for start in range(0, len(ids), AT_ONCE):
        session.execute(update(ListedPerson).where(ListedPerson.id.in_(ids[start : start + AT_ONCE])).values(by))
