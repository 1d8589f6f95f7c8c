"""Throws away what is derived of a contest (entries, cells, tallies) and makes it again from the graded attempts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from quizsvc.attempts.gate import own_boards
from quizsvc.attempts.models import Attempt
from quizsvc.attempts.standings import Boards, counts_at_all, is_disqualified
from quizsvc.contests.models import Board, Contest
from quizsvc.contests.queries import rules_of
from quizsvc.leaderboards import recording
from quizsvc.leaderboards.models import Entry, RankCell, Tally
from quizsvc.leaderboards.recording import Changes

PEOPLE_AT_ONCE = 500


@dataclass(frozen=True)
class Rebuilt:
    """How many attempts were counted, and how many results of people in rounds they made."""

    attempts: int
    results: int


def rebuild_boards(session: Session, contest: Contest) -> Rebuilt:
    """Make all boards of a contest again; within the transaction nobody sees them empty. Memory does not grow with them.

    Marks of attempts are taken as they are. Round by round, since the board of the contest adds up those of its rounds.
    """
    own_boards(session, contest.id)
    ids = list(session.scalars(select(Board.id).where(Board.contest_id == contest.id)))
    for table in (Entry, RankCell, Tally):
        session.execute(delete(table).where(table.board_id.in_(ids)))
    boards = Boards(session, contest)
    attempts = results = 0
    for round_id, found in boards.rounds.items():
        rules = rules_of(found)
        for batch in _by_person(session, round_id):
            changes = Changes()
            for person, graded in groupby(batch, key=lambda attempt: attempt.participant_id):
                counting = [attempt for attempt in graded if counts_at_all(attempt, rules)]
                if not counting or is_disqualified(session, counting[0], contest.id):
                    continue
                for attempt in counting:
                    boards.count_attempt(changes, attempt)
                boards.refresh(changes, round_id=round_id, participant_id=person)
                attempts, results = attempts + len(counting), results + 1
            recording.apply(session, changes)
    return Rebuilt(attempts, results)


def _by_person(session: Session, round_id: int) -> Iterator[Sequence[Attempt]]:
    """Graded attempts of a round in batches, in order of people, everybody's within one batch."""
    graded = (Attempt.round_id == round_id, Attempt.state.in_(("submitted", "expired")), Attempt.graded_at.is_not(None))
    last: UUID | None = None
    while True:
        query = select(Attempt.participant_id).where(*graded).distinct()
        if last is not None:
            query = query.where(Attempt.participant_id > last)
        people = list(session.scalars(query.order_by(Attempt.participant_id).limit(PEOPLE_AT_ONCE)))
        if not people:
            return
        of_them = select(Attempt).where(*graded, Attempt.participant_id.in_(people))
        yield session.scalars(of_them.order_by(Attempt.participant_id, Attempt.number)).all()
        last = people[-1]
