"""Starting an attempt: at most one open at a time, the paper drawn once and kept."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from quizsvc.attempts import timing
from quizsvc.attempts.closing import close
from quizsvc.attempts.errors import NoAttemptsLeft
from quizsvc.attempts.models import Attempt
from quizsvc.attempts.paper import Item, Paper, no_answers, write_answers, write_paper
from quizsvc.attempts.queries import open_attempt, used_attempts
from quizsvc.banks import drawing
from quizsvc.banks.memory import kept_versions
from quizsvc.contests.eligibility import Person, completed_years, reason_against
from quizsvc.contests.errors import NotEligible, RoundNotOpen
from quizsvc.contests.lifecycle import State
from quizsvc.contests.models import Round
from quizsvc.contests.queries import pools_of, round_by_public_id, rules_of, window_of
from quizsvc.contests.rules import RoundRules
from quizsvc.core.chance import Chance
from quizsvc.core.clock import local_day
from quizsvc.core.db import upsert
from quizsvc.participants.models import Participant
from quizsvc.participants.queries import participant_by_id


@dataclass(frozen=True)
class Started:
    """An attempt, and whether this call made it."""

    attempt: Attempt
    is_new: bool


def start_attempt(session: Session, *, participant_id: UUID, round_public_id: str, now: datetime, chance: Chance) -> Started:
    """The open attempt of a person in a round, made now if there is none.

    Raises ``NotFound``, ``RoundNotOpen``, ``NotEligible`` or ``NoAttemptsLeft``.
    """
    found = round_by_public_id(session, round_public_id)
    rules = rules_of(found)
    participant = participant_by_id(session, participant_id)
    pools = pools_of(session, found.id)
    while True:
        # Counted before looking for the open one: what another call starts meanwhile is found, not held against us.
        used, highest = used_attempts(session, round_id=found.id, participant_id=participant_id)
        running = open_attempt(session, round_id=found.id, participant_id=participant_id)
        if running is not None and not timing.is_overdue(now, running.deadline_at):
            return Started(running, is_new=False)
        if running is not None:
            close(session, running, state="expired", now=now)
        _check_window(found, now)
        _check_eligible(rules, participant, now)
        if rules.attempts is not None and used >= rules.attempts:
            raise NoAttemptsLeft(f"Vòng này cho tối đa {rules.attempts} lượt.")
        made = _draw_attempt(session, found, rules, pools, participant, highest + 1, now, chance)
        # A double click races here; the database lets one row in, and the other call finds it in the next turn.
        statement = upsert(session, Attempt).values(made).on_conflict_do_nothing().returning(Attempt)
        attempt = session.scalar(statement)
        if attempt is not None:
            return Started(attempt, is_new=True)


def _check_window(found: Round, now: datetime) -> None:
    state = window_of(found).state(now)
    if state is not State.OPEN:
        detail = "Vòng thi chưa mở." if state is State.UPCOMING else "Vòng thi đã kết thúc."
        raise RoundNotOpen(
            detail, opens_at=found.opens_at.isoformat(), closes_at=found.closes_at.isoformat(), server_now=now.isoformat()
        )


def why_not_eligible(rules: RoundRules, participant: Participant, now: datetime) -> str | None:
    """The reason that keeps a person out, or ``None``."""
    person = Person(participant.birth_date, participant.unit_id is not None)
    return reason_against(rules.eligibility, person, on=local_day(now))


def _check_eligible(rules: RoundRules, participant: Participant, now: datetime) -> None:
    reason = why_not_eligible(rules, participant, now)
    if reason is not None:
        raise NotEligible(reason)


def draw_paper(session: Session, pools: list[list[int]], rules: RoundRules, seed: int) -> Paper:
    """The paper for this seed: questions by quota, their order and the order of their choices."""
    rng = random.Random(seed)  # noqa: S311  the seed comes from the system's secure source
    ids = drawing.draw(pools, [quota.count for quota in rules.quotas], rng)
    versions = kept_versions(session, ids)
    return tuple(
        Item(
            version_id,
            tuple(drawing.choice_order(len(versions[version_id].choices), versions[version_id].pinned, rng)),
        )
        for version_id in drawing.shuffled(ids, rng)
    )


def _draw_attempt(
    session: Session,
    found: Round,
    rules: RoundRules,
    pools: list[list[int]],
    participant: Participant,
    number: int,
    now: datetime,
    chance: Chance,
) -> dict[str, Any]:
    seed = chance.new_seed()
    paper = draw_paper(session, pools, rules, seed)
    return {
        "id": chance.new_id(),
        "round_id": found.id,
        "participant_id": participant.id,
        "number": number,
        "state": "open",
        "version": 0,
        "seed": seed,
        "paper": write_paper(paper),
        "answers": write_answers(no_answers(paper)),
        "unit_id": participant.unit_id,
        "profile": _profile(participant, now),
        "started_at": now,
        "deadline_at": timing.deadline(now, limit_ms=rules.time_limit_ms, closes_at=found.closes_at),
        "max_score": len(paper) * rules.points_per_question,
        "question_count": len(paper),
    }


def _profile(participant: Participant, now: datetime) -> dict[str, Any]:
    """What reports need of the person as they were at the start; nothing that names them."""
    born = participant.birth_date
    age = None if born is None else completed_years(born, local_day(now))
    return {"occupation": participant.occupation, "age": age}
