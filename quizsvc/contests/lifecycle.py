"""When a round or contest is upcoming, open or closed."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

GRACE = timedelta(seconds=5)
"""A phone that sends at zero is heard a little later. What arrives within this time after the deadline still counts, as if
it had arrived at the deadline; nobody sees or gains the extra seconds. After it, only what was saved counts."""


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
