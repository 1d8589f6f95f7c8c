"""The final order by hand-made tables."""

from __future__ import annotations

import pytest

from tests.sealing.filling import BY_PREDICTION, LATER, PROMPT, Result, a_round, board_of, put, seal


@pytest.fixture
def playground(playground, clock):
    clock.now = LATER
    return playground


def names(rows):
    return [(row["rank"], row["display_name"]) for row in rows]


def test_hoa_binh_2022(playground):
    """Actual 3195; the winners predicted 3200, 3201 and 3213: the nearest stands first, on whichever side."""
    a_round(prediction=PROMPT, ranking=BY_PREDICTION)
    told = (3213, 3200, 3201, 3100, None)
    put("thi.r1", [Result(predicted=each, duration_ms=50_000 + place) for place, each in enumerate(told)])
    put("thi.r1", [Result(score=2, perfect=1)] * 3195, first=100_000)
    made = seal().snapshots[-1]
    assert made.actual["values"] == [{"round": None, "track": None, "value": 3195}]
    rows = board_of(playground, "/rounds/thi.r1/leaderboard?limit=5".replace("?limit=5", ""))
    assert names(rows)[:5] == [(1, "Số 1001"), (2, "Số 1002"), (3, "Số 1000"), (4, "Số 1003"), (5, "Số 1004")]
