"""Who may call: every way in which an access token can be none of ours."""

from __future__ import annotations

import base64
import hmac
import json
from datetime import timedelta
from uuid import UUID, uuid4

import jwt
import pytest

from quizsvc.auth.tokens import ACCESS_LIFE, AccessClaims, issue_access_token
from quizsvc.core.keys import Keys
from tests.api.endpoints import GOOD_BODIES, SIGNED_IN, address, named
from tests.api.problems import assert_problem
from tests.conftest import TEST_KEY

pytestmark = pytest.mark.usefixtures("untouched")

OURS = Keys.from_secrets([TEST_KEY])
KEY_ID, KEY = next(iter(OURS.signing.items()))
OTHER = Keys.from_secrets(["some-other-key-0123456789-abcdefghijklmno"])


def claims_of(stage):
    return jwt.decode(stage.an.tokens["access_token"], options={"verify_signature": False})


def me(stage, authorization):
    return stage.phone.get("/api/v1/me", headers={"Authorization": authorization})


def signed(payload, key=KEY, **headers):
    return jwt.encode(payload, key, algorithm="HS256", headers={"kid": KEY_ID} | headers)


def text_of(raw):
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def segment(value):
    return text_of(json.dumps(value).encode())


def stronger(payload):
    """Signed with our key, by an algorithm that we do not use."""
    said = f"{segment({'alg': 'HS512', 'kid': KEY_ID})}.{segment(payload)}"
    return f"{said}.{text_of(hmac.digest(KEY, said.encode(), 'sha512'))}"


def test_the_token_that_the_others_are_made_from_is_good(stage):
    assert me(stage, f"Bearer {signed(claims_of(stage))}").status_code == 200
    assert me(stage, f"bearer  {signed(claims_of(stage))} ").status_code == 200  # the scheme's name has no case


@pytest.mark.parametrize(**named(SIGNED_IN))
def test_each_guarded_endpoint_asks_for_one(stage, path, made):
    sent = {"method": made.method, "json": GOOD_BODIES.get(made.endpoint)}
    answer = stage.phone.open(address(stage, path), **sent)
    assert_problem(answer, 401, "token-invalid")
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    forged = {"Authorization": f"Bearer {signed(claims_of(stage), key=b'k' * 32)}"}
    assert_problem(stage.phone.open(address(stage, path), headers=forged, **sent), 401, "token-invalid")


def test_a_token_is_asked_for_before_anything_is_read(stage):
    answer = stage.phone.patch("/api/v1/me?more=1", data=b"{", content_type="text/plain")
    assert_problem(answer, 401, "token-invalid")


def test_other_ways_to_say_who_one_is(stage):
    token = stage.an.tokens["access_token"]
    for authorization in ["", "Bearer", "Bearer ", f"Basic {token}", token, f"Token {token}", f"Bearer {token} {token}"]:
        assert_problem(me(stage, authorization), 401, "token-invalid")
    assert stage.phone.get(f"/api/v1/me?access_token={token}").status_code == 401
    stage.phone.set_cookie("access_token", token)
    assert stage.phone.get("/api/v1/me").status_code == 401
    stage.phone.delete_cookie("access_token")


def test_signed_by_somebody_else(stage):
    payload = claims_of(stage)
    somebody = next(iter(OTHER.signing.items()))
    theirs = [
        signed(payload, key=somebody[1]),
        signed(payload, key=somebody[1], kid=somebody[0]),
        signed(payload, key=TEST_KEY.encode()),  # the secret itself signs nothing
        signed(payload, key=OURS.refresh[0]),
        stronger(payload),
        signed(payload, kid="other"),
        signed(payload, kid=""),
        jwt.encode(payload, KEY, algorithm="HS256"),
        jwt.encode(payload, None, algorithm="none", headers={"kid": KEY_ID}),
        issue_access_token(OTHER, AccessClaims(UUID(stage.an.id), uuid4()), token_id=uuid4(), now=stage.clock()),
    ]
    for token in theirs:
        assert_problem(me(stage, f"Bearer {token}"), 401, "token-invalid")


def test_headers_that_no_library_writes(stage):
    payload = segment(claims_of(stage))
    for header in [
        {"alg": "None", "kid": KEY_ID},
        {"alg": "nOnE", "kid": KEY_ID},
        {"alg": None, "kid": KEY_ID},
        {},
        [],
        "x",
        1,
    ]:
        assert_problem(me(stage, f"Bearer {segment(header)}.{payload}."), 401, "token-invalid")
    for kid in [[KEY_ID], {"a": 1}, 1, None, True, "../../dev/null", "' OR 1=1 --"]:
        assert_problem(me(stage, f"Bearer {segment({'alg': 'HS256', 'kid': kid})}.{payload}.AA"), 401, "token-invalid")
    for token in ["x", "a.b", "a.b.c", "....", "é.é.é", "\x00", "a" * 8000, f"{segment({'kid': KEY_ID})}.."]:
        assert_problem(me(stage, f"Bearer {token}"), 401, "token-invalid")


def test_other_claims(stage):
    good = claims_of(stage)
    changes = [
        {"aud": "other"},
        {"aud": ["other"]},
        {"iss": "other"},
        {"sub": "1"},
        {"sub": str(uuid4())},
        {"sub": stage.binh.id},
        {"sid": "x"},
        {"sid": str(uuid4())},
        {"sid": None},
        {"exp": "soon"},
        {"exp": 10**400},
        {"exp": -(10**400)},
        {"exp": None},
        {"exp": [1]},
    ]
    for change in changes:
        assert_problem(me(stage, f"Bearer {signed(good | change)}"), 401, "token-invalid")
    for name in good:
        without = {key: value for key, value in good.items() if key != name}
        assert_problem(me(stage, f"Bearer {signed(without)}"), 401, "token-invalid")


def test_not_valid_yet_by_its_own_word(stage):
    later = int((stage.clock() + timedelta(hours=1)).timestamp())
    assert me(stage, f"Bearer {signed(claims_of(stage) | {'iat': later})}").status_code == 200
    assert_problem(me(stage, f"Bearer {signed(claims_of(stage) | {'nbf': 2**40})}"), 401, "token-invalid")


def test_expired(stage):
    payload = claims_of(stage)
    now = int(stage.clock().timestamp())
    for expiry in [now, now - 1, 0, -1]:
        assert_problem(me(stage, f"Bearer {signed(payload | {'exp': expiry})}"), 401, "token-expired")
    assert me(stage, f"Bearer {signed(payload | {'exp': now + 1})}").status_code == 200
    assert payload["exp"] - payload["iat"] == ACCESS_LIFE.total_seconds() == 900


def test_an_expired_token_of_somebody_else_is_only_invalid(stage):
    token = signed(claims_of(stage) | {"exp": 1}, key=b"k" * 32)
    assert_problem(me(stage, f"Bearer {token}"), 401, "token-invalid")
