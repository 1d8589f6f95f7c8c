"""When a round or contest is upcoming, open or closed."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum


class State(StrEnum):
    """Where ``now`` stands relative to a window."""

    UPCOMING = "upcoming"
    OPEN = "open"
    CLOSED = "closed"


def state_at(now: datetime, *, opens_at: datetime, closes_at: datetime) -> State:
    """Half-open: the window begins at ``opens_at`` and no longer contains ``closes_at``."""
    if now < opens_at:
        return State.UPCOMING
    return State.OPEN if now < closes_at else State.CLOSED
