"""Marks that follow the keys and rulings in force: everybody who drew a question is marked again, in batches of people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from quizsvc.attempts.grading import marks_now, rulings_of
from quizsvc.attempts.models import Attempt
from quizsvc.attempts.queries import people_of_round, write_attempts
from quizsvc.attempts.standings import Boards
from quizsvc.contests.models import Contest, Round
from quizsvc.contests.queries import rules_of
from quizsvc.leaderboards import recording
from quizsvc.leaderboards.recording import Changes

_ATTEMPTS = Attempt.__table__.c
MARKS = ("score", "max_score", "correct_count", "question_count")


@dataclass(frozen=True)
class Remarked:
    """How many attempts got other marks, and of how many people."""

    attempts: int
    people: int


def drew(version_ids: Sequence[int]) -> ColumnElement[bool]:
    """The condition on ``Attempt`` that its paper holds one of these versions: «12:» must not find «112:»."""
    return or_(
        *(
            condition
            for version_id in version_ids
            for condition in (Attempt.paper.like(f"{version_id}:%"), Attempt.paper.like(f"% {version_id}:%"))
        )
    )


def remark_all(session: Session, contest: Contest, found: Round, version_ids: Sequence[int]) -> Remarked:
    """Mark again what has been graded with one of these versions, void attempts too, and bring the boards in step.

    The caller owns the boards of the contest (``attempts/gate.py``). Receipts keep what the citizen was told.
    """
    session.flush()  # what follows reads and writes plain rows
    boards, attempts, people = Boards(session, contest), 0, 0
    for batch in people_of_round(session, found.id):
        changed = _changed(session, found, version_ids, batch)
        if not changed:
            continue
        write_attempts(session, list(changed.values()))
        moved, changes = sorted({person for person, _ in changed}), Changes()
        boards.refresh(changes, boards.read(found.id, moved))
        recording.apply(session, changes)
        attempts, people = attempts + len(changed), people + len(moved)
    return Remarked(attempts, people)


def _changed(
    session: Session, found: Round, version_ids: Sequence[int], people: Sequence[UUID]
) -> dict[tuple[UUID, int], dict[str, Any]]:
    """The attempts of these people (all of the round from the first to the last of them) that deserve other marks than they
    have: by person and number, as they are written."""
    rules, rulings = rules_of(found), rulings_of(session, found.id)
    concerned = (
        select(*(_ATTEMPTS[name] for name in ("id", "participant_id", "number", "paper", "answers", *MARKS)))
        .where(_ATTEMPTS.round_id == found.id, _ATTEMPTS.participant_id.between(people[0], people[-1]))
        .where(_ATTEMPTS.graded_at.is_not(None), drew(version_ids))
    )
    changed: dict[tuple[UUID, int], dict[str, Any]] = {}
    for row in session.connection().execute(concerned).all():
        marks = marks_now(session, row, rules, rulings)
        if any(marks[name] != getattr(row, name) for name in MARKS):
            changed[row.participant_id, row.number] = marks | {"its_id": row.id, "its_round": found.id}
    return changed
