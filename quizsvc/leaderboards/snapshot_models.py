"""Tables of sealed boards: written once, in the transaction that seals; the database refuses to change or delete a row.

A rank within a unit costs the same for ten people and ten million: ``SnapshotBlock`` says how many of a scope stand above
each block of places, and within a block there are at most ``BLOCK`` rows to count. Entries, blocks and totals have no
foreign keys: a million checks for rows that are written together with what they refer to, and never deleted.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from quizsvc.core.db import Base, UTCDateTime

BLOCK = 2048
"""Places that are counted together."""


class Snapshot(Base):
    """The order of a board as it was sealed.

    ``ranking``: the keys it was sorted by, which an amendment may change later. ``actual``: the number predicted and
    how it was counted, ``None`` where nothing was. ``draw_seed``: what lots were drawn with, if the ranking draws lots.
    ``prize_zone``: up to which rank there were prizes. ``changes``: how many joined, left and changed their rank since the
    snapshot before. ``groups``: the boards of units. ``sha256`` is over the text that ``sealing/digest.py`` describes, which
    names the hash before.
    """

    __tablename__ = "snapshots"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    board_id: Mapped[int] = mapped_column(ForeignKey("boards.id"))
    number: Mapped[int] = mapped_column(Integer)
    kind: Mapped[str] = mapped_column(String(12))
    reason: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)
    actor_id: Mapped[UUID | None] = mapped_column(ForeignKey("participants.id"))
    ranking: Mapped[list[dict[str, str]]] = mapped_column(JSON)
    entries: Mapped[int] = mapped_column(Integer)
    actual: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    draw_seed: Mapped[int | None] = mapped_column(BigInteger)
    prize_zone: Mapped[int] = mapped_column(Integer)
    changes: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    groups: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON(none_as_null=True))
    previous_sha256: Mapped[str | None] = mapped_column(String(64))
    sha256: Mapped[str] = mapped_column(String(64))

    __table_args__ = (
        UniqueConstraint("board_id", "number"),
        CheckConstraint("kind IN ('provisional', 'final')", name="kind"),
    )


class SnapshotEntry(Base):
    """One line of a sealed order. ``place`` counts from 1 without gaps, equals share the ``rank`` of their first place."""

    __tablename__ = "snapshot_entries"

    snapshot_id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    place: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    rank: Mapped[int] = mapped_column(Integer)
    participant_id: Mapped[UUID]
    unit_id: Mapped[int | None] = mapped_column(Integer)
    score: Mapped[int] = mapped_column(Integer)
    correct_count: Mapped[int] = mapped_column(Integer)
    duration_ms: Mapped[int] = mapped_column(Integer)
    submitted_at: Mapped[datetime] = mapped_column(UTCDateTime)
    predicted: Mapped[int | None] = mapped_column(BigInteger)
    prediction_error: Mapped[int | None] = mapped_column(BigInteger)
    attempts: Mapped[int] = mapped_column(Integer)
    perfect_attempts: Mapped[int] = mapped_column(Integer)

    __table_args__ = (
        UniqueConstraint("snapshot_id", "participant_id"),
        Index("ix_snapshot_entries_unit", "snapshot_id", "unit_id", "place"),
    )


class SnapshotBlock(Base):
    """How many entries of a unit and everything below it stand in the places 1 to ``block`` × ``BLOCK``.

    Only where that differs from the block before: the newest block up to the wanted one tells.
    """

    __tablename__ = "snapshot_blocks"

    snapshot_id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    scope_id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    block: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    before: Mapped[int] = mapped_column(Integer)


class SnapshotTotal(Base):
    """People (người), attempts (lượt), points and perfect results of a scope when the board was sealed."""

    __tablename__ = "snapshot_totals"

    snapshot_id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    scope_id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    participants: Mapped[int] = mapped_column(Integer)
    attempts: Mapped[int] = mapped_column(Integer)
    score: Mapped[int] = mapped_column(BigInteger)
    perfect: Mapped[int] = mapped_column(Integer)
