"""What a schema cannot see is named at its path, in Vietnamese and in English; nothing else is found wrong."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from quizsvc.contests.document_schema import examine
from tests.contests.test_document_v2 import BANK, FULL

GONE = object()


def put(document: dict[str, Any], pointer: str, value: Any) -> None:
    """Change, add or (``GONE``) remove what stands at a JSON pointer; ``-`` appends."""
    value = value if value is GONE else deepcopy(value)
    *steps, last = pointer.strip("/").split("/")
    holder: Any = document
    for step in steps:
        holder = holder[int(step)] if isinstance(holder, list) else holder.setdefault(step, {})
    if isinstance(holder, list) and last == "-":
        holder.append(value)
    elif value is GONE:
        del holder[int(last) if isinstance(holder, list) else last]
    else:
        holder[int(last) if isinstance(holder, list) else last] = value


def faults_of(*changes: tuple[str, Any]) -> list[tuple[str, str]]:
    document = deepcopy(FULL)
    for pointer, value in changes:
        put(document, pointer, value)
    found = examine(document)
    assert isinstance(found, list), "nothing was found wrong"
    assert all(fault.detail and fault.detail_en for fault in found)
    return [(fault.pointer, fault.detail) for fault in found]


R1 = FULL["rounds"][1]
PREDICTION = R1["prediction"]
WHOLE = PREDICTION | {"scope": "contest"}
CASES: list[tuple[str, list[tuple[str, Any]], str]] = [
    ("two rounds of a code", [("/rounds/-", R1)], "/rounds/2/round"),
    ("two tracks of a code", [("/tracks/1/track", "a"), ("/prizes/0/track", "a")], "/tracks/1/track"),
    ("two groups of a code", [("/groups/-", FULL["groups"][0])], "/groups/1/group"),
    ("two prizes of a code", [("/prizes/-", FULL["prizes"][0])], "/prizes/1/prize"),
    ("two prizes of a code in a round", [("/rounds/1/prizes/-", R1["prizes"][0])], "/rounds/1/prizes/1/prize"),
    (
        "two prizes of a code in a group",
        [("/groups/0/prizes/-", FULL["groups"][0]["prizes"][0])],
        "/groups/0/prizes/1/prize",
    ),
    ("a round that ends before it begins", [("/rounds/1/closes_at", R1["opens_at"])], "/rounds/1/closes_at"),
    (
        "registration that ends before it begins",
        [("/registration/closes_at", "2026-10-31T00:00:00+07:00")],
        "/registration/closes_at",
    ),
    ("a moment that is none", [("/registration/opens_at", "hôm qua")], "/registration/opens_at"),
    ("ages that cross", [("/eligibility/max_age", 13)], "/eligibility/max_age"),
    ("ages that cross in a condition", [("/tracks/0/when/min_age", 18)], "/tracks/0/when/max_age"),
    ("ages that cross in a class", [("/participation/1/when/min_age", 61)], "/participation/1/when/max_age"),
    ("a prize for no track", [("/prizes/0/track", "c")], "/prizes/0/track"),
    ("a prize of a round for no track", [("/rounds/1/prizes/0/track", "c")], "/rounds/1/prizes/0/track"),
    ("a paper for no track", [("/rounds/1/track_papers/c", BANK)], "/rounds/1/track_papers/c"),
    ("a track without a paper", [("/rounds/1/paper", GONE)], "/rounds/1/track_papers"),
    ("no paper at all", [("/rounds/0/paper", GONE)], "/rounds/0"),
    ("only, but twice", [("/rounds/1/attempts", 2)], "/rounds/1/attempts"),
    ("only, but without end", [("/rounds/1/attempts", "unlimited")], "/rounds/1/attempts"),
    ("two time limits", [("/rounds/1/time_limit_minutes", 5)], "/rounds/1/seconds_per_question"),
    ("no time limit", [("/rounds/0/time_limit_minutes", GONE)], "/rounds/0"),
    ("less than a second", [("/rounds/0/time_limit_minutes", 0.01)], "/rounds/0/time_limit_minutes"),
    (
        "more than four hours, question by question",
        [
            ("/rounds/1/seconds_per_question", 3600),
            ("/rounds/1/paper/0/count", 5),
            ("/rounds/1/track_papers", {"a": [{"bank": "b", "count": 5}]}),
        ],
        "/rounds/1/seconds_per_question",
    ),
    (
        "a time per question and papers of different lengths",
        [("/rounds/1/track_papers/a/0/count", 3)],
        "/rounds/1/seconds_per_question",
    ),
    ("a key twice", [("/ranking/1/key", "score")], "/ranking/1/key"),
    ("a key twice in a round", [("/rounds/1/ranking/2/key", "prediction_error")], "/rounds/1/ranking/2/key"),
    ("a key twice overall", [("/overall/ranking/-", {"key": "perfect_attempts"})], "/overall/ranking/1/key"),
    ("a key of prediction without one", [("/rounds/1/prediction", GONE)], "/rounds/1"),
    (
        "a key of prediction overall, of no round alike",
        [("/overall", {"counts": "sum", "ranking": [{"key": "prediction_error"}]})],
        "/overall/ranking",
    ),
    (
        "predictions about the contest with two targets",
        [
            ("/rounds/1/prediction", WHOLE),
            ("/rounds/-", R1 | {"round": "r2", "prediction": WHOLE | {"target": "participants"}}),
        ],
        "/rounds/2/prediction/target",
    ),
    (
        "predictions about the contest that count otherwise",
        [
            ("/rounds/1/prediction", WHOLE),
            ("/rounds/-", R1 | {"round": "r2", "prediction": WHOLE | {"counts_voided": False}}),
        ],
        "/rounds/2/prediction/counts_voided",
    ),
    (
        "a board before the score",
        [("/rounds/0/show", {"result": "after_final", "review": "never", "board": "after_contest"})],
        "/rounds/0/show/board",
    ),
    (
        "a key before the score",
        [("/rounds/0/show", {"result": "after_contest", "review": "after_round", "board": "never"})],
        "/rounds/0/show/review",
    ),
    ("a trial that overlaps", [("/rounds/0/closes_at", "2026-11-23T08:01:01+07:00")], "/rounds/0/closes_at"),
    ("nothing but trials", [("/rounds/1", GONE), ("/groups", []), ("/prizes", [])], "/rounds"),
    ("a group over no round", [("/groups/0/rounds/0", "r9")], "/groups/0/rounds/0"),
    ("a group over a trial", [("/groups/0/rounds/0", "thu")], "/groups/0/rounds/0"),
    ("a metric twice", [("/groups/0/keys/2/metric", "rank_points")], "/groups/0/keys/2/metric"),
    (
        "points for ranks in points for ranks",
        [("/groups/0/rank_points/criteria/1", "rank_points")],
        "/groups/0/rank_points/criteria/1",
    ),
    ("a criterion twice", [("/groups/0/rank_points/criteria/1", "rate")], "/groups/0/rank_points/criteria/1"),
    ("points for ranks that are not said", [("/groups/0/rank_points", GONE)], "/groups/0/keys"),
    ("points for ranks that nobody uses", [("/groups/0/keys/0/metric", "rate")], "/groups/0/rank_points"),
    ("a total that is not said", [("/groups/0/total", GONE)], "/groups/0/keys"),
    ("a total that nobody uses", [("/groups/0/keys/3", GONE)], "/groups/0/total"),
    ("a total of itself", [("/groups/0/total/0/metric", "total")], "/groups/0/total/0/metric"),
    ("a metric twice in a total", [("/groups/0/total/0/metric", "winners")], "/groups/0/total/1/metric"),
    ("points for ranks by the total", [("/groups/0/rank_points/criteria/1", "total")], "/groups/0/rank_points/criteria/1"),
    ("weights that are not said", [("/groups/0/prize_weights", GONE)], "/groups/0/keys"),
    ("a weight of no prize", [("/groups/0/prize_weights/ba", 1)], "/groups/0/prize_weights/ba"),
    ("steps that go down", [("/groups/0/gate/min_rate/1/below", 50)], "/groups/0/gate/min_rate/1"),
    ("a step after all others", [("/groups/0/gate/min_rate/0/below", GONE)], "/groups/0/gate/min_rate/1"),
    ("codes that are too long together", [("/contest", "a" * 60), ("/rounds/0/round", "b" * 55)], "/rounds/0/round"),
]


@pytest.mark.parametrize(("changes", "pointer"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_a_fault_is_named_where_it_stands(changes, pointer):
    assert [where for where, _ in faults_of(*changes)] == [pointer]


def test_a_prediction_about_tracks_needs_tracks():
    changes = [("/tracks", GONE), ("/prizes/0/track", GONE), ("/rounds/1/track_papers", GONE)]
    assert [where for where, _ in faults_of(*changes)] == ["/rounds/1/prediction/scope"]


def test_winners_need_prizes():
    changes = [("/prizes", GONE), ("/rounds/1/prizes", GONE)]
    assert {where for where, _ in faults_of(*changes)} == {
        "/groups/0",
        "/groups/0/prize_weights/nhat",
        "/groups/0/prize_weights/khuyen-khich",
    }


def test_overall_the_best_round_may_rank_by_its_own_prediction():
    document = deepcopy(FULL)
    put(document, "/overall/ranking", [{"key": "prediction_error"}])
    assert not isinstance(examine(document), list)
    put(document, "/rounds/-", deepcopy(R1) | {"round": "r2", "ranking": [{"key": "score"}]})
    put(document, "/rounds/2/prediction", GONE)
    found = examine(document)
    assert isinstance(found, list)
    assert [fault.pointer for fault in found] == ["/overall/ranking"]


def test_a_prediction_about_the_contest_seals_the_board_for_longer():
    show = {"result": "after_contest", "review": "never", "board": "at_once"}
    document = deepcopy(FULL)
    put(document, "/rounds/1/show", show)
    put(document, "/rounds/1/prediction", WHOLE)
    assert not isinstance(examine(document), list)
    put(document, "/rounds/1/prediction/scope", "round")
    found = examine(document)
    assert isinstance(found, list)
    assert [fault.pointer for fault in found] == ["/rounds/1/show/board"]
