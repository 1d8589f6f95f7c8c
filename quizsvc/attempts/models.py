"""Tables of attempts and their receipts."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from quizsvc.core.db import Base, UTCDateTime


class Attempt(Base):
    """One sitting of one person.

    ``paper`` holds the drawn question versions with the order of their choices, ``answers`` the choices given, both in the
    compact forms of ``paper.py``. ``ended_at`` is the moment of submission, or the deadline when the service closed it.
    ``score`` and its companions are the latest grading; what the citizen was told stands in the receipt. ``extra_ms`` is
    time granted afterwards, already inside ``deadline_at``. ``id`` holds the round's number (``ids.py``): PostgreSQL keeps
    each round in a partition of its own.
    """

    __tablename__ = "attempts"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"), primary_key=True)
    participant_id: Mapped[UUID] = mapped_column(ForeignKey("participants.id"))
    number: Mapped[int] = mapped_column(Integer)
    state: Mapped[str] = mapped_column(String(10))
    version: Mapped[int] = mapped_column(BigInteger)
    seed: Mapped[int] = mapped_column(BigInteger)
    paper: Mapped[str] = mapped_column(Text)
    answers: Mapped[str] = mapped_column(Text)
    predicted: Mapped[int | None] = mapped_column(BigInteger)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    track: Mapped[str | None] = mapped_column(String(60))
    is_ranked: Mapped[bool] = mapped_column(Boolean)
    profile: Mapped[dict[str, Any]] = mapped_column(JSON)
    started_at: Mapped[datetime] = mapped_column(UTCDateTime)
    deadline_at: Mapped[datetime] = mapped_column(UTCDateTime)
    extra_ms: Mapped[int] = mapped_column(Integer)
    saved_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    duration_ms: Mapped[int | None] = mapped_column(Integer)
    request_id: Mapped[str | None] = mapped_column(String(64))
    graded_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    score: Mapped[int | None] = mapped_column(Integer)
    max_score: Mapped[int] = mapped_column(Integer)
    correct_count: Mapped[int | None] = mapped_column(Integer)
    question_count: Mapped[int] = mapped_column(Integer)

    __table_args__ = (
        UniqueConstraint("round_id", "participant_id", "number"),
        CheckConstraint("state IN ('open', 'submitted', 'expired', 'void')", name="state"),
        CheckConstraint("(state = 'open') = (ended_at IS NULL)", name="ended"),
        Index(
            "uq_attempts_one_open",
            "round_id",
            "participant_id",
            unique=True,
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
        Index(
            "ix_attempts_due",
            "deadline_at",
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
        Index(
            "ix_attempts_ungraded",
            "ended_at",
            sqlite_where=text("state IN ('submitted', 'expired') AND graded_at IS NULL"),
            postgresql_where=text("state IN ('submitted', 'expired') AND graded_at IS NULL"),
        ),
        Index("ix_attempts_participant_id", "participant_id", "round_id"),
        {"postgresql_partition_by": "LIST (round_id)"},
    )


class Receipt(Base):
    """What the citizen was told when an attempt ended; written once with the first grading, never changed."""

    __tablename__ = "receipts"

    attempt_id: Mapped[UUID] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(Integer)
    code: Mapped[str] = mapped_column(String(30), unique=True)
    sha256: Mapped[str] = mapped_column(String(64))
    result_visible: Mapped[bool] = mapped_column(Boolean)
    score: Mapped[int] = mapped_column(Integer)
    max_score: Mapped[int] = mapped_column(Integer)
    correct_count: Mapped[int] = mapped_column(Integer)
    question_count: Mapped[int] = mapped_column(Integer)
    issued_at: Mapped[datetime] = mapped_column(UTCDateTime)

    __table_args__ = (
        ForeignKeyConstraint(["attempt_id", "round_id"], ["attempts.id", "attempts.round_id"], name="fk_receipts_attempt"),
    )
