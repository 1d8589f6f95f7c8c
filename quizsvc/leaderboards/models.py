"""Tables that are derived from graded attempts, kept so that a rank costs the same for ten people and ten million.

An entry stands once on a board. What is counted of it (cells, tallies) is kept for several scopes: ``EVERYONE`` and each
unit on the path from the entrant's unit to the root. All of it can be computed again from the attempts; ``quizsvc verify``
does.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, LargeBinary, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from quizsvc.core.db import Base, UTCDateTime

EVERYONE = 0
"""The scope of the whole board; the other scopes are unit ids."""


class Entry(Base):
    """Someone's counted result on a board.

    ``rank_key`` holds the keys of the board's ranking that are known by now, as bytes whose ascending order is the ranking
    order (``contests/ranking_keys.py``); the other columns are what it was made of and what is shown. ``registered_at`` is
    kept only where the ranking asks for it.
    """

    __tablename__ = "leaderboard_entries"

    board_id: Mapped[int] = mapped_column(ForeignKey("boards.id"), primary_key=True)
    participant_id: Mapped[UUID] = mapped_column(ForeignKey("participants.id"), primary_key=True)
    rank_key: Mapped[bytes] = mapped_column(LargeBinary)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    score: Mapped[int] = mapped_column(Integer)
    correct_count: Mapped[int] = mapped_column(Integer)
    duration_ms: Mapped[int] = mapped_column(Integer)
    started_at: Mapped[datetime] = mapped_column(UTCDateTime)
    submitted_at: Mapped[datetime] = mapped_column(UTCDateTime)
    registered_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    attempts: Mapped[int] = mapped_column(Integer)
    perfect_attempts: Mapped[int] = mapped_column(Integer)
    predicted: Mapped[int | None] = mapped_column(BigInteger)

    __table_args__ = (
        Index("ix_leaderboard_entries_order", "board_id", "rank_key", "participant_id"),
        Index("ix_leaderboard_entries_unit", "board_id", "unit_id", "rank_key", "participant_id"),
    )


class RankCell(Base):
    """How many entries of a board's scope have a rank key that begins with ``prefix``.

    ``level`` numbers the lengths of prefixes (``ranking_keys.cell_cuts``). A perfect score is everybody's, so levels
    with crowded cells (``RankPlan.is_crowded``) are spread over ``shard``.
    """

    __tablename__ = "rank_cells"

    board_id: Mapped[int] = mapped_column(ForeignKey("boards.id"), primary_key=True)
    scope_id: Mapped[int] = mapped_column(Integer, primary_key=True)
    level: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    prefix: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    shard: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    entries: Mapped[int] = mapped_column(Integer)


class Tally(Base):
    """Totals of a board's scope, spread over ``shard`` so that no single row is everybody's.

    ``participants`` (người) and ``score`` count entries, ``perfect`` those of people who had everything right in one attempt
    at least, ``attempts`` (lượt) all graded attempts of ranked people.
    """

    __tablename__ = "tallies"

    board_id: Mapped[int] = mapped_column(ForeignKey("boards.id"), primary_key=True)
    scope_id: Mapped[int] = mapped_column(Integer, primary_key=True)
    shard: Mapped[int] = mapped_column(Integer, primary_key=True)
    participants: Mapped[int] = mapped_column(Integer)
    attempts: Mapped[int] = mapped_column(Integer)
    score: Mapped[int] = mapped_column(BigInteger)
    perfect: Mapped[int] = mapped_column(Integer)
