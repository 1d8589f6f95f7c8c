"""What a board of units compares and asks for, as values: metrics, gates, points for places, totals."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Metric(StrEnum):
    """What a group board compares units by."""

    PARTICIPANTS = "participants"
    ATTEMPTS = "attempts"
    RATE = "rate"
    POINTS = "points"
    AVERAGE = "average"
    WINNERS = "winners"
    WEIGHTED_WINNERS = "weighted_winners"
    PERFECT_RATE = "perfect_rate"
    RANK_POINTS = "rank_points"
    TOTAL = "total"


@dataclass(frozen=True)
class GroupKey:
    """One metric of a group board and its order (``high`` unless said)."""

    metric: Metric
    order: str = "high"


@dataclass(frozen=True)
class RateStep:
    """Units with fewer than ``below`` staff (``None``: all others) need at least ``percent`` % of them to take part."""

    percent: float
    below: int | None = None


@dataclass(frozen=True)
class Gate:
    """What a unit must reach to be ranked at all."""

    min_rate: tuple[RateStep, ...] = ()
    all_mandatory: bool = False
    min_winners: int = 0
    min_participants: int = 0


@dataclass(frozen=True)
class RankPoints:
    """Points for places in several criteria: ``points[0]`` for the first place in each of ``criteria``, and so on."""

    criteria: tuple[Metric, ...]
    points: tuple[int, ...]


@dataclass(frozen=True)
class TotalPart:
    """A metric that adds to a unit's total, so many ``times``: a rate of 40 % with 100 times adds 40."""

    metric: Metric
    times: int = 1
