"""Thirty-two clients whose perfect papers are graded at once: all in one contest, against spread over two hundred."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from statistics import median
from uuid import UUID

from quizsvc import create_app
from quizsvc.attempts import settling
from quizsvc.attempts.paper import choice_id, question_id, read_paper
from quizsvc.banks.memory import kept_versions
from quizsvc.core.db import db, reading
from tests.bench.measuring import ROUNDS
from tests.bench.playing import Seat, seats
from tests.bench.stage import RANKING, Stage, stage, week
from tests.bench.targets import Report
from tests.conftest import StandingClock, settings_for
from tests.world import make_contest

PROCESSES, THREADS = 4, 8


class PerfectSeat(Seat):
    """Someone who knows everything: nothing is commoner than a perfect score."""

    def answers(self, count: int) -> dict[str, list[str]]:
        paper, seed = read_paper(self.begun.paper), self.begun.seed
        with reading() as session:
            versions = kept_versions(session, [item.version_id for item in paper])
        return {
            question_id(seed, place): [choice_id(seed, place, choice) for choice in versions[item.version_id].key]
            for place, item in enumerate(paper[:count])
        }


def bench(each: int, contests: int, report: Report) -> None:
    """``each``: how many papers a client has graded in one round. PostgreSQL only: SQLite has one writer at a time."""
    with stage("postgresql") as here:
        now = here.clock()
        slugs = ["one", *(f"many-{number}" for number in range(contests))]
        for slug in slugs:
            make_contest(now, week(now), slug=slug, ranking=RANKING)
        count = each * PROCESSES * THREADS
        rates: dict[str, list[float]] = {"one": [], "many": []}
        for turn in range(ROUNDS + 1):
            for name, over in (("one", slugs[:1]), ("many", slugs[1:])):
                rate = _rate(here, _handed_in(here, over, count, turn))
                if turn:
                    rates[name].append(rate)
        one, many = median(rates["one"]), median(rates["many"])
        said = f"(of {contests}: {one:,.0f} and {many:,.0f} graded a second)"
        report.add("32 clients: one contest / many", one / many, said=said)


def _handed_in(here: Stage, slugs: Sequence[str], count: int, turn: int) -> list[UUID]:
    """New attempts that wait for their grade, dealt out to the contests in turn."""
    waiting = []
    people = seats(count, f"{turn}{slugs[0]}", here)
    for place, someone in enumerate(people):
        seat = PerfectSeat(someone.person, f"{slugs[place % len(slugs)]}.t1")
        seat.start(here)
        seat.hand_in(here)
        waiting.append(seat.begun.id)
    return waiting


def _rate(here: Stage, waiting: Sequence[UUID]) -> float:
    """Attempts graded a second by all processes together."""
    context = multiprocessing.get_context("spawn")
    barrier = context.Barrier(PROCESSES + 1)
    shares = [list(waiting[place::PROCESSES]) for place in range(PROCESSES)]
    workers = [context.Process(target=_work, args=(here.url, share, barrier)) for share in shares]
    for worker in workers:
        worker.start()
    barrier.wait(120)
    began = time.perf_counter()
    barrier.wait(600)
    taken = time.perf_counter() - began
    for worker in workers:
        worker.join()
    return len(waiting) / taken


def _work(url: str, waiting: Sequence[UUID], barrier: object) -> None:
    clock = StandingClock()
    app = create_app(settings_for(url), clock=clock)

    def grade(attempt_id: UUID) -> None:
        with app.app_context():
            settling.graded(attempt_id)

    with ThreadPoolExecutor(THREADS) as threads:
        grade(waiting[0])  # connects, and fills the memory of this process
        barrier.wait(120)  # type: ignore[attr-defined]
        list(threads.map(grade, waiting[1:]))
        barrier.wait(600)  # type: ignore[attr-defined]
    with app.app_context():
        db.engine.dispose()
