"""Tables of contests, their rounds, and which question versions each round draws from."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from quizsvc.core.db import Base, UTCDateTime


class Contest(Base):
    """A contest as its document describes it; ``document_sha256`` tells whether a document says anything new.

    ``opens_at`` and ``closes_at`` are of its official rounds. ``board_id``: of everybody, ``None`` when rounds stand
    alone; boards refer to their contest, this is only the way back. ``published_at``: ``None`` while it is a draft, which
    nobody but its organizers knows of; once published it stays so.
    """

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
    rules: Mapped[dict[str, Any]] = mapped_column(JSON)
    board_id: Mapped[int | None] = mapped_column(Integer)
    loaded_at: Mapped[datetime] = mapped_column(UTCDateTime)
    published_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class ContestAmendment(Base):
    """A change of a contest after it had opened; written once, never changed. ``document`` is what held from then on."""

    __tablename__ = "contest_amendments"

    id: Mapped[int] = mapped_column(primary_key=True)
    contest_id: Mapped[int] = mapped_column(ForeignKey("contests.id"))
    number: Mapped[int] = mapped_column(Integer)
    reason: Mapped[str] = mapped_column(String(1000))
    changes: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    document: Mapped[dict[str, Any]] = mapped_column(JSON)
    document_sha256: Mapped[str] = mapped_column(String(64))
    amended_at: Mapped[datetime] = mapped_column(UTCDateTime)
    actor_id: Mapped[UUID | None] = mapped_column(ForeignKey("participants.id"))

    __table_args__ = (UniqueConstraint("contest_id", "number"),)


class Round(Base):
    """One round. Its state is computed from its times at each request; no job ever sets it.

    ``seed`` is secret: papers that are the same for everybody are drawn with it. ``board_id``: of everybody; a board refers
    to its round too, so for a moment while a round is added there is none.
    """

    __tablename__ = "rounds"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(120), unique=True)
    contest_id: Mapped[int] = mapped_column(ForeignKey("contests.id"))
    position: Mapped[int] = mapped_column(Integer)
    title: Mapped[str] = mapped_column(String(300))
    opens_at: Mapped[datetime] = mapped_column(UTCDateTime)
    closes_at: Mapped[datetime] = mapped_column(UTCDateTime)
    rules: Mapped[dict[str, Any]] = mapped_column(JSON)
    phase: Mapped[str] = mapped_column(String(10))
    seed: Mapped[int] = mapped_column(BigInteger)
    board_id: Mapped[int | None] = mapped_column(Integer)

    __table_args__ = (
        CheckConstraint("closes_at > opens_at", name="window"),
        Index("ix_rounds_contest_id", "contest_id", "position"),
    )


class RoundQuestion(Base):
    """A question version that a quota of the round may draw; fixed before the round opens.

    ``quota`` is the place of the paper × 100 + the place of the quota in it.
    """

    __tablename__ = "round_questions"

    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"), primary_key=True)
    quota: Mapped[int] = mapped_column(Integer, primary_key=True)
    question_version_id: Mapped[int] = mapped_column(ForeignKey("question_versions.id"), primary_key=True)


class Board(Base):
    """What is ranked: a round (``round_id``) or a whole contest, everybody in it or one ``track``; by which keys."""

    __tablename__ = "boards"

    id: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(String(140), unique=True)
    contest_id: Mapped[int] = mapped_column(ForeignKey("contests.id"))
    round_id: Mapped[int | None] = mapped_column(ForeignKey("rounds.id"))
    track: Mapped[str | None] = mapped_column(String(60))
    ranking: Mapped[list[dict[str, str]]] = mapped_column(JSON)

    __table_args__ = (Index("ix_boards_contest_id", "contest_id"),)
