"""Timing calls in turns, so that whatever else the machine does falls on all of them alike."""

from __future__ import annotations

import os
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from statistics import median, quantiles

ROUNDS = 5
Calls = dict[str, tuple[Callable[[], object], int]]
"""Name → what to call, and how often in one round."""
TICKS = os.sysconf("SC_CLK_TCK")


class Times:
    """Milliseconds of each measured call, by name and round; and of processor time of this process."""

    def __init__(self) -> None:
        self._rounds: dict[str, list[list[float]]] = defaultdict(list)
        self._cpu: dict[str, list[float]] = defaultdict(list)

    def add(self, name: str, taken: list[float], cpu: float) -> None:
        self._rounds[name].append(taken)
        self._cpu[name].append(cpu)

    def p50(self, name: str) -> float:
        """The median of the rounds' medians."""
        return median(median(each) for each in self._rounds[name])

    def p99(self, name: str) -> float:
        """The 99th percentile over all rounds."""
        return quantiles([each for taken in self._rounds[name] for each in taken], n=100, method="inclusive")[98]

    def cpu_us(self, name: str) -> float:
        """Microseconds of this process's processor for one call, the median of the rounds."""
        return 1000 * median(self._cpu[name])


def measure(calls: Calls, times: Times) -> None:
    """One round to warm up, then ``ROUNDS`` that count; within each the calls take turns."""
    for turn in range(ROUNDS + 1):
        for name, (call, count) in calls.items():
            taken, busy = [], time.process_time()
            for _ in range(count):
                start = time.perf_counter()
                call()
                taken.append((time.perf_counter() - start) * 1000)
            if turn:
                times.add(name, taken, (time.process_time() - busy) * 1000 / count)


def processes_of(session: int) -> list[int]:
    """The processes of a session, which a program started with ``start_new_session`` leads."""
    return [pid for pid, fields in _stats() if int(fields[3]) == session]


def cpu_seconds(session: int) -> float:
    """Processor time that the living processes of a session have used so far."""
    return sum((int(fields[11]) + int(fields[12])) / TICKS for _, fields in _stats() if int(fields[3]) == session)


def megabytes(session: int) -> float:
    """Resident memory of the processes of a session, added up as ``ps`` does."""
    page = os.sysconf("SC_PAGE_SIZE") / 1_000_000
    return sum(int(fields[21]) * page for _, fields in _stats() if int(fields[3]) == session)


def megabytes_shared_once(session: int) -> float:
    """Memory of the processes of a session, where what several share is counted once."""
    texts = (Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="utf-8") for pid in processes_of(session))
    return sum(int(line.split()[1]) for text in texts for line in text.splitlines() if line.startswith("Pss:")) / 1000


def _stats() -> list[tuple[int, list[str]]]:
    """Every process with what follows its name in ``/proc/…/stat``."""
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                text = (folder / "stat").read_text(encoding="utf-8", errors="replace")
            except OSError:  # it has just ended
                continue
            found.append((int(folder.name), text.rpartition(")")[2].split()))
    return found
