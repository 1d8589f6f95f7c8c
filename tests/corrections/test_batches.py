"""Corrections and rebuilding ask the database as often for many people as for a few: once for each table and batch."""

from __future__ import annotations

import random
from collections.abc import Callable
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from quizsvc.attempts.models import Attempt
from quizsvc.attempts.queries import people_of_round
from quizsvc.attempts.rebuilding import rebuild_boards
from quizsvc.contests.models import Contest, Round, RoundQuestion
from quizsvc.core.chance import SystemChance
from quizsvc.core.db import db, reading
from quizsvc.corrections.disqualifying import disqualify
from quizsvc.corrections.marking import remark_all
from quizsvc.corrections.values import Order
from quizsvc.organizers.acting import SYSTEM
from tests.conftest import NOW
from tests.corrections.hall import snapshot
from tests.test_query_budgets import counting

Work = Callable[[Session, Contest, Round], int]


def statements(work: Work, moves: int) -> list[str]:
    """What ``work`` asks of the database when it moves so many attempts; nothing of it stays."""
    with Session(db.engine) as session:
        contest = session.scalars(select(Contest)).one()
        found = session.scalars(select(Round).where(Round.public_id == "thi.r1")).one()
        session.execute(update(Attempt).values(score=Attempt.score + 1))
        with counting() as seen:
            assert work(session, contest, found) == moves
        session.rollback()
    return seen


def mark_everybody(session: Session, contest: Contest, found: Round) -> int:
    pinned = select(RoundQuestion.question_version_id).where(RoundQuestion.round_id == found.id)
    return remark_all(session, contest, found, session.scalars(pinned).all()).attempts


def disqualify_everybody(session: Session, contest: Contest, found: Round) -> int:
    people = list(session.scalars(select(Attempt.participant_id).distinct()))
    order = Order(SYSTEM.on(contest.organizer_unit_id), "Theo quyết định", NOW, SystemChance())
    return disqualify(session, contest, None, order, grounds="fraud", people=people).attempts


def make_anew(session: Session, contest: Contest, found: Round) -> int:
    return rebuild_boards(session, contest).attempts


def test_many_people_cost_as_many_statements_as_a_few(hall):
    rng = random.Random(5)
    few: dict[Work, int] = {}
    everybody = 0
    for first, count in ((100, 2), (200, 9)):
        players = hall.people(count, first)
        everybody += count + 1
        for player in players:
            hall.play(player, rng)
        hall.play(players[0], rng)
        before = snapshot()
        for work in (mark_everybody, disqualify_everybody, make_anew):
            statements(work, everybody)  # what a process keeps is kept from now on
            asked = len(statements(work, everybody))
            assert asked == few.setdefault(work, asked), work
        assert snapshot() == before


def test_everybody_of_a_round_comes_once_in_batches(hall):
    rng = random.Random(6)
    players = hall.people(5)
    for player in (*players, players[2]):
        hall.play(player, rng)
    hall.play(players[0], rng, "thi.r2")
    with reading() as session:
        found = session.scalars(select(Round).where(Round.public_id == "thi.r1")).one()
        batches = list(people_of_round(session, found.id, 2))
    assert [len(batch) for batch in batches] == [2, 2, 1]
    assert [person for batch in batches for person in batch] == sorted(UUID(player.id) for player in players)
