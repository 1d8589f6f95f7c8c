"""A document that says everything, understood; and each thing that a schema cannot see, named where it stands."""

from __future__ import annotations

import json
from copy import deepcopy
from datetime import UTC, datetime
from typing import Any

import pytest

from quizsvc.contests.document import ContestDocument, understand
from quizsvc.contests.document_schema import examine
from quizsvc.contests.eligibility import Eligibility, Participation, ParticipationRule, TrackRule, When
from quizsvc.contests.group_rules import Gate, GroupKey, Metric, RankPoints, RateStep, TotalPart
from quizsvc.contests.ranking_keys import Order, RankingKey
from quizsvc.contests.rules import (
    Abandoned,
    Counts,
    Limits,
    Overall,
    Paper,
    Partial,
    Phase,
    Prediction,
    Prize,
    Quota,
    RepeatWinners,
    Scope,
    Shown,
    Target,
    Whose,
    Window,
)

SHOW = {"result": "at_once", "review": "after_contest", "board": "after_final"}
BANK = [{"bank": "bau-cu", "count": 2}]
FULL: dict[str, Any] = {
    "contest": "thi",
    "title": "Cuộc thi",
    "organizer": "40",
    "eligibility": {"min_age": 14, "max_age": 70, "needs_unit": True, "units": ["40"], "occupations": ["pupil", "official"]},
    "participation": [
        {"class": "excluded", "when": {"lists": ["ban-to-chuc"]}, "reason": "Thành viên ban tổ chức"},
        {
            "class": "mandatory",
            "when": {"occupations": ["official"], "units": ["16681"], "max_age": 60},
            "reason": "Kế hoạch",
        },
    ],
    "tracks": [
        {"track": "a", "title": "Bảng A", "when": {"max_age": 17}},
        {"track": "b", "title": "Bảng B"},
    ],
    "limits": {"per_day": 2, "per_week": 7, "per_contest": 20, "abandoned": "free"},
    "ranking": [{"key": "score"}, {"key": "attempts"}, {"key": "started_at", "order": "high"}],
    "overall": {"counts": "best", "ranking": [{"key": "perfect_attempts"}]},
    "registration": {"opens_at": "2026-11-01T00:00:00+07:00", "closes_at": "2026-11-22T24:00:00+07:00"},
    "complaints": {"hours": 48},
    "prizes": [
        {"prize": "nhat", "title": "Giải nhất", "quantity": 1, "amount": 2_000_000, "track": "b", "by_committee": True}
    ],
    "repeat_winners": "highest",
    "groups": [
        {
            "group": "xa",
            "title": "Các xã",
            "keys": [
                {"metric": "rank_points"},
                {"metric": "weighted_winners"},
                {"metric": "attempts", "order": "low"},
                {"metric": "total"},
            ],
            "total": [{"metric": "rate", "times": 100}, {"metric": "winners"}],
            "kinds": ["commune"],
            "under": ["40"],
            "former_district": ["412"],
            "rounds": ["r1"],
            "gate": {
                "min_rate": [{"below": 50, "percent": 30}, {"below": 100, "percent": 12.5}, {"percent": 5}],
                "all_mandatory": True,
                "min_winners": 1,
                "min_participants": 3,
            },
            "rank_points": {"criteria": ["rate", "average"], "points": [10, 9]},
            "prize_weights": {"nhat": 10, "khuyen-khich": 2},
            "prizes": [{"prize": "tap-the", "title": "Tập thể", "quantity": 3}],
        }
    ],
    "rounds": [
        {
            "round": "thu",
            "title": "Thi thử",
            "phase": "trial",
            "opens_at": "2026-11-20T08:00:00+07:00",
            "closes_at": "2026-11-22T24:00:00+07:00",
            "time_limit_minutes": 5,
            "attempts": "unlimited",
            "counts": "last",
            "show": SHOW,
            "paper": BANK,
        },
        {
            "round": "r1",
            "title": "Vòng 1",
            "opens_at": "2026-11-23T08:01:00+07:00",
            "closes_at": "2026-11-30T08:00:00+07:00",
            "seconds_per_question": 30,
            "attempts": 1,
            "counts": "only",
            "ranking": [{"key": "prediction_error"}, {"key": "prediction_side"}, {"key": "elapsed_seconds"}],
            "points_per_question": {"1": 1, "2": 2, "3": 5},
            "partial_credit": "right_minus_wrong",
            "show": SHOW,
            "prediction": {
                "prompt": "Bao nhiêu lượt?",
                "target": "attempts",
                "scope": "track",
                "counts_voided": True,
                "whose": "nearest",
            },
            "paper": BANK,
            "track_papers": {"a": [{"bank": "tre-em", "topic": "quyen", "difficulty": 1, "count": 2}]},
            "same_questions": True,
            "prizes": [{"prize": "khuyen-khich", "title": "Khuyến khích", "quantity": 10}],
        },
    ],
}
FULL = json.loads(json.dumps(FULL))  # no two parts are one object


@pytest.fixture
def whole() -> ContestDocument:
    understood = examine(deepcopy(FULL))
    assert isinstance(understood, ContestDocument), understood
    return understood


def test_people_and_limits(whole):
    trial, first = (made.rules for made in whole.rounds)
    assert (
        first.eligibility
        == trial.eligibility
        == Eligibility(
            min_age=14,
            needs_unit=True,
            max_age=70,
            units=("40",),
            occupations=("pupil", "official"),
            participation=(
                ParticipationRule(Participation.EXCLUDED, When(lists=("ban-to-chuc",)), "Thành viên ban tổ chức"),
                ParticipationRule(
                    Participation.MANDATORY, When(occupations=("official",), units=("16681",), max_age=60), "Kế hoạch"
                ),
            ),
            tracks=(TrackRule("a", "Bảng A", When(max_age=17)), TrackRule("b", "Bảng B", When())),
        )
    )
    assert first.limits == Limits(1, 2, 7, 20, Abandoned.FREE)
    assert trial.limits == Limits(None, 2, 7, 20, Abandoned.FREE)
    assert (first.needs_registration, trial.needs_registration) == (True, False)


def test_the_rounds(whole):
    trial, first = (made.rules for made in whole.rounds)
    assert (trial.phase, first.phase) == (Phase.TRIAL, Phase.OFFICIAL)
    assert [made.code for made in whole.official] == ["r1"]
    assert whole.rounds[0].closes_at == datetime(2026, 11, 22, 17, tzinfo=UTC)
    assert (first.question_ms, first.time_limit_ms) == (30_000, 60_000)
    assert (trial.question_ms, trial.time_limit_ms) == (None, 300_000)
    assert (first.counts, trial.counts) == (Counts.ONLY, Counts.LAST)
    assert (first.points, first.partial) == ((1, 2, 5), Partial.RIGHT_MINUS_WRONG)
    assert (first.show_result, first.show_review, first.show_board) == (
        Shown.AT_ONCE,
        Shown.AFTER_CONTEST,
        Shown.AFTER_FINAL,
    )
    assert first.prediction == Prediction("Bao nhiêu lượt?", Target.ATTEMPTS, Scope.TRACK, True, Whose.NEAREST)
    assert first.papers == (
        Paper((Quota("bau-cu", 2),), None, True),
        Paper((Quota("tre-em", 2, "quyen", 1),), "a", True),
    )
    assert [first.paper_index(track) for track in ("a", "b", None)] == [1, 0, 0]
    assert first.prizes == (Prize("khuyen-khich", "Khuyến khích", 10),)


def test_rankings(whole):
    trial, first = (made.rules for made in whole.rounds)
    assert trial.ranking == (
        RankingKey("score", Order.HIGH),
        RankingKey("attempts", Order.LOW),
        RankingKey("started_at", Order.HIGH),
    )
    assert [key.key for key in first.ranking] == ["prediction_error", "prediction_side", "elapsed_seconds"]
    assert whole.rules.ranking == (RankingKey("perfect_attempts", Order.HIGH),)
    assert whole.rules.overall is Overall.BEST


def test_the_rest(whole):
    rules = whole.rules
    assert rules.registration == Window(datetime(2026, 10, 31, 17, tzinfo=UTC), datetime(2026, 11, 22, 17, tzinfo=UTC))
    assert rules.complaint_hours == 48
    assert rules.prizes == (Prize("nhat", "Giải nhất", 1, 2_000_000, "b", True),)
    assert rules.repeat_winners is RepeatWinners.HIGHEST
    (group,) = rules.groups
    assert group.keys == (
        GroupKey(Metric.RANK_POINTS),
        GroupKey(Metric.WEIGHTED_WINNERS),
        GroupKey(Metric.ATTEMPTS, "low"),
        GroupKey(Metric.TOTAL),
    )
    assert (group.kinds, group.under, group.former_district, group.rounds) == (("commune",), ("40",), ("412",), ("r1",))
    assert group.gate == Gate((RateStep(30, 50), RateStep(12.5, 100), RateStep(5)), True, 1, 3)
    assert group.rank_points == RankPoints((Metric.RATE, Metric.AVERAGE), (10, 9))
    assert group.total == (TotalPart(Metric.RATE, 100), TotalPart(Metric.WINNERS))
    assert group.prize_weights == {"nhat": 10, "khuyen-khich": 2}
    assert group.prizes == (Prize("tap-the", "Tập thể", 3),)


def test_without_a_word_the_overall_ranking_has_no_key_of_prediction_about_single_rounds():
    document = deepcopy(FULL) | {"ranking": [{"key": "prediction_error"}, {"key": "score"}], "overall": {"counts": "sum"}}
    understood = understand(document)
    assert isinstance(understood, ContestDocument), understood
    assert [key.key for key in understood.rules.ranking] == ["score"]
    document["rounds"][1]["prediction"]["scope"] = "contest"
    understood = understand(document)
    assert isinstance(understood, ContestDocument), understood
    assert [key.key for key in understood.rules.ranking] == ["prediction_error", "score"]
    only = understand(document | {"ranking": [{"key": "prediction_error"}]})
    assert isinstance(only, ContestDocument), only
