"""JSON objects with something wrong in them: each fault named by its pointer, all at once, nothing changed."""

from __future__ import annotations

import pytest

from tests.api.endpoints import GOOD_BODIES, WITH_BODY, call, named
from tests.api.problems import assert_faults

pytestmark = pytest.mark.usefixtures("untouched")

BY_ENDPOINT = {made.endpoint: (path, made) for path, made in WITH_BODY}
UNSTORABLE = ["a\x00bcdefgh", "a\x1bbcdefgh", "a\x7fbcdefgh", "a\x85bcdefgh", "a\ud800bcdefgh", "a\u202ebcdefgh"]
TEXTS = {
    "sign_in": ["access_token"],
    "refresh": ["refresh_token"],
    "log_out": ["refresh_token"],
    "patch_me": ["nickname"],
    "verify_phone": ["phone_token", "access_token"],
    "give_consent": ["policy_version"],
    "submit": ["request_id"],
    "grant_role": ["participant_id", "reason"],
    "approve_headcount": ["reason"],
    "revoke_role": ["role_id", "reason"],
}
NO_TEXTS = [1, 1.5, True, ["a"], {"a": "b"}]
NO_NUMBERS = ["1", "", 1.5, True, [1], {"a": 1}]
OUT_OF_RANGE = [2**53, 2**63 - 1, 2**63, 2**64, 10**30, -1, -(2**63), 1e300]
WRONG = [
    ("sign_in", {"access_token": None}, "/access_token"),
    ("sign_in", {"access_token": ""}, "/access_token"),
    ("sign_in", {"access_token": "a" * 4097}, "/access_token"),
    ("refresh", {"refresh_token": "a" * 201}, "/refresh_token"),
    ("patch_me", {"nickname": "a"}, "/nickname"),
    ("patch_me", {"nickname": "a" * 41}, "/nickname"),
    ("patch_me", {"nickname": "   "}, "/nickname"),
    ("patch_me", {"nickname": "\u3000\u00a0\ufeff"}, "/nickname"),
    ("patch_me", {"birth_date": "23/11/1984"}, "/birth_date"),
    ("patch_me", {"birth_date": "1984-11"}, "/birth_date"),
    ("patch_me", {"birth_date": "19841123"}, "/birth_date"),
    ("patch_me", {"birth_date": "1984-W47-5"}, "/birth_date"),
    ("patch_me", {"birth_date": "1984-02-30"}, "/birth_date"),
    ("patch_me", {"birth_date": "1984-11-23T00:00:00Z"}, "/birth_date"),
    ("patch_me", {"birth_date": "１９８４-11-23"}, "/birth_date"),
    ("patch_me", {"birth_date": "1899-12-31"}, "/birth_date"),
    ("patch_me", {"birth_date": "2026-11-24"}, "/birth_date"),
    ("patch_me", {"birth_date": 19841123}, "/birth_date"),
    ("patch_me", {"occupation": "king"}, "/occupation"),
    ("patch_me", {"occupation": ["farmer"]}, "/occupation"),
    ("patch_me", {"unit": "1"}, "/unit"),
    ("patch_me", {"unit": []}, "/unit"),
    ("patch_me", {"unit": {}}, "/unit/id"),
    ("patch_me", {"unit": {"id": None}}, "/unit/id"),
    ("patch_me", {"unit": {"id": 1}}, "/unit/id"),
    ("patch_me", {"unit": {"id": ""}}, "/unit/id"),
    ("patch_me", {"unit": {"id": "-1"}}, "/unit/id"),
    ("patch_me", {"unit": {"id": "1\n"}}, "/unit/id"),
    ("patch_me", {"unit": {"id": "١"}}, "/unit/id"),
    ("patch_me", {"unit": {"id": "9223372036854775808"}}, "/unit/id"),
    ("patch_me", {"unit": {"id": "999999999"}}, "/unit/id"),
    ("verify_phone", {"phone_token": None}, "/phone_token"),
    ("give_consent", {"purpose": "sell"}, "/purpose"),
    ("give_consent", {"purpose": None}, "/purpose"),
    ("give_consent", {"granted": "true"}, "/granted"),
    ("give_consent", {"granted": 1}, "/granted"),
    ("give_consent", {"granted": None}, "/granted"),
    ("give_consent", {"policy_version": "1" * 41}, "/policy_version"),
    ("save_answers", {"version": None}, "/version"),
    ("save_answers", {"version": 0}, "/version"),
    ("save_answers", {"answers": None}, "/answers"),
    ("save_answers", {"answers": []}, "/answers"),
    ("save_answers", {"answers": {"q": "c"}}, "/answers/q"),
    ("save_answers", {"answers": {"q": {"c": True}}}, "/answers/q"),
    ("save_answers", {"answers": {"q": None}}, "/answers/q"),
    ("save_answers", {"answers": {"q": [1]}}, "/answers/q/0"),
    ("save_answers", {"answers": {"q": ["c", None]}}, "/answers/q/1"),
    ("save_answers", {"answers": {"q": ["c", "\x00"]}}, "/answers/q/1"),
    ("save_answers", {"answers": {"q": list("abcdefghi")}}, "/answers/q"),
    ("save_answers", {"answers": {"a/b~c": "c"}}, "/answers/a~1b~0c"),
    ("save_answers", {"answers": {"": []}}, "/answers/"),
    ("save_answers", {"answers": {"\x00": []}}, "/answers/\x00"),
    ("save_answers", {"answers": {f"q{place}": [] for place in range(201)}}, "/answers"),
    ("save_answers", {"predicted": 10**12 + 1}, "/predicted"),
    ("submit", {"request_id": "1234567"}, "/request_id"),
    ("submit", {"request_id": "1" * 65}, "/request_id"),
    ("submit", {"version": None}, "/version"),
    ("submit", {"answers": "none"}, "/answers"),
]


def with_change(stage, endpoint, change):
    path, made = BY_ENDPOINT[endpoint]
    return call(stage, path, made, json=GOOD_BODIES[endpoint] | change)


def test_each_wrong_value_is_named(stage):
    for endpoint, change, pointer in WRONG:
        assert_faults(with_change(stage, endpoint, change), pointer)


@pytest.mark.parametrize(**named(WITH_BODY))
def test_an_unknown_field_is_refused(stage, path, made):
    body = GOOD_BODIES[made.endpoint]
    assert_faults(call(stage, path, made, json=body | {"surprise": 1}), "/surprise")
    assert_faults(call(stage, path, made, json=body | {"__proto__": {}, "a/b~": 1}), "/__proto__", "/a~1b~0")


APART = ("start_attempt", "patch_me", "load_contest")
"""Nothing is required, or the contest document's own schema says what is."""


@pytest.mark.parametrize(**named([entry for entry in WITH_BODY if entry[1].endpoint not in APART]))
def test_what_is_missing_is_named(stage, path, made):
    required = [name for name, field in made.body().fields.items() if field.required]
    assert_faults(call(stage, path, made, json={}), *sorted(f"/{name}" for name in required))


@pytest.mark.parametrize("endpoint", TEXTS)
def test_texts_that_cannot_be_stored_or_are_none(stage, endpoint):
    for name in TEXTS[endpoint]:
        for value in [*UNSTORABLE, *NO_TEXTS]:
            assert_faults(with_change(stage, endpoint, {name: value}), f"/{name}")


@pytest.mark.parametrize("name", ["version", "predicted"])
@pytest.mark.parametrize("endpoint", ["save_answers", "submit"])
def test_numbers_that_are_none_or_too_large(stage, endpoint, name):
    wrong = [value for value in NO_NUMBERS if (name, value) != ("predicted", "1")]  # people type predictions as texts
    for value in [*wrong, *OUT_OF_RANGE]:
        assert_faults(with_change(stage, endpoint, {name: value}), f"/{name}")


def test_a_number_beyond_all_numbers(stage):
    path, made = BY_ENDPOINT["save_answers"]
    answer = call(stage, path, made, data=b'{"version": 1e999}', content_type="application/json")
    assert_faults(answer, "/version")


def test_all_faults_at_once(stage):
    change = {"nickname": 5, "birth_date": "never", "occupation": "king", "unit": {"id": "x"}, "more": 1}
    pointers = ["/birth_date", "/more", "/nickname", "/occupation", "/unit/id"]
    assert_faults(with_change(stage, "patch_me", change), *pointers)


def test_faults_are_told_in_vietnamese(stage):
    told = {
        fault["detail"] for endpoint, change, _ in WRONG for fault in with_change(stage, endpoint, change).json["errors"]
    }
    assert all(any(letter > "\x7f" for letter in detail) for detail in told), told


def test_a_name_is_counted_as_it_is_seen(stage):
    """Forty letters with their accents apart are forty letters."""
    apart = "ê\u0323" * 20
    answer = with_change(stage, "patch_me", {"nickname": apart, "occupation": "king"})
    assert_faults(answer, "/occupation")
