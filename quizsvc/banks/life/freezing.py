"""What rounds hold on to: a question stays as it is while a round that has it pinned is open.

Packages above this one know the rounds; ``create_app`` installs how to ask them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from flask import Flask, current_app
from sqlalchemy.orm import Session

EXTENSION = "quizsvc.banks.freezing"
Freezing = Callable[[Session, int, datetime], Sequence[str]]
"""Titles of the open rounds that have a question (by id) in their papers."""


def install(app: Flask, freezing: Freezing) -> None:
    """Let ``freezing`` speak for the rounds of ``app``."""
    app.extensions[EXTENSION] = freezing


def open_rounds_with(session: Session, question_id: int, now: datetime) -> Sequence[str]:
    """Titles of the open rounds that hold on to this question."""
    freezing: Freezing = current_app.extensions[EXTENSION]
    return freezing(session, question_id, now)
