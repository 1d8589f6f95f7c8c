"""Tables of contests, their rounds, and which question versions each round draws from."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from quizsvc.core.db import Base, UTCDateTime


class Contest(Base):
    """A contest as its document describes it; ``document_sha256`` tells whether a document says anything new."""

    __tablename__ = "contests"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    title: Mapped[str] = mapped_column(String(300))
    organizer_unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    opens_at: Mapped[datetime] = mapped_column(UTCDateTime)
    closes_at: Mapped[datetime] = mapped_column(UTCDateTime)
    version: Mapped[int] = mapped_column(Integer)
    document: Mapped[dict[str, Any]] = mapped_column(JSON)
    document_sha256: Mapped[str] = mapped_column(String(64))
    board_id: Mapped[int] = mapped_column(ForeignKey("boards.id"))
    loaded_at: Mapped[datetime] = mapped_column(UTCDateTime)


class Round(Base):
    """One round. Its state is computed from its times at each request; no job ever sets it."""

    __tablename__ = "rounds"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(120), unique=True)
    contest_id: Mapped[int] = mapped_column(ForeignKey("contests.id"))
    position: Mapped[int] = mapped_column(Integer)
    title: Mapped[str] = mapped_column(String(300))
    opens_at: Mapped[datetime] = mapped_column(UTCDateTime)
    closes_at: Mapped[datetime] = mapped_column(UTCDateTime)
    rules: Mapped[dict[str, Any]] = mapped_column(JSON)
    board_id: Mapped[int] = mapped_column(ForeignKey("boards.id"))

    __table_args__ = (
        CheckConstraint("closes_at > opens_at", name="window"),
        Index("ix_rounds_contest_id", "contest_id", "position"),
    )


class RoundQuestion(Base):
    """A question version that the round's quota number ``quota`` may draw; fixed before the round opens."""

    __tablename__ = "round_questions"

    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"), primary_key=True)
    quota: Mapped[int] = mapped_column(Integer, primary_key=True)
    question_version_id: Mapped[int] = mapped_column(ForeignKey("question_versions.id"), primary_key=True)


class Board(Base):
    """What is ranked: a round or a whole contest."""

    __tablename__ = "boards"

    id: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(String(140), unique=True)
