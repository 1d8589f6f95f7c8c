"""Table of the audit log."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from quizsvc.core.db import Base, UTCDateTime


class AuditRow(Base):
    """One act of an organizer; never changed or deleted, which the database itself refuses.

    ``actor_id`` is ``None`` for the command line. ``unit_id`` is the unit in whose name it was done; ``before`` and
    ``after`` hold ids and figures, nothing personal. ``chain.py`` says what ``sha256`` is.
    """

    __tablename__ = "audit_rows"

    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    actor_id: Mapped[UUID | None] = mapped_column(ForeignKey("participants.id"))
    actor_role: Mapped[str | None] = mapped_column(String(20))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    action: Mapped[str] = mapped_column(String(60))
    subject: Mapped[str] = mapped_column(String(200))
    reason: Mapped[str] = mapped_column(Text)
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    after: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    prev_sha256: Mapped[str] = mapped_column(String(64))
    sha256: Mapped[str] = mapped_column(String(64))

    __table_args__ = (
        Index("ix_audit_rows_unit_id", "unit_id", "number"),
        Index("ix_audit_rows_subject", "subject", "number"),
    )
