"""How units stand against each other: more people taking part, then more points together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class UnitResult:
    """People (người), attempts (lượt) and points of a unit with everything below it."""

    unit_id: int
    participants: int
    attempts: int
    score: int


def sort_key(result: UnitResult) -> tuple[int, int]:
    """Ascending order of this key is ranking order."""
    return (-result.participants, -result.score)


def ranked(results: Sequence[UnitResult]) -> list[tuple[int, UnitResult]]:
    """Results with their ranks, best first; equal ones share a rank (1, 2, 2, 4) and stand in order of their ids."""
    ordered = sorted(results, key=lambda result: (sort_key(result), result.unit_id))
    ranks: list[int] = []
    for place, result in enumerate(ordered, start=1):
        same = bool(ranks) and sort_key(result) == sort_key(ordered[place - 2])
        ranks.append(ranks[-1] if same else place)
    return list(zip(ranks, ordered, strict=True))
