"""What is sealed by a command, and what without being asked."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from quizsvc.attempts.decisions import MakeUpSession
from quizsvc.contests.queries import round_by_public_id
from quizsvc.core.chance import SystemChance
from quizsvc.core.db import reading, transaction
from quizsvc.organizers.models import AuditRow
from quizsvc.sealing.chores import seal_due
from tests.commands.conftest import command  # noqa: F401  a fixture
from tests.conftest import NOW, RepeatableChance
from tests.sealing.filling import BY_PREDICTION, PROMPT, Result, a_round, put
from tests.world import Player, make_contest, round_document

LONG_AGO = datetime(2025, 3, 1, tzinfo=UTC)


def state(phone, path="/rounds/thi.r1/leaderboard"):
    return phone.get(f"/api/v1{path}").json["state"]


def test_a_board_that_waits_for_its_prediction_is_sealed_when_it_has_settled(playground, phone, clock):
    a_round(prediction=PROMPT, ranking=BY_PREDICTION)
    make_contest(NOW, slug="khac")
    put("thi.r1", [Result(predicted=4)])
    sealed = []
    for minutes, seconds in ((59, 0), (60, 0), (60, 59), (61, 0), (62, 0)):
        clock.now = NOW + timedelta(minutes=minutes, seconds=seconds)
        sealed.append(seal_due(clock, RepeatableChance()))
    assert sealed == [0, 0, 0, 1, 0]
    assert state(phone) == "provisional"
    assert phone.get("/api/v1/rounds/khac.r1/snapshots").json["items"] == []
    with reading() as session:
        row = session.scalars(select(AuditRow).where(AuditRow.action == "round.seal")).one()
    assert (row.actor_id, row.subject) == (None, "round:thi.r1")


def test_not_while_a_make_up_session_is_to_come(playground, phone, clock):
    a_round(prediction=PROMPT, ranking=BY_PREDICTION)
    with transaction() as session:
        window = {"opens_at": NOW + timedelta(hours=5), "closes_at": NOW + timedelta(hours=6), "decided_at": NOW}
        found = round_by_public_id(session, "thi.r1")
        session.add(MakeUpSession(id=SystemChance().new_id(), round_id=found.id, **window))
    clock.now = NOW + timedelta(hours=2)
    assert seal_due(clock, RepeatableChance()) == 0
    clock.now = NOW + timedelta(hours=7)
    assert seal_due(clock, RepeatableChance()) == 1


def test_not_what_was_only_tried_out(playground, phone, clock):
    trial = round_document(NOW, prediction=PROMPT, ranking=BY_PREDICTION, phase="trial")
    make_contest(NOW, trial, round_document(NOW + timedelta(days=9), round="r2"))
    put("thi.r1", [Result(predicted=4)])
    clock.advance(days=1)
    assert seal_due(clock, RepeatableChance()) == 0


def test_not_while_something_is_open(playground, phone, clock):
    a_round(prediction=PROMPT, ranking=BY_PREDICTION)
    clock.advance(minutes=55)
    an = Player(phone)
    attempt = an.start().json
    clock.advance(minutes=10)
    assert seal_due(clock, RepeatableChance()) == 0
    an.get(f"/attempts/{attempt['id']}")  # looking at it closes and grades it
    assert seal_due(clock, RepeatableChance()) == 1


def test_the_command(world_url, playground, phone, clock, command):  # noqa: F811
    clock.now = NOW + timedelta(days=4000)  # the command has a clock of its own
    make_contest(LONG_AGO, round_document(LONG_AGO, prediction=PROMPT, ranking=BY_PREDICTION), slug="cu")
    put("cu.r1", [Result(predicted=1)])
    refused = command(world_url, "contests", "seal", "cu.r1", "--final", "--reason", "Tổng kết")
    assert (refused.status, "tạm thời trước" in refused.complained) == (1, True)
    assert "Không có cuộc thi" in command(world_url, "contests", "seal", "khong", "--reason", "Tổng kết").complained
    swept = command(world_url, "sweep")
    assert (swept.status, "niêm phong 1 bảng" in swept.said) == (0, True)
    forced = command(world_url, "contests", "seal", "cu.r1", "--final", "--force", "--reason", "Tổng kết")
    assert (forced.status, "niêm phong chính thức lần 2, 1 người" in forced.said) == (0, True)
    assert state(phone, "/rounds/cu.r1/leaderboard") == "final"
    whole = command(world_url, "contests", "seal", "cu", "--reason", "Tổng kết")
    assert "contest:cu: niêm phong tạm thời lần 1, 1 người" in whole.said
