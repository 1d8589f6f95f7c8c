"""The units that a contest document names by their codes must exist."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizsvc.contests.document_parts import ContestDocument, Faults, Path
from quizsvc.core.clock import local_day
from quizsvc.units.models import Unit
from quizsvc.units.service import unit_by_code


def organizer_id(session: Session, code: str, now: datetime, faults: Faults) -> int | None:
    """The unit that this code means today."""
    unit = unit_by_code(session, code, on=local_day(now))
    if unit is None:
        faults.add(("organizer",), f"Không có đơn vị mang mã {code}.", f"There is no unit {code}.")
        return None
    return unit.id


def unknown_units(session: Session, document: ContestDocument, faults: Faults) -> None:
    """A fault for each code that no unit has or ever had; abolished districts are known by theirs."""
    named = list(_named(document))
    known = set(session.scalars(select(Unit.code).where(Unit.code.in_({code for _, code in named})))) if named else set()
    for path, code in named:
        if code not in known:
            faults.add(path, f"Không có đơn vị mang mã {code}.", f"There is no unit {code}.")


def _named(document: ContestDocument) -> Iterator[tuple[Path, str]]:
    asked = document.rounds[0].rules.eligibility
    yield from _each(("eligibility", "units"), asked.units)
    for place, rule in enumerate(asked.participation):
        yield from _each(("participation", place, "when", "units"), rule.when.units)
    for place, track in enumerate(asked.tracks):
        yield from _each(("tracks", place, "when", "units"), track.when.units)
    for place, group in enumerate(document.rules.groups):
        yield from _each(("groups", place, "under"), group.under)
        yield from _each(("groups", place, "former_district"), group.former_district)


def _each(base: Path, codes: Sequence[str]) -> Iterator[tuple[Path, str]]:
    for place, code in enumerate(codes):
        yield (*base, place), code
