"""While Zalo is away nobody new comes in, and whoever is in plays on."""

import pytest

from tests.api.problems import assert_problem
from tests.identity.people import AN, AN_PHONE, BINH, Citizen, sign_in
from tests.world import THANH_VINH, make_contest, right_answers


@pytest.fixture
def an(live_world, clock):
    """Someone in the middle of a round."""
    make_contest(clock.now)
    return Citizen(live_world.test_client()).in_unit(THANH_VINH)


@pytest.mark.parametrize("mode", ["down", "slow", "foreign_ip"])
def test_players_notice_nothing(an, live_world, double, clock, hurry, mode):
    hurry(live_world)
    attempt = an.start().json
    double.mode, double.slow_seconds = mode, 30
    asked = len(double.calls)
    assert an.save(attempt, 1, right_answers(attempt, wrong=1)).status_code == 200
    clock.advance(minutes=9)
    an.refresh()
    assert an.get("/me").json["name"] == "Nguyễn Văn An"
    assert an.start().json["id"] == attempt["id"]
    assert an.submit(attempt, answers=right_answers(attempt)).json["score"] == 3
    assert an.start().status_code == 201
    assert an.get("/rounds/thi.r1/leaderboard/me").json["rank"] == 1
    assert len(double.calls) == asked  # none of this asks Zalo

    assert sign_in(an.client, BINH).status_code == 503
    assert an.call("POST", "/me/phone", {"phone_token": AN_PHONE, "access_token": AN}).status_code == 503
    assert an.get("/me").json["phone_verified"] is False
    double.mode = "ok"
    assert sign_in(an.client, BINH).status_code == 200


def test_when_it_keeps_failing_it_is_left_alone_for_a_while(live, double):
    Citizen(live, AN)
    double.mode = "bad_gateway"
    for _ in range(6):
        answer = sign_in(live, BINH)
        assert_problem(answer, 503, "zalo-unavailable")
    assert 1 <= int(answer.headers["Retry-After"]) <= 10
    asked = len(double.calls)
    double.mode = "ok"
    assert_problem(sign_in(live, BINH), 503, "zalo-unavailable")
    assert len(double.calls) == asked
