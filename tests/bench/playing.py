"""What starting, saving, handing in and grading cost, through the use cases, next to one plain durable insert."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import event, select

from quizsvc.attempts import answering, settling, starting
from quizsvc.attempts.answering import Given
from quizsvc.attempts.models import Attempt
from quizsvc.attempts.paper import choice_id, question_id, read_paper
from quizsvc.core.chance import SystemChance
from quizsvc.core.db import db, transaction
from quizsvc.participants.models import Participant
from quizsvc.units.models import Unit
from tests.bench.measuring import ROUNDS, Calls, Times, measure
from tests.bench.plain import INSERT, commits_a_second, make_plain_table
from tests.bench.stage import RANKING, Stage, stage, week
from tests.bench.targets import Report
from tests.world import make_contest

STEPS = ("start", "save", "hand in", "grade", "grade, no board")
UNRANKED = [{"class": "unranked", "reason": "Thi thử, không xếp hạng."}]


@dataclass
class Seat:
    """Someone's way through one attempt."""

    person: UUID
    round_id: str
    attempt: Attempt | None = None

    @property
    def begun(self) -> Attempt:
        assert self.attempt is not None, "not started"
        return self.attempt

    def start(self, here: Stage) -> None:
        with transaction() as session:
            who = {"participant_id": self.person, "round_public_id": self.round_id}
            self.attempt = starting.start_attempt(session, **who, now=here.clock(), chance=SystemChance()).attempt  # type: ignore[arg-type]

    def save(self, here: Stage) -> None:
        with transaction() as session:
            which: dict[str, Any] = {"participant_id": self.person, "attempt_id": str(self.begun.id)}
            answering.save_answers(session, **which, given=Given(1, self.answers(5)), now=here.clock())

    def hand_in(self, here: Stage) -> None:
        with transaction() as session:
            which: dict[str, Any] = {"participant_id": self.person, "attempt_id": str(self.begun.id)}
            given = Given(2, self.answers(15), 546_994, says_prediction=True)
            answering.submit(session, **which, request_id="bench-request", given=given, now=here.clock())

    def grade(self) -> None:
        settling.graded(self.begun.id)

    def answers(self, count: int) -> dict[str, list[str]]:
        """Somebody's first ``count`` answers."""
        paper, seed = read_paper(self.begun.paper), self.begun.seed
        return {
            question_id(seed, place): [choice_id(seed, place, item.order[(seed + place) % len(item.order)])]
            for place, item in enumerate(paper[:count])
        }


def seats(count: int, round_id: str, here: Stage) -> list[Seat]:
    """So many new people in units, each with a seat in this round."""
    chance = random.Random(f"{round_id}{count}")
    people = [UUID(int=chance.getrandbits(128)) for _ in range(count)]
    with transaction() as session:
        units = session.scalars(select(Unit.id).where(Unit.valid_to.is_(None), Unit.kind == "commune")).all()
        session.add_all(
            Participant(id=person, nickname="Người chơi", unit_id=chance.choice(units), created_at=here.clock())
            for person in people
        )
    return [Seat(person, round_id) for person in people]


def bench(kind: str, plays: int, report: Report) -> None:
    """``plays`` of each step in each round of measuring."""
    with stage(kind) as here:
        now = here.clock()
        make_contest(now, week(now, attempts=10), slug="ranked", ranking=RANKING)
        make_contest(now, week(now, attempts=10), slug="unranked", ranking=RANKING, participation=UNRANKED)
        count = plays * (ROUNDS + 1)
        ranked, unranked = (seats(count, f"{slug}.t1", here) for slug in ("ranked", "unranked"))
        times, statements = Times(), Counter[str]()
        with db.engine.connect() as plain:
            make_plain_table(plain)
            measure(_calls(here, plays, ranked, unranked, statements, plain), times)
        _add(report, times, {name: statements[name] / count for name in STEPS})
        plain_rate = commits_a_second(here, clients=1)
        if plain_rate is not None:
            submits = 1000 / (times.p50("hand in") + times.p50("grade"))
            report.add(
                "submit / pgbench, one client each", submits / plain_rate, said=f"(pgbench {plain_rate:,.0f} a second)"
            )


def _calls(
    here: Stage, plays: int, ranked: Sequence[Seat], unranked: Sequence[Seat], statements: Counter[str], plain: Any
) -> Calls:
    running = [""]

    def note(*_: object) -> None:
        statements[running[0]] += 1

    event.listen(db.engine, "before_cursor_execute", note)

    def each(name: str, some: Sequence[Seat], step: Callable[[Seat], None]) -> tuple[Callable[[], None], int]:
        turns = iter(some)

        def call() -> None:
            running[0] = name
            step(next(turns))
            running[0] = ""

        return call, plays

    def quietly(seat: Seat) -> None:
        seat.start(here)
        seat.hand_in(here)

    def insert() -> None:
        plain.exec_driver_sql(INSERT)
        plain.commit()

    return {
        "start": each("start", ranked, lambda seat: seat.start(here)),
        "save": each("save", ranked, lambda seat: seat.save(here)),
        "forward": (lambda: here.clock.advance(seconds=1), 1),
        "hand in": each("hand in", ranked, lambda seat: seat.hand_in(here)),
        "grade": each("grade", ranked, Seat.grade),
        "prepare": each("", unranked, quietly),
        "grade, no board": each("grade, no board", unranked, Seat.grade),
        "insert": (insert, plays),
    }


def _add(report: Report, times: Times, statements: dict[str, float]) -> None:
    for name in STEPS:
        said = f"µs of processor here, {times.p50(name):.2f} ms, {statements[name]:.1f} statements"
        report.add(f"{name}: cost", times.cpu_us(name), said=said)
    ranked, unranked = (times.p50("hand in") + times.p50(grade) for grade in ("grade", "grade, no board"))
    report.add("submit with the board / without", ranked / unranked, said=f"({ranked:.2f} / {unranked:.2f} ms)")
    report.add("plain insert and commit / submit", times.p50("insert") / ranked, said="(by SQLAlchemy, one connection)")
