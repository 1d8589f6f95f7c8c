"""Tables of imported batches: each file that was taken into a bank, and each of its questions with where it stood."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Boolean, CheckConstraint, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from quizsvc.core.db import Base, UTCDateTime


class QuestionImport(Base):
    """One file that was imported into a bank. Previews leave no row.

    ``content_sha256`` is what was previewed: file, key file and options (``previewed_sha256``). Who did it is ``None`` for
    the command line. ``repairs``: the first ones of text; ``repairs_by_kind`` counts all. An undone batch stays, its
    questions are gone.
    """

    __tablename__ = "question_imports"

    id: Mapped[int] = mapped_column(primary_key=True)
    bank_id: Mapped[int] = mapped_column(ForeignKey("banks.id"))
    content_sha256: Mapped[str] = mapped_column(String(64))
    file_name: Mapped[str] = mapped_column(String(200))
    key_name: Mapped[str | None] = mapped_column(String(200))
    format: Mapped[str] = mapped_column(String(20))
    accept: Mapped[str] = mapped_column(String(10))
    questions: Mapped[int] = mapped_column(Integer)
    accepted: Mapped[int] = mapped_column(Integer)
    rejected: Mapped[int] = mapped_column(Integer)
    added: Mapped[int] = mapped_column(Integer)
    repairs: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    repairs_by_kind: Mapped[dict[str, int]] = mapped_column(JSON)
    reason: Mapped[str] = mapped_column(String(1000))
    imported_at: Mapped[datetime] = mapped_column(UTCDateTime)
    imported_by: Mapped[UUID | None] = mapped_column(ForeignKey("participants.id"))
    undone_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    undone_by: Mapped[UUID | None] = mapped_column(ForeignKey("participants.id"))
    undone_reason: Mapped[str | None] = mapped_column(String(1000))

    __table_args__ = (
        CheckConstraint("accept IN ('all', 'accepted')", name="accept"),
        CheckConstraint("(undone_at IS NULL) = (undone_reason IS NULL)", name="undone"),
        Index("ix_question_imports_bank_id", "bank_id", "content_sha256"),
    )


class QuestionSource(Base):
    """A row of an import's report: a question as the file had it, or a remark on the file.

    ``question_id``: the question that it became or that was there already (``outcome``); ``None`` for what was not taken,
    and after an undo. ``report`` is the row of the JSON report: place, how the key was found, confidence, warnings, the
    citation verbatim. ``has_pictures``: papers show none, so version 1 of the question cannot be approved.
    """

    __tablename__ = "question_sources"

    import_id: Mapped[int] = mapped_column(ForeignKey("question_imports.id"), primary_key=True)
    position: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    question_id: Mapped[int | None] = mapped_column(ForeignKey("questions.id"))
    outcome: Mapped[str] = mapped_column(String(10))
    has_pictures: Mapped[bool] = mapped_column(Boolean)
    report: Mapped[dict[str, Any]] = mapped_column(JSON)

    __table_args__ = (
        CheckConstraint("outcome IN ('added', 'unchanged', 'rejected', 'remark')", name="outcome"),
        Index("ix_question_sources_question_id", "question_id"),
    )
