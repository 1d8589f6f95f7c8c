"""How long an access token is good for, and whose tokens are none of ours."""

import base64
import json
from uuid import UUID, uuid4

import jwt
import pytest

from quizsvc.auth.tokens import AccessClaims, issue_access_token
from quizsvc.core.keys import Keys
from tests.api.problems import assert_problem
from tests.conftest import TEST_KEY
from tests.identity.people import log_out
from tests.world import Player

OURS = Keys.from_secrets([TEST_KEY])
KEY_ID, KEY = next(iter(OURS.signing.items()))
THEIRS = Keys.from_secrets(["the-key-of-somebody-else-0123456789-abcdef"])
REQUIRED = ["exp", "iat", "sub", "aud", "iss", "jti", "sid"]


def me(client, token):
    return client.get("/api/v1/me", headers={"Authorization": f"Bearer {token}"})


@pytest.mark.parametrize("fraction", [0, 1, 500, 999])
def test_a_quarter_of_an_hour_to_the_millisecond(client, clock, fraction):
    clock.advance(milliseconds=fraction)
    an = Player(client)
    clock.advance(minutes=14, seconds=59, milliseconds=999)
    assert an.get("/me").status_code == 200
    clock.advance(milliseconds=1)
    assert_problem(an.get("/me"), 401, "token-expired")
    assert an.refresh().get("/me").status_code == 200


def test_what_it_says(client, clock):
    an = Player(client)
    token = an.tokens["access_token"]
    assert jwt.get_unverified_header(token) == {"alg": "HS256", "kid": KEY_ID, "typ": "JWT"}
    claims = jwt.decode(token, options={"verify_signature": False})
    assert sorted(claims) == sorted(REQUIRED)  # and nothing personal
    assert (claims["sub"], claims["iat"], claims["exp"]) == (an.id, clock.now.timestamp(), clock.now.timestamp() + 900)


@pytest.mark.filterwarnings("ignore::jwt.warnings.InsecureKeyLengthWarning")
def test_foreign_tokens(client, clock):
    an = Player(client)
    good = jwt.decode(an.tokens["access_token"], options={"verify_signature": False})

    def signed(payload=good, key=KEY, algorithm="HS256", headers=None):
        return jwt.encode(payload, key, algorithm, headers={"kid": KEY_ID} if headers is None else headers)

    assert me(client, signed()).status_code == 200
    unsigned = base64.urlsafe_b64encode(json.dumps({"alg": "none", "kid": KEY_ID}).encode()).decode().rstrip("=")
    header, payload, signature = signed().split(".")
    _, other_payload, _ = signed(good | {"sub": str(uuid4())}).split(".")
    claims = AccessClaims(UUID(an.id), UUID(good["sid"]))
    foreign = {
        "another key under our kid": signed(key=next(iter(THEIRS.signing.values()))),
        "another service's token": issue_access_token(THEIRS, claims, token_id=uuid4(), now=clock.now),
        "alg none": signed(key=None, algorithm="none"),
        "alg none written in": f"{unsigned}.{payload}.",
        "alg none, our signature": f"{unsigned}.{payload}.{signature}",
        "another algorithm": signed(algorithm="HS384"),
        "another payload": f"{header}.{other_payload}.{signature}",
        "no kid": signed(headers={}),
        "unknown kid": signed(headers={"kid": "0123456789ab"}),
        "another audience": signed(good | {"aud": "quizsvc-console"}),
        "another issuer": signed(good | {"iss": "somebody"}),
        "another person": signed(good | {"sub": str(uuid4())}),
        "another sign-in": signed(good | {"sid": str(uuid4())}),
    }
    foreign |= {f"no {name}": signed({key: good[key] for key in good if key != name}) for name in REQUIRED}
    for why, token in foreign.items():
        answer = me(client, token)
        assert (why, answer.status_code) == (why, 401)
        problem = assert_problem(answer, 401, "token-invalid")
        assert "detail" not in problem  # whoever tries learns nothing of the why


def test_signing_out_ends_the_access_token_at_once(client):
    an, other_phone = Player(client), Player(client)
    assert log_out(client, an.tokens["refresh_token"]).status_code == 204
    assert_problem(an.get("/me"), 401, "token-invalid")
    assert_problem(an.call("PATCH", "/me", {"nickname": "An"}), 401, "token-invalid")
    refused = client.post("/api/v1/auth/refresh", json={"refresh_token": an.tokens["refresh_token"]})
    assert_problem(refused, 401, "token-invalid")
    assert other_phone.get("/me").status_code == 200
    assert log_out(client, an.tokens["refresh_token"]).status_code == 204  # again is fine
    assert log_out(client, "nobody's").status_code == 204


def test_an_old_refresh_token_signs_out_too(client):
    an = Player(client)
    old = an.tokens["refresh_token"]
    an.refresh()
    assert log_out(client, old).status_code == 204
    assert_problem(an.get("/me"), 401, "token-invalid")


def test_erased_people_are_refused_at_once_on_every_phone(client):
    an, other_phone, binh = Player(client), Player(client), Player(client, 2)
    assert an.call("DELETE", "/me").status_code == 204
    for phone in (an, other_phone):
        assert_problem(phone.get("/me"), 401, "token-invalid")
        assert_problem(phone.call("DELETE", "/me"), 401, "token-invalid")
        again = client.post("/api/v1/auth/refresh", json={"refresh_token": phone.tokens["refresh_token"]})
        assert_problem(again, 401, "token-invalid")
    assert binh.get("/me").status_code == 200
