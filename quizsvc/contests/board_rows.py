"""Which boards a contest has: one for each round and one for all of it, and the same for each track."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from quizsvc.contests.models import Board, Contest, Round
from quizsvc.contests.ranking_keys import RankingKey
from quizsvc.contests.rules import ContestRules, Overall, Phase, RoundRules, tracks_of
from quizsvc.contests.stored import ranking_to_json


@dataclass(frozen=True)
class _Wanted:
    subject: str
    round_id: int | None
    track: str | None
    ranking: tuple[RankingKey, ...]


def write_boards(
    session: Session, contest: Contest, rules: ContestRules, rounds: Sequence[tuple[Round, RoundRules]]
) -> None:
    """Add the boards that are missing, remove those that are no longer asked for, and link rounds and contest to theirs."""
    wanted = _wanted(contest, rules, rounds)
    kept = {board.subject: board for board in session.scalars(select(Board).where(Board.contest_id == contest.id))}
    for each in wanted:
        board = kept.pop(each.subject, None) or Board(
            subject=each.subject, contest_id=contest.id, round_id=each.round_id, track=each.track
        )
        board.ranking = ranking_to_json(each.ranking)
        session.add(board)
    remove_boards(session, list(kept.values()))
    session.flush()
    ids = {board.subject: board.id for board in session.scalars(select(Board).where(Board.contest_id == contest.id))}
    contest.board_id = ids.get(f"contest:{contest.slug}")
    for row, _ in rounds:
        row.board_id = ids[f"round:{row.public_id}"]
    session.flush()


def remove_boards(session: Session, boards: Sequence[Board]) -> None:
    """Unlink and delete boards that never held anything."""
    ids = [board.id for board in boards]
    session.execute(update(Contest).where(Contest.board_id.in_(ids)).values(board_id=None))
    session.execute(update(Round).where(Round.board_id.in_(ids)).values(board_id=None))
    for board in boards:
        session.delete(board)
    session.flush()


def _wanted(contest: Contest, rules: ContestRules, rounds: Sequence[tuple[Round, RoundRules]]) -> list[_Wanted]:
    """A round that has opened keeps the tracks it was opened with; the contest has those of its official rounds."""
    found = [
        _Wanted(_subject(f"round:{row.public_id}", track), row.id, track, made.ranking)
        for row, made in rounds
        for track in (None, *tracks_of([made]))
    ]
    if rules.overall is not Overall.NONE:
        tracks = (None, *tracks_of([made for _, made in rounds if made.phase is Phase.OFFICIAL]))
        found += [_Wanted(_subject(f"contest:{contest.slug}", track), None, track, rules.ranking) for track in tracks]
    return found


def _subject(what: str, track: str | None) -> str:
    return what if track is None else f"{what}#{track}"
