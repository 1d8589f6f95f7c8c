"""Numbers as people type them: what can mean one number is that number, anything else is refused in words."""

from __future__ import annotations

import re
from unicodedata import digit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizsvc.contests.predicted_number import (
    EMPTY,
    LARGEST_PREDICTION,
    NEGATIVE,
    NO_NUMBER,
    TOO_LARGE,
    UNCLEAR,
    UNITS,
    WRITTEN,
    parse_predicted,
)

SPACES = " \u00a0\u202f\u2009\u3000"
DIGITS = ["0123456789", "０１２３４５６７８９", "٠١٢٣٤٥٦٧٨٩", "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗"]


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("12345", 12345),
        ("12.345", 12345),
        ("12,345", 12345),
        ("12 345", 12345),
        ("12\u00a0345", 12345),
        ("12\u202f345", 12345),
        ("12  345", 12345),
        ("１２．３４５", 12345),
        ("１２，３４５", 12345),
        ("12345 người", 12345),
        ("12.345người", 12345),
        ("12 345 NGƯỜI", 12345),
        ("546.994 lượt thi", 546994),
        ("3 thí sinh", 3),
        ("  7\t", 7),
        ("0", 0),
        ("007", 7),
        ("1.000.000.000.000", 10**12),
        ("12345 ngu\u031bo\u031b\u0300i", 12345),
    ],
)
def test_what_people_type(typed, number):
    assert parse_predicted(typed) == number


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("12.34", UNCLEAR),
        ("1.2345", UNCLEAR),
        ("1234.567", UNCLEAR),
        ("12,3", UNCLEAR),
        ("1.234,567", UNCLEAR),
        ("1 234.567", UNCLEAR),
        ("0.123", UNCLEAR),
        ("012.345", UNCLEAR),
        ("12345.", UNCLEAR),
        ("1 2 3", UNCLEAR),
        ("-5", NEGATIVE),
        ("−5", NEGATIVE),
        ("- 12.345 người", NEGATIVE),
        ("mười", NO_NUMBER),
        ("12 nghìn", NO_NUMBER),
        ("12k", NO_NUMBER),
        ("1e5", NO_NUMBER),
        ("0x10", NO_NUMBER),
        ("+5", NO_NUMBER),
        (".5", NO_NUMBER),
        ("12²", NO_NUMBER),
        ("½", NO_NUMBER),
        ("①", NO_NUMBER),
        ("12\u200b345", NO_NUMBER),
        ("12-15", NO_NUMBER),
        ("\x00", NO_NUMBER),
        ("\ud800", NO_NUMBER),
        ("người", EMPTY),
        ("", EMPTY),
        (" \u00a0", EMPTY),
        ("1.000.000.000.001", TOO_LARGE),
        ("9" * 5000, TOO_LARGE),
    ],
)
def test_what_is_not_guessed(typed, said):
    assert parse_predicted(typed) == said


def groups(number: int, separator: str) -> str:
    return f"{number:,}".replace(",", separator)


@given(
    number=st.integers(0, LARGEST_PREDICTION),
    separator=st.sampled_from(["", ".", ",", *SPACES]),
    digits=st.sampled_from(DIGITS),
    around=st.text(SPACES, max_size=2),
    unit=st.sampled_from(["", *UNITS]),
)
def test_every_number_comes_back_however_it_is_written(number, separator, digits, around, unit):
    written = groups(number, separator).translate(str.maketrans(DIGITS[0], digits))
    assert parse_predicted(f"{around}{written}{around}{unit}") == number


@given(st.text() | st.from_regex(r"[-+]?[0-9., ]{1,20}( người)?", fullmatch=True))
def test_a_number_in_range_or_a_sentence_to_read(typed):
    found = parse_predicted(typed)
    if isinstance(found, int):
        assert 0 <= found <= LARGEST_PREDICTION
        assert found == int("".join(str(digit(sign)) for sign in typed if sign.isdecimal()))
    else:
        assert found.endswith(".")
        assert found[0].isupper()


@given(st.from_regex(WRITTEN, fullmatch=True))
def test_what_is_published_is_understood(typed):
    assert parse_predicted(typed) == int(re.sub(r"\D", "", typed))
