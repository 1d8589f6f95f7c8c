"""The committee's order among equals."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from quizsvc.attempts.decisions import CommitteePlace
from quizsvc.core.db import reading
from tests.corrections.hall import log
from tests.world import make_contest, right_answers, round_document

RANKING = [{"key": "score"}, {"key": "committee"}]


def places():
    with reading() as session:
        query = select(CommitteePlace).order_by(CommitteePlace.place)
        return [(str(row.participant_id), row.place) for row in session.scalars(query)]


def body(*people):
    return {"places": [{"participant_id": player.id, "place": place} for place, player in enumerate(people, start=1)]}


@pytest.fixture
def people(hall):
    """In contest ``ban``: two with everything right, one without, one who did not play."""
    make_contest(hall.clock.now, round_document(hall.clock.now), slug="ban", ranking=RANKING)
    people = hall.people(4)
    for player, wrong in zip(people, (0, 0, 1), strict=False):
        attempt = player.start("ban.r1").json
        hall.clock.advance(seconds=5)
        player.submit(attempt, answers=right_answers(attempt, wrong))
    return people


@pytest.mark.parametrize("where", ["/rounds/ban.r1", "/contests/ban"])
def test_equals_get_places_and_lose_them(hall, people, where):
    first, second = people[:2]
    number = hall.done(f"{where}/committee-places", body(second, first))
    assert places() == [(second.id, 1), (first.id, 2)]
    assert hall.correct(f"{where}/committee-places", body(second, first)).status_code == 409  # already placed
    assert hall.undo(number).status_code == 201
    assert places() == []
    assert [row.action for row in log()] == ["board.committee-places", "correction.undo"]


def test_only_equals_of_a_board_whose_rules_say_so(hall, people):
    first, second, third, absent = people
    for who, status in [((first, third), 409), ((first, first), 409), ((first, absent), 404)]:
        assert hall.correct("/rounds/ban.r1/committee-places", body(*who)).status_code == status
    assert hall.correct("/rounds/ban.r1/committee-places", body(first, second) | {"track": "x"}).status_code == 404
    assert hall.correct("/rounds/ban.r1/committee-places", body(first)).status_code == 422
    assert hall.correct("/rounds/thi.r1/committee-places", body(first, second)).status_code == 409
    assert (places(), log()) == ([], [])


def test_other_predictions_are_not_equal_before_sealing(hall, people):
    asked = {"prompt": "Bao nhiêu người dự thi?", "target": "participants"}
    ranking = [{"key": "score"}, {"key": "prediction_error"}, {"key": "committee"}]
    opens = hall.clock.now + timedelta(minutes=1)
    make_contest(hall.clock.now, round_document(opens, prediction=asked), slug="doan", ranking=ranking)
    hall.clock.advance(minutes=1)
    for player, predicted in zip(people, (3, 3, 4), strict=False):
        attempt = player.start("doan.r1").json
        assert player.submit(attempt, answers=right_answers(attempt), predicted=predicted).status_code == 200
    path = "/rounds/doan.r1/committee-places"
    assert hall.correct(path, body(people[0], people[1])).status_code == 409  # who is equal would tell about predictions
    hall.clock.advance(hours=2)
    assert hall.correct(path, body(people[0], people[2])).status_code == 409
    assert hall.correct(path, body(people[0], people[1])).status_code == 201
