"""What both imports share: who imports into which contest, what is reported, and which unit a row names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from quizsvc.contests.models import Contest
from quizsvc.core.keys import Keys
from quizsvc.organizers.acting import Actor
from quizsvc.registers.cells import Bad, plain, unit_code
from quizsvc.registers.reporting import Fault, ImportReport
from quizsvc.registers.table import Record
from quizsvc.registers.unit_finder import UnitFinder
from quizsvc.registers.workbook import FileRefused
from quizsvc.units.models import Unit


@dataclass(frozen=True)
class Scope:
    """Where somebody acts in a contest: its own unit (``whole``: all of the contest), or ``units`` below that."""

    actor: Actor
    units: tuple[Unit, ...]
    whole: bool


@dataclass(frozen=True)
class Import:
    """One run of an import; a dry run is the same and rolled back afterwards."""

    contest: Contest
    scope: Scope
    units: UnitFinder
    report: ImportReport
    reason: str
    now: datetime
    keys: Keys

    def check_something(self) -> None:
        """``FileRefused`` for a table without a single row."""
        if not self.report.taken and not self.report.rejected:
            raise FileRefused("Tệp có dòng tiêu đề nhưng không có dòng dữ liệu nào.")


def unit_of(units: UnitFinder, record: Record, faults: list[Fault], repairs: list[Fault]) -> Unit | None:
    """The unit that a row names by code, by name or both; ``None`` when it names none, or after adding to ``faults``."""
    code_cell, name_cell = record.cell("unit_code"), record.cell("unit_name")
    for key, cell in (("unit_code", code_cell), ("unit_name", name_cell)):
        if cell.fault is not None:
            faults.append(record.fault(key, *cell.fault))
    name = plain(name_cell.value)
    if faults:
        return None
    if not plain(code_cell.value):
        if not name:
            return None
        found, key = units.by_name(name), "unit_name"
    else:
        code, key = unit_code(code_cell.value), "unit_code"
        found = code if isinstance(code, Bad) else units.by_code(code.value)
    if isinstance(found, Bad):
        faults.append(record.fault(key, found.code, found.detail))
        return None
    unit: Unit = found.value
    if found.repair:
        repairs.append(record.fault(key, "code-repaired", found.repair))
    if key == "unit_code" and name and not units.is_called(unit, name):
        detail = f"mã {unit.code} là {unit.name}; hãy sửa mã hoặc tên cho khớp"
        faults.append(record.fault("unit_name", "code-and-name-differ", detail))
        return None
    return unit
