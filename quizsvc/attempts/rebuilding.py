"""Throws away what is derived of a contest (entries, cells, tallies) and makes it again from the graded attempts."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from quizsvc.attempts.gate import own_boards
from quizsvc.attempts.queries import people_of_round
from quizsvc.attempts.standings import Boards
from quizsvc.contests.models import Board, Contest
from quizsvc.leaderboards import recording
from quizsvc.leaderboards.models import Entry, RankCell, Tally
from quizsvc.leaderboards.recording import Changes


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
    for round_id in boards.rounds:
        for people in people_of_round(session, round_id):
            batch, changes = boards.read(round_id, people), Changes()
            for person in people:
                counting = [] if batch.is_out(person) else boards.counting(batch, person)
                for attempt in counting:
                    boards.count_attempt(changes, attempt)
                attempts, results = attempts + len(counting), results + bool(counting)
            boards.refresh(changes, batch)
            recording.apply(session, changes)
    return Rebuilt(attempts, results)
