"""Carrying a correction out: permission, preview, boards, audit row, and taking it back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizsvc.attempts.gate import own_boards
from quizsvc.contests.models import Contest, Round
from quizsvc.contests.queries import contest_by_slug, round_by_public_id
from quizsvc.corrections import disqualifying, extending, extra_time, make_up, placing, ruling
from quizsvc.corrections.errors import CannotUndo
from quizsvc.corrections.models import Correction
from quizsvc.corrections.queries import correction_by_number
from quizsvc.corrections.ranks import Ranks
from quizsvc.corrections.values import Done, Order, Outcome
from quizsvc.organizers import audit
from quizsvc.organizers.acting import SYSTEM, Actor, acting_for
from quizsvc.organizers.powers import CORRECT

UNDO = "correction.undo"
MOVES_BOARDS = {ruling.VOID, ruling.REKEY, disqualifying.DISQUALIFY, make_up.ADD}
"""Corrections after which ranks may differ."""

Undoing = Callable[[Session, Contest, Correction, Order], Done]
UNDOING: Mapping[str, Undoing] = {
    ruling.VOID: ruling.undo_ruling,
    ruling.REKEY: ruling.undo_ruling,
    disqualifying.DISQUALIFY: disqualifying.undo_disqualification,
    extending.EXTEND: extending.undo_extension,
    extra_time.EXTRA_TIME: extra_time.undo_extra_time,
    make_up.ADD: make_up.cancel_make_up,
    placing.PLACE: placing.undo_places,
}


@dataclass(frozen=True)
class Place:
    """Where something is corrected, and in whose name; ``found`` is ``None`` for a whole contest."""

    contest: Contest
    found: Round | None
    actor: Actor


def in_round(session: Session, public_id: str, participant_id: UUID | None) -> Place:
    """A round that this person may correct (``None``: the command line). Raises ``NotFound`` or ``Forbidden``."""
    found = round_by_public_id(session, public_id)
    contest = session.get_one(Contest, found.contest_id)
    return Place(contest, found, actor_for(session, contest, participant_id))


def in_contest(session: Session, slug: str, participant_id: UUID | None) -> Place:
    """As ``in_round``, for the whole contest."""
    contest = contest_by_slug(session, slug)
    return Place(contest, None, actor_for(session, contest, participant_id))


def actor_for(session: Session, contest: Contest, participant_id: UUID | None) -> Actor:
    if participant_id is None:
        return SYSTEM.on(contest.organizer_unit_id)
    return acting_for(session, participant_id, unit_id=contest.organizer_unit_id, roles=CORRECT)


def correct(
    session: Session,
    contest: Contest,
    order: Order,
    action: str,
    work: Callable[[], Done],
    *,
    round_id: int | None = None,
    preview: bool,
) -> Outcome:
    """Do ``work``, see what it does to the boards, and record it. A preview does the same; its caller rolls back.

    Until the transaction ends, nobody else's results reach the boards of the contest.
    """
    _have_alone(session, contest)
    ranks = Ranks(session, contest, round_id) if action in MOVES_BOARDS else None
    done = work()
    effects = () if ranks is None else ranks.compare()
    if preview:
        return Outcome(None, done, effects)
    number = _record(session, done, done.action, order)
    session.add(
        Correction(number=number, contest_id=contest.id, round_id=done.round_id, action=done.action, facts=dict(done.facts))
    )
    session.flush()
    return Outcome(number, done, effects)


def undo(
    session: Session, number: int, participant_id: UUID | None, order: Callable[[Actor], Order], *, preview: bool
) -> Outcome:
    """Take a correction back, as ``correct`` makes one. ``NotFound``, ``Forbidden``, or ``CannotUndo`` where unfair."""
    correction = correction_by_number(session, number)
    contest = session.get_one(Contest, correction.contest_id)
    ordered = order(actor_for(session, contest, participant_id))
    _have_alone(session, contest)
    session.refresh(correction)
    if correction.undone_number is not None:
        raise CannotUndo(f"Việc điều chỉnh này đã được hoàn tác (số {correction.undone_number}).")
    moves = correction.action in MOVES_BOARDS
    ranks = Ranks(session, contest, correction.round_id) if moves else None
    done = UNDOING[correction.action](session, contest, correction, ordered)
    effects = () if ranks is None else ranks.compare()
    if preview:
        return Outcome(None, done, effects)
    after = {"undone": number} | dict(done.after or {})
    made = Done(UNDO, done.subject, contest.id, done.round_id, done.before, after)
    correction.undone_number = _record(session, made, UNDO, ordered)
    session.flush()
    return Outcome(correction.undone_number, done, effects)


def _have_alone(session: Session, contest: Contest) -> None:
    """Boards and row of the contest until the transaction ends; what it refers to may still be read and referred to."""
    own_boards(session, contest.id)
    session.scalar(select(Contest.id).where(Contest.id == contest.id).with_for_update(key_share=True))
    session.refresh(contest)


def _record(session: Session, done: Done, action: str, order: Order) -> int:
    row = audit.record(
        session,
        actor=order.actor,
        action=action,
        subject=done.subject,
        reason=order.reason,
        before=done.before,
        after=done.after,
        now=order.now,
    )
    return row.number
