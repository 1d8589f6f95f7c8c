"""Early registration."""

from datetime import timedelta
from uuid import UUID

import pytest

from quizsvc.contests.queries import contest_by_slug
from quizsvc.core.db import reading
from quizsvc.registers.queries import registered_at
from tests.api.problems import assert_problem
from tests.registers.conftest import SLUG
from tests.world import KIM_LIEN, THANH_VINH, Player, make_contest

PATH = f"/contests/{SLUG}/registration"


@pytest.fixture
def an(contest, phone):
    player = Player(phone).in_unit(THANH_VINH)
    player.call("PATCH", "/me", {"birth_date": "1990-11-23", "occupation": "worker"})
    return player


def test_the_first_time_and_again(an, clock):
    assert_problem(an.get(PATH), 404, "not-found")
    first = an.call("POST", PATH)
    assert first.status_code == 201, first.text
    assert first.json["profile"] == {"age": 36, "occupation": "worker"}
    assert first.json["unit"]["code"] == THANH_VINH
    clock.advance(minutes=5)
    an.in_unit(KIM_LIEN)
    again = an.call("POST", PATH)
    assert again.status_code == 200
    for answer in (again, an.get(PATH)):
        assert answer.json | {"server_now": ""} == first.json | {"server_now": ""}
    with reading() as session:
        found = registered_at(session, contest_by_slug(session, SLUG).id, UUID(an.id))
        assert found == clock.now - timedelta(minutes=5)
        assert registered_at(session, contest_by_slug(session, SLUG).id, UUID(int=0)) is None


@pytest.mark.parametrize(("minutes", "status"), [(-1, 409), (0, 201), (119, 201), (120, 409)])
def test_the_window_is_half_open(an, clock, minutes, status):
    clock.advance(minutes=minutes)
    answer = an.refresh().call("POST", PATH)
    if status == 409:
        assert_problem(answer, 409, "registration-not-open", opens_at=..., closes_at=..., server_now=...)
    assert answer.status_code == status


def test_registered_people_are_told_so_after_the_window_too(an, clock):
    an.call("POST", PATH)
    clock.advance(hours=3)
    assert an.refresh().call("POST", PATH).status_code == 200


def test_a_contest_without_registration(an, clock):
    make_contest(clock.now, slug="khac")
    answer = an.call("POST", "/contests/khac/registration")
    assert_problem(answer, 409, "registration-not-open", server_now=...)
    assert_problem(an.call("POST", "/contests/none/registration"), 404, "not-found")
