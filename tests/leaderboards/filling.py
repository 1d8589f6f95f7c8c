"""Puts results of made-up people on the board of a round, as grading would, without playing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from quizsvc.contests.models import Board
from quizsvc.contests.queries import ranking_of, round_by_public_id
from quizsvc.contests.ranking_keys import Standing
from quizsvc.core.db import transaction
from quizsvc.leaderboards import recording
from quizsvc.leaderboards.ranking import RankPlan
from quizsvc.leaderboards.recording import Changes, Counted, Kept
from quizsvc.participants.models import Participant
from quizsvc.units.models import Unit
from quizsvc.units.queries import path_of
from tests.conftest import NOW


def fill(round_id: str, *results: tuple[Any, ...], units: tuple[str | None, ...] = (None,), first: int = 0) -> list[UUID]:
    """Results (score, duration_ms, late_ms) of new people; units by code, in turn. Ids ascend, from number ``first``."""
    people = []
    with transaction() as session:
        board = session.get_one(Board, round_by_public_id(session, round_id).board_id)
        kept = Kept(board.id, RankPlan.of(ranking_of(board)))
        codes = {unit.code: unit.id for unit in session.scalars(select(Unit).where(Unit.valid_to.is_(None)))}
        changes = Changes()
        for place, (score, duration_ms, late_ms) in enumerate(results, start=first):
            code = units[place % len(units)]
            unit_id = None if code is None else codes[code]
            person = Participant(id=UUID(int=1000 + place), nickname=f"Số {place}", created_at=NOW)
            session.add(person)
            counted = Counted(standing(score, duration_ms, late_ms), None, unit_id, path_of(session, unit_id))
            changes.count_attempt(kept.board_id, person.id, counted.unit_path)
            changes.put(kept, person.id, counted)
            people.append(person.id)
        session.flush()
        recording.apply(session, changes)
    return people


def standing(score: int, duration_ms: int, late_ms: int) -> Standing:
    submitted_at = NOW + timedelta(milliseconds=late_ms)
    return Standing(
        score=score,
        correct_count=score,
        duration_ms=duration_ms,
        started_at=NOW,
        submitted_at=submitted_at,
        registered_at=NOW,
        opened_at=NOW,
    )


def pages(client: Any, path: str, limit: int) -> list[list[dict[str, Any]]]:
    """Every page of a list."""
    found, cursor = [], ""
    join = "&" if "?" in path else "?"
    while cursor is not None:
        page = client.get(f"/api/v1{path}{join}limit={limit}{cursor and '&cursor=' + cursor}").json
        found.append(page["items"])
        cursor = page["next"]
    return found
