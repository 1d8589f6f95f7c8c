"""Disqualifying people in a round or a whole contest, and reinstating them exactly as they stood."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from quizsvc.attempts.decisions import Disqualification
from quizsvc.attempts.standings import Boards, Disqualified, disqualified_in, is_out
from quizsvc.contests.models import Contest, Round
from quizsvc.core.problems import NotFound
from quizsvc.corrections.errors import CorrectionRefused
from quizsvc.corrections.models import Correction
from quizsvc.corrections.queries import in_batches, known_people, players_of_unit
from quizsvc.corrections.seals import figures_shown
from quizsvc.corrections.values import Done, Order
from quizsvc.leaderboards import recording
from quizsvc.leaderboards.recording import Changes
from quizsvc.units.models import Unit

DISQUALIFY = "people.disqualify"
GROUNDS = {
    "false_data": "khai thông tin không đúng",
    "someone_else": "dùng thông tin của người khác, thi hộ hoặc nhờ thi hộ",
    "several_accounts": "dùng nhiều tài khoản",
    "not_eligible": "không thuộc đối tượng dự thi",
    "software": "can thiệp phần mềm",
    "not_reachable": "không liên lạc, xác minh được",
    "fraud": "có dấu hiệu gian lận",
    "other": "lý do khác",
}
"""Why somebody may be disqualified; the words of the decision itself stand in the reason."""


def disqualify(
    session: Session,
    contest: Contest,
    found: Round | None,
    order: Order,
    *,
    grounds: str,
    people: Collection[UUID] | None = None,
    unit: Unit | None = None,
) -> Done:
    """Take these people, or all who have played for a unit or one below it, off the boards of a round or of the contest.

    What they play later does not count either. ``NotFound`` when there is no such person; ``CorrectionRefused`` when nobody
    is named. Someone may be disqualified by several decisions; each is taken back by itself.
    """
    chosen = _chosen(session, contest, found, people, unit, order.now)
    earlier = _disqualified(session, contest, chosen)
    round_id = None if found is None else found.id
    common = {"contest_id": contest.id, "round_id": round_id, "decided_at": order.now}
    made = [{"id": order.chance.new_id(), "participant_id": person, "lifted_at": None} | common for person in chosen]
    session.execute(insert(Disqualification), made)
    attempts, moved = move_people(session, contest, chosen, earlier)
    return Done(
        DISQUALIFY,
        _subject(contest, found),
        contest.id,
        round_id,
        before=None,
        after={"grounds": grounds} | _who(chosen, unit),
        facts={"disqualifications": [str(each["id"]) for each in made]},
        attempts=attempts,
        people=moved,
    )


def undo_disqualification(session: Session, contest: Contest, correction: Correction, order: Order) -> Done:
    """Lift the decisions of one correction; who is disqualified by another one stays so."""
    decisions = [UUID(each) for each in correction.facts["disqualifications"]]
    people = _people_of(session, decisions)
    earlier = _disqualified(session, contest, people)
    for some in in_batches(decisions):
        lift = update(Disqualification).where(Disqualification.id.in_(some)).values(lifted_at=order.now)
        session.execute(lift.execution_options(synchronize_session=False))
    attempts, moved = move_people(session, contest, people, earlier)
    found = None if correction.round_id is None else session.get_one(Round, correction.round_id)
    return Done(
        DISQUALIFY,
        _subject(contest, found),
        contest.id,
        correction.round_id,
        before={"disqualified": True},
        after={"disqualified": False},
        attempts=attempts,
        people=moved,
    )


def _subject(contest: Contest, found: Round | None) -> str:
    return f"contest:{contest.slug}" if found is None else f"round:{found.public_id}"


def move_people(session: Session, contest: Contest, people: Sequence[UUID], earlier: Disqualified) -> tuple[int, int]:
    """Bring boards in step for people who were disqualified as ``earlier`` says; how many attempts and people moved.

    Round by round, since the board of the contest adds up what stands on the boards of its rounds.
    """
    now = _disqualified(session, contest, people)
    boards, attempts, moved = Boards(session, contest), 0, set[UUID]()
    for round_id in boards.rounds:
        flipped = [each for each in people if is_out(earlier.get(each), round_id) != is_out(now.get(each), round_id)]
        for some in in_batches(flipped):
            batch, changes = boards.read(round_id, some, now), Changes()
            for person in some:
                for attempt in boards.counting(batch, person):
                    boards.count_attempt(changes, attempt, -1 if batch.is_out(person) else 1)
                    attempts += 1
                    moved.add(person)
            boards.refresh(changes, batch)
            recording.apply(session, changes)
    return attempts, len(moved)


def _disqualified(session: Session, contest: Contest, people: Sequence[UUID]) -> Disqualified:
    found: dict[UUID, frozenset[int | None]] = {}
    for some in in_batches(people):
        found |= disqualified_in(session, contest.id, some)
    return found


def _chosen(
    session: Session,
    contest: Contest,
    found: Round | None,
    people: Collection[UUID] | None,
    unit: Unit | None,
    now: datetime,
) -> list[UUID]:
    """In order, each once. While figures are sealed, trying must not tell whether anybody of a unit has played."""
    if (people is None) == (unit is None):
        raise CorrectionRefused("Hãy nêu hoặc danh sách người, hoặc một đơn vị.")
    if unit is not None:
        rounds = [found.id] if found is not None else list(Boards(session, contest).rounds)
        chosen = players_of_unit(session, rounds, unit)
        if not chosen and figures_shown(session, contest, now):
            raise CorrectionRefused(f"Chưa có ai của «{unit.name}» dự thi.")
        return chosen
    unknown = sorted(set(people or ()) - known_people(session, people or ()))
    if unknown:
        raise NotFound(f"Không có người dự thi mang mã {unknown[0]}.")
    if not people:
        raise CorrectionRefused("Danh sách người đang trống.")
    return sorted(set(people))


def _who(chosen: Sequence[UUID], unit: Unit | None) -> dict[str, Any]:
    """People named are in the log; of a unit only a hash of its people, since their number may have to stay unknown."""
    if unit is None:
        return {"participants": [str(person) for person in chosen]}
    digest = hashlib.sha256("\n".join(str(person) for person in chosen).encode()).hexdigest()
    return {"unit_id": unit.id, "participants_sha256": digest}


def _people_of(session: Session, decisions: Sequence[UUID]) -> list[UUID]:
    """Whom these decisions are about, in order, each once."""
    found: set[UUID] = set()
    for some in in_batches(decisions):
        found.update(session.scalars(select(Disqualification.participant_id).where(Disqualification.id.in_(some))))
    return sorted(found)
