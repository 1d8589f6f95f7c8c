from __future__ import annotations

from copy import deepcopy
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizsvc.contests.document import ContestDocument, canonical_sha256, understand
from quizsvc.contests.eligibility import Eligibility
from quizsvc.contests.ranking_keys import USUAL_RANKING
from quizsvc.contests.rules import ContestRules, Counts, Limits, Paper, Phase, Quota, RoundRules, Shown

ROUND = {
    "round": "r1",
    "title": "Vòng 1",
    "opens_at": "2026-11-23T08:00:00+07:00",
    "closes_at": "2026-11-30T08:00:00+07:00",
    "time_limit_minutes": 12.5,
    "attempts": 3,
    "counts": "best",
    "show": {"result": "at_once", "review": "after_round", "board": "at_once"},
    "paper": [{"bank": "bau-cu", "count": 2}, {"bank": "tre-em", "topic": "quyen", "difficulty": 1, "count": 1}],
}
FOREVER = {"opens_at": "1980-01-01T00:00:00+07:00"}
DOCUMENT = {"contest": "thi", "title": "Cuộc thi", "organizer": "40", "rounds": [ROUND]}


def changed(path: tuple[str | int, ...], value: object) -> dict[str, object]:
    """The sound document with one value changed, at a path into its rounds."""
    rounds = [deepcopy(ROUND), deepcopy(ROUND) | {"round": "r2"}]
    holder: object = rounds
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = value
    return DOCUMENT | {"rounds": rounds}


def faults(document: dict[str, object]) -> list[tuple[tuple[str | int, ...], str]]:
    understood = understand(document)
    assert isinstance(understood, list), understood
    return [(fault.path, fault.detail) for fault in understood]


def test_a_sound_document():
    understood = understand(DOCUMENT | {"eligibility": {"min_age": 14, "needs_unit": True}})
    assert isinstance(understood, ContestDocument)
    assert (understood.slug, understood.title, understood.organizer_code) == ("thi", "Cuộc thi", "40")
    (made,) = understood.rounds
    assert (made.code, made.title) == ("r1", "Vòng 1")
    assert made.opens_at == datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
    assert made.closes_at == datetime(2026, 11, 30, 1, 0, tzinfo=UTC)
    assert made.rules == RoundRules(
        time_limit_ms=750_000,
        limits=Limits(per_round=3),
        counts=Counts.BEST,
        points=(1, 1, 1),
        show_result=Shown.AT_ONCE,
        show_review=Shown.AFTER_ROUND,
        show_board=Shown.AT_ONCE,
        papers=(Paper((Quota("bau-cu", 2), Quota("tre-em", 1, "quyen", 1))),),
        eligibility=Eligibility(min_age=14, needs_unit=True),
    )
    assert made.rules.question_count == 3
    assert (made.rules.phase, made.rules.ranking, made.rules.question_ms) == (Phase.OFFICIAL, USUAL_RANKING, None)
    assert understood.rules == ContestRules()


def test_what_may_be_left_out_or_said_otherwise():
    free = ROUND | {"attempts": "unlimited", "points_per_question": 5, "prediction": {"prompt": "Bao nhiêu?"}}
    understood = understand(DOCUMENT | {"rounds": [free]})
    assert isinstance(understood, ContestDocument)
    rules = understood.rounds[0].rules
    assert (rules.limits, rules.points, rules.prediction_prompt) == (Limits(), (5, 5, 5), "Bao nhiêu?")
    assert rules.eligibility == Eligibility(None, False)


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        ((1, "opens_at"), "2026-11-23T08:00:00", "thiếu múi giờ"),
        ((0, "closes_at"), "2026-11-30", "thiếu múi giờ"),
        ((0, "opens_at"), "23/11/2026 8:00", "không phải thời điểm"),
        ((0, "opens_at"), "2026-11-23T24:01:00+07:00", "không phải thời điểm"),
        ((0, "opens_at"), "2026-11-23T25:00:00+07:00", "không phải thời điểm"),
        ((0, "closes_at"), "9999-12-31T24:00:00+07:00", "không phải thời điểm"),
        ((0, "closes_at"), "2026-11-30T24:00", "thiếu múi giờ"),
        ((0, "opens_at"), "2026-02-30T08:00:00+07:00", "không phải thời điểm"),
        ((0, "opens_at"), "0001-01-01T00:00:00+07:00", "không phải thời điểm"),
        ((0, "closes_at"), "9999-12-31T23:00:00-07:00", "không phải thời điểm"),
        ((1, "closes_at"), "2026-11-23T08:00:00+07:00", "kết thúc sau khi bắt đầu"),
        ((1, "closes_at"), "2026-11-23T07:59:59+07:00", "kết thúc sau khi bắt đầu"),
        ((0, "closes_at"), "2026-11-23T01:00:00+00:00", "kết thúc sau khi bắt đầu"),
        ((0, "time_limit_minutes"), 0.016, "từ 1 giây"),
        ((1, "round"), "r1", "«r1» đã dùng"),
        ((0, "show", "result"), "after_round", "bảng xếp hạng"),
        ((0, "show"), {"result": "after_round", "review": "at_once", "board": "never"}, "đáp án"),
        ((0, "show"), {"result": "never", "review": "after_round", "board": "never"}, "đáp án"),
        ((0, "show"), {"result": "never", "review": "never", "board": "after_round"}, "bảng xếp hạng"),
    ],
)
def test_every_fault_is_said_where_it_stands(path, value, said):
    ((where, detail),) = faults(changed(path, value))
    if path[-1] == "show" or path[-1] == "result":
        assert where == ("rounds", 0, "show", "review" if said == "đáp án" else "board")
    else:
        assert where == ("rounds", *path)
    assert said in detail


def test_all_faults_come_at_once():
    broken = ROUND | {"opens_at": "?", "closes_at": "2026-11-23", "time_limit_minutes": 0.001}
    broken |= {"show": {"result": "never", "review": "at_once", "board": "at_once"}}
    found = faults(DOCUMENT | {"rounds": [broken, ROUND, ROUND]})
    assert sorted(path for path, _ in found) == [
        ("rounds", 0, "closes_at"),
        ("rounds", 0, "opens_at"),
        ("rounds", 0, "show", "board"),
        ("rounds", 0, "show", "review"),
        ("rounds", 0, "time_limit_minutes"),
        ("rounds", 1, "round"),
        ("rounds", 2, "round"),
    ]


def test_a_prediction_seals_the_board_so_it_may_be_said_at_once():
    show = {"result": "after_round", "review": "never", "board": "at_once"}
    sealed = ROUND | {"show": show, "prediction": {"prompt": "Bao nhiêu người?"}}
    assert isinstance(understand(DOCUMENT | {"rounds": [sealed]}), ContestDocument)
    assert [path[-1] for path, _ in faults(DOCUMENT | {"rounds": [ROUND | {"show": show}]})] == ["board"]


def test_the_hash_does_not_depend_on_the_order_of_keys_but_on_everything_else():
    turned = {name: DOCUMENT[name] for name in reversed(DOCUMENT)}
    turned["rounds"] = [{name: ROUND[name] for name in reversed(ROUND)}]
    assert canonical_sha256(turned) == canonical_sha256(DOCUMENT)
    assert canonical_sha256(DOCUMENT | {"title": "Cuộc thi."}) != canonical_sha256(DOCUMENT)
    two = DOCUMENT | {"rounds": [ROUND, ROUND | {"round": "r2"}]}
    assert canonical_sha256(two) != canonical_sha256(two | {"rounds": two["rounds"][::-1]})


numbers = st.integers(-(2**31), 2**31)


@given(numbers, numbers)
def test_a_whole_number_may_be_written_with_a_point(attempts, points):
    written = ROUND | {"attempts": attempts, "points_per_question": points}
    pointed = ROUND | {"attempts": float(attempts), "points_per_question": float(points)}
    one, other = (understand(DOCUMENT | {"rounds": [each]}) for each in (written, pointed))
    assert isinstance(one, ContestDocument)
    assert isinstance(other, ContestDocument)
    assert one.rounds == other.rounds
    assert repr(one.rounds) == repr(other.rounds)


@given(st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1)), st.sampled_from(["+07:00", "Z", "-03:30"]))
def test_twenty_four_hours_is_the_end_of_the_day(day, offset):
    at_end = f"{day:%Y-%m-%d}T24:00:00{offset}"
    midnight = (day + timedelta(days=1)).strftime(f"%Y-%m-%dT00:00:00{offset}")
    read = [understand(DOCUMENT | {"rounds": [ROUND | FOREVER | {"closes_at": text}]}) for text in (at_end, midnight)]
    assert all(isinstance(each, ContestDocument) for each in read), read
    assert read[0].rounds == read[1].rounds
