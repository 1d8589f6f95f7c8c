"""Tables of the committee's decisions that change how attempts are started, marked and counted.

A decision that is taken back is marked, never deleted; who decided and why stands in the audit log.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from quizsvc.core.db import Base, UTCDateTime


class Disqualification(Base):
    """Someone's results do not count: in one round, or (no round) in the whole contest, also what they play later."""

    __tablename__ = "disqualifications"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    contest_id: Mapped[int] = mapped_column(ForeignKey("contests.id"))
    round_id: Mapped[int | None] = mapped_column(ForeignKey("rounds.id"))
    participant_id: Mapped[UUID] = mapped_column(ForeignKey("participants.id"))
    decided_at: Mapped[datetime] = mapped_column(UTCDateTime)
    lifted_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    __table_args__ = (Index("ix_disqualifications_contest_id", "contest_id", "participant_id"),)


class Ruling(Base):
    """How a question is marked in a round against its printed key; the newest that is not lifted counts.

    ``effect``: ``rekey`` (each key in ``accepted`` is right), ``accept_all`` (right for everybody who drew it), ``drop``
    (not marked at all).
    """

    __tablename__ = "rulings"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"))
    question_version_id: Mapped[int] = mapped_column(ForeignKey("question_versions.id"))
    effect: Mapped[str] = mapped_column(String(10))
    accepted: Mapped[list[Any]] = mapped_column(JSON)
    decided_at: Mapped[datetime] = mapped_column(UTCDateTime)
    lifted_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    __table_args__ = (
        CheckConstraint("effect IN ('rekey', 'accept_all', 'drop')", name="effect"),
        Index("ix_rulings_round_id", "round_id", "question_version_id"),
    )


class MakeUpSession(Base):
    """Another time to sit a round, for the people named in ``MakeUpPerson`` or everyone in a unit and below it."""

    __tablename__ = "make_up_sessions"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    opens_at: Mapped[datetime] = mapped_column(UTCDateTime)
    closes_at: Mapped[datetime] = mapped_column(UTCDateTime)
    decided_at: Mapped[datetime] = mapped_column(UTCDateTime)
    cancelled_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    __table_args__ = (
        CheckConstraint("closes_at > opens_at", name="window"),
        Index("ix_make_up_sessions_round_id", "round_id"),
    )


class MakeUpPerson(Base):
    """Someone for whom a make-up session is held."""

    __tablename__ = "make_up_people"

    session_id: Mapped[UUID] = mapped_column(ForeignKey("make_up_sessions.id"), primary_key=True)
    participant_id: Mapped[UUID] = mapped_column(ForeignKey("participants.id"), primary_key=True)


class CommitteePlace(Base):
    """The committee's order among equals on a board (an extra question, a decision): the smaller place stands higher."""

    __tablename__ = "committee_places"

    board_id: Mapped[int] = mapped_column(ForeignKey("boards.id"), primary_key=True)
    participant_id: Mapped[UUID] = mapped_column(ForeignKey("participants.id"), primary_key=True)
    place: Mapped[int] = mapped_column(Integer)
    decided_at: Mapped[datetime] = mapped_column(UTCDateTime)
