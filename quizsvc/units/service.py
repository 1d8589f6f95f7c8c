"""Loading units, finding the one a code meant on a day, and asking who stands under whom."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from importlib import resources
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from quizsvc.units.csv_file import FaultyUnits
from quizsvc.units.models import Unit, UnitSuccession
from quizsvc.units.queries import path_ids, valid_on
from quizsvc.units.search_text import search_text
from quizsvc.units.tree_faults import Eras, Fault, Row

NGHE_AN = resources.files("quizsvc.units") / "data" / "nghe_an.csv"
"""The province's units; ``read_units(NGHE_AN.read_bytes())`` gives the rows."""

LARGEST_ID = 2**31 - 1


Units = dict[tuple[str, date], Unit]


@dataclass(frozen=True)
class Report:
    """How many units a load touched."""

    added: int
    changed: int
    unchanged: int


def load_units(session: Session, rows: Sequence[Row]) -> Report:
    """Bring the stored units to what ``rows`` (from ``read_units``) say; units of other files stay as they are.

    Loading the same rows again changes nothing. ``FaultyUnits`` when a code would mean two units on one day.
    """
    units: Units = {(unit.code, unit.valid_from): unit for unit in session.scalars(select(Unit))}
    _refuse_overlaps(units.values(), rows)
    before = {key: _content(unit) for key, unit in units.items()}
    for row in rows:
        unit = units.get((row.code, row.valid_from))
        if unit is None:
            unit = units[row.code, row.valid_from] = Unit(code=row.code, valid_from=row.valid_from, path="")
            session.add(unit)
        unit.name, unit.kind, unit.valid_to = row.name, row.kind, row.valid_to
        unit.search = search_text(row.name, row.aliases, row.code)
    session.flush()
    _set_parents(units, rows)
    _set_paths(units.values())
    session.flush()
    moved = _set_successors(session, units, rows)
    touched = [(row.code, row.valid_from) for row in rows]
    added = sum(key not in before for key in touched)
    changed = sum(key in before and (before[key] != _content(units[key]) or units[key].id in moved) for key in touched)
    return Report(added, changed, len(touched) - added - changed)


def _content(unit: Unit) -> tuple[Any, ...]:
    return unit.name, unit.kind, unit.parent_id, unit.path, unit.valid_to, unit.search


def _refuse_overlaps(units: Iterable[Unit], rows: Sequence[Row]) -> None:
    """Rows of a file never overlap each other, so any two that do are a stored unit (line 0) and a row."""
    given = {(row.code, row.valid_from) for row in rows}
    stored = [
        Row(0, unit.code, unit.name, unit.kind, None, unit.valid_from, unit.valid_to)
        for unit in units
        if (unit.code, unit.valid_from) not in given
    ]
    faults = []
    for earlier, later in Eras([*stored, *rows]).neighbours():
        if earlier.valid_to is None or earlier.valid_to > later.valid_from:
            row, kept = (earlier, later) if earlier.line else (later, earlier)
            detail = f"Mã {row.code} đã được lưu từ ngày {kept.valid_from}, có ngày trùng với dòng này."
            faults.append(Fault(row.line, "valid_from", detail))
    if faults:
        raise FaultyUnits(faults)


def _set_parents(units: Units, rows: Sequence[Row]) -> None:
    eras = Eras(rows)
    for row in rows:
        parent = eras.parent(row)
        unit = units[row.code, row.valid_from]
        unit.parent_id = units[parent.code, parent.valid_from].id if parent else None


def _set_paths(units: Iterable[Unit]) -> None:
    """All paths, also of units outside the file: one of their ancestors may have moved."""
    by_id = {unit.id: unit for unit in units}
    paths: dict[int, str] = {}

    def path_of(unit: Unit) -> str:
        if unit.id not in paths:
            above = "/" if unit.parent_id is None else path_of(by_id[unit.parent_id])
            paths[unit.id] = f"{above}{unit.id}/"
        return paths[unit.id]

    for unit in by_id.values():
        unit.path = path_of(unit)


def _set_successors(session: Session, units: Units, rows: Sequence[Row]) -> set[int]:
    """Store who succeeds whom; the ids of the units for which that changed."""
    eras = Eras(rows)
    wanted: dict[tuple[int, int], date] = {}
    for row in rows:
        for code in row.succeeded_by:
            assert row.valid_to is not None
            heir = eras.on(code, row.valid_to)
            assert heir is not None
            wanted[units[row.code, row.valid_from].id, units[heir.code, heir.valid_from].id] = row.valid_to
    ours = {units[row.code, row.valid_from].id for row in rows}
    stored = {(link.old_id, link.new_id): link for link in session.scalars(select(UnitSuccession)) if link.old_id in ours}
    moved = {old for old, _new in wanted.keys() ^ stored.keys()}
    for key in stored.keys() - wanted.keys():
        session.delete(stored[key])
    for (old, new), day in wanted.items():
        link = stored.get((old, new))
        if link is None:
            session.add(UnitSuccession(old_id=old, new_id=new, on=day))
        else:
            link.on = day
    session.flush()
    return moved


def unit_by_code(session: Session, code: str, *, on: date) -> Unit | None:
    """The unit this official code meant on that day."""
    return session.scalars(select(Unit).where(Unit.code == code, valid_on(on))).one_or_none()


def unit_by_id(session: Session, text: str) -> Unit | None:
    """The unit with this id, as the API writes ids; ``None`` for anything else."""
    if not (text.isascii() and text.isdigit()) or text.startswith("0") or len(text) > 10 or int(text) > LARGEST_ID:
        return None
    return session.get(Unit, int(text))


def ancestors_and_self(unit: Unit) -> tuple[int, ...]:
    """Ids from the root down to ``unit`` itself."""
    return path_ids(unit.path)


def is_within(unit: Unit, ancestor: Unit) -> bool:
    """Whether ``unit`` is ``ancestor`` or stands somewhere below it."""
    return unit.path.startswith(ancestor.path)


def in_subtree(ancestor: Unit) -> ColumnElement[bool]:
    """The condition on ``Unit`` that a row is ``ancestor`` or stands below it, in any era."""
    return Unit.path.startswith(ancestor.path)
