"""Pain 12: boards that grow slower with every person, and stand still or lie while people hand in.

Time is measured in the benchmarks. Here the work is counted: steps of SQLite's virtual machine, the same on any machine.
"""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from typing import Any

import pytest

from quizsvc.core.clock import local_day
from quizsvc.core.db import db, reading
from quizsvc.leaderboards import queries
from quizsvc.leaderboards.boards import round_board
from quizsvc.leaderboards.group_boards import unit_table
from quizsvc.leaderboards.service import own_place
from tests.conftest import NOW
from tests.leaderboards.filling import fill
from tests.world import KIM_LIEN, THANH_VINH, Player, make_contest, right_answers

FEW, MANY = 300, 6000
UNITS = (THANH_VINH, KIM_LIEN, None)


def steps(work: Callable[[Any], object]) -> int:
    """Tens of virtual machine steps that the statements of ``work`` take."""
    counted = 0

    def tick() -> int:
        nonlocal counted
        counted += 1
        return 0

    with reading() as session:
        driver: Any = session.connection().connection.driver_connection
        driver.set_progress_handler(tick, 10)
        try:
            work(session)
        finally:
            driver.set_progress_handler(None, 10)
    return counted


def costs(people: list[Any]) -> dict[str, int]:
    """What each read of the board costs for somebody in the middle."""
    with reading() as session:
        view = round_board(session, "thi.r1", None, NOW)
        middle = queries.own_entry(session, queries.Part(view.board_id), people[len(people) // 2])
        unit = str(next(row["unit"].id for row in unit_table(session, view, on=local_day(NOW)) if row["participants"]))
    assert middle is not None
    part = queries.Part(view.board_id)
    me = {"unit": None, "participant_id": middle.participant_id}
    return {
        "top": steps(lambda session: queries.rows_after(session, part, None, 100)),
        "deep page": steps(lambda session: queries.rows_after(session, part, middle, 100)),
        "rank": steps(lambda session: queries.rank_of(session, part, view.plan, middle.rank_key)),
        "own place": steps(lambda session: own_place(session, view, **me)),
        "unit": steps(
            lambda session: queries.rows_after(session, queries.part_of(session, view.board_id, int(unit)), None, 20)
        ),
        "units": steps(lambda session: unit_table(session, view, on=local_day(NOW))),
    }


@pytest.mark.usefixtures("playground")
def test_a_read_costs_the_same_for_twenty_times_as_many(clock):
    if db.engine.dialect.name != "sqlite":  # its plans are compared in tests/leaderboards/test_plans.py
        return
    make_contest(clock.now)
    chance = random.Random(12)
    results = [(chance.choice((3, 3, 3, 2, 1)), chance.randrange(20_000, 600_000), place) for place in range(MANY)]
    few = costs(fill("thi.r1", *results[:FEW], units=UNITS))
    more = fill("thi.r1", *results[FEW:], units=UNITS, first=FEW)
    many = costs(more)
    for read, cost in many.items():
        assert cost <= 3 * few[read] + 400, f"{read}: {few[read]} for {FEW}, {cost} for {MANY}"


def test_boards_stay_in_order_while_many_hand_in(playground, phone, clock):
    """What a reader sees is one instant: ranks 1, 2, 2, 4, a total that fits the list and never falls."""
    make_contest(clock.now)
    players = [Player(phone, number).in_unit(THANH_VINH) for number in range(1, 25)]
    attempts = [player.start().json for player in players]
    answers = [right_answers(attempt, wrong=place % 3) for place, attempt in enumerate(attempts)]
    done = threading.Event()
    seen: list[dict[str, Any]] = []

    def read() -> None:
        client = playground.test_client()
        while not done.is_set():
            seen.append(client.get("/api/v1/rounds/thi.r1/leaderboard?limit=100").json)

    def hand_in(mine: range) -> None:
        for place in mine:
            body = {"request_id": "request-1", "answers": answers[place]}
            path = f"/api/v1/attempts/{attempts[place]['id']}/submission"
            answer = playground.test_client().post(path, json=body, headers=players[place].headers)
            assert answer.status_code == 200, answer.text

    reader = threading.Thread(target=read)
    writers = [threading.Thread(target=hand_in, args=(range(start, 24, 6),)) for start in range(6)]
    for thread in (reader, *writers):
        thread.start()
    for thread in writers:
        thread.join()
    done.set()
    reader.join()
    seen.append(phone.get("/api/v1/rounds/thi.r1/leaderboard?limit=100").json)
    assert seen[-1]["total"] == 24
    totals = [board["total"] for board in seen]
    assert totals == sorted(totals)
    for board in seen:
        keys = [(-item["score"], item["duration_ms"], item["submitted_at"]) for item in board["items"]]
        assert keys == sorted(keys)
        assert [item["rank"] for item in board["items"]] == [1 + sum(other < key for other in keys) for key in keys]
        assert len(keys) == board["total"]
