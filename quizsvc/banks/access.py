"""Whose a bank is, and who may do what with it."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizsvc.banks.models import Bank
from quizsvc.core.problems import NotFound
from quizsvc.organizers.acting import Actor, acting_for
from quizsvc.organizers.powers import Power
from quizsvc.units.models import Unit


def bank_by_code(session: Session, code: str) -> Bank:
    """The bank with this code, or ``NotFound``."""
    found = session.scalar(select(Bank).where(Bank.code == code))
    if found is None:
        raise NotFound("Không có ngân hàng câu hỏi này.")
    return found


def unit_of(session: Session, bank: Bank) -> int:
    """The unit that the bank belongs to; one that came with the system belongs to the root of all units."""
    if bank.unit_id is not None:
        return bank.unit_id
    root = session.scalar(select(Unit.id).where(Unit.parent_id.is_(None), Unit.valid_to.is_(None)).order_by(Unit.id))
    if root is None:
        raise NotFound("Chưa nạp danh mục đơn vị.")
    return root


def acting_on(session: Session, bank: Bank, participant_id: UUID, power: Power) -> Actor:
    """The caller as somebody with this power over the bank, or ``Forbidden``."""
    return acting_for(session, participant_id, unit_id=unit_of(session, bank), roles=power)
