"""Starting an attempt: at most one open at a time, the paper drawn once and kept."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from sqlalchemy import ColumnClause, Executable, Row, bindparam, select, text
from sqlalchemy.orm import Session

from quizsvc.attempts import timing
from quizsvc.attempts.admission import admission_of, registration_missing
from quizsvc.attempts.closing import close
from quizsvc.attempts.errors import NoAttemptsLeft
from quizsvc.attempts.grading import lock_person
from quizsvc.attempts.ids import attempt_id
from quizsvc.attempts.limits import Used, limits_of, nothing_left
from quizsvc.attempts.make_up import make_up_window
from quizsvc.attempts.models import Attempt
from quizsvc.attempts.paper import Item, Paper, no_answers, write_answers, write_paper
from quizsvc.attempts.queries import open_attempt, sittings_of
from quizsvc.banks import drawing
from quizsvc.banks.memory import kept_versions
from quizsvc.contests.eligibility import Admission, Participation, completed_years
from quizsvc.contests.errors import NotEligible, RoundNotOpen
from quizsvc.contests.lifecycle import State
from quizsvc.contests.models import Round
from quizsvc.contests.queries import pools_of, round_by_public_id, round_ids_of, rules_of, window_of
from quizsvc.contests.rules import RoundRules, Window
from quizsvc.core.chance import Chance
from quizsvc.core.clock import local_day
from quizsvc.participants.models import Participant
from quizsvc.participants.queries import participant_by_id


@dataclass(frozen=True)
class Started:
    """An attempt, and whether this call made it."""

    attempt: Attempt
    is_new: bool


def _insert() -> Executable:
    """Adds an attempt unless there is one like it. Text, since SQLAlchemy compiles ON CONFLICT anew each time."""
    columns = Attempt.__table__.columns
    names = ", ".join(column.name for column in columns)
    values = ", ".join(f":{column.name}" for column in columns)
    statement = f"INSERT INTO attempts ({names}) VALUES ({values}) ON CONFLICT DO NOTHING RETURNING {names}"  # noqa: S608
    typed = text(statement).bindparams(*(bindparam(each.name, None, type_=each.type) for each in columns))
    return select(Attempt).from_statement(typed.columns(*(cast("ColumnClause[Any]", each) for each in columns)))


_INSERT = _insert()


def start_attempt(session: Session, *, participant_id: UUID, round_public_id: str, now: datetime, chance: Chance) -> Started:
    """The open attempt of a person in a round, made now if there is none.

    Raises ``NotFound``, ``RoundNotOpen``, ``NotEligible`` or ``NoAttemptsLeft``.
    """
    found = round_by_public_id(session, round_public_id, to_start=True)
    session.info["round"] = found  # a session forgets a row that nobody holds, and the round is asked for again
    rules = rules_of(found)
    participant = participant_by_id(session, participant_id)
    limits = limits_of(rules)
    if (limits.per_day, limits.per_week, limits.per_contest) != (None, None, None):
        lock_person(session, participant_id)  # two rounds started at once must not both be the last attempt
    while True:
        mine = sittings_of(session, round_ids=_counted_together(session, found), participant_id=participant_id)
        if any(sitting.round_id == found.id and sitting.state == "open" for sitting in mine):
            running = open_attempt(session, round_id=found.id, participant_id=participant_id)
            if running is not None and not timing.is_overdue(now, running.deadline_at):
                return Started(running, is_new=False)
            if running is not None:
                close(session, running, state="expired", now=now)
            continue
        number = 1 + max((sitting.number for sitting in mine if sitting.round_id == found.id), default=0)
        window = _open_window(session, found, participant, now)
        admission = _admitted(session, found, rules, participant, now)
        against = nothing_left(_used(mine), limits, round_id=found.id, now=now)
        if against is not None:
            raise NoAttemptsLeft(against)
        made = _draw_attempt(session, found, rules, participant, admission, number, now, window.closes_at, chance)
        # A double click races here; the database lets one row in, and the other call finds it in the next turn.
        attempt = session.scalars(_INSERT, made).one_or_none()
        if attempt is not None:
            return Started(attempt, is_new=True)


def used_starts(session: Session, found: Round, participant_id: UUID) -> list[Used]:
    """What someone has started so far, as far as the limits of this round look."""
    return _used(sittings_of(session, round_ids=_counted_together(session, found), participant_id=participant_id))


def _counted_together(session: Session, found: Round) -> list[int]:
    """The rounds whose attempts the limits look at: this one, or all of the contest."""
    limits = limits_of(rules_of(found))
    wide = (limits.per_day, limits.per_week, limits.per_contest) != (None, None, None)
    return round_ids_of(session, found.contest_id, phase=found.phase) if wide else [found.id]


def _used(sittings: Sequence[Row[Any]]) -> list[Used]:
    return [Used(each.round_id, each.started_at, each.state == "expired") for each in sittings if each.state != "void"]


def _open_window(session: Session, found: Round, participant: Participant, now: datetime) -> Window:
    """The window that lets this person in now: the round's, or that of a make-up session held for them."""
    window = window_of(found)
    state = window.state(now)
    if state is State.OPEN:
        return window
    again = make_up_window(session, found.id, participant, now=now)
    if again is not None:
        return again
    raise RoundNotOpen(
        "Vòng thi chưa mở." if state is State.UPCOMING else "Vòng thi đã kết thúc.",
        opens_at=found.opens_at.isoformat(),
        closes_at=found.closes_at.isoformat(),
        server_now=now.isoformat(),
    )


def _admitted(session: Session, found: Round, rules: RoundRules, participant: Participant, now: datetime) -> Admission:
    admission = admission_of(session, found.contest_id, rules.eligibility, participant, now=now)
    if not admission.refused and registration_missing(session, found.contest_id, rules, participant.id):
        raise NotEligible("Cuộc thi này cần đăng ký trước, trong thời hạn đăng ký.")
    if admission.refused:
        raise NotEligible(admission.reason)
    return admission


def draw_paper(
    session: Session, pools: list[list[int]], rules: RoundRules, seed: int, *, paper: int = 0, fixed_seed: int = 0
) -> Paper:
    """The paper for this seed: questions by quota, their order and the order of their choices.

    ``paper`` says which of the round's papers; where it is the same for everybody, ``fixed_seed`` draws the questions.
    """
    wanted = rules.papers[paper]
    rng = random.Random(seed)  # noqa: S311  the seed comes from the system's secure source
    drawer = random.Random(fixed_seed) if wanted.fixed else rng  # noqa: S311
    ids = drawing.draw(pools, [quota.count for quota in wanted.quotas], drawer)
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
    participant: Participant,
    admission: Admission,
    number: int,
    now: datetime,
    closes_at: datetime,
    chance: Chance,
) -> dict[str, Any]:
    seed = chance.new_seed()
    place = rules.paper_index(admission.track)
    pools = pools_of(session, found.id, place)
    paper = draw_paper(session, pools, rules, seed, paper=place, fixed_seed=found.seed)
    versions = kept_versions(session, [item.version_id for item in paper])
    return {
        "id": attempt_id(chance.new_id(), found.id),
        "round_id": found.id,
        "participant_id": participant.id,
        "number": number,
        "state": "open",
        "version": 0,
        "seed": seed,
        "paper": write_paper(paper),
        "answers": write_answers(no_answers(paper)),
        "unit_id": participant.unit_id,
        "track": admission.track,
        "is_ranked": admission.participation is not Participation.UNRANKED,
        "profile": _profile(participant, admission, now),
        "started_at": now,
        "deadline_at": timing.deadline(now, limit_ms=rules.time_limit_ms, closes_at=closes_at),
        "extra_ms": 0,
        "max_score": sum(rules.points[versions[item.version_id].difficulty - 1] for item in paper),
        "question_count": len(paper),
    }


def _profile(participant: Participant, admission: Admission, now: datetime) -> dict[str, Any]:
    """What reports need of the person as they were at the start, and why they were let in; nothing that names them."""
    born = participant.birth_date
    age = None if born is None else completed_years(born, local_day(now))
    return {
        "occupation": participant.occupation,
        "age": age,
        "class": admission.participation.value,
        "reason": admission.reason,
    }
