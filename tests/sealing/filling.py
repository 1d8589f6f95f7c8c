"""Results of made-up people on the boards of a round, with predictions, as grading would put them there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizsvc.attempts.decisions import Disqualification
from quizsvc.attempts.standings import Boards
from quizsvc.contests.models import Board, Contest, Round
from quizsvc.contests.queries import ranking_of, round_by_public_id
from quizsvc.contests.ranking_keys import Standing
from quizsvc.core.chance import SystemChance
from quizsvc.core.db import transaction
from quizsvc.leaderboards import recording
from quizsvc.leaderboards.ranking import RankPlan
from quizsvc.leaderboards.recording import Changes, Counted, Kept
from quizsvc.organizers.acting import SYSTEM
from quizsvc.participants.models import Participant
from quizsvc.sealing import service
from quizsvc.sealing.conditions import Order
from quizsvc.sealing.kinds import Kind
from quizsvc.units.models import Unit
from quizsvc.units.service import ancestors_and_self
from tests.conftest import NOW, RepeatableChance
from tests.world import make_contest, round_document

PROMPT = {"prompt": "Bao nhiêu người trả lời đúng hết?"}
LATER = NOW + timedelta(hours=2)
BY_PREDICTION = [{"key": "score"}, {"key": "prediction_error"}, {"key": "duration"}]
WHY = "Kết thúc vòng thi"


@dataclass(frozen=True)
class Result:
    """What somebody stands on a board with. ``unit``: official code."""

    score: int = 3
    duration_ms: int = 60_000
    late_ms: int = 0
    predicted: int | None = None
    attempts: int = 1
    perfect: int = 0
    unit: str | None = None


def a_round(**changes: Any) -> None:
    """The contest ``thi`` with the round ``thi.r1``, open now for an hour."""
    make_contest(NOW, round_document(NOW, **changes))


def put(round_id: str, results: Sequence[Result], *, first: int = 1000) -> list[UUID]:
    """Results of new people on the boards of everybody of the round and its contest; their ids ascend."""
    people = [UUID(int=first + place) for place in range(len(results))]
    with transaction() as session:
        found = round_by_public_id(session, round_id)
        contest = session.get_one(Contest, found.contest_id)
        paths = {
            unit.code: ancestors_and_self(unit) for unit in session.scalars(select(Unit).where(Unit.valid_to.is_(None)))
        }
        session.add_all(Participant(id=person, nickname=f"Số {person.int}", created_at=NOW) for person in people)
        session.flush()
        changes = Changes()
        for board_id in (found.board_id, contest.board_id):
            if board_id is None:
                continue
            kept = Kept(board_id, RankPlan.of(ranking_of(session.get_one(Board, board_id))))
            for person, result in zip(people, results, strict=True):
                path = paths[result.unit] if result.unit else ()
                for _ in range(result.attempts):
                    changes.count_attempt(board_id, person, path)
                changes.put(kept, person, Counted(standing(result), result.predicted, path[-1] if path else None, path))
        recording.apply(session, changes)
    return people


def standing(result: Result) -> Standing:
    return Standing(
        score=result.score,
        correct_count=result.score,
        duration_ms=result.duration_ms,
        started_at=NOW,
        submitted_at=NOW + timedelta(milliseconds=result.late_ms),
        registered_at=NOW,
        attempts=result.attempts,
        perfect_attempts=result.perfect,
        opened_at=NOW,
    )


def seal(
    round_id: str = "thi.r1",
    kind: Kind = Kind.PROVISIONAL,
    *,
    now: datetime = LATER,
    chance: RepeatableChance | None = None,
    **more: Any,
) -> service.Sealed:
    """Seal a round in a transaction of its own."""
    with transaction() as session:
        found = round_by_public_id(session, round_id)
        return _seal(session, found, Order(kind, WHY, **more), now, chance)


def _seal(session: Session, found: Round, order: Order, now: datetime, chance: RepeatableChance | None) -> service.Sealed:
    return service.seal_round(session, found, order, actor=SYSTEM, now=now, chance=chance or RepeatableChance())


def board_of(app: Flask, path: str) -> list[dict[str, Any]]:
    """All rows of a board."""
    client, rows, cursor = app.test_client(), [], ""
    while cursor is not None:
        join = "&" if "?" in path else "?"
        page = client.get(f"/api/v1{path}{join}limit=100{cursor and '&cursor=' + cursor}").json
        rows += page["items"]
        cursor = page["next"]
    return rows


def disqualify(person: UUID, round_id: str = "thi.r1") -> None:
    """Their results count no more."""
    with transaction() as session:
        found = round_by_public_id(session, round_id)
        contest = session.get_one(Contest, found.contest_id)
        made = {"contest_id": contest.id, "round_id": None, "participant_id": person, "decided_at": NOW}
        session.add(Disqualification(id=SystemChance().new_id(), **made))
        session.flush()
        changes = Changes()
        boards = Boards(session, contest)
        boards.refresh(changes, boards.read(found.id, [person]))
        recording.apply(session, changes)
