"""Timing calls in turns, so that whatever else the machine does falls on all of them alike."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable
from statistics import median, quantiles

ROUNDS = 5
Calls = dict[str, tuple[Callable[[], object], int]]
"""Name → what to call, and how often in one round."""


class Times:
    """Milliseconds of each measured call, by name and round."""

    def __init__(self) -> None:
        self._rounds: dict[str, list[list[float]]] = defaultdict(list)

    def add(self, name: str, taken: list[float]) -> None:
        self._rounds[name].append(taken)

    def p50(self, name: str) -> float:
        """The median of the rounds' medians."""
        return median(median(each) for each in self._rounds[name])

    def p99(self, name: str) -> float:
        """The 99th percentile over all rounds."""
        return quantiles([each for taken in self._rounds[name] for each in taken], n=100, method="inclusive")[98]


def measure(calls: Calls, times: Times) -> None:
    """One round to warm up, then ``ROUNDS`` that count; within each the calls take turns."""
    for turn in range(ROUNDS + 1):
        for name, (call, count) in calls.items():
            taken = []
            for _ in range(count):
                start = time.perf_counter()
                call()
                taken.append((time.perf_counter() - start) * 1000)
            if turn:
                times.add(name, taken)
