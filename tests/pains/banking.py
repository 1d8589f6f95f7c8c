"""Making banks and taking imports back as acts that leave a row: action, act, what it needs, the same refused."""

from __future__ import annotations

from typing import Any

from quizsvc.banks.models import Bank
from quizsvc.core.db import transaction
from quizsvc.units.service import unit_by_code
from tests.banks.imports.making import empty_batch
from tests.conftest import NOW
from tests.organizers.people import PROVINCE


def make_bank(hall: Any, _: Any) -> Any:
    return hall.post("/manage/banks", {"code": "moi", "title": "Ngân hàng mới", "unit": hall.unit(PROVINCE)})


def make_as_nobody(hall: Any, _: Any) -> Any:
    body = {"code": "moi", "title": "Ngân hàng mới", "unit": hall.unit(PROVINCE), "reason": "vì thế"}
    return hall.other.call("POST", "/manage/banks", body)


def batch(_hall: Any) -> int:
    """A batch without questions, in a bank of the province."""
    with transaction() as session:
        unit = unit_by_code(session, PROVINCE, on=NOW.date())
        assert unit is not None
        session.add(Bank(code="moi", title="Ngân hàng mới", topics={}, unit_id=unit.id))
    return empty_batch("moi")


def undo(hall: Any, number: int) -> Any:
    return hall.post(f"/manage/banks/moi/imports/{number}/undo", {})


BANKS = [
    ("bank.create", make_bank, lambda hall: None, make_as_nobody),
    ("bank.undo_import", undo, batch, lambda hall, number: undo(hall, number + 1)),
]
