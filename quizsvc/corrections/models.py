"""The table of corrections: what the audit log does not say because figures may be sealed, and whether it was undone."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from quizsvc.core.db import Base


class Correction(Base):
    """One correction that was applied, by the number of its audit row. ``round_id`` is ``None`` for a whole contest.

    ``facts``: what taking it back needs, never shown. ``undone_number``: the audit row of the undoing.
    """

    __tablename__ = "corrections"

    number: Mapped[int] = mapped_column(ForeignKey("audit_rows.number"), primary_key=True, autoincrement=False)
    contest_id: Mapped[int] = mapped_column(ForeignKey("contests.id"))
    round_id: Mapped[int | None] = mapped_column(ForeignKey("rounds.id"))
    action: Mapped[str] = mapped_column(String(60))
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    undone_number: Mapped[int | None] = mapped_column(Integer, ForeignKey("audit_rows.number"))

    __table_args__ = (Index("ix_corrections_contest_id", "contest_id", "number"),)
