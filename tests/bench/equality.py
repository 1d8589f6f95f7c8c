"""Live and sealed ranks against a plain window function over all entries, with corrections and losses of Redis in between.

``python -m tests.bench.equality --entries 1000000``; the usual tests run the same with twenty thousand.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

from flask import Flask
from redis import Redis
from rich.console import Console
from sqlalchemy import Integer, Uuid, or_, select, text
from sqlalchemy.orm import Session

from quizsvc import create_app
from quizsvc.contests.models import Board, Contest, Round
from quizsvc.contests.queries import ranking_of
from quizsvc.core.chance import SystemChance
from quizsvc.core.db import db, reading, transaction
from quizsvc.core.runtime import runtime
from quizsvc.corrections import disqualifying, ruling
from quizsvc.corrections.service import correct, undo
from quizsvc.corrections.values import Order as Decision
from quizsvc.corrections.values import Outcome
from quizsvc.leaderboards.ranking import RankPlan
from quizsvc.leaderboards.snapshot_queries import sealed_of
from quizsvc.leaderboards.snapshots import SnapshotSource
from quizsvc.leaderboards.sources import LiveSource, Source
from quizsvc.organizers.acting import SYSTEM
from quizsvc.sealing.conditions import Order
from quizsvc.sealing.kinds import Kind
from quizsvc.sealing.service import seal_round
from quizsvc.units.models import Unit
from quizsvc.verification.service import verify
from tests.bench.crowd import Crowd
from tests.conftest import NOW, StandingClock, settings_for
from tests.databases import REDIS, make_template
from tests.world import KIM_LIEN, Player, make_contest, right_answers, round_document, seed

OWN_REDIS = f"{REDIS.rpartition('/')[0]}/13"
"""A Redis database that nobody else uses: it is emptied again and again."""
RANKING = ("score", "prediction_error", "prediction_side", "duration", "submitted_at")
LIVE = "score DESC, duration_ms, submitted_at"
SEALED = (
    "score DESC, CASE WHEN predicted IS NULL THEN 1 ELSE 0 END, abs(predicted - (SELECT count(*) FROM leaderboard_entries "
    "WHERE board_id = :board AND perfect_attempts > 0)), CASE WHEN predicted > (SELECT count(*) FROM leaderboard_entries "
    "WHERE board_id = :board AND perfect_attempts > 0) THEN 1 ELSE 0 END, duration_ms, submitted_at"
)
WINDOW = """
    SELECT participant_id, rank() OVER (ORDER BY {order}) AS place FROM leaderboard_entries
    WHERE board_id = :board AND (:path = '' OR unit_id IN (SELECT id FROM units WHERE path LIKE :path || '%'))
    ORDER BY 2, 1"""
QUESTIONS = """
    SELECT DISTINCT b.code || '.' || q.code FROM round_questions r
    JOIN question_versions v ON v.id = r.question_version_id
    JOIN questions q ON q.id = v.question_id JOIN banks b ON b.id = q.bank_id
    ORDER BY 1"""
NEIGHBOURS = 5
DATABASES = ("sqlite", "postgresql")


class Equality:
    """A crowd on one board, things that happen to it, and the comparison; ``compared`` counts ranks that were equal."""

    def __init__(self, app: Flask, clock: StandingClock, *, entries: int, samples: int, seed: int = 1) -> None:
        self.app, self.clock, self.samples = app, clock, samples
        self.chance = random.Random(seed)
        self.compared = self.players = 0
        self.corrections: list[int] = []
        self.costs: list[str] = []
        asked = {"prediction": {"prompt": "Bao nhiêu người trả lời đúng hết?"}, "attempts": 2}
        keys = [{"key": key} for key in RANKING]
        make_contest(NOW, round_document(NOW, **asked), ranking=keys, overall={"counts": "none"})
        Crowd(entries, seed).fill()
        with reading() as session:
            self.board = session.scalars(select(Board)).one()
            chosen = select(Unit.id).where(Unit.valid_to.is_(None), or_(Unit.kind == "province", Unit.code == KIM_LIEN))
            self.units: list[Any] = [None, *session.scalars(chosen)]

    def run(self, steps: int) -> None:
        """While the round is open and after it has been sealed: things happen, Redis may be lost, ranks are compared."""
        happens: list[Callable[[], None]] = [self.play, self.disqualify, self.rule, self.undo]
        self.compare_live()
        for step in range(steps):
            happens[step % len(happens)]()
            self.lose_redis()
            self.compare_live()
        self.clock.now = NOW + timedelta(hours=2)
        for happen in (self.disqualify, self.rule, self.undo):
            self.seal()
            self.compare_sealed()
            self.lose_redis()
            happen()
            self.compare_live()
        self.seal()
        self.compare_sealed()

    def play(self) -> None:
        """Some people play, one of them twice."""
        client = self.app.test_client()
        self.clock.advance(minutes=1)
        self.players += 2
        for number in (1, 2, 1):
            player = Player(client, 10_000 + self.players + number).in_unit(KIM_LIEN)
            started = player.start()
            assert started.status_code in (200, 201), started.text
            attempt = started.json
            self.clock.advance(seconds=7)
            self.lose_redis()
            answers = right_answers(attempt, wrong=self.chance.randrange(2))
            assert player.submit(attempt, f"request-{self.clock.now}", answers=answers).status_code == 200

    def lose_redis(self) -> None:
        url = runtime().settings.redis_url
        if url and self.chance.random() < 0.5:
            with Redis.from_url(url) as redis:
                redis.flushdb()

    def disqualify(self) -> None:
        """A few people from anywhere, good ones among them."""
        with reading() as session:
            order = self._window(session, LIVE, None)
        people = [who for who, _ in (*order[:2], *self.chance.sample(order, 20))]
        self._correct(
            disqualifying.DISQUALIFY, lambda *place: disqualifying.disqualify(*place, grounds="fraud", people=people)
        )

    def rule(self) -> None:
        """A question that some have drawn counts for nothing."""
        with reading() as session:
            name = self.chance.choice(session.scalars(text(QUESTIONS)).all())
        effect = self.chance.choice(("drop", "accept_all"))
        self._correct(ruling.VOID, lambda *place: ruling.void_question(*place, question=name, effect=effect))

    def undo(self) -> None:
        """The newest correction is taken back."""
        number = self.corrections.pop()
        began = time.monotonic()
        with transaction() as session:
            made = undo(
                session, number, None, lambda actor: Decision(actor, "Nhầm", self.clock.now, SystemChance()), preview=False
            )
        self._say("undo", made, time.monotonic() - began)

    def _correct(self, action: str, work: Callable[..., Any]) -> None:
        self.clock.advance(seconds=1)
        began = time.monotonic()
        with transaction() as session:
            contest, found = session.scalars(select(Contest)).one(), session.scalars(select(Round)).one()
            order = Decision(SYSTEM.on(contest.organizer_unit_id), "Theo quyết định", self.clock.now, SystemChance())
            made: Outcome = correct(
                session,
                contest,
                order,
                action,
                lambda: work(session, contest, found, order),
                round_id=found.id,
                preview=False,
            )
            assert made.number is not None
            self.corrections.append(made.number)
        self._say(action, made, time.monotonic() - began)

    def _say(self, action: str, made: Outcome, seconds: float) -> None:
        ranks = sum(board.ranks for board in made.boards)
        self.costs.append(f"{action}: {seconds:.1f} s, {made.done.attempts} attempts moved, {ranks} ranks changed")

    def seal(self) -> None:
        self.clock.advance(seconds=1)
        with transaction() as session:
            found = session.scalars(select(Round)).one()
            order = Order(Kind.PROVISIONAL, "Kết thúc vòng thi")
            seal_round(session, found, order, actor=SYSTEM, now=self.clock.now, chance=SystemChance())

    def compare_live(self) -> None:
        with reading() as session:
            plan = RankPlan.of(ranking_of(self.board))
            self._compare(session, LIVE, lambda unit: LiveSource(session, self.board.id, plan, unit))

    def compare_sealed(self) -> None:
        with reading() as session:
            newest = sealed_of(session, self.board.id).newest
            assert newest is not None
            self._compare(session, SEALED, lambda unit: SnapshotSource(session, newest.id, unit))

    def _compare(self, session: Session, order: str, source_of: Callable[[Any], Source]) -> None:
        for unit in self.units:
            expected = self._window(session, order, unit)
            source = source_of(unit)
            assert source.total() == len(expected)
            places = {0, len(expected) - 1, *self.chance.sample(range(len(expected)), min(self.samples, len(expected)))}
            for place in sorted(places):
                who, rank = expected[place]
                row = source.own(who)
                assert row is not None
                assert source.rank(row) == rank, (unit, who, source.rank(row), rank)
                assert source.place(row, rank=rank) == place + 1
                behind, before = source.after(row, NEIGHBOURS), source.before(row, NEIGHBOURS)
                assert [each.participant_id for each in behind] == people(expected[place + 1 : place + 1 + NEIGHBOURS])
                assert [each.participant_id for each in before] == people(expected[max(0, place - NEIGHBOURS) : place])
                self.compared += 1

    def _window(self, session: Session, order: str, unit_id: int | None) -> list[tuple[UUID, int]]:
        path = "" if unit_id is None else session.scalars(select(Unit.path).where(Unit.id == unit_id)).one()
        query = text(WINDOW.format(order=order)).columns(participant_id=Uuid, place=Integer)
        return [(who, rank) for who, rank in session.execute(query, {"board": self.board.id, "path": path})]


def people(rows: list[tuple[UUID, int]]) -> list[UUID]:
    return [who for who, _ in rows]


def equality(entries: int, databases: Sequence[str]) -> None:
    """The whole of it on each database, saying how many ranks were compared and what each correction took;
    ``AssertionError`` where a rank differs."""
    for kind in databases:
        with TemporaryDirectory() as folder:
            template, clock = make_template(kind, Path(folder)), StandingClock(NOW)
            try:
                app = create_app(settings_for(template.url, REDIS_URL=OWN_REDIS), clock=clock)
                seed(app, NOW)
                with app.app_context():
                    began = time.monotonic()
                    made = Equality(app, clock, entries=entries, samples=200)
                    filled = time.monotonic() - began
                    made.run(steps=8)
                    taken = time.monotonic() - began - filled
                    said = f"{made.compared} ranks equal among {entries} (filled in {filled:.0f} s, {taken:.0f} s)"
                    with reading() as session:
                        findings = verify(session)
                    assert findings.differences == []
                    said += f", {findings.attempts} attempts verified"
                    Console().print(f"{kind}: {said}", *made.costs, sep="\n  ")
                    db.engine.dispose()
            finally:
                template.drop()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--entries", type=int, default=1_000_000)
    parser.add_argument("--database", choices=DATABASES, action="append")
    arguments = parser.parse_args()
    equality(arguments.entries, arguments.database or DATABASES)
