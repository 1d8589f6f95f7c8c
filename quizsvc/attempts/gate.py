"""Gradings of a contest go on side by side; a correction that moves its boards has them for itself until it ends.

A grading that began under the old key and ended after the correction had looked would stand on the boards for ever. And a
correction touches the counters of thousands of people in one transaction: two writers would wait for each other in a circle.
On SQLite there is one writer at a time anyway.
"""

from __future__ import annotations

from sqlalchemy import Integer, bindparam, func, select
from sqlalchemy.orm import Session

SPACE = 7163
"""The first half of our advisory locks on PostgreSQL; the other half is the contest."""

at_once = func.pg_try_advisory_xact_lock_shared(SPACE, bindparam("contest", type_=Integer))
"""On PostgreSQL, as ``share_boards`` but for those who must not wait: false when a correction runs. Asks for ``contest``."""

_SHARE = select(func.pg_advisory_xact_lock_shared(SPACE, bindparam("contest", type_=Integer)))


def share_boards(session: Session, contest_id: int) -> None:
    """Called before anything else is locked by whoever writes one person's results; until the transaction ends."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(_SHARE, {"contest": contest_id})


def own_boards(session: Session, contest_id: int) -> None:
    """Wait for everybody who writes results of this contest, and keep others out until the transaction ends."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(SPACE, contest_id)))
