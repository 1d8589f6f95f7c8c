from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizsvc.attempts.receipts import CROCKFORD, HandedIn, receipt_code, receipt_sha256

EXAMPLE = HandedIn(
    attempt_id="01938f2c-0000-7000-8000-000000000001",
    round_id="thi.r1",
    number=1,
    paper="2031:cabd 45:ab",
    answers="b,",
    predicted=3195,
    started_at=datetime(2026, 11, 23, 1, 0, tzinfo=UTC),
    ended_at=datetime(2026, 11, 23, 1, 1, 21, 234_000, tzinfo=UTC),
)
CANONICAL = (
    '{"answers":"b,","attempt_id":"01938f2c-0000-7000-8000-000000000001","ended_at":"2026-11-23T01:01:21.234+00:00",'
    '"number":1,"paper":"2031:cabd 45:ab","predicted":3195,"round_id":"thi.r1",'
    '"started_at":"2026-11-23T01:00:00.000+00:00"}'
)
SHA256 = "917716030c566d5bcd012546c56eb3ce197f4bd81b41bec1e43b96521edbbc71"
CODE = "J5VH-C0RC-ASPN-QK81"


def test_the_published_example():
    """Receipts in citizens' hands were made this way; a change here would call them all false."""
    assert receipt_sha256(EXAMPLE) == SHA256 == hashlib.sha256(CANONICAL.encode()).hexdigest()
    assert receipt_code(SHA256) == CODE


@pytest.mark.parametrize(
    "change",
    [
        {"attempt_id": "01938f2c-0000-7000-8000-000000000002"},
        {"round_id": "thi.r2"},
        {"number": 2},
        {"paper": "2031:cabd 45:ba"},
        {"paper": "2032:cabd 45:ab"},
        {"answers": "b,a"},
        {"answers": "a,"},
        {"predicted": 3194},
        {"predicted": None},
        {"started_at": EXAMPLE.started_at + timedelta(milliseconds=1)},
        {"ended_at": EXAMPLE.ended_at - timedelta(milliseconds=1)},
    ],
    ids=str,
)
def test_changing_anything_changes_hash_and_code(change):
    changed = receipt_sha256(replace(EXAMPLE, **change))
    assert changed != SHA256
    assert receipt_code(changed) != CODE


def test_the_same_moment_in_another_time_zone_is_the_same_receipt():
    vietnam = timezone(timedelta(hours=7))
    moved = replace(
        EXAMPLE, started_at=EXAMPLE.started_at.astimezone(vietnam), ended_at=EXAMPLE.ended_at.astimezone(vietnam)
    )
    assert receipt_sha256(moved) == SHA256


@given(st.binary(min_size=32, max_size=32))
def test_a_code_is_the_first_eighty_bits_and_easy_to_read_aloud(digest):
    code = receipt_code(digest.hex())
    assert re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}", code)
    number = 0
    for letter in code.replace("-", ""):
        number = number * 32 + CROCKFORD.index(letter)
    assert number == int.from_bytes(digest[:10], "big")


def test_the_alphabet_has_no_letters_that_are_mistaken_for_others():
    assert len(set(CROCKFORD)) == 32
    assert not set(CROCKFORD) & set("ILOU")
