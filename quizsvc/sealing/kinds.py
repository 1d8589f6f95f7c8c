"""Provisional, then final: which seal may follow which, and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Kind(StrEnum):
    """``PROVISIONAL``: published, complaints are taken. ``FINAL``: confirmed."""

    PROVISIONAL = "provisional"
    FINAL = "final"


class Refusal(StrEnum):
    """Why a seal is refused."""

    ALREADY_FINAL = "already-final"
    COMPLAINTS_OPEN = "complaints-open"


@dataclass(frozen=True)
class Made:
    """A snapshot that there is."""

    kind: Kind
    made_at: datetime


def complaints_until(made: Sequence[Made], hours: int) -> datetime | None:
    """The end of the window that the first provisional snapshot opened; ``None`` when there is none yet."""
    first = min((each.made_at for each in made if each.kind is Kind.PROVISIONAL), default=None)
    return None if first is None else first + timedelta(hours=hours)


def reason_against(
    wanted: Kind, made: Sequence[Made], *, hours: int, now: datetime, reopen: bool = False, force: bool = False
) -> Refusal | None:
    """Why a seal of this kind may not follow ``made`` (in order), or ``None``.

    After a final one only who says ``reopen`` seals again. A final one waits for the complaints window (``hours`` from the
    first provisional one; with 0 there need not be one) unless ``force`` is said.
    """
    if made and made[-1].kind is Kind.FINAL and not reopen:
        return Refusal.ALREADY_FINAL
    if wanted is Kind.PROVISIONAL or force or hours == 0:
        return None
    until = complaints_until(made, hours)
    return Refusal.COMPLAINTS_OPEN if until is None or now < until else None
