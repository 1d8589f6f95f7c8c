"""Tables of question banks. A question's versions never change once written."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Boolean, CheckConstraint, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from quizsvc.core.db import Base, UTCDateTime


class Bank(Base):
    """A question bank; ``code`` is its file name."""

    __tablename__ = "banks"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(80), unique=True)
    title: Mapped[str] = mapped_column(String(200))
    topics: Mapped[dict[str, str]] = mapped_column(JSON)


class Question(Base):
    """The identity of a question over its versions. A withdrawn one is drawn no more; papers that have it keep it."""

    __tablename__ = "questions"

    id: Mapped[int] = mapped_column(primary_key=True)
    bank_id: Mapped[int] = mapped_column(ForeignKey("banks.id"))
    code: Mapped[str] = mapped_column(String(80))
    withdrawn: Mapped[bool] = mapped_column(Boolean, default=False)

    __table_args__ = (UniqueConstraint("bank_id", "code"),)


class QuestionVersion(Base):
    """One wording of a question, for ever.

    ``choices``: texts in the author's order; ``key``: positions of the right ones, ascending. ``content_sha256`` is over
    everything that a player or a marker can see, so that loading the same text again makes no new version.
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

    __table_args__ = (
        UniqueConstraint("question_id", "number"),
        CheckConstraint("difficulty BETWEEN 1 AND 3", name="difficulty"),
        CheckConstraint("kind IN ('single', 'multiple', 'true_false')", name="kind"),
        Index("ix_question_versions_topic", "topic", "difficulty"),
    )


class Instrument(Base):
    """A legal instrument that questions cite; ``document`` is its registry file."""

    __tablename__ = "instruments"

    number: Mapped[str] = mapped_column(String(60), primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(String(300))
    document: Mapped[dict[str, Any]] = mapped_column(JSON)
