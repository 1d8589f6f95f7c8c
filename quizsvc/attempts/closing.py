"""Ending an attempt: one guarded update that submission and expiry race for; the loser reads what the winner wrote."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal, cast

from sqlalchemy import CursorResult, Integer, Table, Update, Uuid, bindparam, update
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from quizsvc.attempts import timing
from quizsvc.attempts.models import Attempt
from quizsvc.attempts.paper import Answers, write_answers


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
    values: dict[str, Any] = {
        "state": state,
        "ended_at": ended,
        "duration_ms": timing.duration_ms(attempt.started_at, ended),
        "request_id": request_id,
    }
    if state == "submitted":
        values["answers"] = attempt.answers if answers is None else write_answers(answers)
        values["predicted"] = predicted
        values["version"] = attempt.version if version is None else version
    session.flush()
    names = {"old_id": attempt.id, "old_round": attempt.round_id}
    done: CursorResult[Any] = session.connection().execute(_CLOSING[state], values | names)
    won = done.rowcount == 1
    if not won or state == "expired":
        session.refresh(attempt)
        return won
    for name, value in values.items():
        set_committed_value(attempt, name, value)
    return True


def _closing(*names: str) -> Update:
    """Made once, since making a statement costs more than running it."""
    table = cast("Table", Attempt.__table__)
    this = (table.c.id == bindparam("old_id", type_=Uuid()), table.c.round_id == bindparam("old_round", type_=Integer))
    return update(table).where(*this, table.c.state == "open").values({name: bindparam(name) for name in names})


_ENDS = ("state", "ended_at", "duration_ms", "request_id")
_CLOSING = {"expired": _closing(*_ENDS), "submitted": _closing(*_ENDS, "answers", "predicted", "version")}
"""Expiry leaves the answers as they are stored: what was saved a moment ago may not have been read."""
