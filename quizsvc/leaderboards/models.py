"""Tables that are derived from graded attempts, kept so that a rank costs the same for ten people and ten million.

Each board is kept for several scopes: ``EVERYONE`` and each unit on the path from the entrant's unit to the root. All of
it can be computed again from the attempts; ``quizsvc verify`` does.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Integer
from sqlalchemy.orm import Mapped, mapped_column

from quizsvc.core.db import Base, UTCDateTime

EVERYONE = 0
"""The scope of the whole board; the other scopes are unit ids."""


class Entry(Base):
    """Someone's counted result on a board, once for each scope."""

    __tablename__ = "leaderboard_entries"

    board_id: Mapped[int] = mapped_column(ForeignKey("boards.id"), primary_key=True)
    scope_id: Mapped[int] = mapped_column(Integer, primary_key=True)
    participant_id: Mapped[UUID] = mapped_column(ForeignKey("participants.id"), primary_key=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    score: Mapped[int] = mapped_column(Integer)
    correct_count: Mapped[int] = mapped_column(Integer)
    duration_ms: Mapped[int] = mapped_column(Integer)
    submitted_at: Mapped[datetime] = mapped_column(UTCDateTime)


class RankCell(Base):
    """How many entries of a board's scope have this score and this whole second of duration."""

    __tablename__ = "rank_cells"

    board_id: Mapped[int] = mapped_column(ForeignKey("boards.id"), primary_key=True)
    scope_id: Mapped[int] = mapped_column(Integer, primary_key=True)
    score: Mapped[int] = mapped_column(Integer, primary_key=True)
    second: Mapped[int] = mapped_column(Integer, primary_key=True)
    entries: Mapped[int] = mapped_column(Integer)


class ScoreCell(Base):
    """How many entries of a board's scope have this score, spread over ``shard`` since a perfect score is everybody's.

    A sum over rounds has hundreds of scores and thousands of seconds: whole scores are counted here, so that a rank reads
    the rank cells of its own score only.
    """

    __tablename__ = "score_cells"

    board_id: Mapped[int] = mapped_column(ForeignKey("boards.id"), primary_key=True)
    scope_id: Mapped[int] = mapped_column(Integer, primary_key=True)
    score: Mapped[int] = mapped_column(Integer, primary_key=True)
    shard: Mapped[int] = mapped_column(Integer, primary_key=True)
    entries: Mapped[int] = mapped_column(Integer)


class Tally(Base):
    """Totals of a board's scope, spread over ``shard`` so that no single row is everybody's."""

    __tablename__ = "tallies"

    board_id: Mapped[int] = mapped_column(ForeignKey("boards.id"), primary_key=True)
    scope_id: Mapped[int] = mapped_column(Integer, primary_key=True)
    shard: Mapped[int] = mapped_column(Integer, primary_key=True)
    participants: Mapped[int] = mapped_column(Integer)
    attempts: Mapped[int] = mapped_column(Integer)
    score: Mapped[int] = mapped_column(Integer)


Index(
    "ix_leaderboard_entries_order",
    Entry.board_id,
    Entry.scope_id,
    Entry.score.desc(),
    Entry.duration_ms,
    Entry.submitted_at,
    Entry.participant_id,
)
