"""Classical item statistics from sums alone, so that they can be kept as additive counters.

Sources: facility (difficulty index) and the point-biserial correlation as in Crocker & Algina, Introduction to Classical and
Modern Test Theory (1986), ch. 14; the correlation is with the rest of the paper, the item taken out, since an item also
correlates with itself (Henrysson 1963). Welch's test (1947) compares two means, the two-proportion z test two shares.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

Chosen = frozenset[int]
"""Positions of the choices that somebody marked, in the author's order; empty: none."""


@dataclass(frozen=True)
class Sums:
    """People who gave one answer. ``rest``: the share of their other answers that was right, in thousandths; ``pace``: the
    time of the whole attempt by question, in tenths of a second. Each as a sum and as a sum of squares."""

    people: int = 0
    rest: int = 0
    rest_squares: int = 0
    pace: int = 0
    pace_squares: int = 0

    def __add__(self, other: Sums) -> Sums:
        return Sums(*(mine + theirs for mine, theirs in zip(_of(self), _of(other), strict=True)))

    @property
    def mean_rest(self) -> float:
        return self.rest / self.people

    @property
    def mean_pace(self) -> float:
        return self.pace / self.people


def _of(sums: Sums) -> tuple[int, ...]:
    return sums.people, sums.rest, sums.rest_squares, sums.pace, sums.pace_squares


def total(parts: Iterable[Sums]) -> Sums:
    """Everybody of these together."""
    return sum(parts, Sums())


def facility(answers: Mapping[Chosen, Sums], key: Chosen) -> float | None:
    """The share of people who were right, from 0 to 1; ``None`` for nobody."""
    people = total(answers.values()).people
    return answers.get(key, Sums()).people / people if people else None


def discrimination(answers: Mapping[Chosen, Sums], chosen: Chosen) -> float | None:
    """Point-biserial correlation of having given this answer with the rest of the paper, from -1 to 1.

    For the key: the corrected item discrimination. ``None`` where everybody or nobody gave it, or all rests are equal.
    """
    everybody, those = total(answers.values()), answers.get(chosen, Sums())
    if not 0 < those.people < everybody.people:
        return None
    n, share = everybody.people, those.people / everybody.people
    # n²·variance in whole numbers: a difference of two large means would lose what it is about
    spread = n * everybody.rest_squares - everybody.rest**2
    if spread <= 0:
        return None
    covariance = those.rest / n - share * everybody.rest / n
    return covariance / math.sqrt(share * (1 - share) * spread) * n


def welch(first: tuple[int, int, int], second: tuple[int, int, int]) -> float:
    """How many standard errors the first mean lies above the second; each given as (people, sum, sum of squares)."""
    return _difference(first, second)[0]


def _difference(first: tuple[int, int, int], second: tuple[int, int, int]) -> tuple[float, float]:
    means, errors = [], []
    for people, added, squares in (first, second):
        mean = added / people
        variance = max(0.0, (people * squares - added**2) / people**2)
        means.append(mean)
        errors.append(variance / max(1, people - 1))
    error = math.sqrt(sum(errors))
    gap = means[0] - means[1]
    if error == 0:
        return (0.0 if gap == 0 else math.copysign(math.inf, gap)), gap
    return gap / error, gap


def proportions(right: int, people: int, right_before: int, people_before: int) -> float:
    """How many standard errors a share lies above an earlier one, by the pooled share (two-proportion z test)."""
    pooled = (right + right_before) / (people + people_before)
    error = math.sqrt(pooled * (1 - pooled) * (1 / people + 1 / people_before))
    gap = right / people - right_before / people_before
    return 0.0 if error == 0 else gap / error
