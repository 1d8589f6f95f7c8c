"""The course of a contest as a whole: each stage from its first moment to before its last."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from quizsvc.contests.lifecycle import Course, Stage, spans_of, stage_at
from quizsvc.contests.queries import contest_by_slug
from quizsvc.core.chance import SystemChance
from quizsvc.core.db import transaction
from quizsvc.organizers.acting import SYSTEM
from quizsvc.sealing.conditions import Order
from quizsvc.sealing.kinds import Kind
from quizsvc.sealing.service import seal_contest
from tests.world import make_contest, round_document

START = datetime(2026, 12, 1, 1, 0, tzinfo=UTC)
MS = timedelta(milliseconds=1)


def day(number: float) -> datetime:
    return START + timedelta(days=number)


COURSE = Course(
    registration=(day(0), day(4)),
    trials=((day(2), day(3)),),
    official=(day(5), day(10)),
    sealed_at=day(11),
    final_at=day(20),
)


@pytest.mark.parametrize(
    ("begins", "stage"),
    [
        (day(0), Stage.REGISTRATION),
        (day(2), Stage.TRIAL),
        (day(3), Stage.REGISTRATION),
        (day(4), Stage.ANNOUNCED),
        (day(5), Stage.OFFICIAL),
        (day(10), Stage.VERIFICATION),
        (day(11), Stage.COMPLAINTS),
        (day(14), Stage.PROVISIONAL),
        (day(20), Stage.FINAL),
    ],
)
def test_each_stage_begins_when_it_is_said_to(begins, stage):
    assert stage_at(COURSE, begins) is stage
    assert stage_at(COURSE, begins - MS) is not stage


def test_a_result_that_is_not_sealed_is_being_verified():
    course = replace(COURSE, sealed_at=None, final_at=None)
    assert stage_at(course, day(300)) is Stage.VERIFICATION
    assert [stage for stage, _ in spans_of(course)] == [Stage.REGISTRATION, Stage.TRIAL, Stage.OFFICIAL]


def test_the_stages_as_citizens_see_them(phone, clock):
    start = clock.now
    window = {"opens_at": start.isoformat(), "closes_at": (start + timedelta(hours=5)).isoformat()}
    trial = round_document(start + timedelta(hours=1), round="thu", phase="trial")
    official = round_document(start + timedelta(hours=6))
    make_contest(start, trial, official, registration=window, complaints={"hours": 24})

    def now() -> str:
        answer = phone.get("/api/v1/contests/thi/stages")
        assert answer.status_code == 200
        return answer.json["stage"]

    def seal(kind: Kind) -> None:
        with transaction() as session:
            order = Order(kind, "Theo kế hoạch")
            contest = contest_by_slug(session, "thi")
            seal_contest(session, contest, order, actor=SYSTEM, now=clock.now, chance=SystemChance())

    seen = [now()]
    for hours in (1, 2, 5, 6, 7):
        clock.now = start + timedelta(hours=hours)
        seen.append(now())
    assert seen == ["registration", "trial", "registration", "announced", "official", "verification"]
    clock.advance(hours=1)
    seal(Kind.PROVISIONAL)
    assert now() == "complaints"
    items = phone.get("/api/v1/contests/thi/stages").json["items"]
    assert [item["stage"] for item in items] == ["registration", "trial", "official", "complaints"]
    clock.advance(hours=24)
    assert now() == "provisional"
    seal(Kind.FINAL)
    assert now() == "final"
    assert phone.get("/api/v1/contests/khong-co/stages").status_code == 404
