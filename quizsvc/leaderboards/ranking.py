"""Who stands above whom: the only statement of the ranking rule. Python and SQL are both derived from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

BEST_FIRST = (("score", "high"), ("duration_ms", "low"), ("submitted_at", "low"))
"""More points, then less time, then the earlier submission. Equal in all three is equal in rank."""

CELL_MS = 1000
"""Width of a rank cell: entries are counted by score and whole second of duration, see ``RankCell``."""


@dataclass(frozen=True)
class Result:
    """What the rule compares."""

    score: int
    duration_ms: int
    submitted_at: datetime


def sort_key(entry: Any) -> tuple[Any, ...]:
    """Ascending order of this key is ranking order."""
    return tuple(-getattr(entry, name) if end == "high" else getattr(entry, name) for name, end in BEST_FIRST)


def order_by(columns: Any) -> list[Any]:
    """The ranking order as SQL ``ORDER BY`` terms over a table or query with these columns."""
    return [getattr(columns, name).desc() if end == "high" else getattr(columns, name).asc() for name, end in BEST_FIRST]


def better_than(columns: Any, result: Any) -> list[list[Any]]:
    """SQL conditions for rows that stand above ``result``: any of the lists, in each list all.

    Written as a ladder (better in the first key; equal there and better in the second; …) so that each rung is a range
    of the ranking index.
    """
    rungs: list[list[Any]] = []
    equal: list[Any] = []
    for name, end in BEST_FIRST:
        column, value = getattr(columns, name), getattr(result, name)
        rungs.append([*equal, column > value if end == "high" else column < value])
        equal.append(column == value)
    return rungs


def competition_ranks(ordered: Sequence[Any]) -> list[int]:
    """Ranks of entries already in ranking order; equal entries share one: 1, 2, 2, 4."""
    ranks: list[int] = []
    for place, entry in enumerate(ordered, start=1):
        same = bool(ranks) and sort_key(entry) == sort_key(ordered[place - 2])
        ranks.append(ranks[-1] if same else place)
    return ranks


def cell_of(duration_ms: int) -> int:
    """The whole second a duration falls in."""
    return duration_ms // CELL_MS
