"""The lines of a snapshot for a spreadsheet, with full names: for the committee, not for publication."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizsvc.core.clock import VIETNAM
from quizsvc.core.spreadsheet import Cell
from quizsvc.leaderboards.snapshot_models import Snapshot, SnapshotEntry
from quizsvc.participants.models import Participant
from quizsvc.units.models import Unit

HEADER = (
    *("Hạng", "Mã người dự thi", "Họ tên", "Đơn vị", "Mã đơn vị", "Điểm", "Số câu đúng", "Thời gian (mili giây)"),
    *("Nộp lúc", "Dự đoán", "Độ lệch", "Số lượt", "Số lượt đúng hết"),
)
AT_ONCE = 2000


def result_rows(session: Session, snapshot: Snapshot) -> Iterator[Sequence[Cell]]:
    """Every line of a snapshot in order of place; an erased person has no name. Memory does not grow with the lines."""
    units = {row.id: (row.name, row.code) for row in session.execute(select(Unit.id, Unit.name, Unit.code))}
    place = 0
    while lines := _lines(session, snapshot.id, place):
        names = _names(session, [line.participant_id for line in lines])
        for line in lines:
            unit, code = ("", "") if line.unit_id is None else units[line.unit_id]
            yield (
                *(line.rank, str(line.participant_id), names[line.participant_id] or "", unit, code),
                *(line.score, line.correct_count, line.duration_ms),
                line.submitted_at.astimezone(VIETNAM).isoformat(sep=" ", timespec="milliseconds"),
                *(line.predicted, line.prediction_error, line.attempts, line.perfect_attempts),
            )
        place = lines[-1].place


def _lines(session: Session, snapshot_id: int, after: int) -> Sequence[SnapshotEntry]:
    query = select(SnapshotEntry).where(SnapshotEntry.snapshot_id == snapshot_id, SnapshotEntry.place > after)
    lines = session.scalars(query.order_by(SnapshotEntry.place).limit(AT_ONCE)).all()
    session.expunge_all()
    return lines


def _names(session: Session, people: Sequence[UUID]) -> dict[UUID, str | None]:
    query = select(Participant.id, Participant.name, Participant.nickname).where(Participant.id.in_(people))
    return {person: name or nickname for person, name, nickname in session.execute(query)}
