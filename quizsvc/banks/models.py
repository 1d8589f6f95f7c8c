"""Tables of question banks. The wording and key of a version never change once written; its state does."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
    Uuid,
)
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from quizsvc.core.db import Base, UTCDateTime


class Bank(Base):
    """A question bank. ``unit_id``: whose it is; ``None`` for those that only files and the command line write."""

    __tablename__ = "banks"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(80), unique=True)
    title: Mapped[str] = mapped_column(String(200))
    topics: Mapped[dict[str, str]] = mapped_column(JSON)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))


class Question(Base):
    """The identity of a question over its versions. A withdrawn one is drawn no more; papers that have it keep it."""

    __tablename__ = "questions"

    id: Mapped[int] = mapped_column(primary_key=True)
    bank_id: Mapped[int] = mapped_column(ForeignKey("banks.id"))
    code: Mapped[str] = mapped_column(String(80))
    withdrawn: Mapped[bool] = mapped_column(Boolean, default=False)

    __table_args__ = (UniqueConstraint("bank_id", "code"),)


class QuestionVersion(Base):
    """One wording of a question, for ever, and how far it has come (``life/states.py``).

    ``choices``: texts in the author's order; ``key``: positions of the right ones, ascending. ``content_sha256`` is over
    everything that a player or a marker can see, so that loading the same text again makes no new version. ``author_id``:
    who wrote or uploaded it, ``None`` for what the command line loaded. At most one version of a question is approved, and
    only that one can be drawn. ``law_checked_on``: when somebody last compared it with the law as amended by then.
    """

    __tablename__ = "question_versions"

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("questions.id"))
    number: Mapped[int] = mapped_column(Integer)
    kind: Mapped[str] = mapped_column(String(20))
    topic: Mapped[str] = mapped_column(String(80))
    difficulty: Mapped[int] = mapped_column(Integer)
    text: Mapped[str] = mapped_column(Text)
    choices: Mapped[list[str]] = mapped_column(JSON)
    key: Mapped[list[int]] = mapped_column(JSON)
    pinned: Mapped[bool] = mapped_column(Boolean)
    explanation: Mapped[str] = mapped_column(Text)
    citations: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    content_sha256: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    state: Mapped[str] = mapped_column(String(10))
    author_id: Mapped[UUID | None] = mapped_column(Uuid, ForeignKey("participants.id"))
    law_checked_on: Mapped[date | None] = mapped_column(Date)

    __table_args__ = (
        UniqueConstraint("question_id", "number"),
        CheckConstraint("difficulty BETWEEN 1 AND 3", name="difficulty"),
        CheckConstraint("kind IN ('single', 'multiple', 'true_false')", name="kind"),
        CheckConstraint("state IN ('draft', 'reviewed', 'approved', 'retired')", name="state"),
        Index("ix_question_versions_topic", "topic", "difficulty"),
        Index(
            "uq_question_versions_approved",
            "question_id",
            unique=True,
            sqlite_where=sql("state = 'approved'"),
            postgresql_where=sql("state = 'approved'"),
        ),
    )


class QuestionReview(Base):
    """What somebody answered before seeing the key. A disagreement blocks the version until it is settled."""

    __tablename__ = "question_reviews"

    id: Mapped[int] = mapped_column(primary_key=True)
    question_version_id: Mapped[int] = mapped_column(ForeignKey("question_versions.id"))
    reviewer_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("participants.id"))
    answered: Mapped[list[int]] = mapped_column(JSON)
    agrees: Mapped[bool] = mapped_column(Boolean)
    comment: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)
    settled_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    settled_by: Mapped[UUID | None] = mapped_column(Uuid, ForeignKey("participants.id"))
    settled_reason: Mapped[str | None] = mapped_column(Text)

    __table_args__ = (UniqueConstraint("question_version_id", "reviewer_id"),)


class KeySeen(Base):
    """Who has seen the key of a version before it was approved, and so cannot review it blind any more."""

    __tablename__ = "keys_seen"

    question_version_id: Mapped[int] = mapped_column(ForeignKey("question_versions.id"), primary_key=True)
    participant_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("participants.id"), primary_key=True)
    seen_at: Mapped[datetime] = mapped_column(UTCDateTime)


class Instrument(Base):
    """A legal instrument that questions cite; ``document`` is its registry file."""

    __tablename__ = "instruments"

    number: Mapped[str] = mapped_column(String(60), primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(String(300))
    document: Mapped[dict[str, Any]] = mapped_column(JSON)
