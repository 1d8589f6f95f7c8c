"""Reads that sealing needs: what is still open, what was counted, which boards belong to what."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from quizsvc.attempts.decisions import CommitteePlace, Disqualification, MakeUpSession
from quizsvc.attempts.models import Attempt
from quizsvc.attempts.standings import counts_at_all
from quizsvc.contests.models import Board, Contest, Round
from quizsvc.contests.queries import rules_of
from quizsvc.leaderboards.models import Entry, Tally


@dataclass(frozen=True)
class Unsettled:
    """Attempts that could still change the order."""

    open_attempts: int
    ungraded: int


def unsettled(session: Session, round_ids: Collection[int]) -> Unsettled:
    """How many attempts of these rounds are open, or ended without a grade."""
    mine = Attempt.round_id.in_(round_ids)
    being_open = select(func.count()).where(mine, Attempt.state == "open")
    waiting = select(func.count()).where(mine, Attempt.state.in_(("submitted", "expired")), Attempt.graded_at.is_(None))
    return Unsettled(session.scalar(being_open) or 0, session.scalar(waiting) or 0)


def make_up_to_come(session: Session, round_ids: Collection[int], now: datetime) -> Sequence[MakeUpSession]:
    """Make-up sessions of these rounds that have not ended."""
    query = select(MakeUpSession).where(
        MakeUpSession.round_id.in_(round_ids), MakeUpSession.cancelled_at.is_(None), MakeUpSession.closes_at > now
    )
    return session.scalars(query.order_by(MakeUpSession.opens_at)).all()


def boards_of(session: Session, contest: Contest, round_id: int | None) -> Sequence[Board]:
    """The boards of a round, or of the contest as a whole: those of the tracks, then everybody's."""
    query = select(Board).where(Board.contest_id == contest.id, Board.round_id == round_id)
    return session.scalars(query.order_by(Board.track.is_(None), Board.id)).all()


def committee_places(session: Session, board_id: int) -> dict[str, int]:
    """The committee's order among equals, by id of the person in hexadecimal digits."""
    query = select(CommitteePlace.participant_id, CommitteePlace.place).where(CommitteePlace.board_id == board_id)
    return {person.hex: place for person, place in session.execute(query)}


def totals_of(session: Session, board_id: int) -> list[tuple[int, int, int, int, int]]:
    """Scope, people, attempts, points and perfect results, by scope, where there is anything."""
    sums = (func.sum(column) for column in (Tally.participants, Tally.attempts, Tally.score, Tally.perfect))
    query = select(Tally.scope_id, *sums).where(Tally.board_id == board_id).group_by(Tally.scope_id)
    found = [(int(scope), int(a), int(b), int(c), int(d)) for scope, a, b, c, d in session.execute(query)]
    return sorted(total for total in found if any(total[1:]))


@dataclass(frozen=True)
class Counts:
    """What predictions ask for: people, attempts, people with a perfect attempt."""

    participants: int
    attempts: int
    perfect_participants: int


def counts_on(session: Session, rounds: Sequence[Round], track: str | None, *, with_voided: bool) -> Counts:
    """Over the boards of these rounds; each person once. ``with_voided``: also what disqualified people played."""
    boards = select(Board.id).where(
        Board.round_id.in_([found.id for found in rounds]), Board.track.is_not_distinct_from(track)
    )
    board_ids = list(session.scalars(boards))
    mine = Entry.board_id.in_(board_ids)
    people = func.count() if len(board_ids) == 1 else func.count(Entry.participant_id.distinct())
    participants = session.scalar(select(people).where(mine)) or 0
    perfect = session.scalar(select(people).where(mine, Entry.perfect_attempts > 0)) or 0
    attempts = session.scalar(select(func.coalesce(func.sum(Entry.attempts), 0)).where(mine)) or 0
    if not with_voided:
        return Counts(participants, int(attempts), perfect)
    voided = _voided(session, rounds, track)
    new = _not_yet(session, board_ids, {attempt.participant_id for attempt in voided}, perfect=False)
    flawless = {attempt.participant_id for attempt in voided if attempt.correct_count == attempt.question_count}
    new_perfect = _not_yet(session, board_ids, flawless, perfect=True)
    return Counts(participants + new, int(attempts) + len(voided), perfect + new_perfect)


def _voided(session: Session, rounds: Sequence[Round], track: str | None) -> list[Attempt]:
    """Attempts that would count if nobody were disqualified, and do not now."""
    rules = {found.id: rules_of(found) for found in rounds}
    out = (
        select(Disqualification.id)
        .where(
            Disqualification.contest_id.in_({found.contest_id for found in rounds}),
            Disqualification.participant_id == Attempt.participant_id,
            or_(Disqualification.round_id.is_(None), Disqualification.round_id == Attempt.round_id),
            Disqualification.lifted_at.is_(None),
        )
        .exists()
    )
    query = select(Attempt).where(
        Attempt.participant_id.in_(select(Disqualification.participant_id).where(Disqualification.lifted_at.is_(None))),
        Attempt.round_id.in_(rules),
        Attempt.state.in_(("submitted", "expired")),
        Attempt.graded_at.is_not(None),
        out,
    )
    if track is not None:
        query = query.where(Attempt.track == track)
    return [attempt for attempt in session.scalars(query) if counts_at_all(attempt, rules[attempt.round_id])]


def _not_yet(session: Session, board_ids: Sequence[int], people: Collection[UUID], *, perfect: bool) -> int:
    """How many of these people are not counted on these boards."""
    query = select(Entry.participant_id.distinct()).where(Entry.board_id.in_(board_ids), Entry.participant_id.in_(people))
    if perfect:
        query = query.where(Entry.perfect_attempts > 0)
    return len(people) - len(session.scalars(query).all())
