"""Disqualifying people in a round or a contest, and reinstating them."""

from __future__ import annotations

import random

import pytest

from tests.corrections.hall import Hall, entry_of, log, rebuilt, snapshot
from tests.world import THANH_VINH

FRAUD = {"grounds": "fraud"}


@pytest.fixture
def played(hall: Hall):
    """Six people who have played both rounds, some twice."""
    rng = random.Random(7)
    people = hall.people(6)
    for player in [*people, *people[:3]]:
        hall.play(player, rng)
        hall.play(player, rng, "thi.r2")
    return people


@pytest.mark.parametrize("where", ["/rounds/thi.r1", "/contests/thi"])
def test_people_vanish_and_come_back_exactly(hall, played, where):
    before = snapshot()
    number = hall.done(f"{where}/disqualifications", FRAUD | {"participants": [played[0].id, played[4].id]})
    assert entry_of(played[0]) is None
    assert entry_of(played[1]) is not None
    assert (entry_of(played[0], "round:thi.r2") is None) == (where == "/contests/thi")
    out = snapshot()
    assert out == rebuilt()
    assert hall.undo(number).status_code == 201
    assert snapshot() == before
    assert hall.undo(number).json["type"] == "/problems/cannot-undo"


def test_what_is_played_later_does_not_count_until_reinstated(hall, played):
    rng = random.Random(3)
    number = hall.done("/contests/thi/disqualifications", FRAUD | {"participants": [played[0].id]})
    hall.play(played[0], rng)
    assert entry_of(played[0]) is None
    assert snapshot() == rebuilt()
    assert hall.undo(number).status_code == 201
    assert entry_of(played[0]).attempts == 3
    assert snapshot() == rebuilt()


def test_a_unit_and_two_decisions_about_one_person(hall, played):
    before = snapshot()
    unit = hall.phone.get(f"/api/v1/units?q={THANH_VINH}").json["items"][0]
    first = hall.done("/rounds/thi.r1/disqualifications", FRAUD | {"unit": unit})
    second = hall.done("/contests/thi/disqualifications", FRAUD | {"participants": [played[0].id]})
    assert [entry_of(player) is None for player in played] == [True, False] * 3
    assert hall.undo(first).status_code == 201
    assert [entry_of(player) is None for player in played] == [True] + [False] * 5
    assert snapshot() == rebuilt()
    assert hall.undo(second).status_code == 201
    assert snapshot() == before
    rows = log()
    assert [row.action for row in rows] == ["people.disqualify"] * 2 + ["correction.undo"] * 2
    assert rows[0].after["unit_id"] == int(unit["id"])
    assert "participants" not in rows[0].after
    assert rows[1].after == {"grounds": "fraud", "participants": [played[0].id]}


def test_nobody_or_both_ways_or_somebody_unknown(hall, played):
    path = "/rounds/thi.r1/disqualifications"
    unit = hall.phone.get(f"/api/v1/units?q={THANH_VINH}").json["items"][0]
    for body, status in [
        (FRAUD, 409),
        (FRAUD | {"unit": unit, "participants": [played[0].id]}, 409),
        (FRAUD | {"participants": ["nobody"]}, 404),
        (FRAUD | {"participants": ["00000000-0000-0000-0000-000000000000"]}, 404),
        (FRAUD | {"unit": {"id": "999999"}}, 404),
        ({"grounds": "boredom", "participants": [played[0].id]}, 422),
    ]:
        assert hall.correct(path, body).status_code == status
    assert log() == []
