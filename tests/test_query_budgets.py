"""Lists cost the same number of queries for one row and for many."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event

from quizsvc.core.db import db
from tests.world import THANH_VINH, Player, make_contest, right_answers, round_document


@contextmanager
def counting() -> Iterator[list[str]]:
    """The statements that run inside the block, without BEGIN and its kind."""
    statements: list[str] = []

    def note(_connection, _cursor, statement, *_rest) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA")):
            statements.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def play(player: Player) -> None:
    attempt = player.start().json
    assert player.submit(attempt, answers=right_answers(attempt)).status_code == 200


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/rounds/thi.r1/leaderboard", 12),
        ("/rounds/thi.r1/leaderboard/me", 15),
        ("/rounds/thi.r1/units", 8),
        ("/rounds/thi.r1/attempts", 4),
        ("/contests", 3),
        ("/units?q=vinh", 2),
    ],
)
def test_a_list_costs_the_same_for_one_and_for_many(phone, clock, path, most):
    make_contest(clock.now)
    players = [Player(phone, number).in_unit(THANH_VINH) for number in range(1, 8)]
    play(players[0])
    with counting() as few:
        assert players[0].get(path).status_code == 200
    for player in [*players, players[0]]:
        play(player)
    for number in range(3):
        make_contest(clock.now, round_document(clock.now), slug=f"thi-{number}")
    with counting() as many:
        assert players[0].get(path).status_code == 200
    assert len(many) == len(few), many
    assert len(many) <= most, many


def test_playing_has_a_budget(phone, clock):
    make_contest(clock.now)
    player = Player(phone).in_unit(THANH_VINH)
    play(player)  # fills the memory of question versions
    with counting() as starting:
        attempt = player.start().json
    with counting() as saving:
        assert player.save(attempt, 1, right_answers(attempt)).status_code == 200
    with counting() as submitting:
        assert player.submit(attempt).status_code == 200
    assert len(starting) <= 10, starting
    assert len(saving) <= 4, saving
    assert len(submitting) <= 14, submitting
