"""Which unit a row of an organizer's file means: by code, or by a name that is unique where the organizer acts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from quizsvc.core.text import fold
from quizsvc.registers.cells import Bad, Good, Meaning
from quizsvc.units.models import Unit, UnitSuccession
from quizsvc.units.queries import valid_on
from quizsvc.units.search_text import TITLES
from quizsvc.units.service import in_subtree

CODE_WIDTHS = (2, 3, 5)
"""Official codes of provinces, districts and communes; Excel drops their leading zeros."""
MOST_CANDIDATES = 6


def ways_to_write(name: str) -> set[str]:
    """``Phường Thành Vinh`` is also found as ``thanh vinh`` and ``P. Thành Vinh``."""
    full = fold(name)
    for title, short in TITLES.items():
        if full.startswith(f"{title} "):
            bare = full.removeprefix(f"{title} ")
            return {full, bare, f"{short} {bare}"}
    return {full}


class UnitFinder:
    """All units valid ``today`` below ``root``; those below one of ``scopes`` may be named in the file."""

    def __init__(self, session: Session, root: Unit, scopes: Sequence[Unit], today: date) -> None:
        self._scopes = tuple(scope.path for scope in scopes)
        units = session.scalars(select(Unit).where(valid_on(today), in_subtree(root))).all()
        self._by_code = {unit.code: unit for unit in units}
        self._by_name: dict[str, list[Unit]] = defaultdict(list)
        for unit in units:
            for way in ways_to_write(unit.name) if self._allowed(unit) else ():
                self._by_name[way].append(unit)
        old, new = aliased(Unit), aliased(Unit)
        heirs = select(old.code, new.name, new.code).select_from(UnitSuccession)
        heirs = heirs.join(old, old.id == UnitSuccession.old_id).join(new, new.id == UnitSuccession.new_id)
        self._heirs: dict[str, list[str]] = defaultdict(list)
        for code, name, heir in session.execute(heirs.order_by(new.code)):
            self._heirs[code].append(f"{name} ({heir})")

    def _allowed(self, unit: Unit) -> bool:
        return unit.path.startswith(self._scopes)

    def by_code(self, code: str) -> Meaning:
        """The unit with this code today; zeros that Excel dropped are put back where only one unit can be meant."""
        unit, repair = self._by_code.get(code), None
        if unit is None and code.isdigit():
            padded = {code.zfill(width) for width in CODE_WIDTHS if width > len(code)} & self._by_code.keys()
            if len(padded) == 1:
                unit = self._by_code[padded.pop()]
                repair = f"thêm số 0 ở đầu: mã {unit.code}"
        if unit is None and code in self._heirs:
            now = ", ".join(self._heirs[code][:MOST_CANDIDATES])
            return Bad("unit-abolished", f"đơn vị mang mã này không còn; nay là {now}")
        if unit is None:
            return Bad("no-such-unit", "không có đơn vị mang mã này")
        if not self._allowed(unit):
            return Bad("unit-outside", f"{unit.name} nằm ngoài phạm vi đơn vị bạn phụ trách")
        return Good(unit, repair)

    def by_name(self, name: str) -> Meaning:
        """The only unit of this name where the organizer acts."""
        found = self._by_name.get(fold(name), [])
        if len(found) == 1:
            return Good(found[0])
        if not found:
            return Bad("no-such-unit", "không có đơn vị tên này trong phạm vi bạn phụ trách; hãy ghi mã đơn vị")
        candidates = ", ".join(f"{unit.name} ({unit.code})" for unit in found[:MOST_CANDIDATES])
        return Bad("ambiguous-unit", f"có {len(found)} đơn vị cùng tên, hãy ghi mã của một trong các đơn vị: {candidates}")

    def is_called(self, unit: Unit, name: str) -> bool:
        return fold(name) in ways_to_write(unit.name)
