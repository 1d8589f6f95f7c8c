"""Puts results of made-up people on the board of a round, as grading would, without playing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from quizsvc.contests.queries import round_by_public_id
from quizsvc.core.db import transaction
from quizsvc.leaderboards import recording
from quizsvc.leaderboards.recording import Changes, Counted
from quizsvc.participants.models import Participant
from quizsvc.units.models import Unit
from quizsvc.units.queries import path_of
from tests.conftest import NOW


def fill(round_id: str, *results: tuple[Any, ...], units: tuple[str | None, ...] = (None,)) -> list[UUID]:
    """Results (score, duration_ms, late_ms) of new people; units by code, in turn. Ids ascend."""
    people = []
    with transaction() as session:
        board_id = round_by_public_id(session, round_id).board_id
        codes = {unit.code: unit.id for unit in session.scalars(select(Unit).where(Unit.valid_to.is_(None)))}
        for place, (score, duration_ms, late_ms) in enumerate(results):
            code = units[place % len(units)]
            unit_id = None if code is None else codes[code]
            person = Participant(id=UUID(int=1000 + place), nickname=f"Số {place}", created_at=NOW)
            session.add(person)
            session.flush()
            counted = Counted(
                score=score,
                correct_count=score,
                duration_ms=duration_ms,
                submitted_at=NOW + timedelta(milliseconds=late_ms),
                unit_id=unit_id,
                unit_path=path_of(session, unit_id),
            )
            changes = Changes()
            recording.count_attempt(changes, board_id=board_id, participant_id=person.id, scopes=counted.scopes)
            recording.put_entry(session, changes, board_id=board_id, participant_id=person.id, counted=counted)
            recording.apply(session, changes)
            people.append(person.id)
    return people


def pages(client: Any, path: str, limit: int) -> list[list[dict[str, Any]]]:
    """Every page of a list."""
    found, cursor = [], ""
    join = "&" if "?" in path else "?"
    while cursor is not None:
        page = client.get(f"/api/v1{path}{join}limit={limit}{cursor and '&cursor=' + cursor}").json
        found.append(page["items"])
        cursor = page["next"]
    return found
