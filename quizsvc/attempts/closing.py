"""Ending an attempt: one guarded update that submission and expiry race for; the loser reads what the winner wrote."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from sqlalchemy import update
from sqlalchemy.orm import Session

from quizsvc.attempts import timing
from quizsvc.attempts.models import Attempt
from quizsvc.attempts.paper import Answers, read_answers, write_answers
from quizsvc.attempts.queries import named


def close(
    session: Session,
    attempt: Attempt,
    *,
    state: Literal["submitted", "expired"],
    now: datetime,
    request_id: str | None = None,
    answers: Answers | None = None,
    predicted: int | None = None,
    version: int | None = None,
) -> bool:
    """End an open attempt; ``False`` when it had ended already. ``attempt`` shows the stored state afterwards.

    An expired attempt ends at its deadline with what was saved; a submission ends now, or at the deadline within grace.
    """
    ended = attempt.deadline_at if state == "expired" else timing.ended_at(now, attempt.deadline_at)
    values = {
        "state": state,
        "ended_at": ended,
        "duration_ms": timing.duration_ms(attempt.started_at, ended),
        "request_id": request_id,
    }
    if state == "submitted":
        values |= {
            "answers": write_answers(read_answers(attempt.answers) if answers is None else answers),
            "predicted": predicted,
            "version": attempt.version if version is None else version,
        }
    won = session.scalar(
        update(Attempt).where(named(attempt.id), Attempt.state == "open").values(values).returning(Attempt.id)
    )
    session.refresh(attempt)
    return won is not None
