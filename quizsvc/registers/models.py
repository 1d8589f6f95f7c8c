"""Tables of what organizers bring to a contest: numbers of staff and lists of people; and who registered early."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from quizsvc.core.db import Base, UTCDateTime


class Headcount(Base):
    """How many people a unit has for a contest. ``number`` counts the entries; of those approved the newest counts.

    Nothing is overwritten. Who entered or approved it is ``None`` for the command line.
    """

    __tablename__ = "headcounts"

    id: Mapped[int] = mapped_column(primary_key=True)
    contest_id: Mapped[int] = mapped_column(ForeignKey("contests.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    number: Mapped[int] = mapped_column(Integer)
    staff: Mapped[int] = mapped_column(Integer)
    reason: Mapped[str] = mapped_column(String(500))
    entered_at: Mapped[datetime] = mapped_column(UTCDateTime)
    entered_by: Mapped[UUID | None] = mapped_column(ForeignKey("participants.id"))
    approved: Mapped[bool]
    approved_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    approved_by: Mapped[UUID | None] = mapped_column(ForeignKey("participants.id"))

    __table_args__ = (
        UniqueConstraint("contest_id", "unit_id", "number"),
        CheckConstraint("staff > 0", name="staff"),
        CheckConstraint("approved = (approved_at IS NOT NULL)", name="approved"),
    )


class ListedPerson(Base):
    """Someone on a list of a contest, from ``added_at`` until ``removed_at``; a correction is a removal and a new row.

    ``name_key`` is the folded name, ``phone_hash`` a keyed hash of the number as ``+84…``. One import is one ``batch``.
    """

    __tablename__ = "listed_people"

    id: Mapped[int] = mapped_column(primary_key=True)
    contest_id: Mapped[int] = mapped_column(ForeignKey("contests.id"))
    list_code: Mapped[str] = mapped_column(String(80))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    display_name: Mapped[str] = mapped_column(String(200))
    name_key: Mapped[str] = mapped_column(String(200))
    birth_date: Mapped[date | None] = mapped_column(Date)
    phone_hash: Mapped[str | None] = mapped_column(String(64))
    occupation: Mapped[str | None] = mapped_column(String(100))
    batch: Mapped[UUID]
    added_at: Mapped[datetime] = mapped_column(UTCDateTime)
    added_by: Mapped[UUID | None] = mapped_column(ForeignKey("participants.id"))
    reason: Mapped[str] = mapped_column(String(500))
    removed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    removed_by: Mapped[UUID | None] = mapped_column(ForeignKey("participants.id"))
    removed_because: Mapped[str | None] = mapped_column(String(500))

    __table_args__ = (
        CheckConstraint("birth_date IS NOT NULL OR phone_hash IS NOT NULL", name="found_by"),
        Index("ix_listed_people_phone_hash", "contest_id", "phone_hash"),
        Index("ix_listed_people_name_key", "contest_id", "name_key", "birth_date"),
        Index("ix_listed_people_list_code", "contest_id", "list_code"),
    )


class Registration(Base):
    """That someone registered for a contest before it opened, and what they were at that moment; the first time counts."""

    __tablename__ = "registrations"

    contest_id: Mapped[int] = mapped_column(ForeignKey("contests.id"), primary_key=True)
    participant_id: Mapped[UUID] = mapped_column(ForeignKey("participants.id"), primary_key=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    profile: Mapped[dict[str, Any]] = mapped_column(JSON)
    registered_at: Mapped[datetime] = mapped_column(UTCDateTime)

    __table_args__ = (Index("ix_registrations_participant_id", "participant_id"),)
