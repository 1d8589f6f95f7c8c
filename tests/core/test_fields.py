"""Input fields take exactly what their published JSON Schema says, and nothing that a database cannot store."""

from __future__ import annotations

import json
import re
import unicodedata
from datetime import UTC, date, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from marshmallow import EXCLUDE, Schema, ValidationError, fields

from quizsvc.core.fields import (
    NOT_BLANK,
    Day,
    Mapping,
    Moment,
    QueryWhole,
    Text,
    Truth,
    Whole,
    pointer_errors,
)


def taken(field, value):
    """What the field makes of a value, or ``...`` when it refuses."""
    try:
        return field.deserialize(value)
    except ValidationError:
        return ...


def pattern_takes(field, text):
    """As ECMA-262 reads a pattern: its ``$`` is the end, where Python's also stands before a last line feed."""
    return re.search(field.metadata["pattern"].removesuffix("$") + r"\Z", text) is not None


@given(st.text(max_size=20) | st.text("0123456789a\n", max_size=11))
@example("a\n")
@example("1\n")
@example("12a")
@example("a\x00")
@example("\x85")
@example("\u202e")
@example("\ufeff")
@example("\u3000")
@pytest.mark.parametrize("field", [Text(most=1000), Text(most=1000, pattern=NOT_BLANK), Text(pattern="[0-9]{1,9}")])
def test_a_text_is_taken_when_its_published_pattern_fits(field, text):
    accepted = taken(field, text)
    assert (accepted is not ...) == pattern_takes(field, text)
    if accepted is not ...:
        assert accepted == unicodedata.normalize("NFC", text)
        assert "\x00" not in accepted


@given(st.text(st.characters(categories=["Cs"]), min_size=1))
def test_half_a_character_is_no_text(text):
    assert taken(Text(), f"a{text}b") is ...


def test_lengths_are_counted_after_composing():
    apart = unicodedata.normalize("NFD", "Nguyễn Thị Hường")
    assert len(apart) > 16
    assert taken(Text(most=16), apart) == "Nguyễn Thị Hường"
    assert taken(Text(most=15), apart) is ...
    assert taken(Text(least=2), "e\u0301") is ...


@pytest.mark.parametrize("value", [1, True, None, ["a"], {"a": 1}, 1.5])
def test_only_a_text_is_a_text(value):
    assert taken(Text(), value) is ...


@given(st.one_of(st.integers(), st.floats(), st.booleans(), st.text(max_size=3), st.none()))
@example(2.0)
@example(2**53 - 1)
@example(2**53)
@example(1e400)
def test_a_whole_number_is_what_json_schema_calls_an_integer(value):
    valid = Draft202012Validator({"type": "integer", "minimum": -(2**53) + 1, "maximum": 2**53 - 1}).is_valid(value)
    accepted = taken(Whole(), value)
    assert (accepted is not ...) == valid
    if accepted is not ...:
        assert type(accepted) is int
        assert accepted == value


@pytest.mark.parametrize("value", [0, 1, "true", "false", "on", "yes", None, [], "1"])
def test_truth_has_no_synonyms(value):
    assert taken(Truth(), value) is ...
    assert [taken(Truth(), truth) for truth in (True, False)] == [True, False]


@pytest.mark.parametrize("text", ["", "+1", " 1", "1 ", "1.0", "1e1", "0x1", "١", "1_0", "a", "9" * 17, "-", "--1", "1\n"])
def test_what_is_no_number_in_a_query(text):
    assert taken(QueryWhole(least=-(10**16), most=10**16), text) is ...


@pytest.mark.parametrize(("text", "number"), [("0", 0), ("-7", -7), ("007", 7), ("100", 100)])
def test_a_number_in_a_query(text, number):
    assert taken(QueryWhole(least=-10, most=100), text) == number


@pytest.mark.parametrize(
    "text", ["20261123", "2026-W48-1", "2026-327", "2026-11", "26-11-23", "2026-11-31", " 2026-11-23", "2026-11-23T00:00"]
)
def test_a_day_has_one_spelling(text):
    assert taken(Day(), text) is ...


@given(st.dates())
def test_every_day_is_taken(day):
    assert taken(Day(), day.isoformat()) == day


@pytest.mark.parametrize("text", ["2026-11-23T08:00:00", "2026-11-23", "08:00", "now", ""])
def test_a_moment_needs_its_zone(text):
    assert taken(Moment(), text) is ...


def test_a_moment_is_shown_with_its_zone():
    class Shown(Schema):
        at = Moment()

    assert Shown().dump({"at": datetime(2026, 11, 23, 1, tzinfo=UTC)}) == {"at": "2026-11-23T01:00:00+00:00"}
    assert taken(Moment(), "2026-11-23T08:00:00+07:00") == datetime(2026, 11, 23, 1, tzinfo=UTC)


class Inner(Schema):
    class Meta:
        unknown = EXCLUDE

    id = Text(least=1, required=True)


class Outer(Schema):
    name = Text(required=True)
    born = Day()
    inner = fields.Nested(Inner)
    many = fields.List(fields.Nested(Inner))
    answers = Mapping(keys=Text(most=3), values=fields.List(Text(most=3)))


@pytest.mark.parametrize(
    ("sent", "pointers"),
    [
        ({}, ["/name"]),
        ([], [""]),
        (None, [""]),
        ({"name": "a", "a/b": 1, "c~d": 2}, ["/a~1b", "/c~0d"]),
        ({"name": 1, "born": "x"}, ["/born", "/name"]),
        ({"name": "a", "inner": []}, ["/inner"]),
        ({"name": "a", "inner": {"more": 1}}, ["/inner/id"]),
        ({"name": "a", "many": [{"id": "1"}, {}, 3]}, ["/many/1/id", "/many/2"]),
        ({"name": "a", "answers": 1}, ["/answers"]),
        ({"name": "a", "answers": {"q": 1}}, ["/answers/q"]),
        ({"name": "a", "answers": {"q": ["a", 1, "long"]}}, ["/answers/q/1", "/answers/q/2"]),
        ({"name": "a", "answers": {"long": [1], "x/y": []}}, ["/answers/long", "/answers/long/0"]),
    ],
)
def test_faults_point_at_what_was_sent(sent, pointers):
    with pytest.raises(ValidationError) as caught:
        Outer().load(sent)
    rows = pointer_errors(caught.value.messages)
    assert sorted(row["pointer"] for row in rows) == pointers
    assert all(row["detail"].strip() for row in rows)


def containers(inner):
    return st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3)


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=4), containers, max_leaves=6))
def test_anything_at_all_is_taken_or_refused_with_pointers(sent):
    try:
        Outer().load(sent)
    except ValidationError as error:
        for row in pointer_errors(error.messages):
            assert row["pointer"] == "" or row["pointer"].startswith("/")
            json.dumps(row)


def test_a_birth_date_beyond_all_calendars():
    assert taken(Day(), "0000-01-01") is ...
    assert taken(Day(), "10000-01-01") is ...
    assert taken(Day(), "9999-12-31") == date(9999, 12, 31)
