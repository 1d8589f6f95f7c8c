"""Disqualifying people in a round or a whole contest, and reinstating them exactly as they stood."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizsvc.attempts.decisions import Disqualification
from quizsvc.attempts.models import Attempt
from quizsvc.attempts.standings import Boards, counts_at_all
from quizsvc.contests.models import Contest, Round
from quizsvc.contests.queries import rules_of
from quizsvc.core.problems import NotFound
from quizsvc.corrections.errors import CorrectionRefused
from quizsvc.corrections.models import Correction
from quizsvc.corrections.queries import AT_ONCE, disqualified_rounds, known_people, players_of_unit
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

Rounds = Mapping[UUID, frozenset[int | None]]


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
    earlier = disqualified_rounds(session, contest.id, chosen)
    round_id = None if found is None else found.id
    common = {"contest_id": contest.id, "round_id": round_id, "decided_at": order.now}
    made = [Disqualification(id=order.chance.new_id(), participant_id=person, **common) for person in chosen]
    session.add_all(made)
    session.flush()
    attempts, moved = move_people(session, contest, chosen, earlier)
    return Done(
        DISQUALIFY,
        _subject(contest, found),
        contest.id,
        round_id,
        before=None,
        after={"grounds": grounds} | _who(chosen, unit),
        facts={"disqualifications": [str(each.id) for each in made]},
        attempts=attempts,
        people=moved,
    )


def undo_disqualification(session: Session, contest: Contest, correction: Correction, order: Order) -> Done:
    """Lift the decisions of one correction; who is disqualified by another one stays so."""
    decisions = _decisions(session, [UUID(each) for each in correction.facts["disqualifications"]])
    people = sorted({each.participant_id for each in decisions})
    earlier = disqualified_rounds(session, contest.id, people)
    for each in decisions:
        each.lifted_at = order.now
    session.flush()
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


def move_people(session: Session, contest: Contest, people: Sequence[UUID], earlier: Rounds) -> tuple[int, int]:
    """Bring boards in step for people who were disqualified as ``earlier`` says; how many attempts and people moved.

    Round by round, since the board of the contest adds up what stands on the boards of its rounds.
    """
    now = disqualified_rounds(session, contest.id, people)
    boards, attempts, moved = Boards(session, contest), 0, set[UUID]()
    for found in boards.rounds.values():
        flipped = [person for person in people if _is_out(earlier, person, found) != _is_out(now, person, found)]
        for start in range(0, len(flipped), AT_ONCE):
            changes = Changes()
            batch = flipped[start : start + AT_ONCE]
            for attempt in _counting(session, found, batch):
                boards.count_attempt(changes, attempt, -1 if _is_out(now, attempt.participant_id, found) else 1)
                attempts += 1
                moved.add(attempt.participant_id)
            for person in batch:
                boards.refresh(changes, round_id=found.id, participant_id=person)
            recording.apply(session, changes)
    return attempts, len(moved)


def _is_out(rounds: Rounds, person: UUID, found: Round) -> bool:
    return not rounds.get(person, frozenset()).isdisjoint((None, found.id))


def _counting(session: Session, found: Round, people: Collection[UUID]) -> Iterable[Attempt]:
    rules = rules_of(found)
    query = select(Attempt).where(
        Attempt.round_id == found.id,
        Attempt.participant_id.in_(people),
        Attempt.state.in_(("submitted", "expired")),
        Attempt.graded_at.is_not(None),
    )
    return (attempt for attempt in session.scalars(query) if counts_at_all(attempt, rules))


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


def _decisions(session: Session, ids: Sequence[UUID]) -> list[Disqualification]:
    found: list[Disqualification] = []
    for start in range(0, len(ids), AT_ONCE):
        batch = ids[start : start + AT_ONCE]
        found.extend(session.scalars(select(Disqualification).where(Disqualification.id.in_(batch))))
    return found
