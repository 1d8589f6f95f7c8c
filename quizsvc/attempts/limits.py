"""How many attempts someone still has: per round, day, week and contest together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from quizsvc.contests.rules import Abandoned, Limits, Phase, RoundRules
from quizsvc.core.clock import local_day


@dataclass(frozen=True)
class Used:
    """An attempt that someone has started: in which round, when, and whether the service had to close it."""

    round_id: int
    started_at: datetime
    abandoned: bool


def limits_of(rules: RoundRules) -> Limits:
    """The limits that hold in a round: trying out uses up nothing of what counts, so in a trial only the round's own."""
    if rules.phase is Phase.TRIAL:
        return Limits(per_round=rules.limits.per_round, abandoned=rules.limits.abandoned)
    return rules.limits


def counted_as_used(starts: Sequence[Used], limits: Limits) -> list[Used]:
    """Those that use up a turn: all, or where giving up is free those that were handed in or still run."""
    return [used for used in starts if not (used.abandoned and limits.abandoned is Abandoned.FREE)]


def nothing_left(starts: Sequence[Used], limits: Limits, *, round_id: int, now: datetime) -> str | None:
    """The reason, for the person, why another start at ``now`` is one too many; ``None`` when it is not.

    ``starts`` in all rounds of the contest. Days and weeks (from Monday) are those of Vietnam.
    """
    used = counted_as_used(starts, limits)
    today = local_day(now)
    monday = monday_of(today)
    asked = (
        (limits.per_round, sum(start.round_id == round_id for start in used), "Vòng này cho tối đa {} lượt."),
        (
            limits.per_day,
            sum(local_day(start.started_at) == today for start in used),
            "Mỗi ngày được thi tối đa {} lượt; hãy quay lại vào ngày mai.",
        ),
        (
            limits.per_week,
            sum(monday_of(local_day(start.started_at)) == monday for start in used),
            "Mỗi tuần (từ thứ Hai) được thi tối đa {} lượt; hãy quay lại vào tuần sau.",
        ),
        (limits.per_contest, len(used), "Cả cuộc thi được thi tối đa {} lượt."),
    )
    return next((said.format(most) for most, so_far, said in asked if most is not None and so_far >= most), None)


def monday_of(day: date) -> date:
    """The Monday of the week that a day belongs to."""
    return day - timedelta(days=day.weekday())
