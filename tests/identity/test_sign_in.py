"""Signing in with a Zalo token: what Zalo says becomes a participant, or a problem of its own."""

import pytest

from quizsvc.core.db import reading
from quizsvc.participants.models import Participant
from tests.api.problems import assert_problem
from tests.identity.people import AN, AN_ID, APP_ID, AVATAR, BINH, Citizen, everything_stored, sign_in


def test_with_the_name_and_the_picture_that_zalo_gives(live, double):
    answer = sign_in(live, AN)
    assert answer.status_code == 200
    assert set(answer.json) == {"access_token", "refresh_token", "token_type", "expires_in", "participant"}
    assert (answer.json["token_type"], answer.json["expires_in"]) == ("Bearer", 900)
    person = answer.json["participant"]
    assert person == {
        "id": person["id"],
        "name": "Nguyễn Văn An",
        "avatar_url": AVATAR,
        "nickname": None,
        "birth_date": None,
        "phone_verified": False,
        "unit": None,
        "occupation": None,
    }
    assert AN_ID not in answer.text
    (call,) = double.calls
    assert (call.path, call.headers["access_token"]) == ("/v2.0/me", AN)
    assert AN not in call.target
    with reading() as session:
        (stored,) = session.query(Participant).all()
    assert (stored.zalo_app_id, stored.zalo_user_id) == (APP_ID, AN_ID)


def test_without_a_name_and_a_picture(live):
    person = sign_in(live, BINH).json["participant"]
    assert (person["name"], person["avatar_url"]) == (None, None)
    assert Citizen(live, BINH).get("/me").json == person


def test_the_same_account_is_the_same_person_and_follows_what_zalo_says(live, double):
    an, binh = Citizen(live, AN), Citizen(live, BINH)
    double.people[BINH]["name"] = "Trần Thị Bình"
    again = sign_in(live, BINH).json["participant"]
    assert (again["id"], again["name"]) == (binh.id, "Trần Thị Bình")
    del double.people[AN]["name"], double.people[AN]["picture"]  # consent withdrawn at Zalo: what we know stays
    again = sign_in(live, AN).json["participant"]
    assert (again["id"], again["name"], again["avatar_url"]) == (an.id, "Nguyễn Văn An", AVATAR)


def refused(live, status, slug, token=AN):
    """Refused with this problem, and nothing stored."""
    before = everything_stored()
    problem = assert_problem(answer := sign_in(live, token), status, slug)
    assert everything_stored() == before
    return answer, problem


@pytest.mark.parametrize("token", ["nobody's", "two words", "ế", " " + AN, "a\n"])
def test_a_token_that_zalo_does_not_know_or_cannot_be_sent(live, token):
    refused(live, 401, "zalo-token-rejected", token)


def test_a_server_outside_vietnam(live, double):
    double.mode = "foreign_ip"
    _, problem = refused(live, 503, "zalo-region-refused")
    assert "203.0.113.9" not in str(problem)


def test_a_wrong_proof(database_url, make_live, double):
    live = make_live(database_url, ZALO_APP_SECRET="the-secret-of-another-app").test_client()
    refused(live, 500, "zalo-misconfigured")
    assert len(double.calls) == 1  # asking again would not help


@pytest.mark.parametrize("mode", ["down", "html", "bad_gateway", "not_json", "number_id"])
def test_zalo_is_away_or_says_nonsense(live, double, mode):
    double.mode = mode
    answer, _ = refused(live, 503, "zalo-unavailable")
    assert int(answer.headers["Retry-After"]) >= 1
    assert len(double.calls) == 2  # who someone is may be asked twice
    double.mode = "ok"
    Citizen(live, AN)


def test_one_hiccup_is_not_noticed(live, double):
    double.modes.append("down")
    assert sign_in(live, AN).status_code == 200


def test_zalo_is_slow(live_app, live, double, hurry):
    hurry(live_app)
    double.mode, double.slow_seconds = "slow", 30
    refused(live, 503, "zalo-unavailable")
    double.mode = "drip"
    refused(live, 503, "zalo-unavailable")


def test_in_english_for_who_prefers_it(live):
    answer = live.post("/api/v1/auth/zalo", json={"access_token": "x"}, headers={"Accept-Language": "en"})
    assert answer.json["title"] == "Zalo did not accept this access token"


def test_the_sandbox_is_closed_when_live(live, double):
    assert_problem(sign_in(live, "sandbox:1:An"), 401, "zalo-token-rejected")
    assert double.calls[-1].headers["access_token"] == "sandbox:1:An"  # Zalo was asked, like about any token
