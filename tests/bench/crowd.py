"""A round that a crowd has played: attempts, receipts and boards written at once, as if each had been played and graded."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, text
from sqlalchemy.orm import Session

from quizsvc.attempts.ids import attempt_id
from quizsvc.attempts.models import Attempt, Receipt
from quizsvc.attempts.paper import LETTERS
from quizsvc.attempts.receipts import HandedIn, receipt_code, receipt_sha256
from quizsvc.banks.models import QuestionVersion
from quizsvc.contests.models import Board, Round
from quizsvc.contests.queries import pools_of, ranking_of
from quizsvc.contests.ranking_keys import Standing
from quizsvc.core.db import db, transaction
from quizsvc.leaderboards import recording
from quizsvc.leaderboards.ranking import RankPlan
from quizsvc.leaderboards.recording import Changes, Counted, Kept
from quizsvc.participants.models import Participant
from quizsvc.units.models import Unit
from quizsvc.units.queries import path_of
from tests.conftest import NOW

AT_ONCE = 10_000
QUESTIONS = 3


class Crowd:
    """One attempt each of ``people`` people in the only round of a contest without a board over all rounds."""

    def __init__(self, people: int, seed: int = 1) -> None:
        self._chance = random.Random(seed)
        self._people = people
        with Session(db.engine) as session:
            self._round = session.scalars(select(Round)).one()
            pool = [version for quota in pools_of(session, self._round.id) for version in quota]
            rows = session.scalars(select(QuestionVersion).where(QuestionVersion.id.in_(pool))).all()
            self._versions = {row.id: row for row in rows if row.kind == "single"}
            self._boards = [Kept(row.id, RankPlan.of(ranking_of(row))) for row in session.scalars(select(Board))]
            units = session.scalars(select(Unit.id).where(Unit.valid_to.is_(None), Unit.kind != "province")).all()
            self._paths = {unit_id: path_of(session, unit_id) for unit_id in units}

    def fill(self) -> None:
        left = self._people
        while left:
            some = min(left, AT_ONCE)
            left -= some
            rows, receipts, people, changes = [], [], [], Changes()
            for _ in range(some):
                row = self._attempt()
                people.append({"id": row["participant_id"], "created_at": NOW})
                rows.append(row)
                receipts.append(self._receipt(row))
                self._put(changes, row)
            with transaction() as session:
                _hurry(session)
                session.execute(insert(Participant), people)
                session.execute(insert(Attempt), rows)
                session.execute(insert(Receipt), receipts)
                recording.apply(session, changes)
        with db.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
            connection.execute(text("ANALYZE"))

    def _attempt(self) -> dict[str, Any]:
        chance = self._chance
        drawn = chance.sample(tuple(self._versions), QUESTIONS)
        right = [chance.random() < 0.7 for _ in drawn]
        answers = [self._answer(version, is_right) for version, is_right in zip(drawn, right, strict=True)]
        started = NOW + timedelta(seconds=chance.randrange(3000))
        lasted = chance.choice((60_000, chance.randrange(20_000, 180_000)))  # many tie in time, few in the moment
        return {
            "id": attempt_id(UUID(int=chance.getrandbits(128)), self._round.id),
            "round_id": self._round.id,
            "participant_id": UUID(int=chance.getrandbits(128)),
            "number": 1,
            "state": "submitted",
            "version": 1,
            "seed": chance.getrandbits(62),
            "paper": " ".join(f"{version}:{LETTERS[: len(self._versions[version].choices)]}" for version in drawn),
            "answers": ",".join(answers),
            "predicted": chance.choice((None, chance.randrange(self._people))),
            "unit_id": chance.choice(tuple(self._paths)),
            "track": None,
            "is_ranked": True,
            "profile": {},
            "started_at": started,
            "deadline_at": started + timedelta(minutes=10),
            "extra_ms": 0,
            "ended_at": started + timedelta(milliseconds=lasted),
            "duration_ms": lasted,
            "request_id": "crowd",
            "graded_at": started + timedelta(milliseconds=lasted),
            "score": sum(right),
            "max_score": QUESTIONS,
            "correct_count": sum(right),
            "question_count": QUESTIONS,
        }

    def _answer(self, version: int, is_right: bool) -> str:
        found = self._versions[version]
        return LETTERS[(found.key[0] + (not is_right)) % len(found.choices)]

    def _receipt(self, row: dict[str, Any]) -> dict[str, Any]:
        names = ("number", "paper", "answers", "predicted", "started_at", "ended_at")
        content: dict[str, Any] = {name: row[name] for name in names}
        sha256 = receipt_sha256(HandedIn(attempt_id=str(row["id"]), round_id=self._round.public_id, **content))
        told = {name: row[name] for name in ("score", "max_score", "correct_count", "question_count")}
        which = {"attempt_id": row["id"], "round_id": row["round_id"], "result_visible": False}
        which["issued_at"] = row["graded_at"]
        return which | {"code": receipt_code(sha256), "sha256": sha256} | told

    def _put(self, changes: Changes, row: dict[str, Any]) -> None:
        standing = Standing(
            score=row["score"],
            correct_count=row["correct_count"],
            duration_ms=row["duration_ms"],
            started_at=row["started_at"],
            submitted_at=row["ended_at"],
            registered_at=row["started_at"],
            perfect_attempts=int(row["score"] == QUESTIONS),
            opened_at=self._round.opens_at,
        )
        path: Sequence[int] = self._paths[row["unit_id"]]
        for board in self._boards:
            person: UUID = row["participant_id"]
            changes.count_attempt(board.board_id, person, tuple(path))
            changes.put(board, person, Counted(standing, row["predicted"], row["unit_id"], tuple(path)))


def _hurry(session: Session) -> None:
    """References are not checked one by one on PostgreSQL, where that is allowed."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SET LOCAL session_replication_role = replica"))
