"""When a round or contest is upcoming, open or closed, and which stage a contest as a whole is in."""

from __future__ import annotations

from dataclasses import dataclass
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


class Stage(StrEnum):
    """What a contest as a whole is doing. ``VERIFICATION``: closed, results are being checked. ``PROVISIONAL``: published,
    complaints are no longer taken, not yet confirmed.
    """

    ANNOUNCED = "announced"
    REGISTRATION = "registration"
    TRIAL = "trial"
    OFFICIAL = "official"
    VERIFICATION = "verification"
    COMPLAINTS = "complaints"
    PROVISIONAL = "provisional"
    FINAL = "final"


Span = tuple[datetime, datetime]
"""Half-open: from, and up to but not including."""


@dataclass(frozen=True)
class Course:
    """The times of a contest: windows from its document, and when its result was first sealed and confirmed."""

    official: Span
    registration: Span | None = None
    trials: tuple[Span, ...] = ()
    sealed_at: datetime | None = None
    final_at: datetime | None = None
    complaints: timedelta = timedelta(hours=72)


def stage_at(course: Course, now: datetime) -> Stage:
    """The stage at ``now``. Where registration and a trial overlap, people want to know that they can play."""
    opens_at, closes_at = course.official
    if course.final_at is not None and course.final_at <= now:
        return Stage.FINAL
    if now >= closes_at:
        if course.sealed_at is None or now < course.sealed_at:
            return Stage.VERIFICATION
        return Stage.COMPLAINTS if now < course.sealed_at + course.complaints else Stage.PROVISIONAL
    if now >= opens_at:
        return Stage.OFFICIAL
    if any(begins <= now < ends for begins, ends in course.trials):
        return Stage.TRIAL
    if course.registration is not None and course.registration[0] <= now < course.registration[1]:
        return Stage.REGISTRATION
    return Stage.ANNOUNCED


def spans_of(course: Course) -> list[tuple[Stage, Span]]:
    """The stages whose times are known, in order of their beginnings."""
    known = [(Stage.OFFICIAL, course.official), *((Stage.TRIAL, span) for span in course.trials)]
    if course.registration is not None:
        known.append((Stage.REGISTRATION, course.registration))
    if course.sealed_at is not None:
        known.append((Stage.COMPLAINTS, (course.sealed_at, course.sealed_at + course.complaints)))
    return sorted(known, key=lambda each: each[1])
