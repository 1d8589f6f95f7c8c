"""A phone number that Zalo vouches for: kept encrypted, never given back."""

import pytest
from sqlalchemy import select

from quizsvc.core.db import reading
from quizsvc.core.keys import Keys
from quizsvc.participants.models import Participant
from tests.api.problems import assert_faults, assert_problem
from tests.conftest import TEST_KEY
from tests.identity.people import AN, AN_PHONE, APP_SECRET, Citizen, everything_stored
from tests.world import Player

KEYS = Keys.from_secrets([TEST_KEY])


def share(player, phone_token=AN_PHONE, access_token=AN):
    return player.call("POST", "/me/phone", {"phone_token": phone_token, "access_token": access_token})


def stored():
    with reading() as session:
        return session.scalars(select(Participant.phone_encrypted).order_by(Participant.id)).all()


def assert_kept(player, answer):
    """The number is known, encrypted, and not in any answer."""
    assert answer.status_code == 200
    assert answer.json == player.get("/me").json
    assert answer.json["phone_verified"] is True
    (ciphertext,) = stored()
    assert KEYS.decrypt(ciphertext) == "+84912345678"
    shown = answer.text + player.get("/me/export").text
    for part in ("912345678", "345678", ciphertext):
        assert part not in shown
    assert "912345678" not in everything_stored()


def test_live(live, double):
    an = Citizen(live)
    assert an.get("/me").json["phone_verified"] is False
    assert_kept(an, share(an))
    call = double.calls[-1]
    assert (call.path, call.query) == ("/v2.0/me/info", {})
    sent = [call.headers[name] for name in ("access_token", "code", "secret_key")]
    assert sent == [AN, AN_PHONE, APP_SECRET]


def test_sandbox(client):
    an = Player(client)
    assert_kept(an, share(an, "sandbox-phone:0912345678", "sandbox:1"))
    (before,) = stored()
    share(an, "sandbox-phone:84912345678", "sandbox:1")
    (after,) = stored()
    assert before != after  # two ciphertexts of one number do not show that it is one
    assert KEYS.decrypt(after) == "+84912345678"
    for token in ("sandbox-phone:1", "sandbox-phone:", "0912345678"):
        assert_problem(share(an, token, "sandbox:1"), 400, "zalo-phone-code-invalid")
    assert stored() == [after]


def test_a_code_works_once(live, double):
    an = Citizen(live)
    share(an)
    assert_problem(share(an), 409, "zalo-phone-code-used")
    double.phones["another"] = "0987654321"
    assert share(an, "another").status_code == 200
    assert [KEYS.decrypt(kept) for kept in stored()] == ["+84987654321"]


@pytest.mark.parametrize(
    ("phone_token", "access_token", "status", "slug"),
    [
        ("unknown", AN, 400, "zalo-phone-code-invalid"),
        ("two words", AN, 400, "zalo-phone-code-invalid"),
        ("of-another-app", AN, 500, "zalo-misconfigured"),
        ("a-place", AN, 400, "zalo-phone-code-invalid"),
        (AN_PHONE, "nobody's", 401, "zalo-token-rejected"),
        (AN_PHONE, None, 401, "zalo-token-rejected"),
    ],
)
def test_refused(live, double, phone_token, access_token, status, slug):
    double.foreign_codes.add("of-another-app")
    double.phones["a-place"] = {"latitude": "18.67", "longitude": "105.69"}
    an = Citizen(live)
    assert_problem(share(an, phone_token, access_token), status, slug)
    assert an.get("/me").json["phone_verified"] is False
    assert stored() == [None]


def test_a_lost_answer_is_not_asked_for_again(live, double):
    an = Citizen(live)
    asked = len(double.calls)
    double.modes.extend(["ok", "down"])
    assert_problem(share(an), 503, "zalo-unavailable")
    paths = [call.path for call in double.calls[asked:]]
    assert paths == ["/v2.0/me", "/v2.0/me/info"]  # the code may have been used up
    assert stored() == [None]


def test_what_is_asked_for(client):
    an = Player(client)
    assert_faults(an.call("POST", "/me/phone", {"access_token": "sandbox:1"}), "/phone_token")
    assert_faults(an.call("POST", "/me/phone", {"phone_token": "x", "phone": "0912345678"}), "/phone")
    assert_faults(share(an, "", "x" * 4097), "/access_token", "/phone_token")


def test_somebody_elses_tokens_do_not_give_their_number(live, double):
    double.people["token-of-binh"] = {"id": "2222222222222222222", "name": "Trần Thị Bình"}
    an, binh = Citizen(live), Citizen(live, "token-of-binh")
    assert_problem(share(binh, AN_PHONE, AN), 403, "forbidden")
    assert stored() == [None, None]
    assert share(an).status_code == 200  # the refused call has not used the code up
