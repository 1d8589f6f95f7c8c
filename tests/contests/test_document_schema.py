"""The JSON Schema of contest documents: published, filled in, and anything at all examined against it."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from quizsvc.contests.document import ContestDocument
from quizsvc.contests.document_schema import contest_schema, examine
from quizsvc.contests.group_rules import Metric
from quizsvc.contests.ranking_keys import KINDS
from tests.contests.test_document_faults import GONE, put
from tests.contests.test_document_v2 import FULL
from tests.world import QUIZZES


def test_the_schema_is_sound_and_knows_every_kind_of_key():
    schema = contest_schema()
    Draft202012Validator.check_schema(schema)
    assert schema["$id"] == "urn:quizsvc:schema:contest:2"
    assert schema["$defs"]["ranking_key"]["properties"]["key"]["enum"] == list(KINDS)
    written = json.loads((QUIZZES / "schema" / "contest.schema.json").read_text(encoding="utf-8"))
    assert "enum" not in written["$defs"]["ranking_key"]["properties"]["key"]
    assert schema["$defs"]["metric"]["enum"] == list(Metric)


def test_the_schema_over_http(phone):
    answer = phone.get("/api/v1/schemas/contest")
    assert (answer.status_code, answer.mimetype) == (200, "application/json")
    assert answer.json == contest_schema()


@pytest.mark.parametrize("kind", KINDS)
def test_a_contest_may_rank_by_each_kind_of_key(kind):
    document = deepcopy(FULL)
    put(document, "/rounds/1/ranking", [{"key": kind}])
    assert isinstance(examine(document), ContestDocument)


@pytest.mark.parametrize(
    ("pointer", "value", "vietnamese", "english"),
    [
        ("/title", GONE, "thiếu mục «title»", "“title” is missing"),
        ("/colour", "đỏ", "mục «colour» không được dùng", "“colour” is not used here"),
        ("/contest", "Thi 2026", "không đúng dạng", "does not have the right form"),
        ("/title", "ab", "cần ít nhất 3 ký tự", "needs at least 3 characters"),
        ("/eligibility/min_age", 5, "không được nhỏ hơn 6", "must not be below 6"),
        ("/eligibility/occupations/0", "doctor", "không thuộc các giá trị", "must be one of official | pupil"),
        ("/eligibility/units", ["40", "40"], "có mục lặp lại", "repeats an item"),
        ("/participation/0/class", "vip", "mandatory, encouraged", "must be one of mandatory | encouraged"),
        ("/participation/0/reason", GONE, "thiếu mục «reason»", "“reason” is missing"),
        ("/tracks/0/track", "bảng a", "không đúng dạng", "does not have the right form"),
        ("/limits/per_day", 0, "không được nhỏ hơn 1", "must not be below 1"),
        ("/limits/abandoned", "lost", "không thuộc các giá trị", "must be one of consumed | free"),
        ("/ranking/0/key", "beauty", "không thuộc các giá trị: score", "must be one of score | "),
        ("/ranking/0/order", "up", "không thuộc các giá trị", "must be one of high | low"),
        ("/ranking", [], "cần ít nhất 1 mục", "needs at least 1 items"),
        ("/overall/counts", "average", "không thuộc các giá trị", "must be one of sum | best | none"),
        ("/registration/opens_at", 5, "phải là chữ", "must be of type string"),
        ("/complaints/hours", 1.5, "phải là một số nguyên", "must be of type integer"),
        ("/prizes/0/quantity", 0, "không được nhỏ hơn 1", "must not be below 1"),
        ("/prizes/0/amount", -1, "không được nhỏ hơn 0", "must not be below 0"),
        ("/groups/0/keys/0/metric", "beauty", "không thuộc các giá trị", "must be one of participants"),
        ("/groups/0/gate/min_rate/0/percent", 101, "không được lớn hơn 100", "must not be above 100"),
        ("/groups/0/rank_points/points/0", -1, "không được nhỏ hơn 0", "must not be below 0"),
        ("/rounds/0/phase", "final", "không thuộc các giá trị", "must be one of trial | official"),
        ("/rounds/0/time_limit_minutes", 0, "phải lớn hơn 0", "must be above 0"),
        ("/rounds/0/attempts", "many", "không thuộc dạng nào", "does not have the right form"),
        ("/rounds/1/points_per_question", {"1": 1}, "không thuộc dạng nào", "does not have the right form"),
        ("/rounds/1/partial_credit", "half", "không thuộc các giá trị", "must be one of none | no_wrong"),
        ("/rounds/1/show/board", "later", "không thuộc các giá trị", "must be one of at_once"),
        ("/rounds/1/prediction/target", "luck", "không thuộc các giá trị", "must be one of perfect_participants"),
        ("/rounds/1/prediction/scope", "world", "không thuộc các giá trị", "must be one of round | track | contest"),
        ("/rounds/1/prediction/whose", "mine", "không thuộc các giá trị", "must be one of counted"),
        ("/rounds/1/prediction/counts_voided", "yes", "phải là true hoặc false", "must be of type boolean"),
        ("/rounds/1/track_papers/A B", [{"bank": "b", "count": 1}], "khóa «A B» không đúng dạng", "the key “A B”"),
        ("/rounds/1/same_questions", 1, "phải là true hoặc false", "must be of type boolean"),
        ("/rounds", [], "cần ít nhất 1 mục", "needs at least 1 items"),
    ],
)
def test_each_departure_is_said_in_both_languages_at_its_path(pointer, value, vietnamese, english):
    document: dict[str, Any] = deepcopy(FULL)
    put(document, pointer, value)
    found = examine(document)
    assert isinstance(found, list)
    (fault,) = found
    holder = pointer.rpartition("/")[0]
    assert fault.pointer == (holder if value is GONE else pointer)
    assert vietnamese in fault.detail
    assert english in fault.detail_en


@pytest.mark.parametrize("text", ["a\x00bc", "Thi \u202ethử", "abc\ud800"])
def test_what_cannot_be_kept_or_shown_is_refused(text):
    found = examine(deepcopy(FULL) | {"title": text})
    assert isinstance(found, list)
    assert [fault.pointer for fault in found] == ["/title"]


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_what_is_no_number_is_refused(number):
    document = deepcopy(FULL)
    put(document, "/rounds/0/time_limit_minutes", number)
    found = examine(document)
    assert isinstance(found, list)
    assert "/rounds/0/time_limit_minutes" in [fault.pointer for fault in found]


def test_a_control_character_in_a_key_is_refused_too():
    document = deepcopy(FULL)
    document["rounds"][1]["track_papers"]["a\x00"] = [{"bank": "b", "count": 2}]
    assert isinstance(examine(document), list)


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


def pointers(value: Any, base: str = "") -> list[str]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [base, *(found for step, each in inner for found in pointers(each, f"{base}/{step}"))]


@settings(max_examples=300)
@given(st.sampled_from(pointers(FULL)[1:]), anything | st.just(GONE))
def test_whatever_stands_anywhere_is_understood_or_refused_with_words(pointer, value):
    document = deepcopy(FULL)
    put(document, pointer, value)
    found = examine(document)
    if isinstance(found, list):
        assert found
        assert all(fault.detail and fault.detail_en for fault in found)
    else:
        assert found.rounds


@given(anything)
def test_anything_at_all_is_refused_with_words(value):
    found = examine(value)
    assert isinstance(found, list)
    assert found
