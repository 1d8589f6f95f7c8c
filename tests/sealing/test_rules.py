"""The pure rules of sealing."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizsvc.contests.ranking_keys import KINDS, Known, Order, RankingKey, Standing, rank_key
from quizsvc.contests.rules import Prize
from quizsvc.sealing.digest import Digest, entry_line
from quizsvc.sealing.drawing_lots import lot
from quizsvc.sealing.external_sort import sorted_records
from quizsvc.sealing.full_keys import full_key, is_live, width
from quizsvc.sealing.kinds import Kind, Made, Refusal, reason_against
from quizsvc.sealing.prediction import Actual, Counted, error_of, nearest
from quizsvc.sealing.winning import level_of

NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("predicted", "actual", "error"),
    [
        (3200, 3195, 5),
        (3201, 3195, 6),
        (3213, 3195, 18),
        (7172, 7171, 1),
        (7170, 7171, -1),
        (None, 5, None),
        (5, None, None),
    ],
)
def test_the_error_of_a_prediction(predicted, actual, error):
    assert error_of(predicted, actual) == error


@pytest.mark.parametrize(
    ("told", "above", "expected"),
    [([90, 108, 95], False, 95), ([95, 105], False, 95), ([95, 105], True, 105), ([], False, None)],
)
def test_the_nearest_of_several_predictions(told, above, expected):
    assert nearest(told, 100, prefer_above=above) == expected


def test_whose_predictions_an_actual_value_is_for():
    made = Actual("participants", "track", True, (Counted(7, "thi.r1", "a"), Counted(9, "thi.r1", "b")))
    assert (made.value_for("thi.r1", "b"), made.value_for("thi.r2", "b"), made.value_for("thi.r1", None)) == (9, None, None)
    assert Actual("participants", "round", False, (Counted(3),)).value_for("x", "y") == 3


keys = st.lists(st.sampled_from(sorted(KINDS)), min_size=1, max_size=6, unique=True).flatmap(
    lambda names: st.tuples(*(st.builds(RankingKey, st.just(name), st.sampled_from(Order)) for name in names))
)
standings = st.builds(
    Standing,
    score=st.integers(0, 3),
    correct_count=st.integers(0, 3),
    duration_ms=st.integers(0, 5000),
    started_at=st.just(NOON),
    submitted_at=st.integers(0, 5000).map(lambda ms: NOON + timedelta(milliseconds=ms)),
    registered_at=st.just(NOON),
    opened_at=st.just(NOON),
    prediction_error=st.none() | st.integers(-3, 3),
    draw=st.none() | st.integers(0, 2**63 - 1),
    committee=st.none() | st.integers(1, 5),
)


@given(keys, standings)
def test_a_completed_key_is_the_key_of_the_whole_standing(ranking, standing):
    live = rank_key(standing, [key for key in ranking if KINDS[key.key].known is Known.LIVE])
    made = full_key(ranking)(live, standing.prediction_error, standing.draw, standing.committee)
    assert made == rank_key(standing, ranking)
    assert len(made) == width(ranking)
    if is_live(ranking):
        assert rank_key(replace(standing, prediction_error=None, draw=None, committee=None), ranking) == live


@given(st.lists(st.binary(min_size=3, max_size=3)), st.integers(1, 7))
def test_sorting_through_files_is_sorting(records, at_once):
    assert list(sorted_records(iter(records), 3, at_once)) == sorted(records)


def test_a_lot_is_drawn_as_it_is_described():
    person = UUID("0192f3c4-7b1a-7000-8000-000000000001")
    described = hmac.new(b"12345", person.bytes, hashlib.sha256).digest()
    assert lot(12345, person.bytes) == int.from_bytes(described[:8], "big") // 2
    assert lot(12346, person.bytes) != lot(12345, person.bytes)


def test_the_digest_is_over_the_described_text():
    digest = Digest({"number": 1, "board": "round:ví dụ"})
    entry = (1, 1, "0" * 31 + "7", None, 3, 3, 1000, "2026-11-23 01:00:00.000000", None, None, 1, 0)
    digest.add_entries([entry_line(entry)])
    text = (
        '{"board":"round:ví dụ","number":1}\n'
        "1\t1\t00000000000000000000000000000007\t\t3\t3\t1000\t2026-11-23 01:00:00.000000+00:00\t\t\t1\t0\n"
        "0\t1\t1\t3\t0\n5\t1\t1\t3\t0\nnull\n"
    )
    assert digest.end([(5, 1, 1, 3, 0), (0, 1, 1, 3, 0)], None) == hashlib.sha256(text.encode()).hexdigest()


P, F = Kind.PROVISIONAL, Kind.FINAL


@pytest.mark.parametrize(
    ("wanted", "made", "hours_later", "more", "expected"),
    [
        (P, [], 0, {}, None),
        (F, [], 0, {}, Refusal.COMPLAINTS_OPEN),
        (F, [P], 71, {}, Refusal.COMPLAINTS_OPEN),
        (F, [P], 72, {}, None),
        (F, [P], 71, {"force": True}, None),
        (F, [], 0, {"force": True}, None),
        (F, [], 0, {"hours": 0}, None),
        (P, [P], 1, {}, None),
        (P, [P, F], 80, {}, Refusal.ALREADY_FINAL),
        (F, [P, F], 80, {"force": True}, Refusal.ALREADY_FINAL),
        (P, [P, F], 80, {"reopen": True}, None),
        (F, [P, F], 80, {"reopen": True}, None),
        (F, [P, F, P], 80, {}, None),
    ],
)
def test_which_seal_may_follow_which(wanted, made, hours_later, more, expected):
    stood = [Made(kind, NOON + timedelta(minutes=place)) for place, kind in enumerate(made)]
    asked = {"hours": 72, "now": NOON + timedelta(hours=hours_later)} | more
    assert reason_against(wanted, stood, **asked) == expected


def test_prizes_go_by_rank_and_equals_get_the_same():
    prizes = [Prize("nhat", "Nhất", 1), Prize("nhi", "Nhì", 2), Prize("ba", "Ba", 3)]
    assert [level_of(rank, prizes) for rank in (1, 1, 3, 4, 6, 7)] == [0, 0, 1, 2, 2, None]
