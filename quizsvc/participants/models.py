"""Tables of people who take part."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Date, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from quizsvc.core.db import Base, UTCDateTime


def _known_index(known: str, *columns: str) -> Index:
    """An index of the people of whom ``known`` is known."""
    there = text(f"{known} IS NOT NULL")
    return Index(f"ix_participants_{known}", *columns, sqlite_where=there, postgresql_where=there)


class Participant(Base):
    """One Zalo account of one Zalo App. After erasure the row stays, empty, so that sealed totals keep their meaning.

    ``name_key`` (the folded name) and ``phone_hash`` (keyed) are what lists of people are matched by.
    """

    __tablename__ = "participants"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    zalo_app_id: Mapped[str | None] = mapped_column(String(40))
    zalo_user_id: Mapped[str | None] = mapped_column(String(40))
    name: Mapped[str | None] = mapped_column(String(200))
    avatar_url: Mapped[str | None] = mapped_column(String(1000))
    nickname: Mapped[str | None] = mapped_column(String(40))
    birth_date: Mapped[date | None] = mapped_column(Date)
    phone_encrypted: Mapped[str | None] = mapped_column(String(300))
    name_key: Mapped[str | None] = mapped_column(String(200))
    phone_hash: Mapped[str | None] = mapped_column(String(64))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    occupation: Mapped[str | None] = mapped_column(String(30))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    erased_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    __table_args__ = (
        UniqueConstraint("zalo_app_id", "zalo_user_id"),
        Index("ix_participants_unit_id", "unit_id"),
        _known_index("name_key", "name_key", "birth_date"),
        _known_index("phone_hash", "phone_hash"),
    )


class Consent(Base):
    """One answer to one question about personal data; never changed, the newest per purpose counts."""

    __tablename__ = "consents"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    participant_id: Mapped[UUID] = mapped_column(ForeignKey("participants.id"))
    purpose: Mapped[str] = mapped_column(String(30))
    policy_version: Mapped[str] = mapped_column(String(40))
    granted: Mapped[bool]
    given_at: Mapped[datetime] = mapped_column(UTCDateTime)

    __table_args__ = (Index("ix_consents_participant_id", "participant_id", "purpose", "given_at"),)


class Erasure(Base):
    """That someone asked to be forgotten: a keyed hash and a moment, nothing personal."""

    __tablename__ = "erasures"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    participant_id: Mapped[UUID] = mapped_column(ForeignKey("participants.id"))
    zalo_user_hash: Mapped[str] = mapped_column(String(64))
    erased_at: Mapped[datetime] = mapped_column(UTCDateTime)
