"""The final order and the actual value, by hand-made tables; whoever is to be nobody special is ``Số <id>``."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from quizsvc.attempts.decisions import CommitteePlace
from quizsvc.contests.queries import round_by_public_id
from quizsvc.core.db import transaction
from quizsvc.leaderboards.snapshot_models import SnapshotEntry
from quizsvc.sealing.drawing_lots import lot
from tests.conftest import NOW, RepeatableChance
from tests.sealing.filling import BY_PREDICTION, LATER, PROMPT, Result, a_round, board_of, put, seal
from tests.world import make_contest, round_document


@pytest.fixture
def playground(playground, clock):
    clock.now = LATER
    return playground


def shown(playground, path="/rounds/thi.r1/leaderboard"):
    return [(row["rank"], int(row["display_name"].removeprefix("Số "))) for row in board_of(playground, path)]


def values(made):
    return [(each["track"], each["value"]) for each in made.actual["values"]]


def test_hoa_binh_2022(playground):
    """Actual 3195 (here: attempts); the winners predicted 3200, 3201 and 3213: the nearest first, on whichever side."""
    a_round(prediction=PROMPT | {"target": "attempts"}, ranking=BY_PREDICTION)
    told = (3213, 3200, 3201, 3183, None, 3195)
    put("thi.r1", [Result(predicted=each, duration_ms=50_000 - place) for place, each in enumerate(told[:5])])
    put("thi.r1", [Result(score=2, attempts=3190, predicted=3195)], first=2000)
    made = seal().snapshots[-1]
    assert values(made) == [(None, 3195)]
    expected = [(1, 1001), (2, 1002), (3, 1003), (4, 1000), (5, 1004), (6, 2000)]
    assert shown(playground) == expected
    with transaction() as session:
        errors = dict(session.execute(select(SnapshotEntry.place, SnapshotEntry.prediction_error)).all())
    assert errors == {1: 5, 2: 6, 3: -12, 4: 18, 5: None, 6: 0}


@pytest.mark.parametrize(("order", "expected"), [("low", [1001, 1000]), ("high", [1000, 1001])])
def test_as_near_below_as_above_is_equal_unless_the_side_counts(playground, order, expected):
    ranking = [{"key": "prediction_error"}]
    for slug, keys in (("thi", ranking), ("ben", [*ranking, {"key": "prediction_side", "order": order}])):
        make_contest(NOW, round_document(NOW, prediction=PROMPT | {"target": "participants"}, ranking=keys), slug=slug)
    put("thi.r1", [Result(predicted=4), Result(predicted=0)])
    put("ben.r1", [Result(predicted=4), Result(predicted=0)], first=3000)
    seal("thi.r1"), seal("ben.r1")
    assert [rank for rank, _ in shown(playground)] == [1, 1]
    assert shown(playground, "/rounds/ben.r1/leaderboard") == [(1, expected[0] + 2000), (2, expected[1] + 2000)]


@pytest.mark.parametrize(("target", "expected"), [("participants", 4), ("attempts", 9), ("perfect_participants", 2)])
def test_what_is_counted(playground, target, expected):
    a_round(prediction=PROMPT | {"target": target})
    put("thi.r1", [Result(attempts=5, perfect=3), Result(perfect=1), Result(attempts=2), Result()])
    assert values(seal().snapshots[-1]) == [(None, expected)]


def test_lots_are_drawn_with_a_seed_that_stays(playground):
    a_round(ranking=[{"key": "score"}, {"key": "draw"}])
    people = put("thi.r1", [Result() for _ in range(20)] + [Result(score=2)])
    first = seal(chance=RepeatableChance(7)).snapshots[-1]
    drawn = sorted(people[:20], key=lambda person: lot(first.draw_seed, person.bytes))
    expected = [(place, person.int) for place, person in enumerate([*drawn, people[20]], start=1)]
    assert shown(playground) == expected
    second = seal(chance=RepeatableChance(8)).snapshots[-1]
    assert (second.number, second.draw_seed) == (2, first.draw_seed)
    assert shown(playground) == expected


def test_the_committee_decides_among_equals(playground):
    a_round(ranking=[{"key": "score"}, {"key": "committee"}])
    people = put("thi.r1", [Result(), Result(), Result(), Result()])
    with transaction() as session:
        board_id = round_by_public_id(session, "thi.r1").board_id
        for place, person in ((2, people[0]), (1, people[3])):
            session.add(CommitteePlace(board_id=board_id, participant_id=person, place=place, decided_at=NOW))
    seal()
    assert shown(playground) == [(1, 1003), (2, 1000), (3, 1001), (3, 1002)]
