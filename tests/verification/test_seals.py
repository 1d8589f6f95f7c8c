"""``verify`` of sealed orders: silent about what sealing made, loud about every kind of damage to it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Connection, select, text, update
from sqlalchemy.orm import Session

from quizsvc.contests.models import Contest, Round
from quizsvc.core.db import db, reading, transaction
from quizsvc.leaderboards.snapshot_models import Snapshot, SnapshotBlock, SnapshotEntry, SnapshotTotal
from quizsvc.organizers.acting import SYSTEM
from quizsvc.organizers.models import AuditRow
from quizsvc.sealing.conditions import Order
from quizsvc.sealing.kinds import Kind
from quizsvc.sealing.service import seal_contest, seal_round
from quizsvc.verification.service import verify
from tests.world import KIM_LIEN, THANH_VINH, Player, make_contest, right_answers, round_document

RANKING = [{"key": key} for key in ("score", "prediction_error", "prediction_side", "duration", "draw")]


def seal(clock, chance) -> None:
    order = Order(Kind.PROVISIONAL, "Kết thúc")
    with transaction() as session:
        seal_round(session, session.scalars(select(Round)).one(), order, actor=SYSTEM, now=clock.now, chance=chance)
    with transaction() as session:
        seal_contest(session, session.scalars(select(Contest)).one(), order, actor=SYSTEM, now=clock.now, chance=chance)


@pytest.fixture
def sealed(phone, clock, chance):
    """Five people, two of them equal but for the lot, sealed twice."""
    make_contest(clock.now, round_document(clock.now, prediction={"prompt": "Bao nhiêu người đúng hết?"}), ranking=RANKING)
    players = [Player(phone, number) for number in range(1, 6)]
    units = (THANH_VINH, KIM_LIEN, KIM_LIEN, None, None)
    for player, unit in zip(players, units, strict=True):
        if unit is not None:
            player.in_unit(unit)
    attempts = [player.start().json for player in players]
    clock.advance(seconds=20)
    for place, (player, attempt) in enumerate(zip(players, attempts, strict=True)):
        answers = right_answers(attempt, wrong=1 if place == 4 else 0)
        guess = {"predicted": 2 + place} if place in (0, 3) else {}
        assert player.submit(attempt, answers=answers, **guess).status_code == 200
    clock.advance(hours=2)
    seal(clock, chance)
    clock.advance(minutes=1)
    seal(clock, chance)


FIRST = select(Snapshot.id).order_by(Snapshot.id).limit(1).scalar_subquery()
NEWEST = select(Snapshot.id).order_by(Snapshot.id.desc()).limit(1).scalar_subquery()
ROUND_NEWEST = (
    select(Snapshot.id).where(Snapshot.actual.is_not(None)).order_by(Snapshot.id.desc()).limit(1).scalar_subquery()
)
OTHER: dict[str, Any] = {
    "target": "perfect_participants",
    "scope": "round",
    "counts_voided": False,
    "values": [{"round": None, "track": None, "value": 5}],
}
LINE = update(SnapshotEntry).where(SnapshotEntry.snapshot_id == NEWEST, SnapshotEntry.place == 2)
EVERY_LINE = update(SnapshotEntry).where(SnapshotEntry.snapshot_id == NEWEST)

DAMAGE = {
    "score": (LINE.values(score=SnapshotEntry.score + 1), "thứ tự: đang lưu sau"),
    "rank": (LINE.values(rank=1), "hạng: đang lưu 1, tính lại được 2"),
    "place": (LINE.values(place=77), "chỗ trong danh sách"),
    "person": (LINE.values(participant_id=UUID(int=7)), "trong bản niêm phong, khác bảng xếp hạng"),
    "unit": (LINE.values(unit_id=1), "đơn vị"),
    "error": (LINE.values(prediction_error=9), "độ lệch dự đoán"),
    "duration": (EVERY_LINE.values(duration_ms=1), "thời gian làm bài"),
    "any line": (LINE.values(attempts=9), "mã băm:"),
    "attempts": (LINE.values(attempts=9), "số lượt"),
    "reason": (update(Snapshot).where(Snapshot.id == FIRST).values(reason="khác"), "mã băm:"),
    "hash": (update(Snapshot).where(Snapshot.id == FIRST).values(sha256="0" * 64), "mã băm của bản trước"),
    "number": (update(Snapshot).where(Snapshot.id == NEWEST).values(number=9), "số thứ tự"),
    "entries": (update(Snapshot).where(Snapshot.id == NEWEST).values(entries=9), "số dòng"),
    "total": (
        update(SnapshotTotal).where(SnapshotTotal.snapshot_id == NEWEST, SnapshotTotal.scope_id == 1).values(score=0),
        "phạm vi 1, (người, điểm, người đúng hết)",
    ),
    "block": (update(SnapshotBlock).where(SnapshotBlock.snapshot_id == NEWEST).values(before=9), "đến hết khối 1"),
    "actual": (update(Snapshot).where(Snapshot.id == ROUND_NEWEST).values(actual=OTHER), "số thực tế của câu dự đoán"),
    "audit": (update(AuditRow).where(AuditRow.number == 1).values(reason="khác"), "nhật ký, dòng 1, mã băm"),
    "audit hash": (update(AuditRow).where(AuditRow.number == 1).values(sha256="0" * 64), "dòng 2, mã băm dòng trước"),
}


def written_once(connection: Connection) -> None:
    """Take back, for this transaction, the refusal to change what is written once."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        return
    for name in connection.scalars(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).all():
        connection.execute(text(f"DROP TRIGGER {name}"))


def test_what_was_sealed_agrees_and_each_kind_of_damage_is_named(sealed):
    with reading() as session:
        findings = verify(session)
        first = session.scalars(select(Snapshot).order_by(Snapshot.id)).first()
    assert findings.differences == []
    assert first.actual["values"][0]["value"] == 4
    wrong = []
    for name, (change, word) in DAMAGE.items():
        with db.engine.connect() as connection:
            written_once(connection)
            assert connection.execute(change).rowcount > 0, name
            with Session(connection) as session:
                found = verify(session).differences
            connection.rollback()
        if not any(word in difference for difference in found):
            wrong.append((name, found))
    assert wrong == []
