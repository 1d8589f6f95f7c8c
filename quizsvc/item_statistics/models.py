"""Counters of answers by question. Derived: they can be thrown away and counted again from the attempts."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import BigInteger, Date, ForeignKey, Integer, String, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from quizsvc.core.db import Base, UTCDateTime


class ItemCount(Base):
    """People who met a question in their first attempt of a round on one day, and gave one answer.

    ``chosen`` is a bit for each of the author's positions that they marked. The sums are those of ``formulas.Sums``.
    """

    __tablename__ = "item_counts"

    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"), primary_key=True)
    question_version_id: Mapped[int] = mapped_column(ForeignKey("question_versions.id"), primary_key=True)
    day: Mapped[date] = mapped_column(Date, primary_key=True)
    chosen: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    people: Mapped[int] = mapped_column(Integer)
    rest: Mapped[int] = mapped_column(BigInteger)
    rest_squares: Mapped[int] = mapped_column(BigInteger)
    pace: Mapped[int] = mapped_column(BigInteger)
    pace_squares: Mapped[int] = mapped_column(BigInteger)


class ItemProgress(Base):
    """How far a round has been counted: all first attempts up to and with ``last_id``, under these ``rulings``."""

    __tablename__ = "item_progress"

    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"), primary_key=True)
    last_id: Mapped[UUID] = mapped_column(Uuid)
    attempts: Mapped[int] = mapped_column(Integer)
    rulings: Mapped[str] = mapped_column(String(64))
    counted_at: Mapped[datetime] = mapped_column(UTCDateTime)
