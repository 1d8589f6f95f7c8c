"""Tables of administrative units and what became of them."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from quizsvc.core.db import Base


class Unit(Base):
    """One unit in one era: a code can be used again after a reform, so code and first day together name a unit.

    Valid from ``valid_from`` up to, not including, ``valid_to`` (``None``: still valid). ``path`` lists the ids from the
    root to this unit, ``/1/25/``, so that a subtree is one prefix.
    """

    __tablename__ = "units"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(30))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    path: Mapped[str] = mapped_column(String(200))
    valid_from: Mapped[date] = mapped_column(Date)
    valid_to: Mapped[date | None] = mapped_column(Date)
    search: Mapped[str] = mapped_column(String(600))

    __table_args__ = (
        UniqueConstraint("code", "valid_from"),
        CheckConstraint("valid_to IS NULL OR valid_to > valid_from", name="validity"),
        Index("ix_units_parent_id", "parent_id"),
        Index("ix_units_path", "path"),
    )


class UnitSuccession(Base):
    """The people of ``old_id`` belong to ``new_id`` since ``on``."""

    __tablename__ = "unit_successions"

    old_id: Mapped[int] = mapped_column(ForeignKey("units.id"), primary_key=True)
    new_id: Mapped[int] = mapped_column(ForeignKey("units.id"), primary_key=True, index=True)
    on: Mapped[date] = mapped_column("happened_on", Date)
