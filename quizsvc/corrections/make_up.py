"""Another time to sit a round, for some people only."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from quizsvc.attempts.decisions import MakeUpPerson, MakeUpSession
from quizsvc.attempts.grading import grade
from quizsvc.attempts.models import Attempt
from quizsvc.attempts.standings import Batch, Boards
from quizsvc.contests.models import Contest, Round
from quizsvc.contests.rules import Window
from quizsvc.core.problems import NotFound
from quizsvc.corrections.errors import CannotUndo, CorrectionRefused
from quizsvc.corrections.models import Correction
from quizsvc.corrections.queries import in_batches, known_people
from quizsvc.corrections.values import Done, Order
from quizsvc.leaderboards import recording
from quizsvc.leaderboards.recording import Changes
from quizsvc.participants.models import Participant
from quizsvc.units.models import Unit

ADD = "make-up.add"


def add_make_up(
    session: Session,
    contest: Contest,
    found: Round,
    order: Order,
    *,
    opens_at: datetime,
    closes_at: datetime,
    people: Collection[UUID] | None = None,
    unit: Unit | None = None,
    replaces_expired: bool = False,
) -> Done:
    """Let these people, or everyone of a unit and below it, sit the round in another window; their attempts count as any.

    ``replaces_expired``: attempts of theirs that the service had to close are void, so that neither do they use up a turn
    nor count; what was handed in stays. ``NotFound`` for people who do not exist, ``CorrectionRefused`` for a window that
    has ended or begins before the round.
    """
    _refuse(session, found, order.now, Window(opens_at, closes_at), people, unit)
    made = _write(session, found, order, Window(opens_at, closes_at), people, unit)
    replaced = _expired(session, found, made, order.now) if replaces_expired else []
    moved = _set_state(session, contest, found, replaced, "void")
    window: dict[str, Any] = {"opens_at": opens_at.isoformat(), "closes_at": closes_at.isoformat()}
    for_whom = {"participants": sorted(map(str, people))} if people is not None else {"unit_id": made.unit_id}
    return Done(
        ADD,
        f"round:{found.public_id}",
        contest.id,
        found.id,
        before=None,
        after={"make_up_session": str(made.id), "replaces_expired": replaces_expired} | window | for_whom,
        facts={"session": str(made.id), "void": [str(attempt_id) for attempt_id in replaced]},
        attempts=len(replaced),
        people=moved,
    )


def _refuse(
    session: Session, found: Round, now: datetime, window: Window, people: Collection[UUID] | None, unit: Unit | None
) -> None:
    if window.closes_at <= max(window.opens_at, now):
        raise CorrectionRefused("Buổi thi bù phải kết thúc sau khi bắt đầu, và chưa kết thúc.")
    if window.opens_at < found.opens_at:
        raise CorrectionRefused("Buổi thi bù không thể mở trước vòng thi.")
    if (people is None) == (unit is None) or people == []:
        raise CorrectionRefused("Hãy nêu hoặc danh sách người, hoặc một đơn vị.")
    unknown = sorted(set(people or ()) - known_people(session, people or ()))
    if unknown:
        raise NotFound(f"Không có người dự thi mang mã {unknown[0]}.")


def _write(
    session: Session, found: Round, order: Order, window: Window, people: Collection[UUID] | None, unit: Unit | None
) -> MakeUpSession:
    made = MakeUpSession(
        id=order.chance.new_id(),
        round_id=found.id,
        unit_id=None if unit is None else unit.id,
        opens_at=window.opens_at,
        closes_at=window.closes_at,
        decided_at=order.now,
    )
    session.add(made)
    session.flush()
    session.add_all(MakeUpPerson(session_id=made.id, participant_id=person) for person in sorted(set(people or ())))
    session.flush()
    return made


def cancel_make_up(session: Session, contest: Contest, correction: Correction, order: Order) -> Done:
    """Cancel a session that nobody has sat; what it had replaced counts again.

    The lock on the round waits for those who are starting at this moment.
    """
    found = session.get_one(Round, correction.round_id)
    session.refresh(found, with_for_update=True)
    made = session.get_one(MakeUpSession, UUID(correction.facts["session"]))
    begun = select(Attempt.id).where(
        Attempt.round_id == found.id,
        Attempt.started_at >= made.opens_at,
        Attempt.started_at < made.closes_at,
        or_(Attempt.started_at >= found.closes_at, Attempt.started_at < found.opens_at),
        Attempt.participant_id.in_(_people_of(made)),
    )
    if session.scalar(begun.limit(1)) is not None:
        raise CannotUndo("Đã có người dự buổi thi bù này nên không thể huỷ.")
    made.cancelled_at = order.now
    session.flush()
    replaced = [UUID(each) for each in correction.facts["void"]]
    moved = _set_state(session, contest, found, replaced, "expired")
    return Done(
        ADD,
        f"round:{found.public_id}",
        contest.id,
        found.id,
        before={"make_up_session": str(made.id), "cancelled": False},
        after={"make_up_session": str(made.id), "cancelled": True},
        attempts=len(replaced),
        people=moved,
    )


def _people_of(made: MakeUpSession) -> Any:
    """The people for whom a session is held, as a subquery."""
    if made.unit_id is None:
        return select(MakeUpPerson.participant_id).where(MakeUpPerson.session_id == made.id)
    above = select(Unit.path).where(Unit.id == made.unit_id).scalar_subquery()
    units = select(Unit.id).where(Unit.path.startswith(above))
    return select(Participant.id).where(Participant.unit_id.in_(units))


def _expired(session: Session, found: Round, made: MakeUpSession, now: datetime) -> list[UUID]:
    """Their attempts that the service had to close, in order of people; what still waits for its marks gets them first."""
    query = select(Attempt.id, Attempt.graded_at).where(
        Attempt.round_id == found.id, Attempt.state == "expired", Attempt.participant_id.in_(_people_of(made))
    )
    attempts = session.execute(query.order_by(Attempt.participant_id, Attempt.number)).all()
    for attempt_id, graded_at in attempts:
        if graded_at is None:
            grade(session, attempt_id, now=now)
    return [attempt_id for attempt_id, _ in attempts]


def _set_state(session: Session, contest: Contest, found: Round, attempts: Sequence[UUID], state: str) -> int:
    """Make these attempts void, or expired again, with the boards in step; of how many people they are."""
    boards, everybody = Boards(session, contest), set[UUID]()
    for some in in_batches(attempts):
        these = (Attempt.round_id == found.id, Attempt.id.in_(some))
        people = sorted(set(session.scalars(select(Attempt.participant_id).where(*these))))
        everybody.update(people)
        changes = Changes()
        _count(boards, changes, boards.read(found.id, people), -1)
        session.execute(update(Attempt).where(*these).values(state=state).execution_options(synchronize_session=False))
        batch = boards.read(found.id, people)
        _count(boards, changes, batch, 1)
        boards.refresh(changes, batch)
        recording.apply(session, changes)
    return len(everybody)


def _count(boards: Boards, changes: Changes, batch: Batch, step: int) -> None:
    """Count these people's attempts in, or out; what does not change adds up to nothing."""
    for person in batch.people:
        for attempt in () if batch.is_out(person) else boards.counting(batch, person):
            boards.count_attempt(changes, attempt, step)
