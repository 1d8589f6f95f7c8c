"""What Zalo's answers mean."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizsvc.zalo.client import PROBLEMS
from quizsvc.zalo.errors import PHONE_PROBLEMS
from quizsvc.zalo.replies import (
    ERROR_CODES,
    LONGEST_NAME,
    Outcome,
    Refused,
    ZaloProfile,
    international,
    read_phone_number,
    read_profile,
)

ID = "4047671499938107249"

WHO_MUST_ACT = [
    (452, Outcome.TOKEN_REJECTED, 401),
    (210, Outcome.USER_NOT_VISIBLE, 403),
    (-1401, Outcome.CONSENT_NEEDED, 403),
    (-501, Outcome.REGION_REFUSED, 503),
    (114, Outcome.PHONE_CODE_INVALID, 400),
    (115, Outcome.PHONE_CODE_INVALID, 400),
    (116, Outcome.MISCONFIGURED, 500),
    (117, Outcome.MISCONFIGURED, 500),
    (118, Outcome.MISCONFIGURED, 500),
    (119, Outcome.PHONE_CODE_USED, 409),
    (-242, Outcome.MISCONFIGURED, 500),
    (-1241, Outcome.MISCONFIGURED, 500),
    (100, Outcome.MISCONFIGURED, 500),
    (110, Outcome.MISCONFIGURED, 500),
    (111, Outcome.MISCONFIGURED, 500),
    (112, Outcome.MISCONFIGURED, 500),
    (2500, Outcome.MISCONFIGURED, 500),
    (10001, Outcome.MISCONFIGURED, 500),
    (11004, Outcome.APP_DISABLED, 503),
    (12000, Outcome.OVER_QUOTA, 503),
    (12002, Outcome.OVER_QUOTA, 503),
    (12003, Outcome.OVER_QUOTA, 503),
    (12004, Outcome.OVER_QUOTA, 503),
    (12010, Outcome.OVER_QUOTA, 503),
    (10000, Outcome.UNAVAILABLE, 503),
    (10002, Outcome.UNAVAILABLE, 503),
    (10003, Outcome.UNAVAILABLE, 503),
    (424242, Outcome.UNEXPECTED, 503),
]


def answer(**members: object) -> bytes:
    return json.dumps(members, ensure_ascii=False).encode()


def refusal_of(body: bytes, status: int = 200) -> Refused:
    with pytest.raises(Refused) as caught:
        read_profile(status, body)
    return caught.value


@pytest.mark.parametrize(("error", "outcome", "status"), WHO_MUST_ACT)
def test_every_documented_code(error, outcome, status):
    body = answer(error=error, message="…")
    assert refusal_of(body).outcome is outcome
    assert refusal_of(body).error == error
    with pytest.raises(Refused) as caught:
        read_phone_number(200, body)
    assert caught.value.outcome is outcome
    assert PROBLEMS[outcome]().status == status


def test_the_table_above_is_whole():
    assert {error for error, _, _ in WHO_MUST_ACT} == {*ERROR_CODES, 424242}
    assert set(PROBLEMS) == set(Outcome)
    assert {type(make()) for make in PROBLEMS.values()} == set(PHONE_PROBLEMS)


@pytest.mark.parametrize("more", [{}, {"error": 0}, {"error": 0, "message": "Success", "is_sensitive": False}])
def test_a_profile(more):
    picture = {"data": {"url": "https://avatars.example.vn/a.jpg"}}
    profile = read_profile(200, answer(id=ID, name="Nguyễn Văn A", picture=picture, **more))
    assert profile == ZaloProfile(ID, "Nguyễn Văn A", "https://avatars.example.vn/a.jpg")


@pytest.mark.parametrize("bad_id", [None, "", 4047671499938107249, 1.5, True, "12a", " 12", "١٢", "1" * 41, ["1"]])
def test_an_id_is_decimal_text(bad_id):
    assert refusal_of(answer(error=0, id=bad_id)).outcome is Outcome.UNAVAILABLE
    assert refusal_of(answer(error=0)).reason == "no-id"


@pytest.mark.parametrize(
    ("given_name", "shown"),
    [
        (None, None),
        ("", None),
        (" \t\n", None),
        (7, None),
        ("  Lê\u00a0 Văn\tB ", "Lê Văn B"),
        (unicodedata.normalize("NFD", "Phạm Thị Diễm"), "Phạm Thị Diễm"),
        ("a\x00b\ud800c\u202ed", "a b c d"),
        ("ạ" * 300, "ạ" * LONGEST_NAME),
        ("👩‍👧 Mai", "👩‍👧 Mai"),
    ],
)
def test_names_can_be_stored_and_shown(given_name, shown):
    body = json.dumps({"error": 0, "id": ID, "name": given_name}).encode()
    assert read_profile(200, body).name == shown


@pytest.mark.parametrize(
    "picture",
    [
        None,
        "",
        "https://avatars.example.vn/a.jpg",
        [],
        {},
        {"data": None},
        {"data": {}},
        {"data": {"url": ""}},
        {"data": {"url": 1}},
        {"data": {"url": "javascript:alert(1)"}},
        {"data": {"url": "http://avatars.example.vn/a.jpg"}},
        {"data": {"url": "https://avatars.example.vn/a b"}},
        {"data": {"url": "https://" + "a" * 1000}},
    ],
)
def test_a_picture_that_is_no_https_address_is_none(picture):
    assert read_profile(200, answer(error=0, id=ID, picture=picture)) == ZaloProfile(ID)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<!doctype html>",
        b'{"error":0,',
        b"\xff\xfe",
        b"null",
        b"[]",
        b'"ok"',
        b"[" * 60_000,
        b'{"error":"0","id":"1"}',
        b'{"error":null,"id":"1"}',
        b'{"error":false,"id":"1"}',
        b'{"error":-501.0,"id":"1"}',
        b'{"error":' + b"9" * 5000 + b"}",
    ],
)
def test_what_is_not_zalos_json_is_an_outage(body):
    assert refusal_of(body).outcome is Outcome.UNAVAILABLE


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (204, Outcome.UNAVAILABLE),
        (302, Outcome.UNAVAILABLE),
        (500, Outcome.UNAVAILABLE),
        (502, Outcome.UNAVAILABLE),
        (503, Outcome.UNAVAILABLE),
        (400, Outcome.UNEXPECTED),
        (403, Outcome.UNEXPECTED),
        (404, Outcome.UNEXPECTED),
        (429, Outcome.OVER_QUOTA),
    ],
)
def test_another_status_is_never_an_answer(status, outcome):
    refused = refusal_of(answer(error=0, id=ID), status)
    assert (refused.outcome, refused.reason) == (outcome, f"status-{status}")
    assert PROBLEMS[outcome]().status == 503


@pytest.mark.parametrize(
    ("number", "normal"),
    [
        ("84912345678", "+84912345678"),
        ("+84912345678", "+84912345678"),
        ("0912345678", "+84912345678"),
        ("840912345678", "+84912345678"),
        ("849123456789", "+849123456789"),
        ("8562055512345", "+8562055512345"),
        ("", None),
        ("84", None),
        ("0", None),
        ("8491234567", None),
        ("84091", None),
        ("84912345678901", None),
        ("84 912 345 678", None),
        ("８４９１２３４５６７８", None),
        ("+", None),
        ("++84912345678", None),
        ("1234567", None),
        (84912345678, None),
        (None, None),
    ],
)
def test_phone_numbers(number, normal):
    assert international(number) == normal


def test_a_phone_number():
    assert read_phone_number(200, answer(error=0, message="Success", data={"number": "84912345678"})) == "+84912345678"


@pytest.mark.parametrize("data", [None, {}, [], "84912345678", {"number": ""}, {"latitude": "10.75", "longitude": "106.74"}])
def test_a_success_without_a_number(data):
    with pytest.raises(Refused) as caught:
        read_phone_number(200, answer(error=0, data=data))
    assert caught.value.outcome is Outcome.PHONE_CODE_INVALID


@given(st.text("+0123456789", max_size=18))
def test_normalising_twice_changes_nothing(number):
    normal = international(number)
    assert normal is None or international(normal) == normal


MEMBERS = st.sampled_from(["error", "id", "name", "picture", "data", "number", "url"])
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.text("aễ \x00\ud800\u202e", max_size=8)
    | st.sampled_from([0, 452, ID, "84912345678"])
)
OBJECTS = st.dictionaries(MEMBERS, LEAVES | st.dictionaries(MEMBERS, LEAVES, max_size=2), max_size=4)


@given(st.binary(max_size=40) | OBJECTS.map(lambda members: json.dumps(members).encode()))
def test_whatever_comes_is_read_or_refused(body):
    for read in (read_profile, read_phone_number):
        try:
            found = read(200, body)
        except Refused:
            continue
        (found if isinstance(found, str) else f"{found.id}{found.name}{found.avatar_url}").encode()
